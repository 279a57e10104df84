/* test_words_finding.c -- what went wrong, where, why, and what to do about it. */
#include "unit/view/tale.h"

#include "grade/words.h"

#include <signal.h>

enum { JOBS = 1, OUT, WG, MU, ROOT, CTX, DONE };

/* main (line 3..) makes its things and starts two workers at line 12. */
static struct trace *stage(void)
{
    struct trace *trace = tale_new();

    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = JOBS, .extra = OBJECT_CHAN, .line = 3,
         .text = tale_text(trace, "jobs"));
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = OUT, .extra = OBJECT_CHAN, .line = 4,
         .text = tale_text(trace, "results"));
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = WG, .extra = OBJECT_WAITGROUP, .line = 5,
         .text = tale_text(trace, "wg"));
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = MU, .extra = OBJECT_MUTEX, .line = 6,
         .text = tale_text(trace, "mu"));
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 2, .line = 12,
         .text = tale_text(trace, "worker"));
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 3, .line = 12,
         .text = tale_text(trace, "worker"));
    return trace;
}

static void add_context(struct trace *trace)
{
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = ROOT, .extra = OBJECT_CONTEXT, .value = -1);
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = CTX, .extra = OBJECT_CONTEXT, .other = ROOT,
         .value = -1, .text = tale_text(trace, "ctx"));
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = DONE, .extra = OBJECT_CHAN, .other = CTX);
}

/* The title and the explanation of the finding; frees the trace. */
static void assert_told(struct trace *trace, struct finding finding, const char *title,
                        const char *why)
{
    struct program program;
    struct text out = {0};
    struct names *names;

    tale_program(&program, "pool.lua", "\n");
    names = names_new(trace, &program);
    words_finding_title(&out, trace, names, &finding);
    assert_string_equal(text_string(&out), title);
    text_clear(&out);
    words_finding_why(&out, trace, names, &program, &finding);
    assert_string_equal(text_string(&out), why);
    text_release(&out);
    names_free(names);
    tale_program_release(&program);
    free(trace);
}

static struct finding of(enum finding_kind kind, uint32_t g, uint32_t line, uint32_t event)
{
    return (struct finding){.kind = kind,
                            .event = event,
                            .at = {.g = g, .line = line, .event = event},
                            .other = {.event = UINT32_MAX}};
}

static void test_leak_send(void **state)
{
    struct trace *trace = stage();
    uint32_t block;

    (void)state;
    add_context(trace);
    TELL(trace, .kind = EVENT_RECV, .g = 1, .obj = OUT, .other = 2, .line = 30);
    block = trace->count;
    TELL(trace, .kind = EVENT_BLOCK, .g = 3, .obj = OUT, .extra = WAIT_SEND, .line = 21);
    TELL(trace, .kind = EVENT_END, .g = 1, .line = 31);
    assert_told(
        trace, of(FINDING_LEAK, 3, 21, block),
        "leak: worker 2 is blocked for ever sending on results (pool.lua:21)",
        "worker 2 was started at pool.lua:12. It waits at pool.lua:21 to send on results, and "
        "nobody is "
        "left who would receive. main received from results last at pool.lua:30 and then returned. "
        "After step 4 nobody else came to results. Put the send in a select with a case that receives from ctx.Done.");

    trace = stage(); /* without context, never received */
    block = trace->count;
    TELL(trace, .kind = EVENT_BLOCK, .g = 3, .obj = OUT, .extra = WAIT_SEND, .line = 21);
    assert_told(
        trace, of(FINDING_LEAK, 3, 21, block),
        "leak: worker 2 is blocked for ever sending on results (pool.lua:21)",
        "worker 2 was started at pool.lua:12. It waits at pool.lua:21 to send on results, and "
        "nobody is "
        "left who would receive. Nobody ever received from results. Receive from results until "
        "nothing more is sent, or give it room for what nobody will take.");
}

