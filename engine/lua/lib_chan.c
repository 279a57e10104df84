/* lib_chan.c -- channels and their directional views (select: lib_select.c).
 *
 * c:sender() and c:receiver() are Go's chan<- and <-chan: userdata of types of their own that
 * hold the same channel.  What the clock or a context sends on is only ever given as a view.
 */
#include "lua/lib_chan.h"
#include "lua/state.h"
#include "sync/clock.h"

#include <lauxlib.h>

#include <stdlib.h>
#include <string.h>

static const char chan_type_name[] = "channel";
static const char sender_type_name[] = "chan<-";
static const char receiver_type_name[] = "<-chan";

enum { CAP_MAX = 1 << 24 };

void lib_element_push(lua_State *L, const struct chan *chan, const union lib_element *element)
{
    if (chan->type == &value_type)
        value_push(L, &element->value);
    else if (chan->type == &clock_type)
        lua_pushinteger(L, element->time);
    else
        lua_pushnil(L);
}

void lib_chan_push(lua_State *L, struct chan *chan)
{
    if (chan)
        lib_push(L, receiver_type_name, chan);
    else
        lua_pushnil(L);
}

/* --- views --------------------------------------------------------------- */

static const char *const use_format[] = {
    [USE_SEND] = "invalid operation: cannot send to receive-only channel %s",
    [USE_CLOSE] = "invalid operation: cannot close receive-only channel %s",
    [USE_RECV] = "invalid operation: cannot receive from send-only channel %s",
    [USE_RANGE] = "cannot range over %s (receive from send-only channel)",
};

