/* Lua programs on a run: goroutines, channels, packages, and how they end. */
#include "unit/lua/program.h"

/* --- goroutines and channels --------------------------------------------- */

static void test_send_and_receive(void **state)
{
    const struct event *event;

    (void)state;
    expect_prints("local c = chan(1, 'c')\n"
                  "go(function(x)\n"
                  "  c:send(x + 1)\n"
                  "end, 41)\n"
                  "print(c:recv())\n",
                  "42\ttrue\n");
    event = nth(EVENT_MAKE, 0);
    assert_int_equal(event->extra, OBJECT_CHAN);
    assert_string_equal(trace_text(run.trace, event->text), "c");
    assert_int_equal(event->line, 1);
    event = nth(EVENT_GO, 0);
    assert_int_equal(event->other, 2);
    assert_int_equal(event->line, 2);
    event = nth(EVENT_SEND, 0);
    assert_int_equal(event->g, 2);
    assert_int_equal(event->line, 3);
    assert_int_equal(event->value_kind, VALUE_INT);
    assert_int_equal(event->value, 42);
}

static void test_values_through_channels(void **state)
{
    const struct event *event;

    (void)state;
    expect_prints("local c = chan(9)\n"
                  "local t = {id = 1, 'x', {y = true}}\n"
                  "c:send(t) c:send('text') c:send(1.5) c:send(false) c:send(nil) c:send() "
                  "c:send(c)\n"
                  "print(c:recv() == t, c:recv(), c:recv(), c:recv(), c:recv(), c:recv(), "
                  "c:recv() == c)\n",
                  "true\ttext\t1.5\tfalse\tnil\ttrue\ttrue\n");
    event = nth(EVENT_SEND, 0);
    assert_int_equal(event->value_kind, VALUE_TEXT);
    assert_string_equal(trace_text(run.trace, (uint32_t)event->value), "{\"x\", {y=true}, id=1}");
    event = nth(EVENT_SEND, 1);
    assert_string_equal(trace_text(run.trace, (uint32_t)event->value), "\"text\"");
    assert_int_equal(nth(EVENT_SEND, 4)->value_kind, VALUE_NIL);
}

static void test_range_close_len(void **state)
{
    (void)state;
    expect_prints("local c = chan(3)\n"
                  "for i = 1, 3 do c:send(i) end\n"
                  "print(#c, c:len(), c:cap(), c)\n"
                  "c:close()\n"
                  "for v in c:range() do io.write(v, ' ') end\n"
                  "print(c:recv())\n",
                  "3\t3\t3\tchan 1\n1 2 3 nil\tfalse\n");
}

static void test_nil_in_a_range(void **state)
{
    (void)state;
    assert_int_equal(execute("local c = chan(1) c:send(nil) for v in c:range() do end"), RUN_PANIC);
    assert_non_null(strstr(text_string(&panic), "a nil was received"));
}

static void test_values_survive_collection(void **state)
{
    (void)state;
    expect_prints("local c = chan(100)\n"
                  "for i = 1, 100 do c:send({i = i}) end\n"
                  "collectgarbage() for i = 1, 1000 do local _ = {i} end collectgarbage()\n"
                  "local sum = 0 for i = 1, 100 do sum = sum + c:recv().i end print(sum)\n"
                  "go(function() local x = {7} collectgarbage() c:send(x) end)\n"
                  "time.sleep(1) collectgarbage() print(c:recv()[1])",
                  "5050\n7\n");
}

static void test_select(void **state)
{
    (void)state;
    expect_prints("local a, b = chan(1), chan(1)\n"
                  "b:send(5)\n"
                  "print(select { one = recv(a), two = recv(b) })\n"
                  "print(select { recv(a), send(b, 9) })\n"
                  "print(select { recv(a), recv(nil), recv(b) })\n"
                  "print(select { x = recv(a), default = true })\n"
                  "print(select { default = true })\n"
                  "a:close() print(select { recv(a), x = recv(b) })\n",
                  "two\t5\ttrue\n2\n3\t9\ttrue\ndefault\ndefault\n1\tnil\tfalse\n");
}

