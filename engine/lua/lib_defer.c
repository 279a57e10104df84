/* lib_defer.c -- defer, panic, recover, Goexit.
 *
 * A deferred call is a to-be-closed variable.  Lua makes such calls when the block is left,
 * also by an error, and hands them the error; but it goes on to the next pcall then, whatever
 * they do.  So a function that declares one runs under a pcall of its own (rewrite.h, F): when a
 * deferred call recovers, an error that is a *landing* is raised in place of the panic, and the
 * pcall of that function, the next there is, takes it and returns.
 */
#include "lua/failure.h"
#include "lua/state.h"

#include <lauxlib.h>

#include <string.h>

static const char deferred_type[] = "deferred call";
static const char landing_type[] = "landing"; /* user value 1: what the function returns, {n = } */

/* A deferred call that is being made because of an error. */
struct lua_unwinding {
    struct lua_unwinding *below;
    bool panicking;  /* else it is a return, Goexit, or a landing */
    bool recovered;
};

static struct lua_goroutine *goroutine_of(lua_State *L)
{
    return state_face(L)->run->self->face;
}

static bool is_goexit(lua_State *L, int index)
{
    return lua_touserdata(L, index) == state_goexit(L);
}

bool defer_is_end(lua_State *L, int index)
{
    return is_goexit(L, index) || lib_test(L, index, landing_type);
}

static int raise_goexit(lua_State *L)
{
    lua_pushlightuserdata(L, state_goexit(L));
    return lua_error(L);
}

/* --- functions that defer ---------------------------------------------------- */

/* Packs the n values on top of the stack into a table {n = }, and unpacks them again. */
static void pack(lua_State *L, int n)
{
    lua_createtable(L, n, 1);
    lua_insert(L, -n - 1);
    for (int i = n; i >= 1; i--)
        lua_rawseti(L, -i - 1, i);
    lua_pushinteger(L, n);
    lua_setfield(L, -2, "n");
}

static int unpack(lua_State *L)
{
    int n;

    lua_getfield(L, -1, "n");
    n = (int)lua_tointeger(L, -1);
    lua_pop(L, 1);
    luaL_checkstack(L, n + 1, "too many values");
    for (int i = 1; i <= n; i++)
        lua_rawgeti(L, -i, i);
    return n;
}

/* earlier: of the error that was on its way when the function was called. */
static int framed(lua_State *L, int status, lua_KContext earlier)
{
    struct lua_goroutine *lg = goroutine_of(L);

    if (status == LUA_OK || status == LUA_YIELD)
        return lua_gettop(L) - 1;
    if (status == LUA_ERRMEM)
        state_out_of_memory(state_face(L));
    if (!lib_test(L, -1, landing_type))
        return failure_pass_on(L);
    lg->earlier = (struct panic *)earlier;
    if (lg->exiting)
        return raise_goexit(L);
    lua_getiuservalue(L, -1, 1);
    return unpack(L);
}

int defer_frame(lua_State *L)
{
    lua_KContext earlier = (lua_KContext)goroutine_of(L)->earlier;

    state_check_stack(L);
    lua_pushcfunction(L, failure_note);
    lua_insert(L, 1);
    return framed(L, lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 1, earlier, framed), earlier);
}

int defer_caught(lua_State *L, struct panic *earlier)
{
    struct lua_goroutine *lg = goroutine_of(L);

    lg->earlier = earlier;
    lg->passed_on = false;
    if (!lg->exiting)
        return 0;
    return raise_goexit(L);
}

/* --- deferred calls ---------------------------------------------------------- */

static bool is_callable(lua_State *L, int index)
{
    bool callable = lua_isfunction(L, index);

    if (!callable && luaL_getmetafield(L, index, "__call") != LUA_TNIL) {
        callable = true;
        lua_pop(L, 1);
    }
    return callable;
}

/* defer(fn, ...): for `local _ <close> = defer(...)`. */
static int go_defer(lua_State *L)
{
    if (!is_callable(L, 1))
        return state_wants(L, "defer", "a function", 1);
    pack(L, lua_gettop(L));
    luaL_setmetatable(L, deferred_type);
    return 1;
}

/* The panic that a deferred call is made for; the value is at index 2. */
static struct panic *begin_panic(lua_State *L, struct lua_unwinding *unwinding)
{
    struct run *run = state_face(L)->run;
    struct lua_goroutine *lg = goroutine_of(L);
    struct panic *panic = region_alloc(&run->objects, sizeof *panic);
    const char *words = failure_words(L, 2);
    char *text = region_alloc(&run->objects, strlen(words) + 1);