/* The one who could have received is stuck too: the chain is told. */
static void test_leak_chain(void **state)
{
    struct trace *trace = stage();
    uint32_t block;

    (void)state;
    TELL(trace, .kind = EVENT_RECV, .g = 3, .obj = JOBS, .other = 2, .line = 20);
    TELL(trace, .kind = EVENT_BLOCK, .g = 3, .obj = OUT, .extra = WAIT_SEND, .line = 22);
    block = trace->count;
    TELL(trace, .kind = EVENT_BLOCK, .g = 2, .obj = JOBS, .extra = WAIT_SEND, .line = 11);
    TELL(trace, .kind = EVENT_END, .g = 1, .line = 31);
    assert_told(
        trace, of(FINDING_LEAK, 2, 11, block),
        "leak: worker 1 is blocked for ever sending on jobs (pool.lua:11)",
        "worker 1 was started at pool.lua:12. It waits at pool.lua:11 to send on jobs, and "
        "nobody is left who would receive. worker 2 received from jobs last at pool.lua:20 "
        "and is blocked itself now. After step 4 nobody else came to jobs. Receive from jobs "
        "until nothing more is sent, or give it room for what nobody will take.");
}

static void test_leak_others(void **state)
{
    struct trace *trace = stage();
    uint32_t block;

    (void)state;
    TELL(trace, .kind = EVENT_SEND, .g = 1, .obj = JOBS, .other = 2, .line = 16);
    block = trace->count;
    TELL(trace, .kind = EVENT_BLOCK, .g = 2, .obj = JOBS, .extra = WAIT_RECV, .line = 18);
    TELL(trace, .kind = EVENT_END, .g = 1, .line = 31);
    assert_told(
        trace, of(FINDING_LEAK, 2, 18, block),
        "leak: worker 1 is blocked for ever receiving from jobs (pool.lua:18)",
        "worker 1 was started at pool.lua:12. It waits at pool.lua:18 to receive from jobs, and "
        "nobody is "
        "left who would send. main sent on jobs last at pool.lua:16 and then returned, and nobody "
        "closed it. After step 4 nobody else came to jobs. Close jobs when nothing more will be sent: then the receive says so.");

    trace = stage();
    TELL(trace, .kind = EVENT_LOCK, .g = 3, .obj = MU, .line = 8);
    block = trace->count;
    TELL(trace, .kind = EVENT_BLOCK, .g = 2, .obj = MU, .extra = WAIT_LOCK, .line = 9);
    assert_told(trace, of(FINDING_LEAK, 2, 9, block),
                "leak: worker 1 is blocked for ever locking mu (pool.lua:9)",
                "worker 1 was started at pool.lua:12. It waits at pool.lua:9 to lock mu. worker 2 "
                "locked mu at "
                "pool.lua:8 and never unlocked it. After step 4 nobody else came to mu. Unlock on "
                "every path, by defer.");

    trace = stage();
    block = trace->count;
    TELL(trace, .kind = EVENT_BLOCK, .g = 2, .extra = WAIT_SELECT, .line = 9);
    TELL(trace, .kind = EVENT_BLOCK_CASE, .g = 2, .obj = JOBS, .extra = WAIT_RECV, .line = 9);
    assert_told(trace, of(FINDING_LEAK, 2, 9, block),
                "leak: worker 1 is blocked for ever in its select (pool.lua:9)",
                "worker 1 was started at pool.lua:12. It waits at pool.lua:9 for one of its "
                "select's cases: "
                "receive from jobs, and none can ever be possible. Close jobs when nothing more "
                "will be sent: then the receive says so.");

    trace = stage();
    {
        struct finding finding = of(FINDING_LEAK, 2, 9, UINT32_MAX);

        finding.value = 1;
        assert_told(trace, finding, "leak: worker 1 never ends (pool.lua:9)",
                    "worker 1 was started at pool.lua:12. main has returned, and worker 1 still "
                    "goes on. Give its "
                    "loop a way out: a closed channel or a cancelled context.");
    }
}

