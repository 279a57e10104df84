/* lib_time.c -- package time: durations are integers, in nanoseconds of virtual time. */
#include "lua/state.h"
#include "sync/clock.h"

#include <lauxlib.h>

static const char ticker_type[] = "ticker";

static lua_Integer duration(lua_State *L, int index)
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
    return (lua_Integer)lua_tonumber(L, index);
}

static int time_now(lua_State *L)
{
    lua_pushinteger(L, state_at(L)->now);
    return 1;
}

static int time_sleep(lua_State *L)
{
    lua_Integer d = duration(L, 1);

    clock_sleep(state_at(L), d);
    return 0;
}

static int time_after(lua_State *L)
{
    lua_Integer d = duration(L, 1);
    struct clock_timer *timer = clock_after(state_at(L), d);

    if (!timer)
        state_fault(L, FAULT_NO_MEMORY);
    lib_chan_push(L, timer->chan);
    return 1;
}

static int time_ticker(lua_State *L)
{
    lua_Integer period = duration(L, 1);
    enum fault fault = FAULT_NONE;
    struct clock_timer *timer = clock_ticker(state_at(L), period, &fault);

    if (!timer)
        state_fault(L, fault);
    lib_push(L, ticker_type, timer);
    lib_chan_push(L, timer->chan);
    lua_setiuservalue(L, -2, 1);
    return 1;
}

/* t.c is the channel, t.stop the method. */
static int ticker_index(lua_State *L)
{
    lib_to(L, 1, ticker_type, "ticker");
    lua_settop(L, 2);
    lua_pushliteral(L, "c");
    if (lua_rawequal(L, 2, 3)) {
        lua_getiuservalue(L, 1, 1);
    } else {
        lua_pushvalue(L, 2);
        lua_rawget(L, lua_upvalueindex(1));
    }
    return 1;
}

static int ticker_stop(lua_State *L)
{
    struct clock_timer *timer = lib_to(L, 1, ticker_type, "t:stop");

    clock_stop(state_at(L), timer);
    return 0;
}

static const struct lib_function ticker_methods[] = {{"stop", ticker_stop}};

static const struct lib_function package[] = {
    {"now", time_now},
    {"sleep", time_sleep},
    {"after", time_after},
    {"ticker", time_ticker},
};

static const struct {
    const char *name;
    lua_Integer ns;
} units[] = {
    {"nanosecond", 1},        {"microsecond", 1000},      {"millisecond", 1000000},
    {"ms", 1000000},          {"second", 1000000000},     {"minute", 60000000000},
    {"hour", 3600000000000},
};

void lib_time_open(lua_State *L)
{
    lib_type(L, ticker_type, NULL, 0, NULL, 0);
    luaL_getmetatable(L, ticker_type);
    lua_newtable(L);
    lib_add(L, ticker_methods, 1);
    lua_pushcclosure(L, ticker_index, 1);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);

    lua_newtable(L);
    lib_add(L, package, sizeof package / sizeof package[0]);
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        lua_pushinteger(L, units[i].ns);
        lua_setfield(L, -2, units[i].name);
    }
    lua_setfield(L, -2, "time");
}
