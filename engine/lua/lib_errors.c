/* lib_errors.c -- package errors, and fmt.Errorf.
 *
 * An error may be any value but nil and false: a string, a table, or what is made here, which has
 * an identity of its own and may wrap others.  A table takes part by its methods `unwrap` and
 * `is`, as Go's types do.
 */
#include "lua/state.h"
#include "lua/value.h"

#include <lauxlib.h>

#include <string.h>

static const char error_type[] = "error";

/* User values: the text, and the error wrapped; of several, a list {n = } that is JOINED. */
enum { TEXT = 1, WRAPPED, JOINED, USER_VALUES = JOINED };

/* Trees of errors, and formats, are only as deep as this. */
enum { DEPTH = 100 };

/* --- making --------------------------------------------------------------- */

/* Of the text on top of the stack, which is popped; pushes the error. */
static void push_error(lua_State *L)
{
    lib_new(L, error_type, sizeof(struct lib_object), USER_VALUES);
    lua_insert(L, -2);
    lua_setiuservalue(L, -2, TEXT);
}

/* string.format of what is on the stack from index `first` on; pushes the text. */
static void format(lua_State *L, int first)
{
    int n = lua_gettop(L) - first + 1;

    lua_getglobal(L, "string");
    lua_getfield(L, -1, "format");
    lua_remove(L, -2);
    luaL_checkstack(L, n + 1, "too many arguments");
    for (int i = 0; i < n; i++)
        lua_pushvalue(L, first + i);
    lua_call(L, n, 1);
}

static int errors_new(lua_State *L)
{
    luaL_checkany(L, 1);
    value_string(L, 1, NULL);
    push_error(L);
    return 1;
}

/* errors.wrap(err, format, ...): nil for nil. */
static int errors_wrap(lua_State *L)
{
    luaL_checkany(L, 1);
    luaL_checkstring(L, 2);
    if (lua_isnil(L, 1)) {
        lua_settop(L, 1);
        return 1;
    }
    format(L, 2);
    lua_pushliteral(L, ": ");
    value_string(L, 1, NULL);
    lua_concat(L, 3);
    push_error(L);
    lua_pushvalue(L, 1);
    lua_setiuservalue(L, -2, WRAPPED);
    return 1;
}

/* The format at index 1 with each %w an %s, in its place; the number of the first argument that is
 * wrapped, 0: none. */
static int wrapped_argument(lua_State *L)
{
    const char *at = luaL_checkstring(L, 1);
    luaL_Buffer plain;
    int argument = 1, found = 0;

    luaL_buffinit(L, &plain);
    for (; *at; at++) {
        luaL_addchar(&plain, *at);
        if (*at != '%')
            continue;
        for (at++; *at && strchr("-+ #0123456789.", *at); at++)
            luaL_addchar(&plain, *at);
        if (*at != '%')
            argument++;
        if (*at == 'w' && !found)
            found = argument;
        luaL_addchar(&plain, *at == 'w' || *at == 'v' ? 's' : *at);
        if (!*at)
            break;
    }
    luaL_pushresult(&plain);
    lua_replace(L, 1);
    return found;
}

/* fmt.errorf(format, ...): %w stands for an error, which is wrapped. */
static int fmt_errorf(lua_State *L)
{
    int wrapped = wrapped_argument(L);

    if (wrapped > lua_gettop(L))
        return luaL_error(L, "fmt.errorf: there is no error for '%%w'");
    format(L, 1);
    push_error(L);
    if (wrapped) {
        lua_pushvalue(L, wrapped);
        lua_setiuservalue(L, -2, WRAPPED);
    }
    return 1;
}

/* errors.join(...): a line each; nil when all are. */
static int errors_join(lua_State *L)
{
    int n = lua_gettop(L), left = 0;
    luaL_Buffer text;

    lua_createtable(L, n, 1);
    luaL_buffinit(L, &text);
    for (int i = 1; i <= n; i++) {
        if (lua_isnil(L, i))
            continue;
        if (left++ > 0)
            luaL_addchar(&text, '\n');
        value_string(L, i, NULL);
        luaL_addvalue(&text);
    }
    luaL_pushresult(&text);
    if (left == 0) {
        lua_pushnil(L);
        return 1;
    }
    push_error(L);
    left = 0;
    for (int i = 1; i <= n; i++)
        if (!lua_isnil(L, i)) {
            lua_pushvalue(L, i);
            lua_rawseti(L, n + 1, ++left);
        }
    lua_pushinteger(L, left);
    lua_setfield(L, n + 1, "n");
    lua_pushvalue(L, n + 1);
    lua_setiuservalue(L, -2, JOINED);
    return 1;
}

/* --- looking into ------------------------------------------------------------ */

/* Calls a table's method, with the argument on top of the stack when there is one (nargs), and
 * leaves the result; false: it has none, nothing is left. */