static void test_deadlock(void **state)
{
    struct trace *trace = stage();
    uint32_t block;

    (void)state;
    TELL(trace, .kind = EVENT_WG_ADD, .g = 1, .obj = WG, .value = 2, .extra = 2, .line = 11);
    TELL(trace, .kind = EVENT_BLOCK, .g = 2, .obj = OUT, .extra = WAIT_SEND, .line = 8);
    block = trace->count;
    TELL(trace, .kind = EVENT_BLOCK, .g = 1, .obj = WG, .extra = WAIT_WG, .line = 20);
    TELL(trace, .kind = EVENT_BLOCK, .g = 3, .obj = OUT, .extra = WAIT_SEND, .line = 8);
    assert_told(trace, of(FINDING_DEADLOCK, 1, 20, block),
                "deadlock: all goroutines are asleep, main is waiting for wg (pool.lua:20)",
                "main waits at pool.lua:20 for wg to reach 0. worker 1 (started at pool.lua:12) "
                "waits at pool.lua:8 "
                "to send on results. worker 2 (started at pool.lua:12) waits at pool.lua:8 to send "
                "on results. "
                "main waits for those who wait for somebody to receive from results. Wait in a "
                "goroutine of its "
                "own, and receive here.");

    trace = stage(); /* jobs is never closed: the workers wait, and main for their results */
    TELL(trace, .kind = EVENT_BLOCK, .g = 2, .obj = JOBS, .extra = WAIT_RECV, .line = 8);
    TELL(trace, .kind = EVENT_END, .g = 3);
    block = trace->count;
    TELL(trace, .kind = EVENT_BLOCK, .g = 1, .obj = OUT, .extra = WAIT_RECV, .line = 20);
    assert_told(
        trace, of(FINDING_DEADLOCK, 1, 20, block),
        "deadlock: all goroutines are asleep, main is blocked receiving from results (pool.lua:20)",
        "main waits at pool.lua:20 to receive from results. worker 1 (started at pool.lua:12) "
        "waits at "
        "pool.lua:8 to receive from jobs. Nobody closed jobs, so its receivers never end. Close it "
        "after "
        "the last send.");

    trace = stage();
    TELL(trace, .kind = EVENT_WG_ADD, .g = 1, .obj = WG, .value = 1, .extra = 1, .line = 11);
    TELL(trace, .kind = EVENT_END, .g = 2);
    TELL(trace, .kind = EVENT_END, .g = 3);
    block = trace->count;
    TELL(trace, .kind = EVENT_BLOCK, .g = 1, .obj = WG, .extra = WAIT_WG, .line = 20);
    assert_told(trace, of(FINDING_DEADLOCK, 1, 20, block),
                "deadlock: all goroutines are asleep, main is waiting for wg (pool.lua:20)",
                "main waits at pool.lua:20 for wg to reach 0. wg is still at 1 and nobody is left "
                "to call Done. "
                "Call Done on every path, by defer.");
}

/* Somebody did receive, and has gone. */
static void test_deadlock_receiver_gone(void **state)
{
    struct trace *trace = stage();
    uint32_t block;

    (void)state;
    TELL(trace, .kind = EVENT_RECV, .g = 2, .obj = JOBS, .line = 9);
    TELL(trace, .kind = EVENT_END, .g = 2);
    TELL(trace, .kind = EVENT_END, .g = 3);
    block = trace->count;
    TELL(trace, .kind = EVENT_BLOCK, .g = 1, .obj = JOBS, .extra = WAIT_SEND, .line = 20);
    assert_told(trace, of(FINDING_DEADLOCK, 1, 20, block),
                "deadlock: all goroutines are asleep, main is blocked sending on jobs "
                "(pool.lua:20)",
                "main waits at pool.lua:20 to send on jobs. worker 1 received from jobs last at "
                "pool.lua:9 and then returned. Receive from jobs until nothing more is sent, or "
                "give it room for what nobody will take.");
}

