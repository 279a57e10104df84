/* lib_base.c -- Lua's basic functions, strings, mathematics, os: what of them a program has.
 *
 * Left out is what reaches outside (files, the environment, loading code), and
 * what differs from run to run is replaced: addresses, chance, clocks.
 */
#include "lua/blame.h"
#include "lua/failure.h"
#include "lua/state.h"
#include "lua/value.h"
#include "rt/basic.h"

#include <lauxlib.h>
#include <lualib.h>

#include <string.h>

/* What os.time counts from: 2024-01-01 00:00:00 UTC. */
enum { EPOCH = 1704067200 };

/* math.random() has this many values: each is a choice a strategy may have to try. */
enum { RANDOM_STEPS = 1024 };

static int base_print(lua_State *L)
{
    struct run *run = state_at(L);
    int n = lua_gettop(L);
    luaL_Buffer line;
    size_t len;
    const char *text;

    luaL_buffinit(L, &line);
    for (int i = 1; i <= n; i++) {
        if (i > 1)
            luaL_addchar(&line, '\t');
        value_string(L, i, NULL);
        luaL_addvalue(&line);
    }
    luaL_addchar(&line, '\n');
    luaL_pushresult(&line);
    text = lua_tolstring(L, -1, &len);
    basic_print(run, text, len);
    return 0;
}

static int base_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    value_string(L, 1, NULL);
    return 1;
}

/* Its uncaught error ends the run as a failed check, for which the message handler of a
 * goroutine looks for this very function. */
static int base_assert(lua_State *L)
{
    luaL_checkany(L, 1);
    if (lua_toboolean(L, 1))
        return lua_gettop(L);
    lua_settop(L, 2);
    if (lua_isnil(L, 2))
        lua_pushliteral(L, "assertion failed!");
    return lua_error(L);
}

/* --- protected calls ----------------------------------------------------- */

/* Both calls have on the stack: what to give back to defer_caught, the message handler, `true`, the
 * function and its arguments. */
enum { EARLIER = 1, HANDLER, RESULTS };

static int protected_done(lua_State *L, int status, lua_KContext context)
{
    (void)context;
    if (status == LUA_OK || status == LUA_YIELD)
        return lua_gettop(L) - HANDLER;
    if (status == LUA_ERRMEM)
        state_out_of_memory(state_face(L));
    if (lua_touserdata(L, -1) == state_goexit(L))
        return lua_error(L); /* not an error: nothing may catch it */
    defer_caught(L, lua_touserdata(L, EARLIER));
    lua_pushboolean(L, defer_is_end(L, -1)); /* recovered already, by a function without a frame */
    lua_pushvalue(L, -2);
    return lua_toboolean(L, -2) ? 1 : 2;
}

static int call_protected(lua_State *L)
{
    return protected_done(L, lua_pcallk(L, lua_gettop(L) - RESULTS - 1, LUA_MULTRET, HANDLER, 0,
                                        protected_done), 0);
}

static void push_earlier(lua_State *L)
{
    const struct lua_goroutine *lg = state_face(L)->run->self->face;

    lua_pushlightuserdata(L, lg->earlier);
}

/* Upvalue 1: blame_handler. */
static int base_pcall(lua_State *L)
{
    luaL_checkany(L, 1);
    state_check_stack(L);
    push_earlier(L);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushboolean(L, true);
    lua_rotate(L, 1, RESULTS);
    return call_protected(L);
}

/* Upvalue 1: the learner's handler. */
static int handler(lua_State *L)
{
    lua_settop(L, 1);
    if (defer_is_end(L, 1))
        return 1;
    if (state_face(L)->instrumented)
        blame_in_place(L, &state_face(L)->rewrite);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, 1, 1);
    return 1;
}

static int base_xpcall(lua_State *L)
{
    luaL_checktype(L, 2, LUA_TFUNCTION);
    state_check_stack(L);
    lua_pushvalue(L, 2);
    lua_pushcclosure(L, handler, 1);
    lua_replace(L, 2);
    lua_pushboolean(L, true);
    lua_pushvalue(L, 1);
    lua_rotate(L, RESULTS, 2);
    push_earlier(L);
    lua_replace(L, EARLIER);
    return call_protected(L);
}

