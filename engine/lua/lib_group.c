/* lib_group.c -- packages errgroup and singleflight. */
#include "lua/state.h"
#include "lua/value.h"
#include "sync/errgroup.h"
#include "sync/flight.h"

#include <lauxlib.h>

static const char group_type[] = "errgroup";
static const char flight_type[] = "singleflight";

/* --- errgroup: user value 1 is the group's error ----------------------------- */

static void push_group(lua_State *L, struct context *parent)
{
    struct errgroup *group = errgroup_make(state_at(L), parent, NULL);

    if (!group)
        state_fault(L, FAULT_NO_MEMORY);
    lib_push(L, group_type, group);
}

static int group_new(lua_State *L)
{
    push_group(L, NULL);
    return 1;
}

/* errgroup.with_context(ctx) -> g, ctx */
static int group_with_context(lua_State *L)
{
    struct context *parent = lib_context_to(L, 1, "errgroup.with_context");
    struct errgroup *group;

    if (lua_isnone(L, 1))
        return state_wants(L, "errgroup.with_context", "a context", 1);
    if (!parent) {
        lua_pushliteral(L, CONTEXT_NIL_PARENT);
        return lua_error(L);
    }
    push_group(L, parent);
    group = lib_to(L, -1, group_type, "errgroup");
    lib_context_push(L, group->context, 1);
    return 2;
}

static void end_group(struct run *run, void *group)
{
    errgroup_end(run, group);
}

/* A goroutine of the group.  Arguments: the group, its function. */
static int work(lua_State *L)
{
    struct errgroup *group = lib_to(L, 1, group_type, "g:go");

    later_close(L, end_group, group);
    lua_pushvalue(L, 2);
    lua_call(L, 0, 1);
    if (!lua_toboolean(L, -1))
        return 0;
    value_string(L, -1, NULL);
    if (!errgroup_fail(state_face(L)->run, group, lua_tostring(L, -1)))
        return 0;
    lua_pushvalue(L, -2);
    lua_setiuservalue(L, 1, 1);
    if (group->context && group->context->cause == group->context) {
        lua_pushvalue(L, -2);
        lib_context_fail(L, group->context);
    }
    return 0;
}

static void start_work(lua_State *L)
{
    lua_settop(L, 2);
    lua_pushcfunction(L, work);
    lua_insert(L, 1);
    lib_go_start(L, 1);
}

static struct errgroup *group_of(lua_State *L, const char *function)
{
    return lib_to(L, 1, group_type, function);
}

/* g:go(f): f returns nil, or an error. */
static int group_go(lua_State *L)
{
    struct errgroup *group = group_of(L, "g:go");

    if (!lua_isfunction(L, 2))
        return state_wants(L, "g:go", "a function", 2);
    state_fault(L, errgroup_begin(state_at(L), group));
    start_work(L);
    return 0;
}

static int group_try_go(lua_State *L)
{
    struct errgroup *group = group_of(L, "g:try_go");
    bool begun;

    if (!lua_isfunction(L, 2))
        return state_wants(L, "g:try_go", "a function", 2);
    state_fault(L, errgroup_try_begin(state_at(L), group, &begun));
    if (begun)
        start_work(L);
    lua_pushboolean(L, begun);
    return 1;
}

static int group_wait(lua_State *L)
{
    state_fault(L, errgroup_wait(state_at(L), group_of(L, "g:wait")));
    lua_getiuservalue(L, 1, 1);
    return 1;
}

static int group_set_limit(lua_State *L)
{
    struct errgroup *group = group_of(L, "g:set_limit");
    int64_t active = errgroup_set_limit(state_at(L), group, luaL_checkinteger(L, 2));
    char text[100];

    if (!active)
        return 0;
    errgroup_limit_text(active, text, sizeof text);
    lua_pushstring(L, text);
    return lua_error(L);
}

