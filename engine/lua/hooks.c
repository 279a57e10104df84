/* hooks.c -- one function per enum rewrite_hook.
 *
 * These are the hottest functions of the face: one call per access of a learner's
 * program, so each first asks whether anybody watches.
 */
#include "lua/hooks.h"

#include "lua/blame.h"

#include <lauxlib.h>

/* Metatables can form a chain of __index; Lua gives up at 2000 too. */
enum { INDEX_CHAIN = 2000 };

static struct hooks *hooks_of(lua_State *L)
{
    return lua_touserdata(L, lua_upvalueindex(1));
}

static const struct rewrite_site *site_of(const struct hooks *hooks, uint32_t site)
{
    return &hooks->rewrite->sites[site];
}

static uint32_t site_argument(lua_State *L, int index)
{
    return (uint32_t)lua_tointeger(L, index);
}

/* N(t, k, site) */
static int note(lua_State *L)
{
    struct hooks *hooks = hooks_of(L);
    uint32_t site = site_argument(L, 3);

    if (lua_type(L, 1) != LUA_TTABLE)
        blame_index(L, 1, "__index", site_of(hooks, site));
    else if (hooks->shadow.run)
        shadow_read(&hooks->shadow, L, 1, 2, shadow_site(&hooks->shadow, hooks->rewrite, site));
    lua_settop(L, 1);
    return 1;
}

static int got(lua_State *L, int status, lua_KContext context)
{
    (void)L;
    (void)status;
    (void)context;
    return 1;
}

/* G(t, k, site).  lua_gettable would do, but a coroutine could not yield in its __index. */
static int get(lua_State *L)
{
    struct hooks *hooks = hooks_of(L);
    uint32_t site = site_argument(L, 3);

    lua_settop(L, 2);
    for (int i = 0; i < INDEX_CHAIN; i++) {
        if (lua_type(L, 1) == LUA_TTABLE) {
            if (hooks->shadow.run)
                shadow_read(&hooks->shadow, L, 1, 2,
                            shadow_site(&hooks->shadow, hooks->rewrite, site));
            lua_pushvalue(L, 2);
            if (lua_rawget(L, 1) != LUA_TNIL)
                return 1;
            if (luaL_getmetafield(L, 1, "__index") == LUA_TNIL)
                return 1; /* the nil of lua_rawget */
            lua_remove(L, 3);
        } else if (luaL_getmetafield(L, 1, "__index") == LUA_TNIL) {
            blame_index(L, 1, "__index", site_of(hooks, site));
        }
        if (lua_type(L, 3) == LUA_TFUNCTION) {
            lua_insert(L, 1);
            lua_callk(L, 2, 1, 0, got);
            return 1;
        }
        lua_replace(L, 1);
    }
    return luaL_error(L, "'__index' chain too long; possibly a loop");
}

/* W(t, k, v, site) */
static int set(lua_State *L)
{
    struct hooks *hooks = hooks_of(L);
    uint32_t site = site_argument(L, 4);

    if (lua_type(L, 1) != LUA_TTABLE)
        blame_index(L, 1, "__newindex", site_of(hooks, site));
    else if (hooks->shadow.run)
        shadow_write(&hooks->shadow, L, 1, 2, lua_type(L, 3) == LUA_TNIL,
                     shadow_site(&hooks->shadow, hooks->rewrite, site));
    lua_settop(L, 3);
    return 1;
}

static void note_box(lua_State *L, uint32_t site, bool write)
{
    struct hooks *hooks = hooks_of(L);

    if (!hooks->shadow.run)
        return;
    lua_rawgeti(L, 1, 1);
    shadow_box(&hooks->shadow, (uint64_t)lua_tointeger(L, -1), write,
               shadow_site(&hooks->shadow, hooks->rewrite, site));
    lua_pop(L, 1);
}

/* R(box, site) */
static int box_read(lua_State *L)
{
    note_box(L, site_argument(L, 2), false);
    lua_settop(L, 1);
    return 1;
}

/* V(box, v, site) */
static int box_write(lua_State *L)
{
    note_box(L, site_argument(L, 3), true);
    lua_settop(L, 2);
    return 1;
}

/* B(site) */
static int box_new(lua_State *L)
{
    struct hooks *hooks = hooks_of(L);

    lua_pushinteger(L, (lua_Integer)++hooks->shadow.last_box);
    return 1;
}

/* Z(t, site) */
static int length(lua_State *L)
{
    struct hooks *hooks = hooks_of(L);
    uint32_t site = site_argument(L, 2);
    int type = lua_type(L, 1);

    if (type != LUA_TTABLE && type != LUA_TSTRING)
        blame_length(L, 1, site_of(hooks, site));
    else if (type == LUA_TTABLE && hooks->shadow.run)
        shadow_length(&hooks->shadow, L, 1,
                      shadow_site(&hooks->shadow, hooks->rewrite, site));
    lua_settop(L, 1);
    return 1;
}

void hooks_push(lua_State *L, struct hooks *hooks)
{
    static const lua_CFunction functions[REWRITE_HOOK_COUNT] = {
        [REWRITE_NOTE] = note,
        [REWRITE_GET] = get,
        [REWRITE_SET] = set,
        [REWRITE_BOX_READ] = box_read,
        [REWRITE_BOX_WRITE] = box_write,
        [REWRITE_BOX_NEW] = box_new,
        [REWRITE_LENGTH] = length,
    };

    for (int i = 0; i < REWRITE_HOOK_COUNT; i++) {
        lua_pushlightuserdata(L, hooks);
        lua_pushcclosure(L, functions[i], 1);
    }
}