/* --- raw access ---------------------------------------------------------- */

static int base_rawget(lua_State *L)
{
    struct shadow *shadow = state_shadow(L);

    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checkany(L, 2);
    lua_settop(L, 2);
    if (shadow)
        shadow_read(shadow, L, 1, 2, state_site(L, "rawget(...)"));
    lua_rawget(L, 1);
    return 1;
}

static int base_rawset(lua_State *L)
{
    struct shadow *shadow = state_shadow(L);

    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checkany(L, 2);
    luaL_checkany(L, 3);
    lua_settop(L, 3);
    if (shadow)
        shadow_write(shadow, L, 1, 2, lua_isnil(L, 3), state_site(L, "rawset(...)"));
    lua_rawset(L, 1);
    return 1;
}

/* --- coroutines ----------------------------------------------------------- */

static int coroutine_create(lua_State *L)
{
    int n = state_face(L)->original.create(L);

    budget_count(lua_tothread(L, -1));
    return n;
}

static int coroutine_wrap(lua_State *L)
{
    int n = state_face(L)->original.wrap(L);

    if (lua_getupvalue(L, -1, 1)) { /* the thread */
        budget_count(lua_tothread(L, -1));
        lua_pop(L, 1);
    }
    return n;
}

/* --- strings ------------------------------------------------------------- */

static bool shows_address(const char *format)
{
    for (; (format = strchr(format, '%')); format++) {
        format++;
        format += strspn(format, "-+ #0123456789.");
        if (*format == 'p')
            return true;
        if (!*format)
            return false;
    }
    return false;
}

static int string_format(lua_State *L)
{
    if (shows_address(luaL_checkstring(L, 1)))
        return luaL_error(L, "string.format: '%%p' shows an address, "
                             "which is never the same twice");
    for (int i = 2, n = lua_gettop(L); i <= n; i++) {
        switch (lua_type(L, i)) {
        case LUA_TTABLE:
        case LUA_TUSERDATA:
        case LUA_TFUNCTION:
        case LUA_TTHREAD:
            value_string(L, i, NULL);
            lua_replace(L, i);
        }
    }
    return state_face(L)->original.format(L);
}

static int string_gsub(lua_State *L)
{
    state_check_stack(L);
    return state_face(L)->original.gsub(L);
}

/* --- mathematics --------------------------------------------------------- */

static int math_random(lua_State *L)
{
    struct run *run = state_at(L);
    lua_Integer low = 1, high;
    lua_Unsigned range;

    if (lua_gettop(L) == 0) {
        lua_pushnumber(L, (lua_Number)basic_rand(run, RANDOM_STEPS) / RANDOM_STEPS);
        return 1;
    }
    high = luaL_checkinteger(L, lua_gettop(L) > 1 ? 2 : 1);
    if (lua_gettop(L) > 1)
        low = luaL_checkinteger(L, 1);
    luaL_argcheck(L, low <= high, lua_gettop(L) > 1 ? 2 : 1, "interval is empty");
    range = (lua_Unsigned)high - (lua_Unsigned)low;
    luaL_argcheck(L, range < UINT32_MAX, 1, "interval too large");
    lua_pushinteger(L, low + (lua_Integer)basic_rand(run, (uint32_t)range + 1));
    return 1;
}

/* Chance is the strategy's: there is no seed. */
static int math_randomseed(lua_State *L)
{
    (void)L;
    return 0;
}

/* --- os, io -------------------------------------------------------------- */

static int os_time(lua_State *L)
{
    lua_pushinteger(L, EPOCH + (lua_Integer)(state_at(L)->now / 1000000000));
    return 1;
}

static int os_clock(lua_State *L)
{
    lua_pushnumber(L, (lua_Number)state_at(L)->now / 1e9);
    return 1;
}

static int os_exit(lua_State *L)
{
    int32_t code = 0;

    if (lua_isboolean(L, 1))
        code = lua_toboolean(L, 1) ? 0 : 1;
    else
        code = (int32_t)luaL_optinteger(L, 1, 0);
    basic_exit(state_at(L), code);
}