static void test_select_names_in_order(void **state)
{
    (void)state;
    expect_prints("local a, b = chan(), chan()\n"
                  "go(function() select { z = recv(a), b = recv(b), a = send(a, 1), 7 and "
                  "recv(b) } end)\n"
                  "time.sleep(1) a:send(5)",
                  "");
    assert_int_equal(count(EVENT_BLOCK_CASE), 4);
    assert_int_equal(nth(EVENT_BLOCK_CASE, 0)->text, 0);
    assert_string_equal(trace_text(run.trace, nth(EVENT_BLOCK_CASE, 1)->text), "a");
    assert_string_equal(trace_text(run.trace, nth(EVENT_BLOCK_CASE, 2)->text), "b");
    assert_string_equal(trace_text(run.trace, nth(EVENT_BLOCK_CASE, 3)->text), "z");
}

static void test_luas_own_select(void **state)
{
    (void)state;
    expect_prints("local function f(...) return select('#', ...), (select(2, ...)) end "
                  "print(f(4, 5))",
                  "2\t5\n");
}

static void test_worker_pool(void **state)
{
    (void)state;
    expect_prints("local function pool(ctx, jobs, results, workers)\n"
                  "  local wg = sync.WaitGroup()\n"
                  "  for id = 1, workers do\n"
                  "    wg:add(1)\n"
                  "    go(function()\n"
                  "      local _ <close> = defer(wg.done, wg)\n"
                  "      while true do\n"
                  "        local case, job, ok = select { job = recv(jobs), done = "
                  "recv(ctx:done()) }\n"
                  "        if case == 'done' or not ok then return end\n"
                  "        if select { out = send(results, job * job), done = recv(ctx:done()) } "
                  "== 'done' then\n"
                  "          return\n"
                  "        end\n"
                  "      end\n"
                  "    end)\n"
                  "  end\n"
                  "  go(function() wg:wait() results:close() end)\n"
                  "end\n"
                  "local ctx, cancel = context.with_timeout(context.background(), time.second)\n"
                  "local jobs, results = chan(), chan()\n"
                  "pool(ctx, jobs, results, 3)\n"
                  "go(function() for i = 1, 5 do jobs:send(i) end jobs:close() end)\n"
                  "local sum = 0\n"
                  "for r in results:range() do sum = sum + r end\n"
                  "print(sum) cancel() print(ctx:err())\n",
                  "55\ncontext canceled\n");
}

static void test_sync_and_context(void **state)
{
    (void)state;
    expect_prints("local mu, wg, n = sync.Mutex(), sync.WaitGroup(), 0\n"
                  "for i = 1, 10 do wg:add(1) go(function() mu:lock() n = n + 1 mu:unlock() "
                  "wg:done() end) end\n"
                  "wg:wait() print(n, mu:try_lock(), mu:try_lock())\n"
                  "local root = context.background()\n"
                  "print(root:done(), root:err(), root:deadline())\n"
                  "local a, stop = context.with_cancel(root)\n"
                  "local b = context.with_timeout(a, 5 * time.ms)\n"
                  "local c = context.with_deadline(a, 3 * time.ms)\n"
                  "print(b:deadline(), b:done() == b:done())\n"
                  "c:done():recv() print(c:err(), b:err(), time.now())\n"
                  "stop() print(b:err(), select { recv(b:done()) })\n",
                  "10\ttrue\tfalse\nnil\tnil\tnil\n5000000\ttrue\n"
                  "context deadline exceeded\tnil\t3000000\ncontext canceled\t1\tnil\tfalse\n");
}

static void test_time(void **state)
{
    (void)state;
    expect_prints("time.sleep(2 * time.second) print(time.now(), os.clock(), os.time())\n"
                  "time.sleep(0.5 * time.ms) print(time.now())\n"
                  "print((time.after(time.ms):recv()))\n"
                  "local t = time.ticker(time.second)\n"
                  "print(t.c:recv(), t.c:recv()) t:stop()\n",
                  "2000000000\t2.0\t1704067202\n2000500000\n2001500000\n"
                  "3001500000\t4001500000\ttrue\n");
}

