/* test_cone.c -- what happens before one point of a run, and what after. */
#include "unit/view/tale.h"

#include "view/cone.h"

enum { NOTHING = -1 };

/* How far it goes in each goroutine, as ints, so that nothing is -1. */
static void check_reach(const struct reach *reach, int main_, int two, int three)
{
    assert_int_equal((int)reach[1].event, main_);
    assert_int_equal((int)reach[2].event, two);
    assert_int_equal((int)reach[3].event, three);
}

static void check_past(const struct trace *trace, uint32_t events, uint32_t g, int main_, int two,
                       int three)
{
    struct cones *cones = cones_new(trace, 3, 3);
    struct reach past[4];

    assert_non_null(cones);
    assert_true(cones_past(cones, past, events, g));
    check_reach(past, main_, two, three);
    cones_free(cones);
}

static void check_future(const struct trace *trace, uint32_t event, uint32_t g, int main_, int two,
                         int three)
{
    struct cones *cones = cones_new(trace, 3, 3);
    struct reach future[4];

    assert_non_null(cones);
    assert_true(cones_future(cones, future, event, g));
    check_reach(future, main_, two, three);
    cones_free(cones);
}

static void check_edge(const struct reach *reach, uint32_t event, uint32_t g, uint32_t there)
{
    assert_int_equal(reach->event, event);
    assert_int_equal(reach->g, g);
    assert_int_equal(reach->there, there);
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
    check_future(trace, 3, 2, NOTHING, 3, 7);
    check_future(trace, 5, 2, NOTHING, 5, NOTHING); /* what comes after the unlock tells nobody */
    check_future(trace, 1, 1, 1, 1, 2);             /* a go is where the other begins */
    free(trace);
}

/* Three are done in turn; main waits for all: who told it, and where. */
static void test_edges(void **state)
{
    struct trace *trace = tale_new();
    struct cones *cones;
    struct reach reach[5];

    (void)state;
    for (uint32_t g = 2; g <= 4; g++)
        TELL(trace, .kind = EVENT_GO, .g = 1, .other = g);
    for (uint32_t g = 2; g <= 4; g++) {
        TELL(trace, .kind = EVENT_YIELD, .g = g);                          /* 3, 5, 7 */
        TELL(trace, .kind = EVENT_WG_ADD, .g = g, .obj = 1, .value = -1);  /* 4, 6, 8 */
    }
    TELL(trace, .kind = EVENT_YIELD, .g = 2);                              /* 9 */
    TELL(trace, .kind = EVENT_WG_WAIT, .g = 1, .obj = 1);                  /* 10 */
    TELL(trace, .kind = EVENT_CLOSE, .g = 1, .obj = 2);                    /* 11 */
    TELL(trace, .kind = EVENT_RECV, .g = 4, .obj = 2, .flags = EVENT_CLOSED); /* 12 */
    cones = cones_new(trace, 4, 2);
    assert_non_null(cones);
    assert_true(cones_past(cones, reach, 13, 4));
    check_edge(&reach[1], 11, 4, 12);
    check_edge(&reach[2], 4, 1, 10);
    check_edge(&reach[3], 6, 1, 10);
    check_edge(&reach[4], 12, 0, 0);
    assert_true(cones_future(cones, reach, 5, 3));
    check_edge(&reach[1], 10, 3, 6);
    check_edge(&reach[2], UINT32_MAX, 0, 0);
    check_edge(&reach[3], 5, 0, 0);
    check_edge(&reach[4], 12, 1, 11);
    cones_free(cones);
    free(trace);
}

/* Lock by lock the same is heard again: the edge is the one by which it was heard first. */
static void test_earliest(void **state)
{
    struct trace *trace = tale_new();
    struct cones *cones;
    struct reach past[4];

    (void)state;
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 2);
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 3);
    TELL(trace, .kind = EVENT_SEND, .g = 2, .obj = 1, .other = 1); /* 2 */
    TELL(trace, .kind = EVENT_UNLOCK, .g = 1, .obj = 2);
    TELL(trace, .kind = EVENT_LOCK, .g = 3, .obj = 2);             /* 4 */
    TELL(trace, .kind = EVENT_UNLOCK, .g = 3, .obj = 2);
    TELL(trace, .kind = EVENT_LOCK, .g = 1, .obj = 2);
    cones = cones_new(trace, 3, 2);
    assert_true(cones_past(cones, past, 7, 3));
    check_edge(&past[2], 2, 1, 2);
    check_edge(&past[1], 3, 3, 4);
    cones_free(cones);
    free(trace);
}

