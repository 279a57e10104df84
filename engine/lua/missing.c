/* missing.c -- names that a package or an object does not have. */
#include "base/spelling.h"
#include "lua/meant.h"
#include "lua/state.h"

#include <lauxlib.h>

#include <string.h>

/* The name most like it of the n at a stack index on; NULL: none is. */
static const char *likeliest(lua_State *L, int first, int n)
{
    const char *name = lua_tostring(L, 2), *best = NULL;
    unsigned least = SPELLING_FAR;

    for (int i = 0; i < n; i++) {
        const char *other = lua_tostring(L, first + i);
        unsigned distance = spelling_distance(name, strlen(name), other, strlen(other));

        if (distance < least) {
            least = distance;
            best = other;
        }
    }
    return best;
}

/* An __index.  Upvalues: who has no such name, the table of the names there are. */
static int missing(lua_State *L)
{
    int n, first;
    const char *meant;
    luaL_Buffer list;

    lua_settop(L, 2);
    if (lua_type(L, 2) != LUA_TSTRING) {
        lua_pushnil(L);
        return 1;
    }
    lua_pushvalue(L, lua_upvalueindex(2));
    first = lua_gettop(L) + 1;
    n = meant_names(L, 3);
    luaL_buffinit(L, &list);
    for (int i = 0; i < n; i++) {
        luaL_addstring(&list, i ? ", " : "");
        luaL_addstring(&list, lua_tostring(L, first + i));
    }
    luaL_pushresult(&list);
    meant = likeliest(L, first, n);
    return luaL_error(L, meant ? "%s has no '%s'; it has: %s; did you mean '%s'?"
                               : "%s has no '%s'; it has: %s", lua_tostring(L, lua_upvalueindex(1)),
                      lua_tostring(L, 2), lua_tostring(L, -1), meant);
}

void lib_strict(lua_State *L, const char *who)
{
    lua_createtable(L, 0, 1);
    lua_pushstring(L, who);
    lua_pushvalue(L, -3);
    lua_pushcclosure(L, missing, 2);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
}
