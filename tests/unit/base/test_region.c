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

static uintptr_t add_up(const struct region *region)
{
    struct region_part part;
    uintptr_t sum = 0;

    for (part = region_first(region); part.chunk; part = region_next(region, part)) {
        assert_int_equal((uintptr_t)part.start % sizeof(uintptr_t), 0);
        for (const unsigned char *at = part.start; at < part.end; at += sizeof(uintptr_t))
            sum += *(const uintptr_t *)at;
    }
    return sum;
}

/* What an earlier use left behind the pieces is none of this one's. */
static void all_that_was_given_out_is_visited_and_no_more(void **state)
{
    static const size_t sizes[] = {8, 60000, 30000, 200000, 8, 60000};
    struct region region = {0};
    uintptr_t sum;

    (void)state;
    assert_int_equal(add_up(&region), 0); /* nothing yet */
    for (size_t round = 6; round > 0; round--) {
        for (size_t i = 0; i < round; i++) {
            uintptr_t *words = region_alloc(&region, sizes[i]);

            words[0] = (uintptr_t)1 << 8 * i;
            words[sizes[i] / sizeof *words - 1] = (uintptr_t)1 << 8 * i;
        }
        sum = add_up(&region);
        for (size_t i = 0; i < 6; i++)
            assert_int_equal(sum >> 8 * i & 0xff, i >= round ? 0 : sizes[i] == 8 ? 1 : 2);
        region_clear(&region);
    }
    region_release(&region);
}

/* The part that an address lies in. */
static struct region_part part_of(const struct region *region, const void *at)
{
    struct region_part part = region_first(region);

    while (part.chunk && !((const unsigned char *)at >= part.start &&
                           (const unsigned char *)at < part.end))
        part = region_next(region, part);
    return part;
}

static void test_block_of_an_address(void **state)
{
    struct region region = {0};

    (void)state;
    for (int round = 0; round < 3; round++) {
        unsigned char *at[1000];
        size_t sizes[1000];

        for (size_t i = 0; i < 1000; i++) {
            sizes[i] = i % 100 == 7 ? 70000 : 1 + i * (size_t)(7 + round) % 300;
            at[i] = region_alloc(&region, sizes[i]);
        }
        for (size_t i = 0; i < 1000; i++) {
            size_t size, want = (sizes[i] + 15) / 16 * 16;

            assert_ptr_equal(region_block(part_of(&region, at[i]), at[i], &size), at[i]);
            assert_int_equal(size, want);
            assert_ptr_equal(region_block(part_of(&region, at[i]), at[i] + want - 1, &size),
                             at[i]);
        }
        assert_null(part_of(&region, &region).chunk);
        region_clear(&region);
    }
    assert_ptr_equal(region_first(&region).start, region_first(&region).end);
    region_release(&region);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pieces_do_not_overlap),
        cmocka_unit_test(test_large_piece),
        cmocka_unit_test(all_that_was_given_out_is_visited_and_no_more),
        cmocka_unit_test(test_block_of_an_address),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
