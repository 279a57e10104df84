/* test_names.c -- what goroutines and objects of a trace are called. */
#include "unit/view/tale.h"

#include "grade/names.h"
#include "grade/names_source.h"

static void assert_object(enum language language, enum object_kind kind, uint32_t nth,
                          const char *line, const char *expected)
{
    char name[32] = "";
    bool root = strstr(line, "background") && !strstr(line, "with_");

    if (!names_source_object(line, strlen(line), language, kind, root, nth, name, sizeof name))
        strcpy(name, "(none)");
    assert_string_equal(name, expected);
}

static void test_lua_lines(void **state)
{
    (void)state;
    assert_object(LANGUAGE_LUA, OBJECT_CHAN, 0, "local results = chan(3)", "results");
    assert_object(LANGUAGE_LUA, OBJECT_CHAN, 0, "  self.out = go.chan()", "out");
    assert_object(LANGUAGE_LUA, OBJECT_CHAN, 0, "local jobs, results = chan(), chan(3)", "jobs");
    assert_object(LANGUAGE_LUA, OBJECT_CHAN, 1, "local jobs, results = chan(), chan(3)", "results");
    assert_object(LANGUAGE_LUA, OBJECT_CHAN, 0, "outs[i] = chan()", "outs");
    assert_object(LANGUAGE_LUA, OBJECT_CHAN, 0, "local p = { jobs = chan(), results = chan(1) }",
                  "jobs");
    assert_object(LANGUAGE_LUA, OBJECT_CHAN, 1, "local p = { jobs = chan(), results = chan(1) }",
                  "results");
    assert_object(LANGUAGE_LUA, OBJECT_CHAN, 0, "local done <const> = chan() -- x = chan()",
                  "done");
    assert_object(LANGUAGE_LUA, OBJECT_CHAN, 0, "return chan(3)", "(none)");
    assert_object(LANGUAGE_LUA, OBJECT_CHAN, 0, "run(chan())", "(none)");
    assert_object(LANGUAGE_LUA, OBJECT_CHAN, 0, "if a == chan() then", "(none)");
    assert_object(LANGUAGE_LUA, OBJECT_CHAN, 0, "", "(none)");
    assert_object(LANGUAGE_LUA, OBJECT_MUTEX, 0, "local mu = sync.Mutex()", "mu");
    assert_object(LANGUAGE_LUA, OBJECT_WAITGROUP, 0,
                  "local mu, wg = sync.Mutex(), sync.WaitGroup()", "wg");
    assert_object(LANGUAGE_LUA, OBJECT_CONTEXT, 0,
                  "local ctx, cancel = context.with_timeout(context.background(), 50)", "ctx");
    assert_object(LANGUAGE_LUA, OBJECT_CONTEXT, 0, "local bg = context.background()", "bg");
    assert_object(LANGUAGE_LUA, OBJECT_CONTEXT, 0, "local g, ctx = errgroup.with_context(parent)",
                  "ctx");
    assert_object(LANGUAGE_LUA, OBJECT_GROUP, 0, "local g, ctx = errgroup.with_context(parent)",
                  "g");
    assert_object(LANGUAGE_LUA, OBJECT_TIMER, 0, "local timeout = time.after(5)", "timeout");
    assert_object(LANGUAGE_LUA, OBJECT_ATOMIC, 0, "local count = atomic.Int64(0)", "count");
    assert_object(LANGUAGE_LUA, OBJECT_TICKER, 0, "local tick = time.ticker(5)", "tick");
}

static void test_c_lines(void **state)
{
    (void)state;
    assert_object(LANGUAGE_C, OBJECT_CHAN, 0, "    struct chan *jobs = go_chan(int, 0);", "jobs");
    assert_object(LANGUAGE_C, OBJECT_CHAN, 0, "    p->results = go_chan(int, 3); // r = go_chan",
                  "results");
    assert_object(LANGUAGE_C, OBJECT_CHAN, 1, "p.a = go_chan(int, 0), p.b = go_chan(int, 1);", "b");
    assert_object(LANGUAGE_C, OBJECT_CHAN, 0, "struct pool p = {.jobs = go_chan(int, 0),", "jobs");
    assert_object(LANGUAGE_C, OBJECT_CHAN, 0, "outs[i] = go_chan(int, 0);", "outs");
    assert_object(LANGUAGE_C, OBJECT_WAITGROUP, 0, "    wg_add(&p->wg, 1);", "wg");
    assert_object(LANGUAGE_C, OBJECT_WAITGROUP, 0, "    wg_add(&done, 1);", "done");
    assert_object(LANGUAGE_C, OBJECT_MUTEX, 0, "    mu_lock(&counter.mu);", "mu");
    assert_object(LANGUAGE_C, OBJECT_ATOMIC, 0, "while (!abool_cas(&begun, false, true))", "begun");
    assert_object(LANGUAGE_C, OBJECT_ATOMIC, 0, "    int64_t n = a64_load(&p->count);", "count");
    assert_object(LANGUAGE_C, OBJECT_MAP, 0, "    if (go_map_load(&cache, dish, &found))", "cache");
    assert_object(LANGUAGE_C, OBJECT_FLIGHT, 0, "go_flight_do(&flights, 1, f, NULL);", "flights");
    assert_object(LANGUAGE_C, OBJECT_CONTEXT, 0,
                  "struct ctx *ctx = ctx_with_timeout(ctx_background(), 50 * MILLISECOND);", "ctx");
    assert_object(LANGUAGE_C, OBJECT_CONTEXT, 0, "ctx = group_with_context(&g, parent);", "ctx");
    assert_object(LANGUAGE_C, OBJECT_CHAN, 0, "return go_chan(int, 0);", "(none)");
}

