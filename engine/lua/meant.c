/* meant.c -- the name of the vocabulary that an unknown global was meant to be. */
#include "lua/meant.h"

#include "base/spelling.h"
#include "base/text.h"
#include "lua/scope.h"

#include <lauxlib.h>

#include <string.h>

enum { MOST_TOLD = 3 };

/* Those that are nearest so far. */
struct meant {
    const char *name;
    size_t len;
    unsigned distance;
    uint32_t found;
    struct text names;
};

int meant_names(lua_State *L, int index)
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

static void weigh(struct meant *meant, const char *package, const char *name)
{
    unsigned distance = spelling_distance(meant->name, meant->len, name, strlen(name));

    if (distance == SPELLING_FAR || distance > meant->distance)
        return;
    if (distance < meant->distance) {
        text_clear(&meant->names);
        meant->found = 0;
    }
    meant->distance = distance;
    if (meant->found++ < MOST_TOLD)
        text_addf(&meant->names, "%s'%s%s%s'", meant->found > 1 ? " or " : "", package,
                  *package ? "." : "", name);
}

/* Those of the table at the top, and of the packages in it. */
static void weigh_all(lua_State *L, struct meant *meant, const char *package)
{
    int table = lua_gettop(L), n = meant_names(L, table);

    for (int i = 1; i <= n; i++) {
        const char *name = lua_tostring(L, table + i);

        weigh(meant, package, name);
        if (*package || !scope_is_library(name, strlen(name)))
            continue;
        lua_pushvalue(L, table + i);
        lua_rawget(L, table);
        if (lua_istable(L, -1))
            weigh_all(L, meant, name);
        lua_pop(L, 1);
    }
    lua_settop(L, table);
}

void meant_in_place(lua_State *L)
{
    static const char blames[] = "a nil value (global '";
    const char *message = lua_type(L, 1) == LUA_TSTRING ? lua_tostring(L, 1) : NULL;
    const char *at = message ? strstr(message, blames) : NULL;
    struct meant meant = {.distance = SPELLING_FAR};

    if (!at || !lua_checkstack(L, 8))
        return;
    meant.name = at + sizeof blames - 1;
    meant.len = strcspn(meant.name, "'");
    lua_pushglobaltable(L);
    weigh_all(L, &meant, "");
    if (meant.found > 0 && !meant.names.failed) {
        lua_pushfstring(L, "%s; did you mean %s?", message, text_string(&meant.names));
        lua_replace(L, 1);
    }
    lua_settop(L, 1);
    text_release(&meant.names);
}
