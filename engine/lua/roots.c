/* roots.c -- what a Lua program can still reach.
 *
 * The collector's own marks cannot be read from outside, so the values are walked through Lua's
 * interface.  Those that were marked and are to be looked into lie on the stack of the scratch
 * thread, in any order.
 */
#include "lua/roots.h"

#include "lua/state.h"
#include "lua/value.h"

#include <lauxlib.h>

/* Beyond these all counts as reached: to look would take too long. */
enum { PENDING_MAX = 200 * 1000, LEVELS_MAX = 500 };

struct walk {
    struct reach *reach;
    lua_State *S;  /* the scratch thread */
    int at;        /* index of the value that is looked into */
};

static void give_up(const struct walk *walk)
{
    walk->reach->all = true;
}

static bool is_plain_function(lua_State *S)
{
    if (!lua_iscfunction(S, -1) || !lua_getupvalue(S, -1, 1))
        return lua_iscfunction(S, -1);
    lua_pop(S, 1);
    return false;
}

/* Takes the value on top off the stack; if there is something to look into, below walk->at. */
static void take(struct walk *walk)
{
    lua_State *S = walk->S;

    walk->reach->work++;
    switch (lua_type(S, -1)) {
    case LUA_TLIGHTUSERDATA:
        reach_word(walk->reach, (uintptr_t)lua_touserdata(S, -1));
        break;
    case LUA_TFUNCTION:
        if (is_plain_function(S))
            break;
        /* fall through */
    case LUA_TTABLE:
    case LUA_TUSERDATA:
    case LUA_TTHREAD:
        if (reach_first(walk->reach, lua_topointer(S, -1))) {
            lua_insert(S, walk->at++);
            return;
        }
        break;
    default:
        break;
    }
    lua_pop(S, 1);
}

/* Its metatable is on top of the stack: what does not count in it? */
static void weakness(lua_State *S, bool *keys, bool *values)
{
    size_t len;
    const char *mode;

    lua_pushliteral(S, "__mode");
    lua_rawget(S, -2);
    mode = lua_type(S, -1) == LUA_TSTRING ? lua_tolstring(S, -1, &len) : "";
    for (; *mode; mode++) {
        *keys |= *mode == 'k';
        *values |= *mode == 'v';
    }
    lua_pop(S, 1);
}

/* What is kept by a weak key may be reached by nothing else: it counts nevertheless. */
static void walk_table(struct walk *walk)
{
    lua_State *S = walk->S;
    bool weak_keys = false, weak_values = false;

    if (lua_getmetatable(S, walk->at)) {
        weakness(S, &weak_keys, &weak_values);
        take(walk);
    }
    lua_pushnil(S);
    while (lua_next(S, walk->at)) {
        if (weak_values)
            lua_pop(S, 1);
        else
            take(walk);
        if (weak_keys)
            continue;
        lua_pushvalue(S, -1);
        take(walk);
    }
}

static void walk_function(struct walk *walk)
{
    for (int i = 1; lua_getupvalue(walk->S, walk->at, i); i++)
        take(walk);
}

static void walk_userdata(struct walk *walk)
{
    const char *bytes = lua_touserdata(walk->S, walk->at);

    reach_words(walk->reach, bytes, bytes + lua_rawlen(walk->S, walk->at));
    for (int i = 1; lua_getiuservalue(walk->S, walk->at, i) != LUA_TNONE; i++)
        take(walk);
    lua_pop(walk->S, 1);
}

/* From the stack of a thread, where it is on top. */
static void take_from(struct walk *walk, lua_State *L)
{
    if (L != walk->S)
        lua_xmove(L, walk->S, 1);
    take(walk);
}

/* Every slot of every function that runs, and what lies below them all. */
static void walk_stack(struct walk *walk, lua_State *L)
{
    int top = lua_gettop(L), level = 0;
    lua_Debug at;

    if (!lua_checkstack(L, 2)) {
        give_up(walk);
        return;
    }
    for (int i = 1; i <= top; i++) {
        lua_pushvalue(L, i);
        take_from(walk, L);
    }
    for (; level < LEVELS_MAX && lua_getstack(L, level, &at); level++) {
        lua_getinfo(L, "f", &at);
        take_from(walk, L);
        for (int n = 1; lua_getlocal(L, &at, n); n++)
            take_from(walk, L);
        for (int n = -1; lua_getlocal(L, &at, n); n--)
            take_from(walk, L);
        if (!lua_checkstack(walk->S, 16))
            break;
    }
    if (level == LEVELS_MAX)
        give_up(walk);
}

