/* Lua programs: the same every time, and the accesses they make. */
#include "unit/lua/program.h"

/* --- the same every time --------------------------------------------------- */

static void test_runs_start_from_the_same_state(void **state)
{
    struct lua_face *face = load("n = (n or 0) + 1 string.x = (string.x or 0) + 1\n"
                                 "print(n, string.x, {}, {}, print, math.random(5))\n"
                                 "local c = chan() go(c.send, c, 1) c:recv() c:recv()");

    (void)state;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(again(face), RUN_DEADLOCK);
        assert_string_equal(text_string(&output), "1\t1\ttable: 1\ttable: 2\tfunction: 3\t1\n");
    }
    lua_face_free(face);
}

static uint32_t choose_last(struct strategy *self, const struct choice *choice)
{
    (void)self;
    return choice->n - 1;
}

/* The same program under a strategy that is asked before every step. */
static void test_explored_runs(void **state)
{
    struct strategy last = {.name = "last", .choose = choose_last};
    struct lua_face *face = load("local jobs, results, wg = chan(2), chan(), sync.WaitGroup()\n"
                                 "for i = 1, 3 do wg:add(1) go(function()\n"
                                 "  for j in jobs:range() do results:send({j, j * j}) end wg:done()\n"
                                 "end) end\n"
                                 "go(function() wg:wait() results:close() end)\n"
                                 "go(function() for j = 1, 9 do jobs:send(j) end jobs:close() end)\n"
                                 "local sum = 0 for r in results:range() do sum = sum + r[2] end\n"
                                 "print(sum, time.now())");
    struct trace *first;

    (void)state;
    run.explored = true;
    run.strategy = &last;
    assert_int_equal(again(face), RUN_DONE);
    assert_string_equal(text_string(&output), "285\t0\n");
    first = trace_dup(run.trace);
    assert_int_equal(again(face), RUN_DONE);
    assert_int_equal(first->count, run.trace->count);
    assert_memory_equal(first->events, run.trace->events, first->count * sizeof(struct event));
    free(first);
    lua_face_free(face);
}

static void test_no_addresses(void **state)
{
    (void)state;
    expect_prints("local t, f = {}, function() end\n"
                  "print(t, f, t, coroutine.create(f), tostring(f), string.format('%s %5s', t, "
                  "1))\n"
                  "print(chan(), sync.Mutex(), sync.WaitGroup(), context.background())\n"
                  "print(setmetatable({}, {__name = 'Thing'}), setmetatable({}, {__tostring = "
                  "function() return 'T' end}))\n"
                  "print(pcall(string.format, '%p', t))",
                  "table: 2\tfunction: 1\ttable: 2\tthread: 3\tfunction: 1\ttable: 2     1\n"
                  "chan 1\tMutex 2\tWaitGroup 3\tcontext 4\n"
                  "Thing: 4\tT\n"
                  "false\tstring.format: '%p' shows an address, which is never the same twice\n");
}

static void test_order_of_pairs(void **state)
{
    (void)state;
    expect_prints("local t = {30, 20, 10, b = 1, a = 2, [1.5] = 3, [-1] = 4, [true] = 5, [false] "
                  "= 6, [100] = 7, aa = 8}\n"
                  "local a, b = {}, {} t[b] = 9 t[a] = 10\n"
                  "for k, v in pairs(t) do io.write(v, ' ') end print()\n"
                  "local k, v = next(t) while k ~= nil do io.write(v, ' ') k, v = next(t, k) end "
                  "print()\n"
                  "print(next({}), next({5}))\n"
                  "for k in pairs(t) do t[k] = nil end print(next(t))\n"
                  "for k, v in pairs(setmetatable({}, {__pairs = function() return next, {x = 1} "
                  "end})) do print(k, v) end\n"
                  "local n = 0 local big = {} for i = 1000, 1, -1 do big['k' .. i] = i end\n"
                  "for k, v in pairs(big) do n = n + 1 if n < 5 then io.write(k, ' ') end end "
                  "print(n)\n",
                  "4 30 20 10 7 3 2 8 1 6 5 10 9 \n4 30 20 10 7 3 2 8 1 6 5 10 9 \n"
                  "nil\t1\t5\nnil\nx\t1\nk1 k10 k100 k1000 1000\n");
}