/* main waits for those who wait for a lock or a Cond: the cure is there. */
static void test_deadlock_with_locks(void **state)
{
    struct trace *trace = stage();
    uint32_t block;

    (void)state;
    TELL(trace, .kind = EVENT_WG_ADD, .g = 1, .obj = WG, .value = 2, .extra = 2, .line = 11);
    TELL(trace, .kind = EVENT_LOCK, .g = 3, .obj = MU, .line = 8);
    TELL(trace, .kind = EVENT_END, .g = 3);
    TELL(trace, .kind = EVENT_BLOCK, .g = 2, .obj = MU, .extra = WAIT_LOCK, .line = 8);
    block = trace->count;
    TELL(trace, .kind = EVENT_BLOCK, .g = 1, .obj = WG, .extra = WAIT_WG, .line = 20);
    assert_told(trace, of(FINDING_DEADLOCK, 1, 20, block),
                "deadlock: all goroutines are asleep, main is waiting for wg (pool.lua:20)",
                "main waits at pool.lua:20 for wg to reach 0. worker 1 (started at pool.lua:12) "
                "waits at pool.lua:8 to lock mu. worker 2 locked mu at pool.lua:8 and never "
                "unlocked it. Unlock on every path, and take several locks in the same order "
                "everywhere.");

    trace = stage(); /* the holder waits for something else */
    TELL(trace, .kind = EVENT_LOCK, .g = 2, .obj = MU, .line = 8);
    TELL(trace, .kind = EVENT_BLOCK, .g = 2, .obj = OUT, .extra = WAIT_SEND, .line = 9);
    TELL(trace, .kind = EVENT_END, .g = 3);
    block = trace->count;
    TELL(trace, .kind = EVENT_BLOCK, .g = 1, .obj = MU, .extra = WAIT_LOCK, .line = 20);
    assert_told(trace, of(FINDING_DEADLOCK, 1, 20, block),
                "deadlock: all goroutines are asleep, main is locking mu (pool.lua:20)",
                "main waits at pool.lua:20 to lock mu. worker 1 (started at pool.lua:12) waits at "
                "pool.lua:9 to send on results. worker 1 locked mu at pool.lua:8 and never "
                "unlocked it. worker 1 waits with the lock in hand. Unlock it before that wait.");

    trace = stage(); /* the signal woke another one */
    TELL(trace, .kind = EVENT_WG_ADD, .g = 1, .obj = WG, .value = 2, .extra = 2, .line = 11);
    TELL(trace, .kind = EVENT_SIGNAL, .g = 1, .obj = MU, .other = 3, .line = 14);
    TELL(trace, .kind = EVENT_BLOCK, .g = 2, .obj = MU, .extra = WAIT_COND, .line = 5);
    TELL(trace, .kind = EVENT_END, .g = 3);
    block = trace->count;
    TELL(trace, .kind = EVENT_BLOCK, .g = 1, .obj = WG, .extra = WAIT_WG, .line = 20);
    assert_told(trace, of(FINDING_DEADLOCK, 1, 20, block),
                "deadlock: all goroutines are asleep, main is waiting for wg (pool.lua:20)",
                "main waits at pool.lua:20 for wg to reach 0. worker 1 (started at pool.lua:12) "
                "waits at pool.lua:5 for a signal at mu. main signalled mu last at pool.lua:14, "
                "which woke worker 2 alone. Change the condition under the lock, then signal mu, "
                "or broadcast when several wait; and look at the condition before each Wait.");
}

static void test_panic(void **state)
{
    struct trace *trace = stage();
    struct finding finding;

    (void)state;
    TELL(trace, .kind = EVENT_CLOSE, .g = 2, .obj = OUT, .line = 15);
    finding = of(FINDING_PANIC, 3, 15, trace->count);
    finding.text = tale_text(trace, "close of closed channel");
    finding.obj = OUT;
    TELL(trace, .kind = EVENT_PANIC, .g = 3, .text = finding.text, .line = 15);
    assert_told(trace, finding, "panic: close of closed channel (pool.lua:15)",
                "worker 2 was started at pool.lua:12. worker 2 closes results at pool.lua:15. "
                "worker 1 had closed "
                "it at pool.lua:15. Let one goroutine own the channel and close it, once all "
                "senders are done.");

    trace = stage();
    TELL(trace, .kind = EVENT_CLOSE, .g = 1, .obj = OUT, .line = 25);
    finding = of(FINDING_PANIC, 2, 8, trace->count);
    finding.text = tale_text(trace, "send on closed channel");
    finding.obj = OUT;
    TELL(trace, .kind = EVENT_PANIC, .g = 2, .text = finding.text, .line = 8);
    assert_told(
        trace, finding, "panic: send on closed channel (pool.lua:8)",
        "worker 1 was started at pool.lua:12. worker 1 sends on results at pool.lua:8. main had "
        "closed it "
        "at pool.lua:25. Close a channel only when all its senders are done: wait for them first.");

    trace = stage();
    finding = of(FINDING_PANIC, 2, 8, UINT32_MAX);
    finding.text = tale_text(trace, "sync: negative WaitGroup counter");
    assert_told(trace, finding, "panic: sync: negative WaitGroup counter (pool.lua:8)",
                "worker 1 was started at pool.lua:12. worker 1 calls Done at pool.lua:8 when the "
                "counter is 0 "
                "already. Add once before each go, and call Done once in each goroutine.");

    trace = stage();
    finding = of(FINDING_PANIC, 1, 8, UINT32_MAX);
    finding.text = tale_text(trace, "my own \x1b[31m");
    assert_told(trace, finding, "panic: my own \\x1b[31m (pool.lua:8)",
        "main panicked at pool.lua:8 and nobody recovered it. Look at that line first.");
}

