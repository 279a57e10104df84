/* lib_table.c -- walking through tables and Lua's table library, in a fixed order and
 * with their accesses told.
 *
 * Stock Lua's pairs goes by hash, which is seeded by addresses and the clock; ours
 * takes value_key_compare's order.
 */
#include "lua/state.h"
#include "lua/value.h"

#include <lauxlib.h>
#include <lualib.h>

#include <stdlib.h>

/* --- pairs, next, ipairs -------------------------------------------------- */

/* Argument: a table; returns an array of its keys in order. */
static int sorted_keys(lua_State *L)
{
    struct value_key *keys;
    int n = 0;

    lua_settop(L, 1);
    lua_pushnil(L);
    while (lua_next(L, 1)) {
        luaL_checkstack(L, 8, "too many keys");
        lua_pop(L, 1);
        lua_pushvalue(L, -1); /* the one below stays, at n + 1 */
        n++;
    }
    keys = lua_newuserdatauv(L, (size_t)n * sizeof *keys, 0);
    for (int i = 0; i < n; i++)
        keys[i] = value_key(L, i + 2);
    qsort(keys, (size_t)n, sizeof *keys, value_key_compare); /* no two are equal */
    lua_createtable(L, n, 0);
    for (int i = 0; i < n; i++) {
        lua_pushvalue(L, keys[i].index);
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

/* Upvalues: the table, its keys, how many have been visited.  A key that has gone
 * meanwhile is passed over, as Lua allows fields to be cleared. */
static int pairs_next(lua_State *L)
{
    lua_Integer i = lua_tointeger(L, lua_upvalueindex(3));
    struct shadow *shadow = state_shadow(L);

    lua_settop(L, 0);
    for (;;) {
        i++;
        if (lua_rawgeti(L, lua_upvalueindex(2), i) == LUA_TNIL)
            break;
        lua_pushvalue(L, 1);
        if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
            break;
        lua_settop(L, 0);
    }
    lua_pushinteger(L, i);
    lua_replace(L, lua_upvalueindex(3));
    if (lua_isnil(L, 1))
        return 1;
    if (shadow && !shadow_key_told(shadow, L, lua_upvalueindex(1), 1, false))
        shadow_read(shadow, L, lua_upvalueindex(1), 1, state_site(L, "pairs(...)"));
    return 2;
}

static int table_pairs(lua_State *L)
{
    struct shadow *shadow = state_shadow(L);

    luaL_checkany(L, 1);
    if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
        lua_pushvalue(L, 1);
        lua_call(L, 1, 3);
        return 3;
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    if (shadow)
        shadow_shape(shadow, L, 1, false, state_site(L, "pairs(...)"));
    lua_pushvalue(L, 1);
    lua_pushcfunction(L, sorted_keys);
    lua_pushvalue(L, 1);
    lua_call(L, 1, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, pairs_next, 3);
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

/* The least key that is greater than the one given. */
static int table_next(lua_State *L)
{
    struct shadow *shadow = state_shadow(L);
    bool first;

    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    first = lua_isnil(L, 2);
    if (shadow)
        shadow_shape(shadow, L, 1, false, state_site(L, "next(...)"));
    lua_pushnil(L); /* 3: the best so far */
    lua_pushnil(L);
    while (lua_next(L, 1)) {
        lua_pop(L, 1);
        if (!first && value_compare(L, 4, 2) <= 0)
            continue;
        if (lua_isnil(L, 3) || value_compare(L, 4, 3) < 0)
            lua_copy(L, 4, 3);
    }
    if (lua_isnil(L, 3))
        return 1;
    if (shadow)
        shadow_read(shadow, L, 1, 3, state_site(L, "next(...)"));
    lua_pushvalue(L, 3);
    lua_rawget(L, 1);
    return 2;
}

static int ipairs_next(lua_State *L)
{
    lua_Integer i = (lua_Integer)((lua_Unsigned)luaL_checkinteger(L, 2) + 1);
    struct shadow *shadow = state_shadow(L);

    lua_pushinteger(L, i);
    if (shadow && lua_istable(L, 1) && !shadow_key_told(shadow, L, 1, -1, false))
        shadow_item(shadow, L, 1, i, false, state_site(L, "ipairs(...)"));
    return lua_geti(L, 1, i) == LUA_TNIL ? 1 : 2;
}

static int table_ipairs(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_pushcfunction(L, ipairs_next);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

/* --- the table library ---------------------------------------------------- */

/* Tells that t[from..to] is read or written. */
static void tell_range(lua_State *L, lua_Integer from, lua_Integer to, bool write, const char *what)
{
    struct shadow *shadow = state_shadow(L);
    struct shadow_site site;

    if (!shadow || from > to)
        return;
    site = state_site(L, what);
    for (lua_Integer i = from;; i++) {
        shadow_item(shadow, L, 1, i, write, site);
        if (i == to)
            break;
    }
}

/* Tells that the length was taken; it, or 0 for what is not a plain table. */
static lua_Integer tell_length(lua_State *L, const char *what)
{
    struct shadow *shadow = state_shadow(L);

    if (!shadow || !lua_istable(L, 1))
        return 0;
    shadow_length(shadow, L, 1, state_site(L, what));
    return (lua_Integer)lua_rawlen(L, 1);
}

static int table_insert(lua_State *L)
{
    if (state_shadow(L) && lua_istable(L, 1)) {
        lua_Integer n = tell_length(L, "table.insert(...)");
        lua_Integer at = lua_gettop(L) == 3 ? lua_tointeger(L, 2) : n + 1;

        if (at >= 1 && at <= n + 1)
            tell_range(L, at, n + 1, true, "table.insert(...)");
    }
    return state_face(L)->original.insert(L);
}

static int table_remove(lua_State *L)
{
    if (state_shadow(L) && lua_istable(L, 1)) {
        lua_Integer n = tell_length(L, "table.remove(...)");
        lua_Integer at = lua_gettop(L) >= 2 ? lua_tointeger(L, 2) : n;

        if (at >= 1 && at <= n)
            tell_range(L, at, n, true, "table.remove(...)");
    }
    return state_face(L)->original.remove(L);
}

static int table_sort(lua_State *L)
{
    state_check_stack(L);
    if (state_shadow(L) && lua_istable(L, 1))
        tell_range(L, 1, tell_length(L, "table.sort(...)"), true, "table.sort(...)");
    return state_face(L)->original.sort(L);
}

/* The elements from argument `first` to the one after it, by default all. */
static void tell_read(lua_State *L, int first, const char *what)
{
    lua_Integer n, from, to;

    if (!state_shadow(L) || !lua_istable(L, 1))
        return;
    n = (lua_Integer)lua_rawlen(L, 1);
    from = lua_isinteger(L, first) ? lua_tointeger(L, first) : 1;
    to = lua_isinteger(L, first + 1) ? lua_tointeger(L, first + 1) : tell_length(L, what);
    tell_range(L, from < 1 ? 1 : from, to > n ? n : to, false, what);
}

static int table_concat(lua_State *L)
{
    tell_read(L, 3, "table.concat(...)");
    return state_face(L)->original.concat(L);
}

static int table_unpack(lua_State *L)
{
    tell_read(L, 2, "table.unpack(...)");
    return state_face(L)->original.unpack(L);
}

/* ------------------------------------------------------------------------- */

static const struct lib_function walking[] = {
    {"pairs", table_pairs},
    {"ipairs", table_ipairs},
    {"next", table_next},
};

static const struct lib_function library[] = {
    {"insert", table_insert}, {"remove", table_remove}, {"sort", table_sort},
    {"concat", table_concat}, {"unpack", table_unpack},
};

static lua_CFunction original(lua_State *L, const char *name)
{
    lua_CFunction function;

    lua_getfield(L, -1, name);
    function = lua_tocfunction(L, -1);
    lua_pop(L, 1);
    return function;
}

void lib_table_open(lua_State *L)
{
    struct lua_originals *o = &state_face(L)->original;

    lib_add(L, walking, sizeof walking / sizeof walking[0]);
    luaL_requiref(L, LUA_TABLIBNAME, luaopen_table, 1);
    o->insert = original(L, "insert");
    o->remove = original(L, "remove");
    o->sort = original(L, "sort");
    o->concat = original(L, "concat");
    o->unpack = original(L, "unpack");
    lib_add(L, library, sizeof library / sizeof library[0]);
    lua_pop(L, 1);
}