/* Whatever is in the trace: no event is in the past of an earlier one. */
static void test_wild(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 8; seed++) {
        struct trace *trace = wild_tale(seed, 300);
        struct cones *cones = cones_new(trace, 12, 12);
        struct reach past[13], future[13];

        assert_non_null(cones);
        for (uint32_t events = 10; events < 300; events += 30) {
            assert_true(cones_past(cones, past, events, 5));
            assert_true(cones_future(cones, future, events, 5));
            for (uint32_t g = 1; g <= 12; g++) {
                assert_true(past[g].event == UINT32_MAX || past[g].event < events);
                assert_true(future[g].event >= events);
            }
        }
        cones_free(cones);
        free(trace);
    }
}

/* A run of locks, WaitGroups, buffers and hand-offs among six, drawn by a seed. */
static struct trace *busy_tale(uint32_t seed)
{
    struct trace *trace = tale_new();

    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = 4, .extra = OBJECT_CHAN, .value = 2);
    for (uint32_t g = 2; g <= 6; g++)
        TELL(trace, .kind = EVENT_GO, .g = 1, .other = g);
    for (uint32_t i = 0, sent = 0, received = 0; i < 120; i++) {
        uint32_t g, other;

        seed = seed * 1103515245 + 12345;
        g = 1 + (seed >> 16) % 6;
        other = 1 + (g + (seed >> 20) % 5) % 6;
        switch ((seed >> 24) % 7) {
        case 0: TELL(trace, .kind = EVENT_LOCK, .g = g, .obj = 1 + (seed >> 8) % 2); break;
        case 1: TELL(trace, .kind = EVENT_UNLOCK, .g = g, .obj = 1 + (seed >> 8) % 2); break;
        case 2: TELL(trace, .kind = EVENT_WG_ADD, .g = g, .obj = 3, .value = -1); break;
        case 3: TELL(trace, .kind = EVENT_WG_WAIT, .g = g, .obj = 3); break;
        case 4: TELL(trace, .kind = EVENT_SEND, .g = g, .other = other, .obj = 5); break;
        case 5:
            if (sent < received + 2)
                TELL(trace, .kind = EVENT_SEND, .g = g, .obj = 4, .seq = ++sent);
            break;
        default:
            if (received < sent)
                TELL(trace, .kind = EVENT_RECV, .g = g, .obj = 4, .seq = ++received);
        }
    }
    return trace;
}

/* One event is in the past of another exactly if that is in the future of the first. */
static void test_both_ways(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 20; seed++) {
        struct trace *trace = busy_tale(seed);
        struct cones *cones = cones_new(trace, 6, 5);
        struct reach past[7], future[7];

        assert_non_null(cones);
        for (uint32_t from = 6; from < trace->count; from += 3)
            for (uint32_t to = from + 1; to < trace->count; to++) {
                uint32_t g = trace->events[from].g, h = trace->events[to].g;
                bool before, after;

                assert_true(cones_future(cones, future, from, g));
                assert_true(cones_past(cones, past, to + 1, h));
                before = past[g].event != UINT32_MAX && past[g].event >= from;
                after = future[h].event <= to;
                assert_int_equal(before, after);
            }
        cones_free(cones);
        free(trace);
    }
}

static void test_nobody(void **state)
{
    struct trace *trace = pool_tale();
    struct cones *cones = cones_new(trace, 3, 3);
    struct reach reach[4];

    (void)state;
    assert_false(cones_past(cones, reach, 5, 0));
    assert_false(cones_past(cones, reach, 5, 4));
    assert_int_equal(reach[1].event, UINT32_MAX);
    assert_false(cones_future(cones, reach, 5, 4));
    cones_free(cones);
    free(trace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pool),      cmocka_unit_test(test_lock),
        cmocka_unit_test(test_edges),     cmocka_unit_test(test_earliest),
        cmocka_unit_test(test_wild),      cmocka_unit_test(test_both_ways),
        cmocka_unit_test(test_nobody),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
