/* test_refused.c -- a Lua program that makes one of each, each allocation failing in turn. */
#include "unit/lua/program.h"

#include "unit/refuse.h"

static const char source[] =
    "local c, wg, mu = chan(1, 'c'), sync.WaitGroup(), sync.Mutex()\n"
    "local rw, once = sync.RWMutex(), sync.Once()\n"
    "local pool = sync.Pool { new = function() return {} end }\n"
    "local map, n, v = sync.Map(), atomic.Int32(1), atomic.Value('x')\n"
    "wg:add(2)\n"
    "for i = 1, 2 do go(function() c:sender():send({ i }) wg:done() end) end\n"
    "for _ = 1, 2 do c:recv() end\n"
    "wg:wait()\n"
    "print((select { a = recv(c:receiver()), default = true }))\n"
    "do local _ <close> = defer(mu.unlock, mu) mu:lock() end\n"
    "local l = rw:rlocker() l:lock() l:unlock()\n"
    "once:call(function() sync.Cond(mu):broadcast() end)\n"
    "sync.once_values(function() return 1, 2 end)()\n"
    "pool:put(pool:get())\n"
    "map:store('k', {}) map:range(function() end) n:add(1) v:store('y')\n"
    "local ctx, cancel = context.with_timeout(context.background(), 100)\n"
    "context.after_func(ctx, function() end)\n"
    "time.after_func(5, function() end)\n"
    "time.after(10):recv() time.ticker(5):stop()\n"
    "local lim, sem = rate.limiter(5, 1), semaphore.weighted(1)\n"
    "lim:wait(ctx) lim:wait(ctx) lim:reserve():cancel()\n"
    "sem:acquire(ctx) sem:release()\n"
    "local g = errgroup.group() g:set_limit(1) g:go(function() return 'an error' end)\n"
    "local s = singleflight.group()\n"
    "print(g:wait(), s:call('k', function() return 1 end), s:call_chan('k', print):recv().shared)\n"
    "pcall(function() c:receiver():close() end)\n"
    "cancel()\n";

static enum run_end refused(struct lua_face *face, uint32_t nth, bool for_ever, bool *was_refused)
{
    enum run_end end;

    refuse_begin(nth, for_ever);
    end = again(face);
    *was_refused = refuse_end();
    return end;
}

/* Lua collects its garbage and tries again, so one refusal alone may do no harm. */
static void each_in_turn(bool for_ever)
{
    struct lua_face *face = load(source);
    uint32_t nth = 1, ended = 0;
    bool was_refused;

    do {
        enum run_end end = refused(face, nth, for_ever, &was_refused);

        if (end != RUN_MEMORY && (end != RUN_DONE || (was_refused && for_ever)))
            fail_msg("allocation %u refused: ended as %d: %s", nth, end, text_string(&panic));
        ended += end == RUN_MEMORY;
        nth++;
        assert_true(nth < 20000);
    } while (was_refused);
    assert_true(ended > 30);
    assert_int_equal(again(face), RUN_DONE);
    lua_face_free(face);
}

static void one_fails(void **state)
{
    (void)state;
    each_in_turn(false);
}

static void all_fail_from_one_on(void **state)
{
    (void)state;
    each_in_turn(true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(one_fails),
        TEST(all_fail_from_one_on),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
