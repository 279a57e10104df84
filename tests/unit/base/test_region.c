/* test_region.c -- memory that is freed all at once. */
#include "base/region.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void test_pieces_do_not_overlap(void **state)
{
    struct region region = {0};

    (void)state;
    for (int round = 0; round < 3; round++) {
        unsigned char *at[1000];

        for (int i = 0; i < 1000; i++) {
            size_t size = 1 + (size_t)i % 300;

            at[i] = region_alloc(&region, size);
            assert_non_null(at[i]);
            assert_int_equal((uintptr_t)at[i] % 16, 0);
            for (size_t k = 0; k < size; k++)
                assert_int_equal(at[i][k], 0); /* zeroed, also when reused */
            memset(at[i], i & 255, size);
        }
        for (int i = 0; i < 1000; i++)
            for (size_t k = 0; k < 1 + (size_t)i % 300; k++)
                assert_int_equal(at[i][k], i & 255);
        region_clear(&region);
    }
    region_release(&region);
}

static void test_large_piece(void **state)
{
    struct region region = {0};
    unsigned char *large, *small;

    (void)state;
    small = region_alloc(&region, 8);
    large = region_alloc(&region, 1000000);
    assert_non_null(large);
    memset(large, 1, 1000000);
    assert_int_equal(small[0], 0);
    region_release(&region);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pieces_do_not_overlap),
        cmocka_unit_test(test_large_piece),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
