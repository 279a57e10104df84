/* hooks.c -- one function per enum rewrite_hook.
 *
 * These are the hottest functions of the face: one call per access of a learner's
 * program, most of which say nothing new.  So each asks that first, with as few calls
 * of Lua as will do.
 */
#include "lua/hooks.h"

#include "lua/blame.h"
#include "lua/state.h"

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

/* The shadow of the program that runs; NULL: nobody watches. */
static struct shadow *watching(void)
{
    const struct run *run = run_current;
    struct lua_face *face = run ? run->face : NULL;

    return face && face->hooks.shadow.run ? &face->hooks.shadow : NULL;
}

/* N(t, k, site) */
static int note(lua_State *L)
{
    struct shadow *shadow = watching();

    if (!shadow || !shadow_key_told(shadow, L, 1, 2, false)) {
        const struct hooks *hooks = hooks_of(L);
        uint32_t site = site_argument(L, 3);

        if (lua_type(L, 1) != LUA_TTABLE)
            blame_index(L, 1, "__index", site_of(hooks, site));
        else if (shadow)
            shadow_read(shadow, L, 1, 2, shadow_site(shadow, hooks->rewrite, site));
    }
    lua_pushvalue(L, 1);
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
    struct shadow *shadow = watching();
    bool deletes = lua_type(L, 3) == LUA_TNIL;

    if (!shadow || deletes || !shadow_key_told(shadow, L, 1, 2, true)) {
        const struct hooks *hooks = hooks_of(L);
        uint32_t site = site_argument(L, 4);

        if (lua_type(L, 1) != LUA_TTABLE)
            blame_index(L, 1, "__newindex", site_of(hooks, site));
        else if (shadow)
            shadow_write(shadow, L, 1, 2, deletes, shadow_site(shadow, hooks->rewrite, site));
    }
    lua_pushvalue(L, 3);
    return 1;
}

/* R(site, box).  The box is on top already. */
static int box_read(lua_State *L)
{
    struct shadow *shadow = watching();

    if (shadow && !shadow_box_told(shadow, L, 2, false))
        shadow_box(shadow, L, 2, false,
                   shadow_site(shadow, hooks_of(L)->rewrite, site_argument(L, 1)));
    return 1;
}

/* V(box, v, site) */
static int box_write(lua_State *L)
{
    struct shadow *shadow = watching();

    if (shadow && !shadow_box_told(shadow, L, 1, true)) {
        const struct hooks *hooks = hooks_of(L);
        uint32_t number = site_argument(L, 3);
        struct shadow_site site = shadow_site(shadow, hooks->rewrite, number);

        if (site_of(hooks, number)->reads)
            shadow_box(shadow, L, 1, false, site);
        shadow_box(shadow, L, 1, true, site);
    }
    lua_pushvalue(L, 2);
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
        shadow_length(&hooks->shadow, L, 1, shadow_site(&hooks->shadow, hooks->rewrite, site));
    lua_pushvalue(L, 1);
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
        [REWRITE_LENGTH] = length,
        [REWRITE_FUNCTION] = defer_frame,
    };

    for (int i = 0; i < REWRITE_HOOK_COUNT; i++) {
        lua_pushlightuserdata(L, hooks);
        lua_pushcclosure(L, functions[i], 1);
    }
}