/* --- singleflight: user value 1 is {numbers by key, results by call, last number, lists of
 *     channels by call} ------------------------------------------------------------------ */

static int flight_new(lua_State *L)
{
    struct flight *flight = flight_make(state_at(L), luaL_optstring(L, 1, NULL));

    if (!flight)
        state_fault(L, FAULT_NO_MEMORY);
    lib_push(L, flight_type, flight);
    lua_createtable(L, 4, 0);
    for (int i = 1; i <= 4; i++)
        if (i != 3) {
            lua_newtable(L);
            lua_rawseti(L, -2, i);
        }
    lua_setiuservalue(L, -2, 1);
    return 1;
}

/* The number of the key at index 2; the flight is at 1. */
static uint32_t key_number(lua_State *L)
{
    lua_Integer number;

    lua_getiuservalue(L, 1, 1);
    lua_rawgeti(L, -1, 1);
    lua_pushvalue(L, 2);
    lua_rawget(L, -2);
    number = lua_tointeger(L, -1);
    if (!number) {
        lua_rawgeti(L, -3, 3);
        number = lua_tointeger(L, -1) + 1;
        lua_pop(L, 1);
        lua_pushinteger(L, number);
        lua_rawseti(L, -4, 3);
        lua_pushvalue(L, 2);
        lua_pushinteger(L, number);
        lua_rawset(L, -4);
    }
    lua_settop(L, -4);
    return (uint32_t)number;
}

struct flown {
    struct flight *flight;
    struct flight_call *call;
};

static void end_call(struct run *run, void *object)
{
    const struct flown *flown = object;

    flight_end(run, flown->flight, flown->call);
}

/* Pushes the results of a call: value, error, shared. */
static int push_results(lua_State *L, const struct flight_call *call)
{
    lua_getiuservalue(L, 1, 1);
    lua_rawgeti(L, -1, 2);
    if (lua_rawgetp(L, -1, call) != LUA_TTABLE) { /* the call panicked */
        lua_pushnil(L);
        lua_pushnil(L);
    } else {
        lua_rawgeti(L, -1, 1);
        lua_rawgeti(L, -2, 2);
    }
    lua_pushboolean(L, call->joined > 0);
    return 3;
}

/* Sends what a call came to on the channels that were promised it. */
static void deliver(lua_State *L, const struct flight_call *call)
{
    int list;

    lua_getiuservalue(L, 1, 1);
    lua_rawgeti(L, -1, 4);
    lua_rawgetp(L, -1, call);
    list = lua_gettop(L);
    for (int i = 1; lua_istable(L, list) && lua_rawgeti(L, list, i) != LUA_TNIL; i++) {
        struct chan *chan = lua_touserdata(L, -1);
        struct value value;

        push_results(L, call);
        lua_createtable(L, 0, 3);
        lua_insert(L, -4);
        lua_setfield(L, -4, "shared");
        lua_setfield(L, -3, "err");
        lua_setfield(L, -2, "value");
        value = value_take(L, -1);
        chan_send(state_face(L)->run, chan, &value); /* there is room for one */
        lua_settop(L, list);
    }
    lua_settop(L, 3);
}

/* Makes the call: the function is at index 3. */
static int make_call(lua_State *L)
{
    struct flown *flown = lua_touserdata(L, 4);

    later_close(L, end_call, flown);
    lua_pushvalue(L, 3);
    lua_call(L, 0, 2);
    lua_createtable(L, 2, 0);
    lua_rotate(L, -3, 1);
    lua_rawseti(L, -3, 2);
    lua_rawseti(L, -2, 1);
    lua_getiuservalue(L, 1, 1);
    lua_rawgeti(L, -1, 2);
    lua_pushvalue(L, -3);
    lua_rawsetp(L, -2, flown->call);
    return 0;
}

/* Arguments: the flight, a key, a function; leaves these. */
static struct flown *new_flown(lua_State *L, const char *function)
{
    struct flight *flight = lib_to(L, 1, flight_type, function);
    struct flown *flown;

