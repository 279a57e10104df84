/* missing.c -- names that a package or an object does not have. */
#include "lua/state.h"

#include <lauxlib.h>

#include <string.h>

/* Puts the string keys of the table at an index on the stack, sorted; returns how many. */
static int push_names(lua_State *L, int index)
{
    int n = 0, first = lua_gettop(L) + 1;

    for (lua_pushnil(L); lua_next(L, index);) {
        int at = first + n;

        lua_pop(L, 1);
        if (lua_type(L, -1) != LUA_TSTRING)
            continue;
        luaL_checkstack(L, 4, NULL);
        while (at > first && strcmp(lua_tostring(L, at - 1), lua_tostring(L, -1)) > 0)
            at--;
        lua_pushvalue(L, -1);
        lua_insert(L, at);
        n++;
    }
    return n;
}

/* An __index.  Upvalues: who has no such name, the table of the names there are. */
static int missing(lua_State *L)
{
    int n, first;
    luaL_Buffer list;

    lua_settop(L, 2);
    if (lua_type(L, 2) != LUA_TSTRING) {
        lua_pushnil(L);
        return 1;
    }
    lua_pushvalue(L, lua_upvalueindex(2));
    first = lua_gettop(L) + 1;
    n = push_names(L, 3);
    luaL_buffinit(L, &list);
    for (int i = 0; i < n; i++) {
        luaL_addstring(&list, i ? ", " : "");
        luaL_addstring(&list, lua_tostring(L, first + i));
    }
    luaL_pushresult(&list);
    return luaL_error(L, "%s has no '%s'; it has: %s", lua_tostring(L, lua_upvalueindex(1)),
                      lua_tostring(L, 2), lua_tostring(L, -1));
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
