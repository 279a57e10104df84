/* lib_go.c -- goroutines: go, defer, panic, and table `go`. */
#include "lua/state.h"
#include "lua/value.h"
#include "rt/basic.h"

#include <lauxlib.h>

static const char deferred_type[] = "deferred call";

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

static int go_exit(lua_State *L)
{
    state_at(L);
    lua_pushlightuserdata(L, state_goexit(L));
    return lua_error(L);
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

/* panic(v): an error without a position, as Go's own panics are. */
static int go_panic(lua_State *L)
{
    luaL_checkany(L, 1);
    state_at(L);
    value_string(L, 1, NULL);
    return lua_error(L);
}

/* defer(fn, ...): for `local _ <close> = defer(...)`. */
static int go_defer(lua_State *L)
{
    int n = lua_gettop(L);

    if (!is_callable(L, 1))
        return state_wants(L, "defer", "a function", 1);
    lua_createtable(L, n, 1);
    lua_insert(L, 1);
    for (int i = n; i >= 1; i--)
        lua_rawseti(L, 1, i);
    lua_pushinteger(L, n);
    lua_setfield(L, 1, "n");
    luaL_setmetatable(L, deferred_type);
    return 1;
}

static int deferred_close(lua_State *L)
{
    int n;

    lua_settop(L, 1);
    lua_getfield(L, 1, "n");
    n = (int)lua_tointeger(L, -1);
    lua_pop(L, 1);
    luaL_checkstack(L, n + 1, "too many arguments");
    for (int i = 1; i <= n; i++)
        lua_rawgeti(L, 1, i);
    lua_call(L, n - 1, 0);
    return 0;
}

static const struct lib_function functions[] = {
    {"go", go_go},
    {"gosched", go_gosched},
    {"exit", go_exit},
    {"num_goroutine", go_num_goroutine},
    {"rand", go_rand},
    {"name", go_name},
    {"mark", go_mark},
    {"panic", go_panic},
    {"defer", go_defer},
};

static const struct lib_function deferred_meta[] = {{"__close", deferred_close}};

void lib_go_open(lua_State *L)
{
    lib_type(L, deferred_type, NULL, 0, deferred_meta, 1);
    lua_newtable(L);
    lib_add(L, functions, sizeof functions / sizeof functions[0]);
    lua_newtable(L);
    lua_pushcfunction(L, go_call);
    lua_setfield(L, -2, "__call");
    lua_setmetatable(L, -2);
    lua_setfield(L, -2, "go");
    lua_pushcfunction(L, go_panic);
    lua_setfield(L, -2, "panic");
    lua_pushcfunction(L, go_defer);
    lua_setfield(L, -2, "defer");
}
