/* lib_signal.c -- package signal, and what of package syscall goes with it.
 *
 * A signal is a string, Go's words for it ("interrupt"): syscall.SIGINT is one.
 */
#include "lua/state.h"
#include "lua/value.h"
#include "sync/signal.h"

#include <lauxlib.h>

enum { PID = 1 };

static uint32_t signal_at_index(lua_State *L, int index, const char *function)
{
    uint32_t number = lua_type(L, index) == LUA_TSTRING ? signal_number(lua_tostring(L, index)) : 0;

    if (!number)
        state_wants(L, function, "a signal such as syscall.SIGINT", index);
    return number;
}

/* The signals from an index on; none: all. */
static uint64_t signals_from(lua_State *L, int index, const char *function)
{
    uint64_t set = 0;

    for (int last = lua_gettop(L); index <= last; index++)
        set |= SIGNAL_BIT(signal_at_index(L, index, function));
    return set ? set : SIGNAL_ALL;
}

static void encode(uint32_t number, void *element)
{
    *(struct value *)element = (struct value){.tag = VALUE_TAG_SIGNAL, .integer = number};
}

/* signal.notify(c, ...): sends these signals on c; none: all. */
static int notify(lua_State *L)
{
    struct chan *chan = lib_chan_to_send(L, 1, "signal.notify");
    uint64_t set = signals_from(L, 2, "signal.notify");

    if (!chan)
        return luaL_error(L, "os/signal: Notify using nil channel");
    signal_notify(state_at(L), chan, set, encode);
    return 0;
}

static int stop(lua_State *L)
{
    struct chan *chan = lib_chan_to_send(L, 1, "signal.stop");

    if (chan)
        signal_stop(state_at(L), chan);
    return 0;
}

/* Upvalue 1: the context. */
static int stop_context(lua_State *L)
{
    struct context *context = lib_context_to(L, lua_upvalueindex(1), "stop");

    signal_stop_context(state_at(L), context);
    return 0;
}

/* signal.notify_context(ctx, ...) -> ctx, stop */
static int notify_context(lua_State *L)
{
    struct context *parent = lib_context_to(L, 1, "signal.notify_context");
    uint64_t set = signals_from(L, 2, "signal.notify_context");

    if (!parent)
        return state_wants(L, "signal.notify_context", "a context", 1);
    lib_context_push(L, signal_notify_context(state_at(L), parent, set), 1);
    lua_pushvalue(L, -1);
    lua_pushcclosure(L, stop_context, 1);
    return 2;
}

static int ignore(lua_State *L)
{
    uint64_t set = signals_from(L, 1, "signal.ignore");

    signal_ignore(state_at(L), set);
    return 0;
}

static int reset(lua_State *L)
{
    uint64_t set = signals_from(L, 1, "signal.reset");

    signal_reset(state_at(L), set);
    return 0;
}

/* signal.at(d, sig): the world sends it when d has passed. */
static int at(lua_State *L)
{
    int64_t after = lib_duration(L, 1);
    uint32_t number = signal_at_index(L, 2, "signal.at");
    struct run *run = state_at(L);

    if (!signal_at(run, after > INT64_MAX - run->now ? INT64_MAX : run->now + after, number))
        state_fault(L, FAULT_NO_MEMORY);
    return 0;
}

static int raise_signal(lua_State *L)
{
    uint32_t number = signal_at_index(L, 1, "signal.raise");

    state_fault(L, signal_raise(state_at(L), number));
    return 0;
}

/* syscall.kill(pid, sig) -> err: there is no other process. */
static int syscall_kill(lua_State *L)
{
    lua_Integer pid = luaL_checkinteger(L, 1);
    uint32_t number = signal_at_index(L, 2, "syscall.kill");

    if (pid != PID && pid != 0) {
        lua_pushliteral(L, "no such process");
        return 1;
    }
    state_fault(L, signal_raise(state_at(L), number));
    return 0;
}

static int syscall_getpid(lua_State *L)
{
    lua_pushinteger(L, PID);
    return 1;
}

static const struct lib_function signal_package[] = {
    {"notify", notify}, {"notify_context", notify_context}, {"stop", stop},   {"ignore", ignore},
    {"reset", reset},   {"raise", raise_signal},            {"at", at},
};

static const struct lib_function syscall_package[] = {
    {"kill", syscall_kill}, {"getpid", syscall_getpid},
};

void lib_signal_open(lua_State *L)
{
    lua_newtable(L);
    lib_add(L, signal_package, sizeof signal_package / sizeof signal_package[0]);
    lib_strict(L, "package signal");
    lua_setfield(L, -2, "signal");
    lua_newtable(L);
    lib_add(L, syscall_package, sizeof syscall_package / sizeof syscall_package[0]);
#define X(name, number, words, ends) lua_pushliteral(L, words), lua_setfield(L, -2, #name);
    SIGNALS(X)
#undef X
    lib_strict(L, "package syscall");
    lua_setfield(L, -2, "syscall");
    lua_getfield(L, -1, "os");
    lua_pushstring(L, signal_words(signal_number("SIGINT")));
    lua_setfield(L, -2, "interrupt");
    lua_pop(L, 1);
}
