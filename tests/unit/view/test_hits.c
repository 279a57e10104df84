/* test_hits.c -- what is pointed at. */
#include "view/hits.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

static void test_find(void **state)
{
    struct hits hits = {.n = 0};
    uint32_t id = 0;

    (void)state;
    assert_int_equal(hits_find(&hits, 0, 0, &id), HIT_NONE);
    hits_add(&hits, (struct rect){2, 3, 2, 4}, HIT_GOROUTINE, 7);
    hits_add(&hits, (struct rect){3, 4, 1, 1}, HIT_OBJECT, 8);
    hits_add(&hits, (struct rect){0, 0, 9, 9}, HIT_LINE, 0); /* no such thing */
    hits_add(NULL, (struct rect){0, 0, 9, 9}, HIT_LINE, 1);
    assert_int_equal(hits_find(&hits, 2, 3, &id), HIT_GOROUTINE);
    assert_int_equal(id, 7);
    assert_int_equal(hits_find(&hits, 3, 6, &id), HIT_GOROUTINE);
    assert_int_equal(hits_find(&hits, 3, 4, &id), HIT_OBJECT); /* on top */
    assert_int_equal(id, 8);
    assert_int_equal(hits_find(&hits, 2, 7, &id), HIT_NONE);
    assert_int_equal(hits_find(&hits, 4, 3, &id), HIT_NONE);
    for (int i = 0; i < HITS_MOST; i++)
        hits_add(&hits, (struct rect){20, 20, 1, 1}, HIT_MOMENT, 1);
    assert_int_equal(hits.n, HITS_MOST);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_find)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
