/* lib_net.c -- package net in memory.  Errors are strings, Go's words; nil: none. */
#include "lua/state.h"
#include "sync/net.h"

#include <lauxlib.h>

#include <string.h>

static const char listener_type[] = "listener";
static const char conn_type[] = "connection";

enum { TEXT_MAX = 300 };

static void push_failure(lua_State *L, const char *operation, const char *from, const char *to,
                         const struct net_failure *failure)
{
    char text[TEXT_MAX];

    net_error_text(operation, from, to, failure, text, sizeof text);
    lua_pushstring(L, text);
}

/* nil for NET_OK. */
static int push_error(lua_State *L, const char *operation, const char *from, const char *to,
                      enum net_error error)
{
    struct net_failure failure = {.error = error};

    if (error)
        push_failure(L, operation, from, to, &failure);
    else
        lua_pushnil(L);
    return 1;
}

/* An address; as in Go it may have the network's name before it: "tcp". */
static const char *address(lua_State *L)
{
    return luaL_checkstring(L, lua_type(L, 2) == LUA_TSTRING ? 2 : 1);
}

/* --- listeners ---------------------------------------------------------------- */

/* net.listen(addr) -> l, err */
static int net_listen(lua_State *L)
{
    const char *at = address(L);
    enum net_error error;
    struct listener *listener = listener_make(state_at(L), at, &error);

    if (!listener) {
        lua_pushnil(L);
        return 1 + push_error(L, "listen", NULL, at, error);
    }
    lib_push(L, listener_type, listener);
    return 1;
}

/* l:accept() -> conn, err */
static int accept(lua_State *L)
{
    struct listener *listener = lib_to(L, 1, listener_type, "l:accept");
    enum net_error error;
    struct conn *conn = listener_accept(state_at(L), listener, &error);

    if (!conn) {
        lua_pushnil(L);
        return 1 + push_error(L, "accept", NULL, listener_address(listener), error);
    }
    lib_push(L, conn_type, conn);
    return 1;
}

static int close_listener(lua_State *L)
{
    struct listener *listener = lib_to(L, 1, listener_type, "l:close");

    return push_error(L, "close", NULL, listener_address(listener),
                      listener_close(state_at(L), listener));
}

static int listener_addr(lua_State *L)
{
    lua_pushstring(L, listener_address(lib_to(L, 1, listener_type, "l:addr")));
    return 1;
}

/* --- connections ----------------------------------------------------------------- */

static int dial(lua_State *L, struct context *context, const char *to)
{
    struct net_failure failure;
    struct conn *conn = conn_dial(state_at(L), context, to, &failure);

    if (!conn) {
        lua_pushnil(L);
        push_failure(L, "dial", NULL, to, &failure);
        return 2;
    }
    lib_push(L, conn_type, conn);
    return 1;
}

/* net.dial(addr) -> conn, err */
static int net_dial(lua_State *L)
{
    return dial(L, NULL, address(L));
}

/* net.dial_context(ctx, addr) -> conn, err */
static int net_dial_context(lua_State *L)
{
    struct context *context = lib_context_to(L, 1, "net.dial_context");

    lua_remove(L, 1);
    return dial(L, context, address(L));
}

static struct conn *conn_of(lua_State *L, const char *function)
{
    return lib_to(L, 1, conn_type, function);
}

/* c:read() -> message, err */
static int conn_read_lua(lua_State *L)
{
    struct conn *conn = conn_of(L, "c:read");
    const char *at;
    size_t n;
    enum net_error error = conn_read_message(state_at(L), conn, &at, &n);

    if (error) {
        lua_pushnil(L);
        return 1 + push_error(L, "read", conn_local(conn), conn_remote(conn), error);
    }
    lua_pushlstring(L, at, n);
    return 1;
}

/* c:write(message) -> err */
static int conn_write_lua(lua_State *L)
{
    struct conn *conn = conn_of(L, "c:write");
    size_t n;
    const char *at = luaL_checklstring(L, 2, &n);

    return push_error(L, "write", conn_local(conn), conn_remote(conn),
                      conn_write(state_at(L), conn, at, n));
}

static int conn_close_lua(lua_State *L)
{
    struct conn *conn = conn_of(L, "c:close");

    return push_error(L, "close", conn_local(conn), conn_remote(conn),
                      conn_close(state_at(L), conn));
}

/* c:set_deadline(t): an absolute time, as time.now() tells it; 0 or nil: none. */
static int set_deadline(lua_State *L, const char *function, enum net_side side)
{
    struct conn *conn = conn_of(L, function);
    lua_Integer when = lua_isnoneornil(L, 2) ? 0 : lib_duration(L, 2);

    conn_set_deadline(state_at(L), conn, side, when);
    return 0;
}

static int conn_deadline(lua_State *L)
{
    return set_deadline(L, "c:set_deadline", NET_BOTH);
}

static int conn_read_deadline(lua_State *L)
{
    return set_deadline(L, "c:set_read_deadline", NET_READ);
}

static int conn_write_deadline(lua_State *L)
{
    return set_deadline(L, "c:set_write_deadline", NET_WRITE);
}

static int conn_local_addr(lua_State *L)
{
    lua_pushstring(L, conn_local(conn_of(L, "c:local_addr")));
    return 1;
}