/* --- how a program ends --------------------------------------------------- */

static void test_panics(void **state)
{
    (void)state;
    expect_end("local c = chan()\nc:close()\nc:close()", RUN_PANIC, "3: close of closed channel");
    expect_end("local c = chan(1)\nc:close() go(function()\n c:send(1) end) time.sleep(1)",
               RUN_PANIC,
               "3: send on closed channel");
    expect_end("sync.WaitGroup():done()", RUN_PANIC, "1: sync: negative WaitGroup counter");
    expect_end("local mu = sync.Mutex()\npcall(mu.unlock, mu)", RUN_PANIC,
               "2: fatal error: sync: unlock of unlocked mutex");
    expect_end("\npanic('boom')", RUN_PANIC, "2: boom");
    expect_end("\nlocal t = {}\nprint(t.x.y)", RUN_PANIC,
               "3: attempt to index a nil value (field 'x')");
    expect_end("local n\nlocal function f() n = nil return n + 1 end\nf()", RUN_PANIC,
               "2: attempt to perform arithmetic on a nil value (upvalue 'n')");
    expect_end("error('oops')", RUN_PANIC, "1: oops");
    expect_end("error('oops', 0)", RUN_PANIC, "1: oops");
    expect_end("error({})", RUN_PANIC, "1: table: 1");
    expect_end("time.ticker(0)", RUN_PANIC, "1: non-positive interval for NewTicker");
    expect_end("chan(-1)", RUN_PANIC, "1: makechan: size out of range");
}

static void test_misuse_in_words(void **state)
{
    (void)state;
    expect_end("go(5)", RUN_PANIC, "1: go wants a function, got number");
    expect_end("go()", RUN_PANIC, "1: go wants a function, got nothing");
    expect_end("local c = chan() c.send(5, 1)", RUN_PANIC,
               "1: c:send wants a channel, got number; write c:send(...), with a colon");
    expect_end("local wg = sync.WaitGroup() wg.done()", RUN_PANIC,
               "1: wg:done wants a WaitGroup, got nothing; write wg:done(...), with a colon");
    expect_end("select { x = 5 }", RUN_PANIC, "1: select: case 'x' is no recv(c) or send(c, v)");
    expect_end("select { e = 5, d = 5, c = 5, b = 5, a = 5 }", RUN_PANIC,
               "1: select: case 'a' is no recv(c) or send(c, v)");
    /* the one light userdata that a program can get hold of */
    expect_end("local _, e = coroutine.resume(coroutine.create(go.exit)) chan().send(e)", RUN_PANIC,
               "1: c:send wants a channel, got userdata; write c:send(...), with a colon");
    expect_end("time.sleep(0.5)", RUN_PANIC,
               "1: durations are nanoseconds: write 0.5 * time.second");
    expect_end("recv(sync.Mutex())", RUN_PANIC, "1: recv wants a channel, got Mutex");
}

static uint32_t line_of_last_print(void)
{
    for (uint32_t i = run.trace->count; i-- > 0;)
        if (run.trace->events[i].kind == EVENT_PRINT)
            return run.trace->events[i].line;
    return 0;
}

/* An operation's line is that of the innermost function of the program, also when one of C's
 * makes the operation; its record in Lua was another function's before. */
static void test_lines(void **state)
{
    (void)state;
    assert_int_equal(execute("\n"
                             "local function f(n)\n"
                             "  if n > 0 then f(n - 1) end\n"
                             "  print(n)\n"
                             "end\n"
                             "f(6)\n"
                             "local function g()\n"
                             "  local _ <close> = defer(print, 'deferred')\n"
                             "  f(6)\n"
                             "end g()\n"),
                     RUN_DONE);
    assert_int_equal(line_of_last_print(), 10);
    assert_int_equal(execute("local function f(n)\n"
                             "  if n > 0 then f(n - 1) end\n"
                             "  print(n)\n"
                             "end\n"
                             "f(6)\n"
                             "pcall(print,\n"
                             "  'protected')\n"),
                     RUN_DONE);
    assert_int_equal(line_of_last_print(), 6);
}

