/* lib_context.c -- package context. */
#include "lua/state.h"
#include "sync/context.h"

#include <lauxlib.h>

static const char ctx_type[] = "context";

/* User values of a context. */
enum { DONE = 1, PARENT, KEY, VALUE, USER_VALUES = VALUE };

/* Registry key of what Cause says, by the context where the cancelling began. */
static const char causes_key;

static struct context *to_context(lua_State *L, int index, const char *function)
{
    return lib_to(L, index, ctx_type, function);
}

/* A panic of Go's: without a position. */
static int panics(lua_State *L, const char *words)
{
    lua_pushstring(L, words);
    return lua_error(L);
}

/* The first argument of what derives a context. */
static struct context *to_parent(lua_State *L, const char *function)
{
    if (lua_isnil(L, 1))
        panics(L, CONTEXT_NIL_PARENT);
    return to_context(L, 1, function);
}

struct context *lib_context_to(lua_State *L, int index, const char *function)
{
    return lua_isnoneornil(L, index) ? NULL : to_context(L, index, function);
}

void lib_context_push(lua_State *L, struct context *context, int parent)
{
    struct lib_pointer *made;

    if (!context)
        state_fault(L, FAULT_NO_MEMORY);
    made = (struct lib_pointer *)lib_new(L, ctx_type, sizeof *made, USER_VALUES);
    made->pointer = context;
    if (parent) {
        lua_pushvalue(L, parent);
        lua_setiuservalue(L, -2, PARENT);
    }
}

void lib_context_fail(lua_State *L, struct context *context)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &causes_key);
    lua_insert(L, -2);
    lua_rawsetp(L, -2, context);
    lua_pop(L, 1);
}

/* Of a parent at stack index 1. */
static int push_child(lua_State *L, struct context *context)
{
    lib_context_push(L, context, 1);
    return 1;
}

/* Upvalue 1: the context. */
static int cancel(lua_State *L)
{
    struct context *context = to_context(L, lua_upvalueindex(1), "cancel");

    context_cancel(state_at(L), context);
    return 0;
}

/* cancel(err): what context.cause says is err, if nothing else was first. */
static int cancel_cause(lua_State *L)
{
    struct context *context = to_context(L, lua_upvalueindex(1), "cancel");

    lua_settop(L, 1);
    if (context_cancel(state_at(L), context))
        lib_context_fail(L, context);
    return 0;
}

static int ctx_with_cancel_cause(lua_State *L)
{
    struct context *parent = to_parent(L, "context.with_cancel_cause");

    push_child(L, context_with_cancel(state_at(L), parent));
    lua_pushvalue(L, -1);
    lua_pushcclosure(L, cancel_cause, 1);
    return 2;
}

/* context.cause(ctx): nil while it lives. */
static int ctx_cause(lua_State *L)
{
    struct context *context = to_context(L, 1, "context.cause");
    enum context_error error = context_look(state_at(L), context);

    if (error == CONTEXT_LIVE) {
        lua_pushnil(L);
        return 1;
    }
    lua_rawgetp(L, LUA_REGISTRYINDEX, &causes_key);
    if (lua_rawgetp(L, -1, context->source->cause) == LUA_TNIL)
        lua_pushstring(L, context_error_text(error));
    return 1;
}

static int ctx_with_value(lua_State *L)
{
    struct context *parent = to_parent(L, "context.with_value");

    lua_settop(L, 3);
    if (lua_isnil(L, 2))
        return panics(L, "nil key");
    push_child(L, context_with_value(state_at(L), parent));
    lua_pushvalue(L, 2);
    lua_setiuservalue(L, -2, KEY);
    lua_pushvalue(L, 3);
    lua_setiuservalue(L, -2, VALUE);
    return 1;
}

/* ctx:value(key): the nearest above, or nil. */
static int ctx_value(lua_State *L)
{
    to_context(L, 1, "ctx:value");
    luaL_checkany(L, 2);
    lua_settop(L, 2);
    lua_pushvalue(L, 1);
    while (!lua_isnil(L, 3)) {
        lua_getiuservalue(L, 3, KEY);
        if (lua_rawequal(L, -1, 2)) {
            lua_getiuservalue(L, 3, VALUE);
            return 1;
        }
        lua_pop(L, 1);
        lua_getiuservalue(L, 3, PARENT);
        lua_replace(L, 3);
    }
    return 1;
}