static int conn_remote_addr(lua_State *L)
{
    lua_pushstring(L, conn_remote(conn_of(L, "c:remote_addr")));
    return 1;
}

/* --- requests ------------------------------------------------------------------------ */

/* Pushes a field of an answer; false: it is not there. */
static bool push_field(lua_State *L, int table, const char *where, const char *name, int type)
{
    int kind = lua_getfield(L, table, name);

    if (kind != LUA_TNIL && kind != type)
        luaL_error(L, "net.world: '%s' of '%s' must be a %s, not a %s", name, where,
                   lua_typename(L, type), lua_typename(L, kind));
    return kind != LUA_TNIL;
}

/* The answer in the table on top of the stack, whose strings live as long as that. */
static struct net_answer read_answer(lua_State *L, const char *where)
{
    struct net_answer answer = {0};

    if (!lua_istable(L, -1))
        luaL_error(L, "net.world: the answer of '%s' must be a table such as "
                      "{latency = 20 * time.ms, body = \"...\"}", where);
    if (push_field(L, -1, where, "latency", LUA_TNUMBER))
        answer.latency = lib_duration(L, -1);
    if (push_field(L, -2, where, "body", LUA_TSTRING))
        answer.body = lua_tolstring(L, -1, &answer.len);
    else
        answer.body = "";
    if (push_field(L, -3, where, "error", LUA_TSTRING))
        answer.error = lua_tostring(L, -1);
    answer.status = 200;
    if (push_field(L, -4, where, "status", LUA_TNUMBER))
        answer.status = (int32_t)lua_tointeger(L, -1);
    lua_pop(L, 4);
    return answer;
}

/* net.world{[where] = answer or list of answers} */
static int net_world(lua_State *L)
{
    struct run *run = state_at(L);
    lua_Integer n;

    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    lua_getglobal(L, "pairs"); /* in an order that is the same in every run */
    lua_pushvalue(L, 1);
    lua_call(L, 1, 3);
    for (;;) {
        struct net_answer answer;
        const char *where;

        lua_pushvalue(L, 2);
        lua_pushvalue(L, 3);
        lua_pushvalue(L, 4);
        lua_call(L, 2, 2);
        if (lua_isnil(L, 5))
            return 0;
        if (lua_type(L, 5) != LUA_TSTRING)
            return luaL_error(L, "net.world: keys are addresses or URLs");
        where = lua_tostring(L, 5);
        n = lua_istable(L, 6) ? (lua_Integer)lua_rawlen(L, 6) : 0;
        for (lua_Integer i = 1; i <= n; i++) {
            lua_rawgeti(L, 6, i);
            answer = read_answer(L, where);
            net_add_answer(run, where, &answer);
            lua_pop(L, 1);
        }
        if (n == 0) {
            answer = read_answer(L, where);
            net_add_answer(run, where, &answer);
        }
        lua_pushvalue(L, 5);
        lua_replace(L, 4);
        lua_settop(L, 4);
    }
}

/* net.get(ctx, url) -> {status =, body =}, err; ctx may be nil. */
static int net_get(lua_State *L)
{
    struct context *context = lib_context_to(L, 1, "net.get");
    const char *url = luaL_checkstring(L, 2);
    struct net_answer answer;
    struct net_failure failure;

    net_request(state_at(L), context, url, &answer, &failure);
    if (failure.error) {
        lua_pushnil(L);
        push_failure(L, "Get", NULL, url, &failure);
        return 2;
    }
    lua_createtable(L, 0, 2);
    lua_pushinteger(L, answer.status);
    lua_setfield(L, -2, "status");
    lua_pushlstring(L, answer.body, answer.len);
    lua_setfield(L, -2, "body");
    return 1;
}

/* --- the package ---------------------------------------------------------------------- */

static const struct lib_function listener_methods[] = {
    {"accept", accept}, {"close", close_listener}, {"addr", listener_addr},
};

static const struct lib_function conn_methods[] = {
    {"read", conn_read_lua},
    {"write", conn_write_lua},
    {"close", conn_close_lua},
    {"set_deadline", conn_deadline},
    {"set_read_deadline", conn_read_deadline},
    {"set_write_deadline", conn_write_deadline},
    {"local_addr", conn_local_addr},
    {"remote_addr", conn_remote_addr},
};

static const struct lib_function package[] = {
    {"listen", net_listen}, {"dial", net_dial}, {"dial_context", net_dial_context},
    {"world", net_world},   {"get", net_get},
};

void lib_net_open(lua_State *L)
{
    struct net_failure eof = {.error = NET_EOF};

    lib_type(L, listener_type, listener_methods,
             sizeof listener_methods / sizeof listener_methods[0], NULL, 0);
    lib_type(L, conn_type, conn_methods, sizeof conn_methods / sizeof conn_methods[0], NULL, 0);
    lua_newtable(L);
    lib_add(L, package, sizeof package / sizeof package[0]);
    lib_strict(L, "package net");
    lua_setfield(L, -2, "net");
    lua_getfield(L, -1, "io");
    push_failure(L, "read", NULL, "", &eof);
    lua_setfield(L, -2, "EOF");
    lua_pop(L, 1);
}