static void test_errors_can_be_caught(void **state)
{
    (void)state;
    expect_prints("local c = chan() c:close()\n"
                  "print(pcall(c.close, c))\n"
                  "print(pcall(function() local t = {} return t.x.y end))\n"
                  "print(xpcall(function() local t = {} return t.x.y end, function(m) return '!' "
                  ".. m end))\n"
                  "print(pcall(assert, false, 'm'), pcall(assert, 1, 2))\n"
                  "print(pcall(panic, 'p'))\n",
                  "false\tclose of closed channel\n"
                  "false\tt.lua:3: attempt to index a nil value (field 'x')\n"
                  "false\t!t.lua:4: attempt to index a nil value (field 'x')\n"
                  "false\ttrue\t1\t2\nfalse\tp\n");
}

static void test_asserts_are_checks(void **state)
{
    (void)state;
    expect_end("\nassert(1 == 2, 'sum is wrong')", RUN_CHECK, "2: assertion failed: sum is wrong");
    expect_end("assert(nil)", RUN_CHECK, "1: assertion failed");
    expect_end("\nlocal function f() assert(false, 'deep') end\nf()", RUN_CHECK,
               "2: assertion failed: deep");
    /* caught, then another error */
    expect_end("pcall(assert, false) error('other')", RUN_PANIC, "1: other");
}

static void test_deadlock_exit_and_goexit(void **state)
{
    (void)state;
    assert_int_equal(execute("chan():recv()"), RUN_DEADLOCK);
    assert_int_equal(execute("os.exit(3)"), RUN_EXIT);
    assert_int_equal(run.exit_code, 3);
    assert_int_equal(execute("os.exit(false)"), RUN_EXIT);
    assert_int_equal(run.exit_code, 1);
    expect_prints("local c = chan()\n"
                  "go(function() local _ <close> = defer(function() c:send('deferred') end)\n"
                  "  pcall(function() go.exit() end) c:send('not reached') end)\n"
                  "print((c:recv()))",
                  "deferred\n");
}

static void test_deferred_calls(void **state)
{
    (void)state;
    expect_prints("local function f()\n"
                  "  local a <close> = defer(print, 'first', 1, nil)\n"
                  "  local b <close> = defer(print, 'second')\n"
                  "  print('body') error('x', 0)\n"
                  "end\n"
                  "print(pcall(f))",
                  "body\nsecond\nfirst\t1\tnil\nfalse\tx\n");
}

static void test_budgets(void **state)
{
    (void)state;
    run.limits.ticks = 1000000;
    assert_int_equal(execute("\nwhile true do end"), RUN_TICKS);
    assert_int_equal(run.live->line, 2);
    assert_int_equal(execute("go(function() local n = 0 while true do n = n + 1 end end) "
                             "time.sleep(1)"),
                     RUN_TICKS);
    run.limits.ticks = 200000000;
    run.limits.output = 1000;
    assert_int_equal(execute("while true do print('x') end"), RUN_OUTPUT);
    run.limits.output = 1 << 20;
    assert_int_equal(execute("local s = 'x'\nwhile true do\ns = s .. s end"), RUN_MEMORY);
    assert_int_equal(run.live->line, 3);
    assert_int_equal(execute("local t = {} while true do t[#t + 1] = {} end"), RUN_MEMORY);
    assert_int_equal(execute("while true do pcall(string.rep, 'x', 1 << 28) end"), RUN_MEMORY);
    /* garbage is not memory */
    assert_int_equal(execute("for i = 1, 300000 do local t = {{}, 'x' .. i} end"), RUN_DONE);
}

