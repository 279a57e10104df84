/* lib_go.c -- goroutines: go, and table `go`. */
#include "lua/state.h"
#include "rt/basic.h"

#include <lauxlib.h>

static bool is_callable(lua_State *L, int index)
{
    bool callable = lua_isfunction(L, index);

    if (!callable && luaL_getmetafield(L, index, "__call") != LUA_TNIL) {
        callable = true;
        lua_pop(L, 1);
    }
    return callable;
}

void lib_go_start(lua_State *L, int first)
{
    struct run *run = state_at(L);
    struct lua_goroutine *lg;
    int n = lua_gettop(L) - first + 1;

    if (!is_callable(L, first))
        state_wants(L, "go", "a function", first);
    lg = region_alloc(&run->objects, sizeof *lg);
    if (!lg)
        state_out_of_memory(state_face(L));
    lg->face = state_face(L);
    lg->L = lua_newthread(L);
    lg->thread = luaL_ref(L, LUA_REGISTRYINDEX);
    if (!lua_checkstack(lg->L, n + 8))
        luaL_error(L, "go: too many arguments");
    lua_xmove(L, lg->L, n);
    if (!run_go(run, state_goroutine, lg, NULL))
        state_out_of_memory(state_face(L));
}

static int go_go(lua_State *L)
{
    lib_go_start(L, 1);
    return 0;
}

/* The table `go` is called: it is the first argument. */
static int go_call(lua_State *L)
{
    lib_go_start(L, 2);
    return 0;
}

static int go_gosched(lua_State *L)
{
    basic_yield(state_at(L));
    return 0;
}

static int go_num_goroutine(lua_State *L)
{
    lua_pushinteger(L, basic_count(state_at(L)));
    return 1;
}

static int go_rand(lua_State *L)
{
    lua_Integer n = luaL_checkinteger(L, 1);

    luaL_argcheck(L, n >= 1 && n <= (lua_Integer)UINT32_MAX, 1, "must be at least 1");
    lua_pushinteger(L, basic_rand(state_at(L), (uint32_t)n));
    return 1;
}

static int go_name(lua_State *L)
{
    const char *name = luaL_checkstring(L, 1);

    basic_name(state_at(L), name);
    return 0;
}

static int go_mark(lua_State *L)
{
    const char *name = luaL_checkstring(L, 1);

    basic_mark(state_at(L), name);
    return 0;
}

static const struct lib_function functions[] = {
    {"go", go_go},
    {"gosched", go_gosched},
    {"num_goroutine", go_num_goroutine},
    {"rand", go_rand},
    {"name", go_name},
    {"mark", go_mark},
};

void lib_go_open(lua_State *L)
{
    lua_newtable(L);
    lib_add(L, functions, sizeof functions / sizeof functions[0]);
    lib_strict(L, "package go");
    lua_getmetatable(L, -1);
    lua_pushcfunction(L, go_call);
    lua_setfield(L, -2, "__call");
    lua_pop(L, 1);
    lua_setfield(L, -2, "go");
}