static bool is_goroutines(const struct walk *walk, const lua_State *L)
{
    for (const struct goroutine *g = walk->reach->run->live; g; g = g->next)
        if (g->face && ((const struct lua_goroutine *)g->face)->L == L)
            return true;
    return false;
}

/* A coroutine that runs may be about to be closed, and then cannot be seen whole. */
static void walk_thread(struct walk *walk, lua_State *L)
{
    lua_Debug at;

    if (L == walk->S)
        return;
    if (lua_status(L) == LUA_OK && lua_getstack(L, 0, &at) && !is_goroutines(walk, L))
        give_up(walk);
    else
        walk_stack(walk, L);
}

/* Looks into all that lies above `base`. */
static void walk_all(struct walk *walk, int base)
{
    lua_State *S = walk->S;

    while (lua_gettop(S) > base && !walk->reach->all) {
        walk->at = lua_gettop(S);
        if (walk->at > PENDING_MAX || !lua_checkstack(S, LUA_MINSTACK)) {
            give_up(walk);
            return;
        }
        switch (lua_type(S, walk->at)) {
        case LUA_TTABLE: walk_table(walk); break;
        case LUA_TFUNCTION: walk_function(walk); break;
        case LUA_TUSERDATA: walk_userdata(walk); break;
        case LUA_TTHREAD: walk_thread(walk, lua_tothread(S, walk->at)); break;
        default: break;
        }
        lua_remove(S, walk->at);
    }
}

/* --- where it begins ------------------------------------------------------- */

static int mark_globals(lua_State *S)
{
    struct walk walk = {.reach = lua_touserdata(S, 1), .S = S};
    const void *held;

    lua_rawgeti(S, LUA_REGISTRYINDEX, state_face(S)->held);
    held = lua_topointer(S, -1);
    lua_settop(S, 1);
    walk.at = 2;
    lua_pushnil(S);
    while (lua_next(S, LUA_REGISTRYINDEX)) {
        if (lua_type(S, -1) == LUA_TTHREAD || lua_topointer(S, -1) == held)
            lua_pop(S, 1);
        else
            take(&walk);
        if (!lua_checkstack(S, LUA_MINSTACK))
            return luaL_error(S, "too much");
    }
    walk_all(&walk, 1);
    return 0;
}

static int mark_goroutine(lua_State *S)
{
    struct walk walk = {.reach = lua_touserdata(S, 1), .S = S, .at = 3};
    const struct lua_goroutine *lg = lua_touserdata(S, 2);

    walk_stack(&walk, lg->L);
    walk_all(&walk, 2);
    return 0;
}

/* Arguments: the reach, the channel. */
static int mark_buffer(lua_State *S)
{
    struct walk walk = {.reach = lua_touserdata(S, 1), .S = S};
    const struct chan *chan = lua_touserdata(S, 2);

    for (uint32_t i = 0; i < chan->len; i++) {
        uint32_t at = (chan->head + i) % chan->cap;
        const struct value *value = (const struct value *)chan->buffer + at;

        if (value->tag != VALUE_TAG_HELD)
            continue;
        walk.at = 3;
        value_peek(S, value);
        take(&walk);
        walk_all(&walk, 2);
    }
    return 0;
}

/* What it takes off the stack is all it leaves; out of memory: all counts as reached. */
static void protected(struct reach *reach, lua_CFunction function, const void *what)
{
    lua_State *S = ((struct lua_face *)reach->run->face)->scratch;

    lua_settop(S, 0);
    lua_pushcfunction(S, function);
    lua_pushlightuserdata(S, reach);
    lua_pushlightuserdata(S, (void *)what);
    if (lua_pcall(S, 2, 0, 0) != LUA_OK)
        reach->all = true;
    lua_settop(S, 0);
}

static void globals(struct reach *reach)
{
    protected(reach, mark_globals, NULL);
}

static void goroutine(struct reach *reach, struct goroutine *g)
{
    if (g->face)
        protected(reach, mark_goroutine, g->face);
    else
        reach->all = true;
}

static void block(struct reach *reach, const void *at, size_t size)
{
    const struct chan *chan = at;

    if (size >= sizeof *chan && chan->type == &value_type && chan->len > 0)
        protected(reach, mark_buffer, chan);
}

const struct reach_face lua_reaches = {.globals = globals, .goroutine = goroutine, .block = block};
