/* test_busy.c -- how many are busy at once, for how long, and the longest chain of it. */
#include "grade/busy.h"

#include "grade/judge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { MS = 1000 * 1000 };

static struct result run(const char *text)
{
    const char *lines[1] = {text};
    struct program program = {.name = "test.lua", .language = LANGUAGE_LUA, .lines = lines,
                              .nlines = 1};
    struct judge_request request = {.program = &program, .mode = JUDGE_RUN, .output = -1};
    struct result result;

    program.path = (char *)"test.lua";
    program.text = (char *)text;
    program.length = strlen(text);
    judge(&request, &result);
    return result;
}

static void assert_busy(const char *text, uint32_t most, int64_t total_ms, int64_t chain_ms)
{
    struct result result = run(text);
    struct busy busy = {0};
    int64_t chain = busy_of_trace(&busy, result.trace);

    if (busy.most != most || busy.total != total_ms * MS || chain != chain_ms * MS)
        print_error("%s\n", text);
    assert_int_equal(busy.most, most);
    assert_int_equal(busy.total, total_ms * MS);
    assert_int_equal(chain, chain_ms * MS);
    busy_release(&busy);
    result_release(&result);
}

#define MANY(n, body)                                                                             \
    "local wg, mu = sync.WaitGroup(), sync.Mutex() for i = 1, " #n " do wg:add(1) go(function() " \
    body " wg:done() end) end wg:wait() "
#define SLEEP(ms) "time.sleep(" #ms " * time.millisecond) "

static void test_side_by_side(void **state)
{
    (void)state;
    assert_busy("print(1)", 0, 0, 0);
    assert_busy(SLEEP(10), 1, 10, 10);
    assert_busy(MANY(3, SLEEP(10)), 3, 30, 10);
    /* 10, 20 and 30 ms: three in the first 10, and the longest decides */
    assert_busy(MANY(3, "time.sleep(i * 10 * time.millisecond)"), 3, 60, 30);
}

static void test_one_after_the_other(void **state)
{
    (void)state;
    assert_busy("for i = 1, 3 do local c = chan() go(function() " SLEEP(10) " c:send(1) end) "
                "c:recv() end", 1, 30, 30);
    /* under one lock; each slept by itself before */
    assert_busy(MANY(3, SLEEP(10) "mu:lock() " SLEEP(5) "mu:unlock()"), 3, 45, 25);
    /* who ends at 10 does not wake up beside who begins at 10 */
    assert_busy("go(function() " SLEEP(10) " end) " SLEEP(10) SLEEP(10), 2, 30, 20);
}

/* One processor: it takes 30 ms, yet nothing in the program makes one piece wait for another. */
static void test_processors_are_no_chain(void **state)
{
    (void)state;
    assert_busy("runtime.GOMAXPROCS(1) " MANY(3, "work(10 * time.millisecond)"), 1, 30, 10);
}

/* A value comes after its own send, not after those of others. */
static void test_channels(void **state)
{
    (void)state;
    assert_busy("local c = chan(2) "
                "go(function() " SLEEP(10) " c:send(1) end) "
                "go(function() " SLEEP(30) " c:send(2) end) "
                "c:recv() " SLEEP(5) " c:recv()", 2, 45, 30);
    assert_busy("local ctx, cancel = context.with_cancel(context.background()) local c = chan() "
                "go(function() ctx:done():recv() " SLEEP(5) " c:send(1) end) "
                SLEEP(10) " cancel() c:recv()", 1, 15, 15);
}

/* What is still going on when main returns is not there yet. */
static void test_cut_off(void **state)
{
    (void)state;
    assert_busy("go(function() " SLEEP(50) " end) " SLEEP(10), 2, 20, 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_side_by_side), cmocka_unit_test(test_one_after_the_other),
        cmocka_unit_test(test_processors_are_no_chain), cmocka_unit_test(test_channels),
        cmocka_unit_test(test_cut_off),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