static void test_others(void **state)
{
    struct trace *trace = stage();
    struct finding finding = of(FINDING_WRONG_ANSWER, 1, 9, UINT32_MAX);

    (void)state;
    finding.text = tale_text(trace, "line 2 should be 4 but is 5\nand so on");
    assert_told(trace, finding, "wrong answer: line 2 should be 4 but is 5 (pool.lua:9)",
                "line 2 should be 4 but is 5\nand so on\nStep through the replay and look for the "
                "first step that "
                "should not have been possible yet.");

    trace = stage();
    TELL(trace, .kind = EVENT_EXIT, .value = 2, .text = tale_text(trace, "signal: interrupt"));
    finding.text = tale_text(trace, "signal: interrupt: the program did not ask for it");
    assert_told(trace, finding,
                "wrong answer: signal: interrupt: the program did not ask for it (pool.lua:9)",
                "Ask for it with signal.Notify before it can come. After Stop or Reset it ends the "
                "program again.");

    finding = of(FINDING_OVER_TICKS, 2, 9, UINT32_MAX);
    assert_told(stage(), finding, "over limit: a loop that never waits for anything (pool.lua:9)",
                "It was worker 1, at pool.lua:9. worker 1 was started at pool.lua:12. A loop there "
                "runs on without "
                "any channel, lock or sleep. Give it an end.");

    finding = of(FINDING_CRASH, 1, 9, UINT32_MAX);
    finding.value = SIGSEGV;
    assert_told(stage(), finding, "crash: segmentation fault (pool.lua:9)",
        "main was at pool.lua:9. Look for a pointer that is not valid there, or a call of abort.");

    finding = of(FINDING_DIVERGED, 0, 0, UINT32_MAX);
    assert_told(stage(), finding, "the schedule does not fit this program",
                "The program changed since the schedule was written down. Check it again to get a "
                "new one.");
}

/* Any finding about any goroutine, object and event is told somehow. */
static void test_garbage(void **state)
{
    (void)state;
    for (uint32_t kind = 0; kind <= FINDING_INTERNAL + 1; kind++)
        for (uint32_t wild = 0; wild < 2; wild++) {
            struct trace *trace = wild ? wild_tale(kind, 200) : pool_tale();
            struct names *names = names_new(trace, NULL);
            struct finding finding = {
                .kind = kind,
                .obj = 77,
                .text = 1u << 30,
                .event = 1u << 30,
                .value = wild,
                .at = {.g = wild ? 3 : 99, .line = 5, .file = 1u << 30, .event = 12345},
                .other = {.g = 98, .event = UINT32_MAX}};
            struct text out = {0};

            words_finding_title(&out, trace, names, &finding);
            assert_true(out.len > 0);
            words_finding_why(&out, trace, names, NULL, &finding);
            text_release(&out);
            names_free(names);
            free(trace);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_leak_send),
        cmocka_unit_test(test_leak_chain),
        cmocka_unit_test(test_leak_others),
        cmocka_unit_test(test_deadlock),
        cmocka_unit_test(test_deadlock_receiver_gone),
        cmocka_unit_test(test_deadlock_with_locks),
        cmocka_unit_test(test_panic),
        cmocka_unit_test(test_others),
        cmocka_unit_test(test_garbage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
