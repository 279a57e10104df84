/* test_judge.c -- the judge on whole programs: verdict, strength, schedule, cancelling. */
#include "grade/judge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static struct program program_of(const char *text)
{
    static const char *lines[1];
    struct program program = {.name = "test.lua", .language = LANGUAGE_LUA, .lines = lines, .nlines = 1};

    program.path = (char *)"test.lua";
    program.text = (char *)text;
    program.length = strlen(text);
    lines[0] = text;
    return program;
}

static struct result judged(const char *text, struct judge_request request)
{
    struct program program = program_of(text);
    struct result result;

    request.program = &program;
    request.output = -1;
    judge(&request, &result);
    return result;
}

static void assert_verdict(const char *text, enum verdict verdict)
{
    struct result result = judged(text, (struct judge_request){.mode = JUDGE_CHECK});

    if (result.verdict != verdict)
        print_error("%s\n got %s\n", text, verdict_word(result.verdict));
    assert_int_equal(result.verdict, verdict);
    result_release(&result);
}

#define LEAK "local c = chan() go(function() c:send(1) end)"

static void test_verdicts(void **state)
{
    (void)state;
    assert_verdict("print(1)", VERDICT_PASSED);
    assert_verdict("print(", VERDICT_NO_LOAD);
    assert_verdict("error('x')", VERDICT_PANIC);
    assert_verdict("assert(false, 'x')", VERDICT_WRONG_ANSWER);
    assert_verdict("chan():recv()", VERDICT_DEADLOCK);
    assert_verdict(LEAK, VERDICT_LEAK);
    assert_verdict("while true do end", VERDICT_OVER_LIMIT);
    assert_verdict("local c = chan() c:close() c:close()", VERDICT_PANIC);
    assert_verdict("local c = chan() while true do select { a = recv(c), default = true } end",
                   VERDICT_LIVELOCK);
    assert_verdict("local n = 0 local wg = sync.WaitGroup() wg:add(1) "
                   "go(function() n = n + 1 wg:done() end) n = n + 1 wg:wait()", VERDICT_RACE);
    assert_verdict("os.exit(0)", VERDICT_PASSED);
    assert_verdict("os.exit(4)", VERDICT_WRONG_ANSWER);
}

static void test_every_interleaving(void **state)
{
    /* three goroutines lock one mutex once each: 3! orders */
    static const char text[] =
        "local mu, wg = sync.Mutex(), sync.WaitGroup() wg:add(3) "
        "for _ = 1, 3 do go(function() mu:lock() mu:unlock() wg:done() end) end wg:wait()";
    struct result result = judged(text, (struct judge_request){.mode = JUDGE_CHECK, .strategy = "sleep"});

    (void)state;
    assert_int_equal(result.verdict, VERDICT_PASSED);
    assert_true(result.complete);
    assert_int_equal(result.interleavings, 6);
    result_release(&result);
}

static void test_schedule_shows_it_again(void **state)
{
    struct result first = judged(LEAK, (struct judge_request){.mode = JUDGE_CHECK, .strategy = "random"});
    struct result again;

    (void)state;
    assert_int_equal(first.verdict, VERDICT_LEAK);
    assert_non_null(first.schedule);
    again = judged(LEAK, (struct judge_request){.mode = JUDGE_REPLAY, .schedule = first.schedule});
    assert_int_equal(again.verdict, VERDICT_LEAK);
    assert_int_equal(again.trace->count, first.trace->count);
    assert_memory_equal(again.trace->events, first.trace->events,
                        first.trace->count * sizeof(struct event));
    result_release(&again);
    again = judged(LEAK, (struct judge_request){.mode = JUDGE_REPLAY, .schedule = "7 7 7"});
    assert_int_equal(again.verdict, VERDICT_USAGE);
    result_release(&again);
    again = judged(LEAK, (struct judge_request){.mode = JUDGE_REPLAY, .schedule = "seven"});
    assert_int_equal(again.verdict, VERDICT_USAGE);
    assert_non_null(again.message);
    result_release(&again);
    result_release(&first);
}

static void test_cancel_keeps_what_is_known(void **state)
{
    static const char text[] =
        "local c = chan() for i = 1, 4 do go(function() for k = 1, 9 do c:send(k) end end) end "
        "for i = 1, 36 do c:recv() end";
    struct program program = program_of(text);
    struct judge_request request = {.program = &program, .mode = JUDGE_CHECK, .strategy = "exhaustive",
                                    .output = -1};
    struct judge *judge = judge_start(&request);
    struct result result;
    uint64_t runs = 0;

    (void)state;
    while (runs == 0 && !judge_poll(judge, 10))
        runs = judge_progress(judge).runs;
    judge_cancel(judge);
    judge_finish(judge, &result);
    assert_int_equal(result.verdict, VERDICT_INCOMPLETE);
    assert_true(result.runs >= runs && runs > 0);
    result_release(&result);
}

static void test_unknown_strategy(void **state)
{
    struct result result = judged("print(1)", (struct judge_request){.mode = JUDGE_CHECK, .strategy = "luck"});

    (void)state;
    assert_int_equal(result.verdict, VERDICT_USAGE);
    result_release(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verdicts),
        cmocka_unit_test(test_every_interleaving),
        cmocka_unit_test(test_schedule_shows_it_again),
        cmocka_unit_test(test_cancel_keeps_what_is_known),
        cmocka_unit_test(test_unknown_strategy),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
