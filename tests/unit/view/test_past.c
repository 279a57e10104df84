/* test_past.c -- what happens before one point of a run. */
#include "unit/view/tale.h"

#include "view/past.h"

enum { NOTHING = -1 };

/* last is told as ints, so that nothing is -1. */
static void check_past(const struct trace *trace, uint32_t events, uint32_t g, int main_, int two,
                       int three)
{
    struct past *past = past_new(trace, 3, 3);
    uint32_t last[4];

    assert_non_null(past);
    assert_true(past_find(past, last, events, g));
    assert_int_equal((int)last[1], main_);
    assert_int_equal((int)last[2], two);
    assert_int_equal((int)last[3], three);
    past_free(past);
}

/* A start and a hand-off lead on; the buffer nobody receives from does not. */
static void test_pool(void **state)
{
    struct trace *trace = pool_tale();

    (void)state;
    check_past(trace, 5, 2, 4, NOTHING, NOTHING);  /* worker 1 as it starts: main up to its go */
    check_past(trace, 10, 2, 9, 9, NOTHING);       /* and when it got its first job */
    check_past(trace, 11, 3, 7, NOTHING, 8);       /* worker 2 meanwhile: main up to its own go */
    check_past(trace, 13, 3, 12, 9, 12);           /* main told it of worker 1's first hand-off */
    free(trace);
}

/* An unlock leads to the lock that follows, and no further. */
static void test_lock(void **state)
{
    struct trace *trace = tale_new();

    (void)state;
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = 1, .extra = OBJECT_MUTEX);
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 2);
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 3);
    TELL(trace, .kind = EVENT_LOCK, .g = 2, .obj = 1);
    TELL(trace, .kind = EVENT_UNLOCK, .g = 2, .obj = 1); /* 4 */
    TELL(trace, .kind = EVENT_YIELD, .g = 2);
    TELL(trace, .kind = EVENT_YIELD, .g = 3);            /* 6 */
    TELL(trace, .kind = EVENT_LOCK, .g = 3, .obj = 1);
    check_past(trace, 7, 3, 2, NOTHING, 6);
    check_past(trace, 8, 3, 2, 4, 7);
    check_past(trace, 8, 1, 2, NOTHING, NOTHING);
    free(trace);
}

/* Whatever is in the trace: no event is in the past of an earlier one. */
static void test_wild(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 8; seed++) {
        struct trace *trace = wild_tale(seed, 300);
        struct past *past = past_new(trace, 12, 12);
        uint32_t last[13];

        assert_non_null(past);
        for (uint32_t events = 10; events < 300; events += 30) {
            assert_true(past_find(past, last, events, 5));
            for (uint32_t g = 1; g <= 12; g++)
                assert_true(last[g] == UINT32_MAX || last[g] < events);
        }
        past_free(past);
        free(trace);
    }
}

static void test_nobody(void **state)
{
    struct trace *trace = pool_tale();
    struct past *past = past_new(trace, 3, 3);
    uint32_t last[4];

    (void)state;
    assert_false(past_find(past, last, 5, 0));
    assert_false(past_find(past, last, 5, 4));
    assert_int_equal(last[1], UINT32_MAX);
    past_free(past);
    free(trace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pool),
        cmocka_unit_test(test_lock),
        cmocka_unit_test(test_wild),
        cmocka_unit_test(test_nobody),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