static bool ask(lua_State *L, int index, const char *method, int nargs)
{
    index = lua_absindex(L, index);
    if (lua_type(L, index) != LUA_TTABLE || lua_getfield(L, index, method) != LUA_TFUNCTION) {
        lua_pop(L, nargs + (lua_type(L, index) == LUA_TTABLE));
        return false;
    }
    lua_insert(L, -nargs - 1);
    lua_pushvalue(L, index);
    lua_insert(L, -nargs - 1);
    lua_call(L, nargs + 1, 1);
    return true;
}

/* Pushes what an error wraps, nil for nothing. */
static void push_wrapped(lua_State *L, int index)
{
    if (lib_test(L, index, error_type))
        lua_getiuservalue(L, index, WRAPPED);
    else if (!ask(L, index, "unwrap", 0))
        lua_pushnil(L);
}

/* Goes through the tree of errors below the one at `index`, itself first, until fits(L, index of
 * an error) says true. */
static bool search(lua_State *L, int index, bool (*fits)(lua_State *L, int index), int depth)
{
    int top = lua_gettop(L);
    bool found = false;

    luaL_checkstack(L, 8, "errors wrap too deeply");
    if (depth > DEPTH)
        luaL_error(L, "errors wrap one another more than %d deep", DEPTH);
    if (lua_isnil(L, index))
        return false;
    if (fits(L, index))
        return true;
    if (lib_test(L, index, error_type) && lua_getiuservalue(L, index, JOINED) == LUA_TTABLE) {
        for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, top + 1); i <= n && !found; i++) {
            lua_rawgeti(L, top + 1, i);
            found = search(L, top + 2, fits, depth + 1);
            if (!found)
                lua_settop(L, top + 1);
        }
    } else {
        lua_settop(L, top);
        push_wrapped(L, index);
        found = search(L, top + 1, fits, depth + 1);
    }
    if (!found)
        lua_settop(L, top);
    return found;
}

/* The target is at index 2. */
static bool is_target(lua_State *L, int index)
{
    bool is = lua_compare(L, index, 2, LUA_OPEQ);

    if (is)
        return true;
    lua_pushvalue(L, 2);
    if (!ask(L, index, "is", 1))
        return false;
    is = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return is;
}

static int errors_is(lua_State *L)
{
    lua_settop(L, 2);
    lua_pushboolean(L, lua_isnil(L, 1) ? lua_isnil(L, 2) : search(L, 1, is_target, 0));
    return 1;
}

/* Whether the class at index 2 is its metatable, or its metatable's __index.  Leaves it on the
 * stack, for who asked for it. */
static bool is_of_class(lua_State *L, int index)
{
    bool is;

    if (lua_type(L, index) != LUA_TTABLE || !lua_getmetatable(L, index))
        return false;
    is = lua_rawequal(L, -1, 2);
    lua_getfield(L, -1, "__index");
    is = is || lua_rawequal(L, -1, 2);
    lua_pop(L, 2);
    if (is)
        lua_pushvalue(L, index);
    return is;
}

/* errors.as(err, class): the first in err that is one, or nil. */
static int errors_as(lua_State *L)
{
    lua_settop(L, 2);
    if (lua_type(L, 2) != LUA_TTABLE)
        return state_wants(L, "errors.as", "a class (a metatable)", 2);
    if (!search(L, 1, is_of_class, 0))
        lua_pushnil(L);
    return 1;
}

static int errors_unwrap(lua_State *L)
{
    lua_settop(L, 1);
    push_wrapped(L, 1);
    return 1;
}

/* --- an error itself ----------------------------------------------------------- */

static int error_text(lua_State *L)
{
    lua_getiuservalue(L, 1, TEXT);
    return 1;
}

static int error_concat(lua_State *L)
{
    value_string(L, 1, NULL);
    value_string(L, 2, NULL);
    lua_concat(L, 2);
    return 1;
}

static const struct lib_function meta[] = {
    {"__tostring", error_text}, {"__concat", error_concat},
};

static const struct lib_function package[] = {
    {"new", errors_new}, {"wrap", errors_wrap}, {"join", errors_join},
    {"is", errors_is},   {"as", errors_as},     {"unwrap", errors_unwrap},
};

static const struct lib_function fmt[] = {{"errorf", fmt_errorf}};

void lib_errors_open(lua_State *L)
{
    lib_type(L, error_type, NULL, 0, meta, 2);
    lua_newtable(L);
    lib_add(L, package, sizeof package / sizeof package[0]);
    lib_strict(L, "package errors");
    lua_setfield(L, -2, "errors");
    lua_newtable(L);
    lib_add(L, fmt, sizeof fmt / sizeof fmt[0]);
    lib_strict(L, "package fmt");
    lua_setfield(L, -2, "fmt");
}
