/* blame.c -- messages as stock Lua would word them. */
#include "lua/blame.h"

#include <lauxlib.h>

/* As luaT_objtypename. */
static const char *type_name(lua_State *L, int index)
{
    int type = luaL_getmetafield(L, index, "__name");

    if (type == LUA_TSTRING && (lua_istable(L, index) || lua_type(L, index) == LUA_TUSERDATA))
        return lua_tostring(L, -1);
    return luaL_typename(L, index);
}

/* Level 1 is the Lua function that called the hook: its chunk, but the site's line. */
static void raise(lua_State *L, const char *what, int index, const struct rewrite_site *site)
{
    const char *type = type_name(L, index);
    lua_Debug at;

    if (lua_getstack(L, 1, &at) && lua_getinfo(L, "S", &at))
        lua_pushfstring(L, "%s:%d: ", at.short_src, (int)site->error_line);
    else
        lua_pushliteral(L, "");
    if (site->container)
        lua_pushfstring(L, "attempt to %s a %s value (%s)", what, type, site->container);
    else
        lua_pushfstring(L, "attempt to %s a %s value", what, type);
    lua_concat(L, 2);
    lua_error(L);
}

void blame_index(lua_State *L, int index, const char *metamethod,
                 const struct rewrite_site *site)
{
    index = lua_absindex(L, index);
    if (luaL_getmetafield(L, index, metamethod) == LUA_TNIL)
        raise(L, "index", index, site);
    lua_pop(L, 1);
}

void blame_length(lua_State *L, int index, const struct rewrite_site *site)
{
    index = lua_absindex(L, index);
    if (luaL_getmetafield(L, index, "__len") == LUA_TNIL)
        raise(L, "get length of", index, site);
    lua_pop(L, 1);
}

void blame_in_place(lua_State *L, const struct rewrite *rewrite)
{
    lua_Debug at;
    char into[512];
    const char *message = NULL;

    if (lua_type(L, 1) == LUA_TSTRING && lua_getstack(L, 1, &at) && lua_getinfo(L, "l", &at)
        && at.currentline > 0)
        message = rewrite_message(rewrite, (uint32_t)at.currentline, lua_tostring(L, 1), into,
                                  sizeof into);
    if (message) {
        lua_pushstring(L, message);
        lua_replace(L, 1);
    }
}

int blame_handler(lua_State *L)
{
    const struct rewrite *rewrite = lua_touserdata(L, lua_upvalueindex(1));

    lua_settop(L, 1);
    if (rewrite)
        blame_in_place(L, rewrite);
    return 1;
}
