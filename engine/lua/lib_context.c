/* lib_context.c -- package context. */
#include "lua/state.h"
#include "sync/context.h"

#include <lauxlib.h>

static const char ctx_type[] = "context";

static struct context *to_context(lua_State *L, int index, const char *function)
{
    return lib_to(L, index, ctx_type, function);
}

static int push_context(lua_State *L, struct context *context)
{
    if (!context)
        state_fault(L, FAULT_NO_MEMORY);
    lib_push(L, ctx_type, context);
    return 1;
}

/* Upvalue 1: the context. */
static int cancel(lua_State *L)
{
    struct context *context = to_context(L, lua_upvalueindex(1), "cancel");

    context_cancel(state_at(L), context);
    return 0;
}

/* -> ctx, cancel */
static int push_with_cancel(lua_State *L, struct context *context)
{
    push_context(L, context);
    lua_pushvalue(L, -1);
    lua_pushcclosure(L, cancel, 1);
    return 2;
}

static int ctx_background(lua_State *L)
{
    return push_context(L, context_background(state_at(L)));
}

static int ctx_with_cancel(lua_State *L)
{
    struct context *parent = to_context(L, 1, "context.with_cancel");

    return push_with_cancel(L, context_with_cancel(state_at(L), parent));
}

static int ctx_with_timeout(lua_State *L)
{
    struct context *parent = to_context(L, 1, "context.with_timeout");
    lua_Integer timeout = luaL_checkinteger(L, 2);

    return push_with_cancel(L, context_with_timeout(state_at(L), parent, timeout));
}

static int ctx_with_deadline(lua_State *L)
{
    struct context *parent = to_context(L, 1, "context.with_deadline");
    lua_Integer deadline = luaL_checkinteger(L, 2);

    return push_with_cancel(L, context_with_deadline(state_at(L), parent, deadline));
}

/* The channel's userdata is kept in the context's. */
static int ctx_done(lua_State *L)
{
    struct context *context = to_context(L, 1, "ctx:done");

    lua_settop(L, 1);
    if (lua_getiuservalue(L, 1, 1) != LUA_TNIL)
        return 1;
    lib_chan_push(L, context->done);
    lua_pushvalue(L, -1);
    lua_setiuservalue(L, 1, 1);
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
};

static const struct lib_function meta[] = {{"__tostring", ctx_tostring}};

static const struct lib_function package[] = {
    {"background", ctx_background},
    {"with_cancel", ctx_with_cancel},
    {"with_timeout", ctx_with_timeout},
    {"with_deadline", ctx_with_deadline},
};

void lib_context_open(lua_State *L)
{
    lib_type(L, ctx_type, methods, sizeof methods / sizeof methods[0], meta, 1);
    lua_newtable(L);
    lib_add(L, package, sizeof package / sizeof package[0]);
    lua_setfield(L, -2, "context");
}
