/* test_words.c -- events and findings as sentences a learner understands. */
#include "unit/view/tale.h"

#include "grade/words.h"

#include <math.h>

/* The objects every sentence below speaks of; the event itself comes last. */
enum { CTX = 2, DONE, JOBS, OUT, WG, MU, TIMER, TICKS };

static struct trace *stage(void)
{
    struct trace *trace = tale_new();

    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = 1, .extra = OBJECT_CONTEXT, .value = -1);
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = CTX, .extra = OBJECT_CONTEXT, .other = 1,
         .value = 50000000, .text = tale_text(trace, "ctx"));
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = DONE, .extra = OBJECT_CHAN, .other = CTX);
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = JOBS, .extra = OBJECT_CHAN,
         .text = tale_text(trace, "jobs"));
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = OUT, .extra = OBJECT_CHAN, .value = 2,
         .text = tale_text(trace, "out"));
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = WG, .extra = OBJECT_WAITGROUP,
         .text = tale_text(trace, "wg"));
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = MU, .extra = OBJECT_MUTEX,
         .text = tale_text(trace, "mu"));
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = TIMER, .extra = OBJECT_TIMER, .value = 20000000);
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = TICKS, .extra = OBJECT_CHAN, .other = TIMER,
         .value = 1);
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 2, .text = tale_text(trace, "worker"),
         .line = 12);
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 3, .text = tale_text(trace, "worker"),
         .line = 12);
    TELL(trace, .kind = EVENT_WG_ADD, .g = 1, .obj = WG, .value = 2, .extra = 2);
    TELL(trace, .kind = EVENT_LOCK, .g = 3, .obj = MU, .line = 14);
    return trace;
}

static void assert_sentence(struct trace *trace, uint32_t index, const char *expected)
{
    struct names *names = names_new(trace, NULL);
    struct text out = {0};

    if (!words_event(&out, trace, names, index))
        text_add(&out, "(none)");
    assert_string_equal(text_string(&out), expected);
    text_release(&out);
    names_free(names);
}

#define SAYS(expected, ...)                                                                        \
    do {                                                                                           \
        struct trace *trace = stage();                                                             \
        TELL(trace, __VA_ARGS__);                                                                  \
        assert_sentence(trace, trace->count - 1, expected);                                        \
        free(trace);                                                                               \
    } while (0)

static void test_steps(void **state)
{
    (void)state;
    SAYS("worker 1 sends 9 on out", .kind = EVENT_SEND, .g = 2, .obj = OUT, .value = 9,
         .value_kind = VALUE_INT);
    SAYS("main sends 9 on jobs to worker 2", .kind = EVENT_SEND, .g = 1, .obj = JOBS, .other = 3,
         .value = 9, .value_kind = VALUE_INT);
    SAYS("worker 1's select sends on out", .kind = EVENT_SEND, .g = 2, .obj = OUT,
         .flags = EVENT_IN_SELECT);
    SAYS("worker 1 receives 3 from out", .kind = EVENT_RECV, .g = 2, .obj = OUT, .value = 3,
         .value_kind = VALUE_INT);
    SAYS("worker 1 receives true from jobs, sent by main", .kind = EVENT_RECV, .g = 2, .obj = JOBS,
         .other = 1, .value = 1, .value_kind = VALUE_BOOL);
    SAYS("worker 2's receive from jobs says: closed", .kind = EVENT_RECV, .g = 3, .obj = JOBS,
         .flags = EVENT_CLOSED);
    SAYS("worker 2's select receives from jobs: it is closed", .kind = EVENT_RECV, .g = 3,
         .obj = JOBS, .flags = EVENT_CLOSED | EVENT_IN_SELECT);
    SAYS("worker 1's select sees that ctx is cancelled", .kind = EVENT_RECV, .g = 2, .obj = DONE,
         .flags = EVENT_CLOSED | EVENT_IN_SELECT);
    SAYS("main sees that after 20ms has fired", .kind = EVENT_RECV, .g = 1, .obj = TICKS,
         .value = 1, .value_kind = VALUE_INT);
    SAYS("worker 1's select sends on out (chosen among several)", .kind = EVENT_SEND,
         .g = 2, .obj = OUT, .flags = EVENT_IN_SELECT | EVENT_CASE_CHOSEN);
    SAYS("main closes jobs", .kind = EVENT_CLOSE, .g = 1, .obj = JOBS);
    SAYS("main's select takes its default case", .kind = EVENT_DEFAULT, .g = 1);
    SAYS("worker 1 locks mu", .kind = EVENT_LOCK, .g = 2, .obj = MU);
    SAYS("worker 1 unlocks mu", .kind = EVENT_UNLOCK, .g = 2, .obj = MU);
    SAYS("main adds 1 to wg, which is now 3", .kind = EVENT_WG_ADD, .g = 1, .obj = WG, .value = 1,
         .extra = 3);
    SAYS("worker 1 is done: wg counts down to 1", .kind = EVENT_WG_ADD, .g = 2, .obj = WG,
         .value = -1, .extra = 1);
    SAYS("main has waited for wg: it is 0", .kind = EVENT_WG_WAIT, .g = 1, .obj = WG);
    SAYS("main sleeps for 1.5s", .kind = EVENT_SLEEP, .g = 1, .value = 1500000000);
    SAYS("main gives way", .kind = EVENT_YIELD, .g = 1);
    SAYS("main stops after 20ms", .kind = EVENT_TIMER_STOP, .g = 1, .obj = TIMER);
    SAYS("main cancels ctx", .kind = EVENT_CANCEL, .g = 1, .obj = CTX);
    SAYS("main ends the program with exit code 3", .kind = EVENT_EXIT, .g = 1, .value = 3);
    SAYS("main draws 4 of 10", .kind = EVENT_RAND, .g = 1, .value = 4, .extra = 10);
    SAYS("main looks at out: 2", .kind = EVENT_LOOK, .g = 1, .obj = OUT, .value = 2,
         .value_kind = VALUE_INT);
    SAYS("main tries to lock mu: it is taken", .kind = EVENT_LOOK, .g = 1, .obj = MU);
}