static int ctx_without_cancel(lua_State *L)
{
    struct context *parent = to_parent(L, "context.without_cancel");

    return push_child(L, context_without_cancel(state_at(L), parent));
}

/* Upvalue 1: the struct context_after. */
static int stop_after(lua_State *L)
{
    struct context_after *after = lua_touserdata(L, lua_upvalueindex(1));

    lua_pushboolean(L, context_after_stop(state_at(L), after));
    return 1;
}

/* context.after_func(ctx, f) -> stop */
static int ctx_after_func(lua_State *L)
{
    struct context *context = to_context(L, 1, "context.after_func");
    struct later *later = later_new(L, 2, "context.after_func");
    struct context_after *after =
        context_after_func(state_at(L), context, later_entry, later, NULL);

    if (!after)
        state_fault(L, FAULT_NO_MEMORY);
    lua_pushlightuserdata(L, after);
    lua_pushcclosure(L, stop_after, 1);
    return 1;
}

/* -> ctx, cancel */
static int push_with_cancel(lua_State *L, struct context *context)
{
    push_child(L, context);
    lua_pushvalue(L, -1);
    lua_pushcclosure(L, cancel, 1);
    return 2;
}

static int ctx_background(lua_State *L)
{
    lib_context_push(L, context_background(state_at(L)), 0);
    return 1;
}

static int ctx_with_cancel(lua_State *L)
{
    struct context *parent = to_parent(L, "context.with_cancel");

    return push_with_cancel(L, context_with_cancel(state_at(L), parent));
}

static int ctx_with_timeout(lua_State *L)
{
    struct context *parent = to_parent(L, "context.with_timeout");
    lua_Integer timeout = luaL_checkinteger(L, 2);

    return push_with_cancel(L, context_with_timeout(state_at(L), parent, timeout));
}

static int ctx_with_deadline(lua_State *L)
{
    struct context *parent = to_parent(L, "context.with_deadline");
    lua_Integer deadline = luaL_checkinteger(L, 2);

    return push_with_cancel(L, context_with_deadline(state_at(L), parent, deadline));
}

/* The channel's userdata is kept in the context's. */
static int ctx_done(lua_State *L)
{
    struct context *context = to_context(L, 1, "ctx:done");

    lua_settop(L, 1);
    if (lua_getiuservalue(L, 1, DONE) != LUA_TNIL)
        return 1;
    lib_chan_push(L, context->done);
    lua_pushvalue(L, -1);
    lua_setiuservalue(L, 1, DONE);
    return 1;
}

static int ctx_err(lua_State *L)
{
    struct context *context = to_context(L, 1, "ctx:err");

    lua_pushstring(L, context_error_text(context_look(state_at(L), context)));
    return 1;
}

static int ctx_deadline(lua_State *L)
{
    struct context *context = to_context(L, 1, "ctx:deadline");

    if (context->deadline < 0)
        lua_pushnil(L);
    else
        lua_pushinteger(L, context->deadline);
    return 1;
}

static int ctx_tostring(lua_State *L)
{
    lua_pushfstring(L, "context %d", (int)to_context(L, 1, "tostring")->id);
    return 1;
}

static const struct lib_function methods[] = {
    {"done", ctx_done},
    {"err", ctx_err},
    {"deadline", ctx_deadline},
    {"value", ctx_value},
};

static const struct lib_function meta[] = {{"__tostring", ctx_tostring}};

static const struct lib_function package[] = {
    {"background", ctx_background},
    {"todo", ctx_background},
    {"with_value", ctx_with_value},
    {"with_cancel_cause", ctx_with_cancel_cause},
    {"cause", ctx_cause},
    {"without_cancel", ctx_without_cancel},
    {"after_func", ctx_after_func},
    {"with_cancel", ctx_with_cancel},
    {"with_timeout", ctx_with_timeout},
    {"with_deadline", ctx_with_deadline},
};

void lib_context_open(lua_State *L)
{
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &causes_key);
    lib_type(L, ctx_type, methods, sizeof methods / sizeof methods[0], meta, 1);
    lua_newtable(L);
    lib_add(L, package, sizeof package / sizeof package[0]);
    lua_pushstring(L, context_error_text(CONTEXT_CANCELED));
    lua_setfield(L, -2, "canceled");
    lua_pushstring(L, context_error_text(CONTEXT_DEADLINE));
    lua_setfield(L, -2, "deadline_exceeded");
    lib_strict(L, "package context");
    lua_setfield(L, -2, "context");
}
