/* test_misuse.c -- what Go's types rule out and Lua's do not: each told in words, at its line. */
#include "unit/lua/program.h"

/* The code is line 2 of the program; "..." is any end. */
static const struct misuse {
    const char *code, *message;
} misuses[] = {
    /* views */
    {"local r = chan():receiver() r:send(1)",
     "invalid operation: cannot send to receive-only channel r"},
    {"local r = chan():receiver() r:close()",
     "invalid operation: cannot close receive-only channel r"},
    {"local s = chan():sender() s:recv()",
     "invalid operation: cannot receive from send-only channel s"},
    {"local s = chan():sender() for v in s:range() do end",
     "cannot range over s (receive from send-only channel)"},
    {"local s = chan():sender() select { a = recv(s) }",
     "invalid operation: cannot receive from send-only channel s"},
    {"local r = chan():receiver() select { a = send(r, 1) }",
     "invalid operation: cannot send to receive-only channel r"},
    {"local r = chan():receiver() r:sender()", "cannot use r (<-chan) as chan<-"},
    {"local s = chan():sender() s:receiver()", "cannot use s (chan<-) as <-chan"},
    {"local t = { out = chan():receiver() } t.out:send(1)",
     "invalid operation: cannot send to receive-only channel <-chan 1"},
    {"time.after(1):send(1)", "invalid operation: cannot send to receive-only channel <-chan 2"},
    {"local done = context.with_cancel(context.background()):done() done:close()",
     "invalid operation: cannot close receive-only channel done"},
    /* channels and select */
    {"local c = chan(1) c.send(1)",
     "c:send wants a channel, got number; write c:send(...), with a colon"},
    {"local c = chan(1) c:sent(1)",
     "a channel has no 'sent'; it has: cap, close, len, range, receiver, recv, send, "
     "sender; did you mean 'send'?"},
    {"local c c:send(1)", "attempt to index a nil value (local 'c')"},
    {"local c = 5 c:send(1)", "attempt to index a number value (local 'c')"},
    {"local c = {} c:send(1)", "attempt to call a nil value (method 'send')"},
    {"chan(-1)", "makechan: size out of range"},
    {"chan('x')", "bad argument #1 to 'chan' (number expected, got string)"},
    {"chan(1.5)", "bad argument #1 to 'chan' (number has no integer representation)"},
    {"chan(1, {})", "bad argument #2 to 'chan' (string expected, got table)"},
    {"chan(1 << 40)", "makechan: size out of range"},
    {"recv(5)", "recv wants a channel, got number"},
    {"send('x', 1)", "send wants a channel, got string"},
    {"select { recv }", "select: case '1' is no recv(c) or send(c, v)"},
    {"select { a = chan() }", "select: case 'a' is no recv(c) or send(c, v)"},
    {"select { defualt = true }", "select: case 'defualt' is no recv(c) or send(c, v); only 'default' may be true"},
    {"select()", "select wants a table of cases, got nothing"},
    {"select { [1.5] = recv(chan()) }", "select: a case is named by a string, or by its place"},
    {"local c = chan(1) c:send(nil) for v in c:range() do end",
     "a nil was received, and would end the loop as a close does; receive with c:recv(), "
     "which says which it was"},
    /* goroutines */
    {"go(5)", "go wants a function, got number"},
    {"go()", "go wants a function, got nothing"},
    {"go(nil, 1)", "go wants a function, got nil"},
    {"go.rand(0)", "bad argument #1 to 'rand' (must be at least 1)"},
    {"go.rand('x')", "bad argument #1 to 'rand' (number expected, got string)"},
    {"go.sleep(1)", "package go has no 'sleep'; it has: ..."},
    /* names as Go has them, or nearly */
    {"local wg = WaitGroup()",
     "attempt to call a nil value (global 'WaitGroup'); did you mean 'sync.WaitGroup'?"},
    {"waitgroup():add(1)",
     "attempt to call a nil value (global 'waitgroup'); did you mean 'sync.WaitGroup'?"},
    {"local t = Sync.Mutex()", "attempt to index a nil value (global 'Sync'); did you mean 'sync'?"},
    {"group()", "attempt to call a nil value (global 'group'); did you mean 'errgroup.group' or "
                "'singleflight.group'?"},
    {"slep(1)", "attempt to call a nil value (global 'slep'); did you mean 'time.sleep'?"},
    {"frobnicate()", "attempt to call a nil value (global 'frobnicate')"},
    {"defer()", "defer wants a function, got nothing"},
    {"defer(5)", "defer wants a function, got number"},
    /* sync */
    {"sync.Mutx()",
     "package sync has no 'Mutx'; it has: ..."},
    {"sync.Mutex().lock()", "mu:lock wants a Mutex, got nothing; write mu:lock(...), with a colon"},
    {"sync.Mutex():unlok()", "a Mutex has no 'unlok'; it has: lock, try_lock, unlock; did you mean 'unlock'?"},
    {"sync.Mutex({})", "bad argument #1 to 'Mutex' (string expected, got table)"},
    {"sync.WaitGroup():add()", "bad argument #1 to 'add' (number expected, got no value)"},
    {"sync.WaitGroup():add('x')", "bad argument #1 to 'add' (number expected, got string)"},
    {"sync.WaitGroup():add(1 << 40)", "bad argument #1 to 'add' (out of range)"},
    {"sync.WaitGroup().wait(sync.Mutex())",
     "wg:wait wants a WaitGroup, got Mutex; write wg:wait(...), with a colon"},
    {"sync.Cond()", "sync.Cond wants a Mutex, RWMutex or RLocker, got nothing"},
    {"sync.Cond(sync.WaitGroup())", "sync.Cond wants a Mutex, RWMutex or RLocker, got WaitGroup"},
    {"sync.Once():call()", "once:call wants a function, got nothing"},
    {"sync.Once():call(5)", "once:call wants a function, got number"},
    {"sync.Once():Do(print)", "a Once has no 'Do'; it has: call"},
    {"sync.once_func()", "sync.once_func wants a function, got nothing"},
    {"sync.once_value(1)", "sync.once_value wants a function, got number"},
    {"sync.Pool { nwe = print }", "sync.Pool has no option 'nwe'; it has: new"},
    {"sync.Pool { new = 5 }", "sync.Pool{new = ...} wants a function, got number"},
    {"sync.Pool(5)", "bad argument #1 to 'Pool' (table expected, got number)"},
    {"sync.Pool():put()", "bad argument #1 to 'put' (value expected)"},
    {"sync.Map():load()", "m:load wants a key, got nothing"},
    {"sync.Map():store('k')", "m:store wants a value, got nil: use m:delete"},
    {"sync.Map():store(0/0, 1)", "m:store: a key must not be NaN"},
    {"sync.Map():range()", "m:range wants a function, got nothing"},
    {"sync.Map():get('k')",
     "a Map has no 'get'; it has: clear, compare_and_delete, compare_and_swap, delete, "
     "load, load_and_delete, load_or_store, range, store, swap"},
    {"sync.RWMutex():rlocker():rlock()", "an RLocker has no 'rlock'; it has: lock, unlock; did you mean 'lock'?"},
    {"sync.RWMutex().rlock()",
     "rw:rlock wants an RWMutex, got nothing; write rw:rlock(...), with a colon"},
    /* atomic */
    {"atomic.Int('x')", "bad argument #1 to 'Int' (number expected, got string)"},
    {"atomic.Int():store()", "bad argument #1 to 'store' (number expected, got no value)"},
    {"atomic.Int():add('x')", "bad argument #1 to 'add' (number expected, got string)"},
    {"atomic.Int():add(1.5)", "bad argument #1 to 'add' (number has no integer representation)"},
    {"atomic.Bool():store(1)", "a:store wants a boolean, got number"},
    {"atomic.Value():store(nil)", "sync/atomic: store of nil value into Value"},
    {"atomic.Pointer(5)", "atomic.Pointer wants a table, or nil, got number"},
    {"atomic.Integer()",
     "package atomic has no 'Integer'; it has: ..."},
    /* context */
    {"context.with_cancel()", "context.with_cancel wants a context, got nothing"},
    {"context.with_cancel(5)", "context.with_cancel wants a context, got number"},
    {"context.with_timeout(context.background())",
     "bad argument #2 to 'with_timeout' (number expected, got no value)"},
    {"context.with_timeout(context.background(), 'x')",
     "bad argument #2 to 'with_timeout' (number expected, got string)"},
    {"context.background():cancel()",
     "a context has no 'cancel'; it has: deadline, done, err, value"},
    {"context.withcancel()",
     "package context has no 'withcancel'; it has: ..."},
    {"context.background().done()",
     "ctx:done wants a context, got nothing; write ctx:done(...), with a colon"},
    {"context.with_value(context.background())", "nil key"},
    {"context.after_func(context.background(), 5)",
     "context.after_func wants a function, got number"},
    /* time */
    {"time.sleep()", "bad argument #1 to 'sleep' (number expected, got no value)"},
    {"time.sleep('x')", "bad argument #1 to 'sleep' (number expected, got string)"},
    {"time.sleep(0.5)", "durations are nanoseconds: write 0.5 * time.second"},
    {"time.ticker(0)", "non-positive interval for NewTicker"},
    {"time.after_func(1)", "time.after_func wants a function, got nothing"},
    {"time.Sleep(1)",
     "package time has no 'Sleep'; it has: ..."},
    {"time.ticker(1):stp()", "a ticker has no 'stp'; it has: reset, stop; did you mean 'stop'?"},
    {"time.timer(1):reset()", "bad argument #1 to 'reset' (number expected, got no value)"},
    {"time.ticker(1):reset(0)", "non-positive interval for Ticker.Reset"},
    /* errgroup, singleflight, semaphore, rate */
    {"errgroup.group():go(5)", "g:go wants a function, got number"},
    {"errgroup.with_context()", "errgroup.with_context wants a context, got nothing"},
    {"errgroup.group():set_limit()",
     "bad argument #1 to 'set_limit' (number expected, got no value)"},
    {"errgroup.Group()", "package errgroup has no 'Group'; it has: ..."},
    {"errgroup.group().go(print)",
     "g:go wants an errgroup, got function; write g:go(...), with a colon"},
    {"singleflight.group():call('k')", "s:call wants a function, got nothing"},
    {"singleflight.group():call(nil, print)", "s:call wants a key, got nil"},
    {"singleflight.group():call_chan('k', 5)", "s:call_chan wants a function, got number"},
    {"singleflight.group():forget()", "s:forget wants a key, got nothing"},
    {"semaphore.weighted(-1)", "bad argument #1 to 'weighted' (must not be negative)"},
    {"semaphore.weighted()", "bad argument #1 to 'weighted' (number expected, got no value)"},
    {"semaphore.weighted(1):acquire(5)", "s:acquire wants a context, got number"},
    {"semaphore.weighted(1):acquire(nil, -1)",
     "bad argument #2 to 'acquire' (must not be negative)"},
    {"semaphore.weighted(1):release(2)", "semaphore: released more than held"},
    {"semaphore.weighted(1).acquire()",
     "s:acquire wants a semaphore, got nothing; write s:acquire(...), with a colon"},
    {"rate.limiter('x', 1)", "bad argument #1 to 'limiter' (number expected, got string)"},
    {"rate.limiter(1)", "bad argument #2 to 'limiter' (number expected, got no value)"},
    {"rate.limiter(1, 1):allow(-1)", "bad argument #1 to 'allow' (must not be negative)"},
    {"rate.limiter(1, 1):wait(5)", "l:wait wants a context, got number"},
    {"rate.limiter(1, 1):Allow()", "a limiter has no 'Allow'; it has: allow, reserve, wait; did you mean 'allow'?"},
    {"rate.limiter(1, 1).allow()",
     "l:allow wants a limiter, got nothing; write l:allow(...), with a colon"},
    /* objects are no tables */
    {"chan().x = 1", "attempt to index a channel value"},
    {"chan(){}", "attempt to call a channel value"},
    {"getmetatable(chan()).x = 1", "attempt to index a boolean value"},
    {"setmetatable(chan(), {})", "bad argument #1 to 'setmetatable' (table expected, got channel)"},
};

static bool fits(const char *message, const char *expected)
{
    size_t len = strlen(expected);

    if (strcmp(expected + len - 3, "...") == 0)
        return strncmp(message, expected, len - 3) == 0;
    return strcmp(message, expected) == 0;
}

static void each_is_told_at_its_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof misuses / sizeof *misuses; i++) {
        const struct misuse *m = &misuses[i];
        struct text source = {0}, expected = {0};
        enum run_end end;

        text_addf(&source, "print('begin')\n%s\nprint('end')", m->code);
        text_addf(&expected, "2: %s", m->message);
        end = execute(text_string(&source));
        if (end != RUN_PANIC || !fits(text_string(&panic), text_string(&expected)))
            fail_msg("%s\nended as %d: '%s'\nexpected '%s'", m->code, end, text_string(&panic),
                     text_string(&expected));
        assert_string_equal(text_string(&output), "begin\n");
        text_release(&source);
        text_release(&expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_is_told_at_its_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