static void test_facts(void **state)
{
    (void)state;
    SAYS("main starts worker 2", .kind = EVENT_GO, .g = 1, .other = 3,
         .text = tale_text(trace, "worker"));
    SAYS("main returns", .kind = EVENT_END, .g = 1);
    SAYS("main returns 2", .kind = EVENT_END, .g = 1, .value = 2);
    SAYS("worker 1 ends", .kind = EVENT_END, .g = 2);
    SAYS("the clock moves on to 50ms", .kind = EVENT_TIME, .time = 50000000);
    SAYS("after 20ms fires", .kind = EVENT_FIRE, .obj = TIMER);
    SAYS("worker 1 wakes up", .kind = EVENT_WAKE, .g = 2);
    SAYS("(none)", .kind = EVENT_BLOCK_CASE, .g = 2, .obj = JOBS);
    SAYS("(none)", .kind = EVENT_NONE);
    SAYS("(none)", .kind = EVENT_KIND_COUNT - 1, .g = 2); /* NAME */
}

static void test_blocks(void **state)
{
    (void)state;
    SAYS("worker 1 blocks: out is full", .kind = EVENT_BLOCK, .g = 2, .obj = OUT,
         .extra = WAIT_SEND);
    SAYS("worker 1 blocks: nobody is receiving from jobs", .kind = EVENT_BLOCK, .g = 2, .obj = JOBS,
         .extra = WAIT_SEND);
    SAYS("worker 1 blocks: out is empty", .kind = EVENT_BLOCK, .g = 2, .obj = OUT,
         .extra = WAIT_RECV);
    SAYS("worker 1 blocks: nobody is sending on jobs", .kind = EVENT_BLOCK, .g = 2, .obj = JOBS,
         .extra = WAIT_RECV);
    SAYS("worker 1 blocks: ctx is not cancelled yet", .kind = EVENT_BLOCK, .g = 2, .obj = DONE,
         .extra = WAIT_RECV);
    SAYS("worker 1 blocks until after 20ms fires", .kind = EVENT_BLOCK, .g = 2, .obj = TICKS,
         .extra = WAIT_RECV);
    SAYS("worker 1 blocks: mu is locked by worker 2", .kind = EVENT_BLOCK, .g = 2, .obj = MU,
         .extra = WAIT_LOCK);
    SAYS("worker 2 blocks: mu is locked by itself", .kind = EVENT_BLOCK, .g = 3, .obj = MU,
         .extra = WAIT_LOCK);
    SAYS("main blocks: wg is at 2, not 0", .kind = EVENT_BLOCK, .g = 1, .obj = WG,
         .extra = WAIT_WG);
    SAYS("main blocks for ever: the channel is nil", .kind = EVENT_BLOCK, .g = 1,
         .extra = WAIT_NIL_RECV);
    SAYS("main blocks for ever: its select has no cases", .kind = EVENT_BLOCK, .g = 1,
         .extra = WAIT_EMPTY_SELECT);
    SAYS("(none)", .kind = EVENT_BLOCK, .g = 1, .extra = WAIT_SLEEP);
}