/* Runs that begin uncounted: long enough for the clock, which decides nothing. */
static void test_budget_by_the_clock(void **state)
{
    static const char within[] = "print('once')\nlocal n = 0\n"
                                 "for i = 1, 20000000 do n = n + i % 3 end print('twice')";
    static const char beyond[] = "print('once')\n"
                                 "go(function()\nlocal n = 0\n while true do\nn = n + 1\n"
                                 "n = n - 2\nend end)\ntime.sleep(1) print('never')";
    static const char inside[] = "print('once')\n"
                                 "coroutine.wrap(function() while true do end end)()";
    struct lua_face *face;
    uint32_t line;

    (void)state;
    run.limits.ticks = 100 * 1000 * 1000;
    expect_prints(within, "once\ntwice\n");
    face = load(beyond);
    assert_int_equal(again(face), RUN_TICKS);
    assert_string_equal(text_string(&output), "once\n");
    line = run.self->line;
    assert_in_range(line, 4, 7);
    assert_int_equal(again(face), RUN_TICKS);
    assert_int_equal(run.self->line, line);
    lua_face_free(face);
    assert_int_equal(execute(inside), RUN_TICKS);
    assert_string_equal(text_string(&output), "once\n");
    run.limits.ticks = 50 * 1000 * 1000; /* 20,000,000 times 3 instructions */
    assert_int_equal(execute(within), RUN_TICKS);
    assert_string_equal(text_string(&output), "once\n");
}

static void test_recursion(void **state)
{
    (void)state;
    assert_int_equal(execute("local function f() return 1 + f() end f()"), RUN_PANIC);
    assert_non_null(strstr(text_string(&panic), "stack overflow"));
    /* on the small stack of a goroutine, through C */
    assert_int_equal(execute("local function f() return pcall(f) end go(f) time.sleep(1)"),
                             RUN_DONE);
    assert_int_equal(execute("local function f(s) return (s:gsub('x', f)) end go(f, 'x') "
                             "time.sleep(1)"),
                     RUN_PANIC);
    assert_int_equal(execute("local t = setmetatable({}, {}) getmetatable(t).__index = "
                             "function(t, k) return t[k .. ''] end\n"
                             "go(function() return t.x end) time.sleep(1)"),
                     RUN_PANIC);
    assert_int_equal(execute("local function f() return coroutine.wrap(f)() end go(f) "
                             "time.sleep(1)"),
                     RUN_PANIC);
    assert_int_equal(execute("local function f() table.sort({1, 2, 3}, f) end go(f) "
                             "time.sleep(1)"), RUN_PANIC);
}

static void test_loading(void **state)
{
    char error[256];

    (void)state;
    assert_null(lua_face_new("a.lua", "x = = 1", 7, true, MEMORY, error, sizeof error));
    assert_string_equal(error, "a.lua:1: unexpected symbol near '='");
    assert_null(lua_face_new("a.lua", "#!lua\nx = = 1", 13, true, MEMORY, error, sizeof error));
    assert_string_equal(error, "a.lua:2: unexpected symbol near '='");
    assert_null(lua_face_new("a.lua", "\x1bLua", 4, true, MEMORY, error, sizeof error));
    expect_prints("#!/usr/bin/lua\nprint(1)", "1\n");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(test_send_and_receive),
        TEST(test_values_through_channels),
        TEST(test_range_close_len),
        TEST(test_nil_in_a_range),
        TEST(test_values_survive_collection),
        TEST(test_select),
        TEST(test_select_names_in_order),
        TEST(test_luas_own_select),
        TEST(test_worker_pool),
        TEST(test_sync_and_context),
        TEST(test_time),
        TEST(test_panics),
        TEST(test_misuse_in_words),
        TEST(test_lines),
        TEST(test_errors_can_be_caught),
        TEST(test_asserts_are_checks),
        TEST(test_deadlock_exit_and_goexit),
        TEST(test_deferred_calls),
        TEST(test_budgets),
        TEST(test_budget_by_the_clock),
        TEST(test_recursion),
        TEST(test_loading),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
