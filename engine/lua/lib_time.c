/* lib_time.c -- package time: durations are integers, in nanoseconds of virtual time. */
#include "lua/state.h"
#include "sync/clock.h"

#include <lauxlib.h>

static const char ticker_type[] = "ticker";
static const char timer_type[] = "timer";

/* Too long for an integer is for ever. */
static lua_Integer saturated(lua_Number d)
{
    if (d >= -(lua_Number)LUA_MININTEGER)
        return LUA_MAXINTEGER;
    return d > (lua_Number)LUA_MININTEGER ? (lua_Integer)d : LUA_MININTEGER;
}

lua_Integer lib_duration(lua_State *L, int index)
{
    int is_integer;
    lua_Integer d = lua_tointegerx(L, index, &is_integer);

    if (is_integer)
        return d;
    if (lua_type(L, index) != LUA_TNUMBER)
        return luaL_checkinteger(L, index);
    if (lua_tonumber(L, index) > 0 && lua_tonumber(L, index) < 1) /* meant as seconds? */
        return luaL_error(L, "durations are nanoseconds: write %f * time.second",
                          lua_tonumber(L, index));
    return saturated(lua_tonumber(L, index));
}

static int time_now(lua_State *L)
{
    lua_pushinteger(L, state_at(L)->now);
    return 1;
}

static int time_sleep(lua_State *L)
{
    lua_Integer d = lib_duration(L, 1);

    clock_sleep(state_at(L), d);
    return 0;
}

static int time_after(lua_State *L)
{
    lua_Integer d = lib_duration(L, 1);
    struct clock_timer *timer = clock_after(state_at(L), d);

    if (!timer)
        state_fault(L, FAULT_NO_MEMORY);
    lib_chan_push(L, timer->chan);
    return 1;
}

/* A timer or ticker; user value 1 is its channel. */
static int push_timer(lua_State *L, const char *type, struct clock_timer *timer)
{
    lib_push(L, type, timer);
    lib_chan_push(L, timer->chan);
    lua_setiuservalue(L, -2, 1);
    return 1;
}

static int time_timer(lua_State *L)
{
    lua_Integer d = lib_duration(L, 1);
    struct clock_timer *timer = clock_after(state_at(L), d);

    if (!timer)
        state_fault(L, FAULT_NO_MEMORY);
    return push_timer(L, timer_type, timer);
}

static int time_after_func(lua_State *L)
{
    lua_Integer d = lib_duration(L, 1);
    struct later *later = later_new(L, 2, "time.after_func");
    struct clock_timer *timer = clock_after_func(state_at(L), d, later_entry, later, NULL);

    if (!timer)
        state_fault(L, FAULT_NO_MEMORY);
    return push_timer(L, timer_type, timer);
}

static int time_ticker(lua_State *L)
{
    lua_Integer period = lib_duration(L, 1);
    enum fault fault = FAULT_NONE;
    struct clock_timer *timer = clock_ticker(state_at(L), period, &fault);

    if (!timer)
        state_fault(L, fault);
    return push_timer(L, ticker_type, timer);
}

/* time.tick(d): a ticker's channel alone; nil when d is not positive. */
static int time_tick(lua_State *L)
{
    lua_Integer period = lib_duration(L, 1);
    enum fault fault = FAULT_NONE;
    struct clock_timer *timer = NULL;

    if (period > 0)
        timer = clock_ticker(state_at(L), period, &fault);
    state_fault(L, fault);
    lib_chan_push(L, timer ? timer->chan : NULL);
    return 1;
}

static struct clock_timer *timer_of(lua_State *L, const char *function)
{
    const char *type = lib_test(L, 1, timer_type) ? timer_type : ticker_type;

    return lib_to(L, 1, type, function);
}

/* t.c is the channel, t.stop and t.reset are methods. */
static int ticker_index(lua_State *L)
{
    timer_of(L, "ticker");
    lua_settop(L, 2);
    lua_pushliteral(L, "c");
    if (lua_rawequal(L, 2, 3)) {
        lua_getiuservalue(L, 1, 1);
    } else {
        lua_pushvalue(L, 2);
        lua_gettable(L, lua_upvalueindex(1));
    }
    return 1;
}

static int ticker_stop(lua_State *L)
{
    struct clock_timer *timer = timer_of(L, "t:stop");

    lua_pushboolean(L, clock_stop(state_at(L), timer));
    return 1;
}

static int ticker_reset(lua_State *L)
{
    struct clock_timer *timer = timer_of(L, "t:reset");
    lua_Integer d = lib_duration(L, 2);
    bool was;

    state_fault(L, clock_reset(state_at(L), timer, d, &was));
    lua_pushboolean(L, was);
    return 1;
}

static const struct lib_function ticker_methods[] = {
    {"stop", ticker_stop}, {"reset", ticker_reset}};

static const struct lib_function package[] = {
    {"now", time_now},
    {"sleep", time_sleep},
    {"after", time_after},
    {"ticker", time_ticker},
    {"timer", time_timer},
    {"tick", time_tick},
    {"after_func", time_after_func},
};

static const struct {
    const char *name;
    lua_Integer ns;
} units[] = {
    {"nanosecond", 1},        {"microsecond", 1000},      {"millisecond", 1000000},
    {"ms", 1000000},          {"second", 1000000000},     {"minute", 60000000000},
    {"hour", 3600000000000},
};

static void timer_type_open(lua_State *L, const char *type)
{
    lib_type(L, type, NULL, 0, NULL, 0);
    luaL_getmetatable(L, type);
    lua_newtable(L);
    lib_add(L, ticker_methods, sizeof ticker_methods / sizeof ticker_methods[0]);
    lib_strict(L, type == timer_type ? "a timer" : "a ticker");
    lua_pushcclosure(L, ticker_index, 1);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
}

void lib_time_open(lua_State *L)
{
    timer_type_open(L, ticker_type);
    timer_type_open(L, timer_type);
    lua_newtable(L);
    lib_add(L, package, sizeof package / sizeof package[0]);
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        lua_pushinteger(L, units[i].ns);
        lua_setfield(L, -2, units[i].name);
    }
    lib_strict(L, "package time");
    lua_setfield(L, -2, "time");
}