static void test_select_and_texts(void **state)
{
    struct trace *trace = stage();
    uint32_t at = trace->count;

    (void)state;
    TELL(trace, .kind = EVENT_BLOCK, .g = 2, .extra = WAIT_SELECT);
    TELL(trace, .kind = EVENT_BLOCK_CASE, .g = 2, .obj = JOBS, .extra = WAIT_RECV);
    TELL(trace, .kind = EVENT_BLOCK_CASE, .g = 2, .obj = DONE, .extra = WAIT_RECV, .value = 1);
    TELL(trace, .kind = EVENT_PRINT, .g = 1, .text = tale_text(trace, "a\tb\x1b\n"));
    TELL(trace, .kind = EVENT_PANIC, .g = 1, .text = tale_text(trace, "send on closed channel"));
    TELL(trace, .kind = EVENT_CANCEL, .obj = CTX,
         .text = tale_text(trace, "context deadline exceeded"));
    assert_sentence(trace, at, "worker 1 blocks: its select waits for jobs or ctx.Done");
    assert_sentence(trace, at + 3, "main prints \"a\\tb\\x1b\"");
    assert_sentence(trace, at + 4, "main panics: send on closed channel");
    assert_sentence(trace, at + 5, "ctx is cancelled: context deadline exceeded");
    free(trace);
}

static void assert_duration(int64_t ns, const char *expected)
{
    struct text out = {0};

    words_duration(&out, ns);
    assert_string_equal(text_string(&out), expected);
    text_release(&out);
}

static void test_durations(void **state)
{
    (void)state;
    assert_duration(0, "0s");
    assert_duration(200, "200ns");
    assert_duration(1500, "1.5us");
    assert_duration(50000000, "50ms");
    assert_duration(1500000000, "1.5s");
    assert_duration(1000000001, "1.000000001s");
    assert_duration(60000000000, "1m");
    assert_duration(90500000000, "1m30.5s");
    assert_duration(60500000000, "1m0.5s");
    assert_duration(-50000000, "-50ms");
    assert_duration(INT64_MIN, "-153722867m16.854775808s");
}

static void assert_value(enum value_kind kind, int64_t value, const char *expected)
{
    struct trace *trace = tale_new();
    struct text out = {0};

    tale_text(trace, "he said \"hi\""); /* at offset 1 */
    tale_text(trace, "{n=9, reply=chan 3}");
    tale_text(trace, "\"quoted\"");
    tale_text(trace, "chan 3");
    tale_text(trace, "channel");
    words_value(&out, trace, kind, value);
    assert_string_equal(text_string(&out), expected);
    text_release(&out);
    free(trace);
}

static int64_t bits(double number)
{
    int64_t value;

    memcpy(&value, &number, sizeof value);
    return value;
}

static void test_values(void **state)
{
    (void)state;
    assert_value(VALUE_INT, -7, "-7");
    assert_value(VALUE_NUM, bits(3.5), "3.5");
    assert_value(VALUE_NUM, bits(3.0), "3.0");
    assert_value(VALUE_NUM, bits(1e100), "1e+100");
    assert_value(VALUE_NUM, bits(-INFINITY), "-inf");
    assert_value(VALUE_BOOL, 0, "false");
    assert_value(VALUE_NIL, 0, "nil");
    assert_value(VALUE_NONE, 5, "");
    assert_value(VALUE_TEXT, 1, "\"he said \"hi\"\"");
    assert_value(VALUE_TEXT, 14, "{n=9, reply=chan 3}");
    assert_value(VALUE_TEXT, 34, "\"quoted\"");
    assert_value(VALUE_TEXT, 43, "chan 3");
    assert_value(VALUE_TEXT, 50, "\"channel\"");
    assert_value(VALUE_TEXT, INT64_MAX, "\"\"");
}

static void test_safe(void **state)
{
    struct text out = {0};

    (void)state;
    words_safe(&out, "\x1b[2J\xff\xe2\x80\xae \xc3\xa4 12345", 9);
    assert_string_equal(text_string(&out), "\\x1b[2J\\xff\\u{202e} \xc3\xa4 ...");
    text_release(&out);
}

static void test_story(void **state)
{
    struct trace *trace = pool_tale();
    struct names *names = names_new(trace, NULL);
    struct text out = {0};

    (void)state;
    words_story(&out, trace, names, NULL, 3);
    assert_string_equal(
        text_string(&out),
        "   1. main makes unbuffered channel 1 (line 1), makes channel 2 with room for 2,"
        " makes WaitGroup 3 (line 2)\n"
        "     ... 8 steps left out ...\n"
        "  10. main sends 3 on channel 1 to goroutine 2 (line 15); goroutine 2 blocks: channel 2 "
        "is full"
        " (line 6)\n"
        "  11. main sends 4 on channel 1 to goroutine 3 (line 15); goroutine 3 blocks: channel 2 "
        "is full"
        " (line 6); main blocks: nobody is receiving from channel 1 (line 15)\n");
    text_clear(&out);
    trace->dropped = 5; /* did not fit into the trace */
    words_story(&out, trace, names, NULL, 1);
    assert_non_null(
        strstr(text_string(&out), "\n     ... and 5 more events, which were not kept\n"));
    text_release(&out);
    names_free(names);
    free(trace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_steps),
        cmocka_unit_test(test_facts),
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_select_and_texts),
        cmocka_unit_test(test_durations),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_safe),
        cmocka_unit_test(test_story),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
