/* lib_limit.c -- packages semaphore and rate. */
#include "lua/state.h"
#include "sync/limiter.h"
#include "sync/semaphore.h"

#include <lauxlib.h>

static const char semaphore_type[] = "semaphore";
static const char limiter_type[] = "limiter";
static const char reservation_type[] = "reservation";

/* Pushes the words of an error that is none for CONTEXT_LIVE. */
static int push_context_error(lua_State *L, enum context_error error)
{
    lua_pushstring(L, context_error_text(error));
    return 1;
}

/* A number of units or tokens, 1 unless given. */
static lua_Integer count(lua_State *L, int index)
{
    lua_Integer n = luaL_optinteger(L, index, 1);

    luaL_argcheck(L, n >= 0, index, "must not be negative");
    return n;
}

/* --- semaphore ---------------------------------------------------------------- */

static int semaphore_new(lua_State *L)
{
    lua_Integer size = luaL_checkinteger(L, 1);
    struct semaphore *semaphore;

    luaL_argcheck(L, size >= 0, 1, "must not be negative");
    semaphore = semaphore_make(state_at(L), size, luaL_optstring(L, 2, NULL));
    if (!semaphore)
        state_fault(L, FAULT_NO_MEMORY);
    lib_push(L, semaphore_type, semaphore);
    return 1;
}

/* s:acquire(ctx, n) -> err; both may be left away. */
static int acquire(lua_State *L)
{
    struct semaphore *semaphore = lib_to(L, 1, semaphore_type, "s:acquire");
    struct context *context = lib_context_to(L, 2, "s:acquire");
    lua_Integer n = count(L, 3);

    return push_context_error(L, semaphore_acquire(state_at(L), semaphore, n, context));
}

static int try_acquire(lua_State *L)
{
    struct semaphore *semaphore = lib_to(L, 1, semaphore_type, "s:try_acquire");
    lua_Integer n = count(L, 2);

    lua_pushboolean(L, semaphore_try_acquire(state_at(L), semaphore, n));
    return 1;
}

static int release(lua_State *L)
{
    struct semaphore *semaphore = lib_to(L, 1, semaphore_type, "s:release");
    lua_Integer n = count(L, 2);

    state_fault(L, semaphore_release(state_at(L), semaphore, n));
    return 0;
}

/* --- rate ---------------------------------------------------------------------- */

/* rate.limiter(every, burst): one token each `every` ns; 0: no limit. */
static int limiter_new(lua_State *L)
{
    lua_Integer every = (lua_Integer)luaL_checknumber(L, 1), burst = luaL_checkinteger(L, 2);
    struct limiter *limiter = limiter_make(state_at(L), every, burst, luaL_optstring(L, 3, NULL));

    if (!limiter)
        state_fault(L, FAULT_NO_MEMORY);
    lib_push(L, limiter_type, limiter);
    return 1;
}

static int allow(lua_State *L)
{
    struct limiter *limiter = lib_to(L, 1, limiter_type, "l:allow");
    lua_Integer n = count(L, 2);

    lua_pushboolean(L, limiter_allow(state_at(L), limiter, n));
    return 1;
}

/* l:wait(ctx, n) -> err */
static int wait_for_tokens(lua_State *L)
{
    struct limiter *limiter = lib_to(L, 1, limiter_type, "l:wait");
    struct context *context = lib_context_to(L, 2, "l:wait");
    lua_Integer n = count(L, 3);
    enum limiter_error error = limiter_wait(state_at(L), limiter, n, context);
    char text[120];

    if (error == LIMITER_OK || error == LIMITER_CANCELLED)
        return push_context_error(L, error ? context_error(context) : CONTEXT_LIVE);
    limiter_error_text(limiter, error, n, text, sizeof text);
    lua_pushstring(L, text);
    return 1;
}

struct held {
    struct lib_object object;
    struct limiter *limiter;
    struct reservation reservation;
};

static int reserve(lua_State *L)
{
    struct limiter *limiter = lib_to(L, 1, limiter_type, "l:reserve");
    lua_Integer n = count(L, 2);
    struct held *held = (struct held *)lib_new(L, reservation_type, sizeof *held, 0);

    held->limiter = limiter;
    held->reservation = limiter_reserve(state_at(L), limiter, n);
    return 1;
}

static struct held *held_of(lua_State *L, const char *function)
{
    struct held *held = (struct held *)lib_test(L, 1, reservation_type);

    if (!held)
        state_wants(L, function, "a reservation", 1);
    return held;
}

static int reservation_ok(lua_State *L)
{
    lua_pushboolean(L, held_of(L, "r:ok")->reservation.ok);
    return 1;
}

/* r:delay(): how long to wait from the reserving on. */
static int reservation_delay(lua_State *L)
{
    lua_pushinteger(L, held_of(L, "r:delay")->reservation.delay);
    return 1;
}

static int reservation_cancel(lua_State *L)
{
    struct held *held = held_of(L, "r:cancel");

    limiter_cancel(state_at(L), held->limiter, &held->reservation);
    held->reservation.ok = false;
    return 0;
}

/* rate.every(d), for who writes it as in Go: the time between two tokens is what we take. */
static int rate_every(lua_State *L)
{
    luaL_checknumber(L, 1);
    lua_settop(L, 1);
    return 1;
}

/* --- the packages -------------------------------------------------------------- */

static const struct lib_function semaphore_methods[] = {
    {"acquire", acquire}, {"try_acquire", try_acquire}, {"release", release},
};

static const struct lib_function limiter_methods[] = {
    {"allow", allow}, {"wait", wait_for_tokens}, {"reserve", reserve},
};

static const struct lib_function reservation_methods[] = {
    {"ok", reservation_ok}, {"delay", reservation_delay}, {"cancel", reservation_cancel},
};

static const struct lib_function semaphore_package[] = {{"weighted", semaphore_new}};

static const struct lib_function rate_package[] = {
    {"limiter", limiter_new}, {"every", rate_every},
};

void lib_limit_open(lua_State *L)
{
    lib_type(L, semaphore_type, semaphore_methods, 3, NULL, 0);
    lib_type(L, limiter_type, limiter_methods, 3, NULL, 0);
    lib_type(L, reservation_type, reservation_methods, 3, NULL, 0);
    lua_newtable(L);
    lib_add(L, semaphore_package, 1);
    lib_strict(L, "package semaphore");
    lua_setfield(L, -2, "semaphore");
    lua_newtable(L);
    lib_add(L, rate_package, 2);
    lib_strict(L, "package rate");
    lua_setfield(L, -2, "rate");
}