static int io_write(lua_State *L)
{
    struct run *run = state_at(L);
    int n = lua_gettop(L);
    luaL_Buffer all;
    size_t len;
    const char *text;

    luaL_buffinit(L, &all);
    for (int i = 1; i <= n; i++) {
        luaL_checkstring(L, i);
        lua_pushvalue(L, i);
        luaL_addvalue(&all);
    }
    luaL_pushresult(&all);
    text = lua_tolstring(L, -1, &len);
    basic_print(run, text, len);
    return 0;
}

/* ------------------------------------------------------------------------- */

static const struct lib_function base[] = {
    {"print", base_print},   {"tostring", base_tostring}, {"assert", base_assert},
    {"error", failure_error},
    {"xpcall", base_xpcall}, {"rawget", base_rawget},     {"rawset", base_rawset},
};

static const char *const left_out[] = {"dofile", "loadfile", "load", "warn", "require"};

static const struct lib_function threads[] = {
    {"create", coroutine_create},
    {"wrap", coroutine_wrap},
};

static const struct lib_function random[] = {
    {"random", math_random},
    {"randomseed", math_randomseed},
};

static const struct lib_function os[] = {{"time", os_time}, {"clock", os_clock}, {"exit", os_exit}};

static const struct lib_function io[] = {{"write", io_write}};

static void open_coroutines(lua_State *L)
{
    struct lua_originals *original = &state_face(L)->original;

    luaL_requiref(L, LUA_COLIBNAME, luaopen_coroutine, 1);
    lua_getfield(L, -1, "create");
    original->create = lua_tocfunction(L, -1);
    lua_getfield(L, -2, "wrap");
    original->wrap = lua_tocfunction(L, -1);
    lua_pop(L, 2);
    lib_add(L, threads, sizeof threads / sizeof threads[0]);
    lua_pop(L, 1);
}

static void open_strings(lua_State *L)
{
    struct lua_originals *original = &state_face(L)->original;

    luaL_requiref(L, LUA_STRLIBNAME, luaopen_string, 1);
    lua_getfield(L, -1, "format");
    original->format = lua_tocfunction(L, -1);
    lua_getfield(L, -2, "gsub");
    original->gsub = lua_tocfunction(L, -1);
    lua_pop(L, 2);
    lua_pushcfunction(L, string_format);
    lua_setfield(L, -2, "format");
    lua_pushcfunction(L, string_gsub);
    lua_setfield(L, -2, "gsub");
    lua_pushnil(L);
    lua_setfield(L, -2, "dump");
    lua_pop(L, 1);
}

void lib_base_open(lua_State *L)
{
    struct lua_face *face = state_face(L);

    luaL_requiref(L, LUA_GNAME, luaopen_base, 1);
    lua_getfield(L, -1, "select");
    face->original.select = lua_tocfunction(L, -1);
    lua_pop(L, 2);
    open_coroutines(L);
    luaL_requiref(L, LUA_UTF8LIBNAME, luaopen_utf8, 1);
    luaL_requiref(L, LUA_MATHLIBNAME, luaopen_math, 1);
    lib_add(L, random, sizeof random / sizeof random[0]);
    lua_pop(L, 2);
    open_strings(L);

    lib_add(L, base, sizeof base / sizeof base[0]);
    for (size_t i = 0; i < sizeof left_out / sizeof left_out[0]; i++) {
        lua_pushnil(L);
        lua_setfield(L, -2, left_out[i]);
    }
    lua_pushlightuserdata(L, face->instrumented ? &face->rewrite : NULL);
    lua_pushcclosure(L, blame_handler, 1);
    lua_pushcclosure(L, base_pcall, 1);
    lua_setfield(L, -2, "pcall");
    lua_newtable(L);
    lib_add(L, os, sizeof os / sizeof os[0]);
    lua_setfield(L, -2, "os");
    lua_newtable(L);
    lib_add(L, io, sizeof io / sizeof io[0]);
    lua_setfield(L, -2, "io");
}