    if (!panic || !text)
        state_out_of_memory(state_face(L));
    panic->text = strcpy(text, words);
    panic->earlier = lg->earlier;
    lua_pop(L, 1);
    lua_pushvalue(L, 2);
    lua_rawsetp(L, LUA_REGISTRYINDEX, unwinding);
    return panic;
}

/* Raises a landing that holds the values above index `below`. */
static int raise_landing(lua_State *L, int below)
{
    pack(L, lua_gettop(L) - below);
    lib_new(L, landing_type, sizeof(struct lib_object), 1);
    lua_insert(L, -2);
    lua_setiuservalue(L, -2, 1);
    return lua_error(L);
}

/* __close(call, error) */
static int deferred_close(lua_State *L)
{
    struct lua_goroutine *lg = goroutine_of(L);
    struct lua_unwinding unwinding = {.below = lg->unwinding};
    struct lua_failure *failure = lg->failure;
    struct panic *earlier = lg->earlier, *panic = NULL;
    int status;

    lua_settop(L, 2);
    unwinding.panicking = !lua_isnil(L, 2) && !defer_is_end(L, 2);
    if (unwinding.panicking) {
        panic = begin_panic(L, &unwinding);
        lg->earlier = panic;
        lg->failure = NULL; /* the panic may go on afterwards */
    }
    lg->unwinding = &unwinding;
    lua_pushcfunction(L, failure_note);
    lua_pushvalue(L, 1);
    unpack(L);
    lua_remove(L, 4);
    status = lua_pcall(L, lua_gettop(L) - 4, LUA_MULTRET, 3);
    lg->unwinding = unwinding.below;
    if (status == LUA_ERRMEM)
        state_out_of_memory(state_face(L));
    if (panic) {
        panic->recovered = unwinding.recovered;
        lua_pushnil(L);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &unwinding);
    }
    if (status != LUA_OK)
        return failure_pass_on(L);
    lg->earlier = earlier;
    lg->failure = failure;
    return unwinding.recovered ? raise_landing(L, 3) : 0;
}

/* --- panic, recover, Goexit ---------------------------------------------------- */

/* panic(v): an error without a position, as Go's own panics are. */
static int go_panic(lua_State *L)
{
    luaL_checkany(L, 1);
    state_at(L);
    lua_settop(L, 1);
    if (lua_isnil(L, 1))
        lua_pushliteral(L, "panic called with nil argument");
    return lua_error(L);
}

static bool runs(lua_State *L, int level, lua_CFunction function)
{
    lua_Debug at;
    bool is;

    if (!lua_getstack(L, level, &at))
        return false;
    lua_getinfo(L, "f", &at);
    is = lua_tocfunction(L, -1) == function;
    lua_pop(L, 1);
    return is;
}

/* Level 0 is recover, 1 who calls it.  That may itself be a function that defers. */
static bool called_by_deferred(lua_State *L)
{
    return runs(L, runs(L, 2, defer_frame) ? 4 : 2, deferred_close);
}

/* recover(): the value of the panic, which it stops; nil when there is none to recover from. */
static int go_recover(lua_State *L)
{
    struct run *run = state_at(L);
    struct lua_unwinding *unwinding = goroutine_of(L)->unwinding;

    if (!unwinding || !unwinding->panicking || unwinding->recovered || !called_by_deferred(L)) {
        lua_pushnil(L);
        return 1;
    }
    unwinding->recovered = true;
    panic_recovered(run, goroutine_of(L)->earlier->text);
    lua_rawgetp(L, LUA_REGISTRYINDEX, unwinding);
    return 1;
}

static int go_exit(lua_State *L)
{
    state_at(L);
    goroutine_of(L)->exiting = true;
    return raise_goexit(L);
}

static const struct lib_function functions[] = {
    {"panic", go_panic},
    {"defer", go_defer},
    {"recover", go_recover},
};

static const struct lib_function deferred_meta[] = {{"__close", deferred_close}};

/* The table of globals has the table `go`. */
void lib_defer_open(lua_State *L)
{
    lib_type(L, deferred_type, NULL, 0, deferred_meta, 1);
    lib_type(L, landing_type, NULL, 0, NULL, 0);
    lib_add(L, functions, 3);
    lua_getfield(L, -1, "go");
    lib_add(L, functions, 3);
    lua_pushcfunction(L, go_exit);
    lua_setfield(L, -2, "exit");
    lua_pop(L, 1);
}