/* The name of the caller's local variable or upvalue that holds the value at an index. */
static const char *variable(lua_State *L, int index)
{
    lua_Debug at;
    const char *name = NULL;
    bool same = false;

    if (!lua_getstack(L, 1, &at))
        return NULL;
    for (int i = 1; !same && (name = lua_getlocal(L, &at, i)); i++) {
        same = *name != '(' && lua_rawequal(L, -1, index);
        lua_pop(L, 1);
    }
    if (same)
        return name;
    lua_getinfo(L, "f", &at);
    for (int i = 1; !same && (name = lua_getupvalue(L, -1, i)); i++) {
        same = lua_rawequal(L, -1, index);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return name;
}

/* What the caller calls the channel at an index; pushes something. */
static const char *called(lua_State *L, int index)
{
    const char *name = variable(L, index);

    return name ? lua_pushstring(L, name) : luaL_tolstring(L, index, NULL);
}

/* The channel of what is no whole channel. */
static struct chan *view_at(lua_State *L, int index, const char *function, enum chan_use use)
{
    const struct lib_pointer *view = (struct lib_pointer *)lib_test(L, index, receiver_type_name);
    bool receives = view != NULL;

    if (!view)
        view = (struct lib_pointer *)lib_test(L, index, sender_type_name);
    if (!view)
        return lib_to(L, index, chan_type_name, function); /* which says what it wants */
    if (use != USE_ANY && receives != (use >= USE_RECV))
        luaL_error(L, use_format[use], called(L, index));
    return view->pointer;
}

struct chan *lib_chan_at(lua_State *L, int index, const char *function, enum chan_use use)
{
    const struct lib_pointer *object = (struct lib_pointer *)lib_test(L, index, chan_type_name);

    return object ? object->pointer : view_at(L, index, function, use);
}

/* The channel of a method call. */
static struct chan *self(lua_State *L, const char *function, enum chan_use use)
{
    return lib_chan_at(L, 1, function, use);
}

/* c:sender(), c:receiver(): of a view only itself. */
static int push_view(lua_State *L, const char *function, const char *type, const char *other)
{
    struct chan *chan = self(L, function, USE_ANY);

    if (lib_test(L, 1, other))
        return luaL_error(L, "cannot use %s (%s) as %s", called(L, 1), other, type);
    lib_push(L, type, chan);
    return 1;
}

static int method_sender(lua_State *L)
{
    return push_view(L, "c:sender", sender_type_name, receiver_type_name);
}

static int method_receiver(lua_State *L)
{
    return push_view(L, "c:receiver", receiver_type_name, sender_type_name);
}

/* --- methods ------------------------------------------------------------- */

static int chan_new(lua_State *L)
{
    struct run *run = state_at(L);
    lua_Integer cap = luaL_optinteger(L, 1, 0);
    const char *name = luaL_optstring(L, 2, NULL);
    struct chan *chan;

    if (cap < 0 || cap > CAP_MAX)
        state_fault(L, FAULT_CHAN_SIZE);
    chan = chan_make(run, &value_type, (uint32_t)cap, 0, name);
    if (!chan)
        state_fault(L, FAULT_NO_MEMORY);
    lib_push(L, chan_type_name, chan);
    return 1;
}

/* c:send() sends true: the message is that there is one. */
static int method_send(lua_State *L)
{
    struct chan *chan = self(L, "c:send", USE_SEND);
    struct run *run = state_at(L);
    struct value value = {.tag = VALUE_TAG_BOOL, .boolean = true};
    enum fault fault;

    if (lua_gettop(L) >= 2)
        value = value_take(L, 2);
    fault = chan_send(run, chan, &value);
    if (fault)
        value_drop(L, &value);
    state_fault(L, fault);
    return 0;
}

static bool receive(lua_State *L, struct chan *chan)
{
    union lib_element element = {0};
    bool ok;

    chan_recv(state_at(L), chan, &element, &ok);
    lib_element_push(L, chan, &element);
    return ok;
}

static int method_recv(lua_State *L)
{
    bool ok = receive(L, self(L, "c:recv", USE_RECV));

    lua_pushboolean(L, ok);
    return 2;
}

static int method_close(lua_State *L)
{
    struct chan *chan = self(L, "c:close", USE_CLOSE);

    state_fault(L, chan_close(state_at(L), chan));
    return 0;
}

static int method_len(lua_State *L)
{
    lua_pushinteger(L, chan_look(state_at(L), self(L, "c:len", USE_ANY)));
    return 1;
}

static int method_cap(lua_State *L)
{
    lua_pushinteger(L, chan_cap(self(L, "c:cap", USE_ANY)));
    return 1;
}

static int range_next(lua_State *L)
{
    struct chan *chan = lib_chan_at(L, lua_upvalueindex(1), "c:range", USE_RANGE);

    if (!receive(L, chan))
        return 0;
    if (lua_isnil(L, -1))
        return luaL_error(L, "a nil was received, and would end the loop as a close does; "
                             "receive with c:recv(), which says which it was");
    return 1;
}

/* for v in c:range() do */
static int method_range(lua_State *L)
{
    self(L, "c:range", USE_RANGE);
    lua_settop(L, 1);
    lua_pushcclosure(L, range_next, 1);
    return 1;
}

static int meta_tostring(lua_State *L)
{
    int id = (int)self(L, "tostring", USE_ANY)->id;

    if (lib_test(L, 1, chan_type_name))
        lua_pushfstring(L, "chan %d", id);
    else
        lua_pushfstring(L, "%s %d", lib_test(L, 1, sender_type_name) ? sender_type_name
                                                                     : receiver_type_name, id);
    return 1;
}

static bool is_chan(lua_State *L, int index)
{
    return lib_test(L, index, chan_type_name) || lib_test(L, index, sender_type_name) ||
           lib_test(L, index, receiver_type_name);
}

/* A view equals the channel it is of. */
static int meta_eq(lua_State *L)
{
    lua_pushboolean(L, is_chan(L, 1) && is_chan(L, 2) &&
                           lib_chan_at(L, 1, "==", USE_ANY) == lib_chan_at(L, 2, "==", USE_ANY));
    return 1;
}

struct chan *lib_chan_to_send(lua_State *L, int index, const char *function)
{
    return lua_isnoneornil(L, index) ? NULL : lib_chan_at(L, index, function, USE_SEND);
}

/* ------------------------------------------------------------------------- */

static const struct lib_function methods[] = {
    {"send", method_send}, {"recv", method_recv}, {"close", method_close},
    {"len", method_len},   {"cap", method_cap},   {"range", method_range},
    {"sender", method_sender}, {"receiver", method_receiver},
};

static const struct lib_function meta[] = {
    {"__tostring", meta_tostring},
    {"__eq", meta_eq},
    {"__len", method_len},
};

static const struct lib_function functions[] = {
    {"chan", chan_new},
};

static void chan_type_open(lua_State *L, const char *type)
{
    lib_type(L, type, methods, sizeof methods / sizeof methods[0], meta,
             sizeof meta / sizeof meta[0]);
}

void lib_chan_open(lua_State *L)
{
    chan_type_open(L, chan_type_name);
    chan_type_open(L, sender_type_name);
    chan_type_open(L, receiver_type_name);
    lib_add(L, functions, sizeof functions / sizeof functions[0]);
    lua_getfield(L, -1, "go");
    lib_add(L, functions, sizeof functions / sizeof functions[0]);
    lua_pop(L, 1);
}