static void assert_function(enum language language, const char *line, const char *expected)
{
    char name[32] = "";

    if (!names_source_function(line, strlen(line), language, 0, name, sizeof name))
        strcpy(name, "(none)");
    assert_string_equal(name, expected);
}

static void test_functions(void **state)
{
    (void)state;
    assert_function(LANGUAGE_LUA, "  go(worker, jobs, results)", "worker");
    assert_function(LANGUAGE_LUA, "  go.go(worker)", "worker");
    assert_function(LANGUAGE_LUA, "  go(stage.run, 3)", "run");
    assert_function(LANGUAGE_LUA, "  go(function() -- go(worker)", "(none)");
    assert_function(LANGUAGE_LUA, "  cargo(worker)", "(none)");
    assert_function(LANGUAGE_C, "    go(worker, &p);", "worker");
    assert_function(LANGUAGE_C, "    go(&worker, &p);", "worker");
}

static void test_pool(void **state)
{
    struct trace *trace = pool_tale();
    struct program program;
    struct names *names;

    (void)state;
    tale_program(&program, "pool.lua", pool_source);
    names = names_new(trace, &program);
    assert_string_equal(names_goroutine(names, 1), "main");
    assert_string_equal(names_goroutine(names, 2), "worker 1");
    assert_string_equal(names_goroutine(names, 3), "worker 2");
    assert_string_equal(names_object(names, POOL_JOBS), "jobs");
    assert_string_equal(names_object(names, POOL_RESULTS), "results");
    assert_string_equal(names_object(names, POOL_WG), "wg");
    assert_int_equal(names_goroutine_event(names, 3), 7);
    assert_int_equal(names_goroutine_event(names, 1), UINT32_MAX);
    assert_int_equal(names_object_event(names, POOL_WG), 2);
    assert_string_equal(names_goroutine(names, 4), "?");
    assert_string_equal(names_object(names, 0), "?");
    names_free(names);
    tale_program_release(&program);

    names = names_new(trace, NULL); /* without the source */
    assert_string_equal(names_goroutine(names, 2), "goroutine 2");
    assert_string_equal(names_object(names, POOL_JOBS), "channel 1");
    assert_string_equal(names_object(names, POOL_WG), "WaitGroup 3");
    names_free(names);
    free(trace);
}

static void test_given(void **state)
{
    struct trace *trace = tale_new();
    struct names *names;

    (void)state;
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = 1, .extra = OBJECT_CONTEXT, .value = -1);
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = 2, .extra = OBJECT_CONTEXT, .other = 1,
         .text = tale_text(trace, "ctx"));
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = 3, .extra = OBJECT_CHAN, .other = 2);
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = 4, .extra = OBJECT_TIMER, .time = 1000000,
         .value = 51000000);
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = 5, .extra = OBJECT_CHAN, .other = 4, .value = 1);
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = 6, .extra = OBJECT_CHAN,
         .text = tale_text(trace, "out"));
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = 7, .extra = OBJECT_CHAN,
         .text = tale_text(trace, "out"));
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 2, .text = tale_text(trace, "worker"));
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 3, .text = tale_text(trace, "worker"));
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 4, .text = tale_text(trace, "stage"));
    TELL(trace, .kind = EVENT_NAME, .g = 4, .text = tale_text(trace, "square\x1b[1m"));
    names = names_new(trace, NULL);
    assert_string_equal(names_object(names, 3), "ctx.Done");
    assert_string_equal(names_object(names, 4), "after 50ms");
    assert_string_equal(names_object(names, 5), "after 50ms");
    assert_string_equal(names_object(names, 6), "out 1");
    assert_string_equal(names_object(names, 7), "out 2");
    assert_string_equal(names_goroutine(names, 2), "worker 1");
    assert_string_equal(names_goroutine(names, 3), "worker 2");
    assert_string_equal(names_goroutine(names, 4), "square?[1m");
    assert_string_equal(names_goroutine(names, 0), "the clock");
    names_free(names);
    free(trace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lua_lines),
        cmocka_unit_test(test_c_lines),
        cmocka_unit_test(test_functions),
        cmocka_unit_test(test_pool),
        cmocka_unit_test(test_given),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
