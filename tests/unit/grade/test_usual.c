/* test_usual.c -- what a race leads to, looked for after it was found. */
#include "grade/judge.h"

#include "base/text.h"
#include "grade/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static struct program program_of(const char *text)
{
    static const char *lines[1];
    struct program program = {.name = "test.lua", .language = LANGUAGE_LUA, .lines = lines,
                              .nlines = 1};

    program.path = (char *)"test.lua";
    program.text = (char *)text;
    program.length = strlen(text);
    lines[0] = text;
    return program;
}

static struct result judged(const char *text)
{
    struct program program = program_of(text);
    struct judge_request request = {.program = &program, .mode = JUDGE_CHECK, .lead = true,
                                    .output = -1};
    struct result result;

    judge(&request, &result);
    return result;
}

/* The race of a program leads to this verdict, told in these words. */
static void assert_leads(const char *text, enum verdict verdict, bool accesses, const char *words)
{
    struct program program = program_of(text);
    struct result result = judged(text);
    struct text told = {0};

    assert_int_equal(result.verdict, VERDICT_RACE);
    assert_non_null(result.leads_to);
    report_lead_words(&told, result.leads_to, &program);
    if (result.leads_to->verdict != verdict || !strstr(text_string(&told), words))
        print_error("%s\n leads to %s: %s\n", text, verdict_word(result.leads_to->verdict),
                    text_string(&told));
    assert_int_equal(result.leads_to->verdict, verdict);
    assert_int_equal(result.leads_to->accesses, accesses);
    assert_non_null(strstr(text_string(&told), words));
    text_release(&told);
    result_release(&result);
}

#define TWICE(body, end)                                                                          \
    "local wg, n = sync.WaitGroup(), 0 wg:add(2) "                                                \
    "for i = 1, 2 do go(function() " body " wg:done() end) end wg:wait() " end

static void test_lost_update(void **state)
{
    (void)state;
    assert_leads(TWICE("n = n + 1", "print('n = ' .. n)"), VERDICT_WRONG_ANSWER, true,
                 "it prints 'n = 1' instead of 'n = 2'");
    assert_leads(TWICE("n = n + 1", "assert(n == 2, 'lost')"), VERDICT_WRONG_ANSWER, true, "lost");
}

static void test_check_then_act(void **state)
{
    (void)state;
    /* in one stretch only one of them closes */
    assert_leads("local wg, c, closed = sync.WaitGroup(), chan(), false wg:add(2) "
                 "for i = 1, 2 do go(function() if not closed then closed = true c:close() end "
                 "wg:done() end) end wg:wait()", VERDICT_PANIC, true, "close of closed channel");
}

/* All write the same. */
static void test_harmless(void **state)
{
    struct result result = judged(TWICE("n = 5", "print(n)"));

    (void)state;
    assert_int_equal(result.verdict, VERDICT_RACE);
    assert_int_equal(result.leads_to->verdict, VERDICT_PASSED);
    assert_true(result.leads_to->complete);
    assert_int_equal(result.leads_to->findings.count, 0);
    result_release(&result);
    assert_leads(TWICE("n = 5", "print(n)"), VERDICT_PASSED, true,
                 "no interleaving of the accesses gives another output");
}

/* Who writes last decides, though nobody is interrupted between two steps. */
static void test_order_alone(void **state)
{
    (void)state;
    assert_leads("local mu = sync.Mutex() " TWICE("mu:lock() mu:unlock() n = i", "print('n = ' .. n)"),
                 VERDICT_WRONG_ANSWER, false,
                 "it prints 'n = 1' instead of 'n = 2'");
}

/* Lines in any order are one output, and a leak that is told with the race is no news. */
static void test_no_news(void **state)
{
    (void)state;
    assert_leads(TWICE("n = 5 print('line ' .. i)", ""), VERDICT_PASSED, true, "no interleaving");
    assert_leads(TWICE("n = 5", "local c = chan() go(function() c:send(1) end) print(n)"),
                 VERDICT_PASSED, true, "no interleaving");
}

static void test_only_after_a_race(void **state)
{
    struct result result = judged("print(1)");

    (void)state;
    assert_null(result.leads_to);
    result_release(&result);
    result = judged("chan():recv()");
    assert_int_equal(result.verdict, VERDICT_DEADLOCK);
    assert_null(result.leads_to);
    result_release(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lost_update),     cmocka_unit_test(test_check_then_act),
        cmocka_unit_test(test_harmless),        cmocka_unit_test(test_order_alone),
        cmocka_unit_test(test_no_news),         cmocka_unit_test(test_only_after_a_race),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