    if (lua_isnoneornil(L, 2))
        state_wants(L, function, "a key", 2);
    if (!lua_isfunction(L, 3))
        state_wants(L, function, "a function", 3);
    lua_settop(L, 3);
    state_check_stack(L);
    flown = region_alloc(&state_at(L)->objects, sizeof *flown);
    if (!flown)
        state_fault(L, FAULT_NO_MEMORY);
    flown->flight = flight;
    return flown;
}

static void call_and_deliver(lua_State *L, struct flown *flown)
{
    lua_pushcfunction(L, make_call);
    for (int i = 1; i <= 3; i++)
        lua_pushvalue(L, i);
    lua_pushlightuserdata(L, flown);
    lua_call(L, 4, 0);
    deliver(L, flown->call);
}

/* s:call(key, f) -> value, err, shared: Go's Do. */
static int flight_call(lua_State *L)
{
    struct flown *flown = new_flown(L, "s:call");

    if (flight_begin(state_face(L)->run, flown->flight, key_number(L), true, &flown->call))
        call_and_deliver(L, flown);
    return push_results(L, flown->call);
}

/* A goroutine that makes a call.  Arguments: the flight, the key, the function, its flown. */
static int fly(lua_State *L)
{
    struct flown *flown = lua_touserdata(L, 4);

    lua_settop(L, 3);
    call_and_deliver(L, flown);
    return 0;
}

/* s:call_chan(key, f) -> channel of {value, err, shared}: Go's DoChan. */
static int flight_call_chan(lua_State *L)
{
    struct flown *flown = new_flown(L, "s:call_chan");
    struct run *run = state_face(L)->run;
    struct chan *chan = chan_make(run, &value_type, 1, 0, NULL);
    bool begun;

    if (!chan)
        state_fault(L, FAULT_NO_MEMORY);
    begun = flight_begin(run, flown->flight, key_number(L), false, &flown->call);
    lua_getiuservalue(L, 1, 1);
    lua_rawgeti(L, -1, 4);
    if (lua_rawgetp(L, -1, flown->call) != LUA_TTABLE) {
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_rawsetp(L, -4, flown->call);
    }
    lua_pushlightuserdata(L, chan);
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
    lua_settop(L, 3);
    if (begun) {
        lua_pushcfunction(L, fly);
        lua_insert(L, 1);
        lua_pushlightuserdata(L, flown);
        lib_go_start(L, 1);
    }
    lib_chan_push(L, chan);
    return 1;
}

static int forget_flight(lua_State *L)
{
    struct flight *flight = lib_to(L, 1, flight_type, "s:forget");

    if (lua_isnoneornil(L, 2))
        return state_wants(L, "s:forget", "a key", 2);
    flight_forget(state_at(L), flight, key_number(L));
    return 0;
}

/* --- the packages -------------------------------------------------------------- */

static const struct lib_function group_methods[] = {
    {"go", group_go},
    {"try_go", group_try_go},
    {"wait", group_wait},
    {"set_limit", group_set_limit},
};

static const struct lib_function flight_methods[] = {
    {"call", flight_call}, {"call_chan", flight_call_chan}, {"forget", forget_flight},
};

static const struct lib_function group_package[] = {
    {"group", group_new}, {"with_context", group_with_context},
};

static const struct lib_function flight_package[] = {{"group", flight_new}};

void lib_group_open(lua_State *L)
{
    lib_type(L, group_type, group_methods, 4, NULL, 0);
    lib_type(L, flight_type, flight_methods, 3, NULL, 0);
    lua_newtable(L);
    lib_add(L, group_package, 2);
    lib_strict(L, "package errgroup");
    lua_setfield(L, -2, "errgroup");
    lua_newtable(L);
    lib_add(L, flight_package, 1);
    lib_strict(L, "package singleflight");
    lua_setfield(L, -2, "singleflight");
}