/* --- accesses --------------------------------------------------------------- */

static void expect_told(const char *source, const char *expected)
{
    watcher.access = access_told;
    assert_int_equal(execute(source), RUN_DONE);
    watcher.access = NULL;
    assert_string_equal(text_string(&told), expected);
}

static void test_accesses(void **state)
{
    (void)state;
    expect_told("local n = 0\nlocal function f()\n n = n + 1 end f()", "r n 3;w n 3;");
    expect_told("local t = {k = 1}\nt.k = t.k", "r t.k 2;w t.k 2;");
    /* a new key: its place and the table's shape */
    expect_told("local t = {}\nt.k = 1", "w t.k 2;w t.k 2;");
    expect_told("local t = {}\nlocal _ = t.k", "r t.k 2;");
    expect_told("local t = {}\nt[1] = 1", "w t[1] 2;");
    expect_told("local t = {5}\nlocal _ = #t", "r #t 2;r #t 2;");
    expect_told("go(print)\nx = 1", "w x 2;w x 2;");
    expect_told("local t = {1}\ntable.insert(t, 5)",
                "r table.insert(...) 2;r table.insert(...) 2;w table.insert(...) 2;");
    expect_told("local t = {a = 1}\nfor k in pairs(t) do end", "r pairs(...) 2;r pairs(...) 2;");
}

/* Which accesses are of the same place. */
static uintptr_t places[16];
static unsigned nplaces;

static void keep_place(struct watcher *self, struct run *r, const struct access *access)
{
    (void)self;
    (void)r;
    assert_true(access->where & 1);
    if (nplaces < 16)
        places[nplaces++] = access->where;
}

static void find_places(const char *source)
{
    nplaces = 0;
    watcher.access = keep_place;
    assert_int_equal(execute(source), RUN_DONE);
    watcher.access = NULL;
}

static void test_places(void **state)
{
    (void)state;
    find_places("local t, u = {k = 1}, {k = 1}\nt.k = 1 go.gosched() t['k'] = 2 u.k = 3 "
                "go.gosched() t.k = 4");
    assert_int_equal(nplaces, 4);
    assert_int_equal(places[0], places[1]);
    assert_int_not_equal(places[0], places[2]);
    assert_int_equal(places[0], places[3]);
    /* t[1] is t[1.0]; t[2] is another; #t looks at t[2] and t[3] */
    find_places("local t = {1, 2} t[1] = 1 go.gosched() t[1.0] = 1 t[2] = 1 go.gosched() "
                "local _ = #t t[3] = 1");
    assert_int_equal(nplaces, 6);
    assert_int_equal(places[0], places[1]);
    assert_int_not_equal(places[0], places[2]);
    assert_int_equal(places[3], places[2]);
    assert_int_equal(places[4], places[5]);
    /* each round's own variable */
    find_places("for i = 1, 2 do local n = 0 local function f() n = i end f() end");
    assert_int_equal(nplaces, 2);
    assert_int_not_equal(places[0], places[1]);
    /* what has been told since the last operation, and covers this, is not told again */
    find_places("local t = {k = 1} t.k = t.k t.k = t.k + 1 go.gosched() t.k = t.k");
    assert_int_equal(nplaces, 4);
    find_places("local n = 0 local function f() n = n + 1 return n end f() f() go.gosched() f()");
    assert_int_equal(nplaces, 4);
    /* that a key comes and goes is, though its place was written before */
    find_places("local t = {k = 1} t.k = 2 t.k = nil");
    assert_int_equal(nplaces, 2);
    assert_int_not_equal(places[0], places[1]);
    /* a table that was collected lends its address to none */
    find_places("for i = 1, 3 do local t = {k = 1} t.k = 2 t = nil collectgarbage() end");
    assert_int_equal(nplaces, 3);
    assert_int_not_equal(places[0], places[1]);
    assert_int_not_equal(places[1], places[2]);
    assert_int_not_equal(places[0], places[2]);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(test_runs_start_from_the_same_state),
        TEST(test_explored_runs),
        TEST(test_no_addresses),
        TEST(test_order_of_pairs),
        TEST(test_accesses),
        TEST(test_places),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
