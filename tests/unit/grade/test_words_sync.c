/* test_words_sync.c -- the rest of the vocabulary as sentences. */
#include "unit/view/tale.h"

#include "grade/words.h"

/* The objects every sentence speaks of; the event itself comes last. */
enum { RW = 1, ONCE, COND, SEM, HITS, POOL, MAP, GROUP, FLIGHT, LIMIT, TIMER, CTX };

static void make(struct trace *trace, uint32_t obj, enum object_kind kind, const char *name)
{
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = obj, .extra = kind, .value = 20000000,
         .text = tale_text(trace, name));
}

static struct trace *stage(void)
{
    struct trace *trace = tale_new();

    make(trace, RW, OBJECT_RWMUTEX, "rw");
    make(trace, ONCE, OBJECT_ONCE, "once");
    make(trace, COND, OBJECT_COND, "ready");
    make(trace, SEM, OBJECT_SEMAPHORE, "sem");
    make(trace, HITS, OBJECT_ATOMIC, "hits");
    make(trace, POOL, OBJECT_POOL, "buffers");
    make(trace, MAP, OBJECT_MAP, "m");
    make(trace, GROUP, OBJECT_GROUP, "g");
    make(trace, FLIGHT, OBJECT_FLIGHT, "fetches");
    make(trace, LIMIT, OBJECT_LIMITER, "limit");
    make(trace, TIMER, OBJECT_TIMER, "t");
    make(trace, CTX, OBJECT_CONTEXT, "ctx");
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 2, .text = tale_text(trace, "worker"));
    return trace;
}

static void assert_sentence(struct trace *trace, const char *expected)
{
    struct names *names = names_new(trace, NULL);
    struct text out = {0};

    if (!words_event(&out, trace, names, trace->count - 1))
        text_add(&out, "(none)");
    assert_string_equal(text_string(&out), expected);
    text_release(&out);
    names_free(names);
}

#define SAYS(expected, ...)                                                                        \
    do {                                                                                           \
        struct trace *trace = stage();                                                             \
        TELL(trace, __VA_ARGS__);                                                                  \
        assert_sentence(trace, expected);                                                          \
        free(trace);                                                                               \
    } while (0)

#define INT(n) .value = (n), .value_kind = VALUE_INT

static void test_locks(void **state)
{
    (void)state;
    SAYS("worker locks rw for reading", .kind = EVENT_RLOCK, .g = 2, .obj = RW, .extra = 1);
    SAYS("worker locks rw for reading, with 2 others", .kind = EVENT_RLOCK, .g = 2, .obj = RW,
         .extra = 3);
    SAYS("worker unlocks rw for reading: 1 still read", .kind = EVENT_RUNLOCK, .g = 2, .obj = RW,
         .extra = 1);
    SAYS("worker wants to lock rw and waits for 2 readers: no new one gets in",
         .kind = EVENT_CLAIM, .g = 2, .obj = RW, .extra = 2);
    SAYS("worker tries to lock rw: it is taken", .kind = EVENT_LOOK, .g = 2, .obj = RW);
    SAYS("worker is the first at once: it runs the function", .kind = EVENT_ONCE_BEGIN, .g = 2,
         .obj = ONCE);
    SAYS("worker has run the function of once", .kind = EVENT_ONCE_END, .g = 2, .obj = ONCE);
    SAYS("main passes once: its function has run", .kind = EVENT_ONCE_PASS, .g = 1, .obj = ONCE);
    SAYS("main blocks: the function of once still runs", .kind = EVENT_BLOCK, .g = 1, .obj = ONCE,
         .extra = WAIT_ONCE);
}

static void test_who_blocks_an_rwmutex(void **state)
{
    struct trace *trace = stage();

    (void)state;
    TELL(trace, .kind = EVENT_LOCK, .g = 2, .obj = RW);
    TELL(trace, .kind = EVENT_BLOCK, .g = 1, .obj = RW, .extra = WAIT_RLOCK);
    assert_sentence(trace, "main blocks: rw is locked by worker");
    TELL(trace, .kind = EVENT_UNLOCK, .g = 2, .obj = RW);
    TELL(trace, .kind = EVENT_CLAIM, .g = 2, .obj = RW, .extra = 1);
    TELL(trace, .kind = EVENT_BLOCK, .g = 1, .obj = RW, .extra = WAIT_LOCK);
    assert_sentence(trace, "main blocks: worker waits to write rw, and comes first");
    free(trace);
}

static void test_cond(void **state)
{
    (void)state;
    SAYS("main signals ready and wakes worker", .kind = EVENT_SIGNAL, .g = 1, .obj = COND,
         .other = 2);
    SAYS("main signals ready: nobody waits, so it is lost", .kind = EVENT_SIGNAL, .g = 1,
         .obj = COND);
    SAYS("main wakes all that wait at ready: 3", .kind = EVENT_BROADCAST, .g = 1, .obj = COND,
         .extra = 3);
    SAYS("worker waits at ready to be signalled", .kind = EVENT_BLOCK, .g = 2, .obj = COND,
         .extra = WAIT_COND);
    SAYS("worker is woken at ready", .kind = EVENT_WAKE, .g = 2, .obj = COND, .other = 1);
}

