/* lib_work.c -- work, and package runtime. */
#include "lua/state.h"
#include "rt/basic.h"

#include <lauxlib.h>

/* work(d): spends CPU time, in ns. */
static int work(lua_State *L)
{
    lua_Integer d = lib_duration(L, 1);

    processor_work(state_at(L), d);
    return 0;
}

/* runtime.GOMAXPROCS(n) -> how many there were; n < 1, or nothing, only asks. */
static int runtime_gomaxprocs(lua_State *L)
{
    lua_Integer n = luaL_optinteger(L, 1, 0);

    lua_pushinteger(L, processor_set(state_at(L), n));
    return 1;
}

static int runtime_num_cpu(lua_State *L)
{
    const struct run *run = state_at(L);

    lua_pushinteger(L, run->nprocessors ? run->nprocessors : PROCESSORS_DEFAULT);
    return 1;
}

static int runtime_gosched(lua_State *L)
{
    basic_yield(state_at(L));
    return 0;
}

static int runtime_goexit(lua_State *L)
{
    state_at(L);
    lua_pushlightuserdata(L, state_goexit(L));
    return lua_error(L);
}

static int runtime_num_goroutine(lua_State *L)
{
    lua_pushinteger(L, state_at(L)->nlive);
    return 1;
}

/* runtime.stats(): what the program made of its processors so far; times in ns. */
static int runtime_stats(lua_State *L)
{
    static const char *const names[USAGE_COUNT] = {
        [USAGE_ELAPSED] = "elapsed", [USAGE_WORKED] = "worked", [USAGE_WAITED] = "waited",
        [USAGE_CAPACITY] = "capacity", [USAGE_PIECES] = "pieces", [USAGE_PEAK] = "peak",
        [USAGE_PROCESSORS] = "processors",
    };
    struct usage usage = processor_usage(state_at(L));

    lua_createtable(L, 0, USAGE_COUNT + 3);
    for (int i = 0; i < USAGE_COUNT; i++) {
        lua_pushinteger(L, usage.at[i]);
        lua_setfield(L, -2, names[i]);
    }
    lua_pushnumber(L, usage_utilisation(&usage));
    lua_setfield(L, -2, "utilisation");
    lua_pushnumber(L, usage_speedup(&usage));
    lua_setfield(L, -2, "speedup");
    lua_pushnumber(L, usage_throughput(&usage));
    lua_setfield(L, -2, "throughput");
    return 1;
}

static const struct lib_function package[] = {
    {"GOMAXPROCS", runtime_gomaxprocs},
    {"num_cpu", runtime_num_cpu},
    {"gosched", runtime_gosched},
    {"goexit", runtime_goexit},
    {"num_goroutine", runtime_num_goroutine},
    {"stats", runtime_stats},
};

void lib_work_open(lua_State *L)
{
    lua_newtable(L);
    lib_add(L, package, sizeof package / sizeof package[0]);
    lib_strict(L, "package runtime");
    lua_setfield(L, -2, "runtime");
    lua_pushcfunction(L, work);
    lua_setfield(L, -2, "work");
}