static void test_cells(void **state)
{
    (void)state;
    SAYS("worker reads 5 from hits", .kind = EVENT_LOAD, .g = 2, .obj = HITS, INT(5));
    SAYS("worker sets hits to 5", .kind = EVENT_STORE, .g = 2, .obj = HITS, .extra = CELL_STORE,
         INT(5));
    SAYS("worker adds to hits, which is now 5", .kind = EVENT_STORE, .g = 2, .obj = HITS,
         .extra = CELL_ADD, INT(5));
    SAYS("worker compares hits and sets it to 5", .kind = EVENT_STORE, .g = 2, .obj = HITS,
         .extra = CELL_CAS, INT(5));
    SAYS("worker compares hits: it is not what was expected", .kind = EVENT_LOAD, .g = 2,
         .obj = HITS, .extra = CELL_CAS, INT(5));
    SAYS("worker stores 5 under k in m", .kind = EVENT_STORE, .g = 2, .obj = MAP, .seq = 1,
         .extra = CELL_STORE, INT(5), .text = tale_text(trace, "k"));
    SAYS("worker looks up k in m: it is not there", .kind = EVENT_LOAD, .g = 2, .obj = MAP,
         .seq = 1, .value_kind = VALUE_NIL, .text = tale_text(trace, "k"));
    SAYS("worker deletes k from m", .kind = EVENT_STORE, .g = 2, .obj = MAP, .seq = 1,
         .extra = CELL_DELETE, INT(5), .text = tale_text(trace, "k"));
    SAYS("worker goes through m", .kind = EVENT_LOAD, .g = 2, .obj = MAP, .extra = CELL_RANGE);
    SAYS("worker puts an item into buffers", .kind = EVENT_PUT, .g = 2, .obj = POOL, .seq = 1);
    SAYS("worker gets an item back from buffers", .kind = EVENT_GET, .g = 2, .obj = POOL,
         .seq = 1);
    SAYS("worker gets a new item from buffers", .kind = EVENT_GET, .g = 2, .obj = POOL);
}

static void test_limits(void **state)
{
    (void)state;
    SAYS("worker takes 1 unit of sem: 2 in use", .kind = EVENT_ACQUIRE, .g = 2, .obj = SEM,
         .extra = 2, INT(1));
    SAYS("worker queues up for 2 units of sem: 1 in use", .kind = EVENT_QUEUE, .g = 2, .obj = SEM,
         .extra = 1, INT(2));
    SAYS("worker gives 2 units back to sem: 0 in use", .kind = EVENT_RELEASE, .g = 2, .obj = SEM,
         INT(2));
    SAYS("(none)", .kind = EVENT_BLOCK, .g = 2, .obj = SEM, .extra = WAIT_SEMAPHORE);
    SAYS("worker has what it wanted of sem", .kind = EVENT_WAKE, .g = 2, .obj = SEM, .other = 1);
    SAYS("worker gives up: ctx is cancelled", .kind = EVENT_WAKE, .g = 2, .obj = CTX);
    SAYS("worker takes 1 token of limit", .kind = EVENT_TAKE, .g = 2, .obj = LIMIT, INT(1));
    SAYS("worker takes 2 tokens of limit, there in 10ms", .kind = EVENT_TAKE, .g = 2, .obj = LIMIT,
         .extra = 10000, INT(2));
    SAYS("worker asks limit in vain: no token is left", .kind = EVENT_LOOK, .g = 2, .obj = LIMIT);
    SAYS("worker gives 1 token back to limit", .kind = EVENT_RELEASE, .g = 2, .obj = LIMIT, INT(1));
}

static void test_groups_and_timers(void **state)
{
    (void)state;
    SAYS("worker fails: broken (the first error of g)", .kind = EVENT_ERROR, .g = 2, .obj = GROUP,
         .extra = 1, .text = tale_text(trace, "broken"));
    SAYS("worker fails as well: broken", .kind = EVENT_ERROR, .g = 2, .obj = GROUP,
         .text = tale_text(trace, "broken"));
    SAYS("worker makes the call of fetches", .kind = EVENT_ONCE_BEGIN, .g = 2, .obj = FLIGHT,
         .seq = 1);
    SAYS("main joins the call that fetches makes already", .kind = EVENT_JOIN, .g = 1,
         .obj = FLIGHT, .seq = 1);
    SAYS("worker ends the call of fetches", .kind = EVENT_ONCE_END, .g = 2, .obj = FLIGHT,
         .seq = 1);
    SAYS("main has the result of fetches", .kind = EVENT_WAKE, .g = 1, .obj = FLIGHT, .other = 2);
    SAYS("main sets t anew: 5ms", .kind = EVENT_TIMER_RESET, .g = 1, .obj = TIMER, INT(5000000));
    SAYS("t starts goroutine 3", .kind = EVENT_GO, .obj = TIMER, .other = 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_locks),  cmocka_unit_test(test_who_blocks_an_rwmutex),
        cmocka_unit_test(test_cond),   cmocka_unit_test(test_cells),
        cmocka_unit_test(test_limits), cmocka_unit_test(test_groups_and_timers),
    };

    return cmocka_run_group_tests_name("words_sync", tests, NULL, NULL);
}
