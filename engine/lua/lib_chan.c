/* lib_chan.c -- channels, their directional views, and select.
 *
 * c:sender() and c:receiver() are Go's chan<- and <-chan: userdata of types of their own that
 * hold the same channel.  What the clock or a context sends on is only ever given as a view.
 */
#include "lua/state.h"
#include "lua/value.h"
#include "sync/chan.h"
#include "sync/clock.h"

#include <lauxlib.h>

#include <stdlib.h>
#include <string.h>

static const char chan_type_name[] = "channel";
static const char sender_type_name[] = "chan<-";
static const char receiver_type_name[] = "<-chan";
static const char case_type_name[] = "select case";

enum { CAP_MAX = 1 << 24 };

/* What recv(c) and send(c, v) make for select; user value 1 is the value to send. */
struct select_case {
    struct lib_object object;
    struct chan *chan;
    bool send;
};

/* Room for an element of any channel a program can have: its own, of times, of a context. */
union element {
    struct value value;
    int64_t time;
};

static void push_element(lua_State *L, const struct chan *chan, const union element *element)
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

/* What an operation wants of a channel; the last two a sender's view refuses, those before
 * them a receiver's, in the words of Go's compiler. */
enum chan_use { USE_ANY, USE_SEND, USE_CLOSE, USE_RECV, USE_RANGE };

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

static struct chan *chan_at(lua_State *L, int index, const char *function, enum chan_use use)
{
    const struct lib_pointer *object = (struct lib_pointer *)lib_test(L, index, chan_type_name);

    return object ? object->pointer : view_at(L, index, function, use);
}

/* The channel of a method call. */
static struct chan *self(lua_State *L, const char *function, enum chan_use use)
{
    return chan_at(L, 1, function, use);
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
    union element element = {0};
    bool ok;

    chan_recv(state_at(L), chan, &element, &ok);
    push_element(L, chan, &element);
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
    struct chan *chan = chan_at(L, lua_upvalueindex(1), "c:range", USE_RANGE);

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
                           chan_at(L, 1, "==", USE_ANY) == chan_at(L, 2, "==", USE_ANY));
    return 1;
}

struct chan *lib_chan_to_send(lua_State *L, int index, const char *function)
{
    return lua_isnoneornil(L, index) ? NULL : chan_at(L, index, function, USE_SEND);
}

/* --- select -------------------------------------------------------------- */

static void push_case(lua_State *L, const char *function, bool send)
{
    struct chan *chan = NULL;
    struct select_case *made;

    if (!lua_isnoneornil(L, 1))
        chan = chan_at(L, 1, function, send ? USE_SEND : USE_RECV);
    made = (struct select_case *)lib_new(L, case_type_name, sizeof *made, 1);
    made->chan = chan; /* lives as long as the run: its userdata need not */
    made->send = send;
}

static int case_recv(lua_State *L)
{
    lua_settop(L, 1);
    push_case(L, "recv", false);
    return 1;
}

static int case_send(lua_State *L)
{
    bool given = lua_gettop(L) >= 2;

    lua_settop(L, 2);
    push_case(L, "send", true);
    if (given)
        lua_pushvalue(L, 2);
    else
        lua_pushboolean(L, true);
    lua_setiuservalue(L, -2, 1);
    return 1;
}

/* Puts the names of all cases on the stack above the table, in order; returns how many. */
static int sort_names(lua_State *L, bool *has_default)
{
    int n = 0;

    lua_pushnil(L);
    while (lua_next(L, 1)) {
        bool named = lua_type(L, -2) == LUA_TSTRING;
        int at = 2, end = n + 2;

        if (named && strcmp(lua_tostring(L, -2), "default") == 0) {
            *has_default = lua_toboolean(L, -1);
            lua_pop(L, 1);
            continue;
        }
        if (!lib_test(L, -1, case_type_name))
            return luaL_error(L, "select: case '%s' is no recv(c) or send(c, v)%s",
                              luaL_tolstring(L, -2, NULL),
                              lua_isboolean(L, -2) ? "; only 'default' may be true" : "");
        lua_pop(L, 1);
        if (!named && !lua_isinteger(L, -1))
            return luaL_error(L, "select: a case is named by a string, or by its place");
        luaL_checkstack(L, 4, "select: too many cases");
        while (at < end) { /* the first that is not before it */
            int middle = (at + end) / 2;

            if (value_compare(L, middle, -1) < 0)
                at = middle + 1;
            else
                end = middle;
        }
        n++;
        lua_pushvalue(L, -1);
        lua_insert(L, at);
    }
    return n;
}

static struct clause make_clause(lua_State *L, int name, union element *element)
{
    const struct select_case *from;
    struct clause clause;

    lua_pushvalue(L, name);
    lua_rawget(L, 1);
    from = lua_touserdata(L, -1);
    clause = (struct clause){.chan = from->chan, .send = from->send, .element = element};
    *element = (union element){0};
    if (lua_type(L, name) == LUA_TSTRING)
        clause.name = lua_tostring(L, name);
    if (from->send) {
        lua_getiuservalue(L, -1, 1);
        element->value = value_take(L, -1);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return clause;
}

static int select_cases(lua_State *L)
{
    struct run *run = state_at(L);
    bool has_default = false;
    int n, names = 2; /* stack index of the first */
    int32_t chosen;
    enum fault fault;

    lua_settop(L, 1);
    n = sort_names(L, &has_default);
    state_check_room(L, (size_t)n * 2 * sizeof(struct clause)); /* they lie on the C stack */
    struct clause clauses[n ? n : 1];
    union element elements[n ? n : 1];
    for (int i = 0; i < n; i++)
        clauses[i] = make_clause(L, names + i, &elements[i]);
    fault = chan_select(run, clauses, (uint32_t)n, has_default, true, &chosen);
    for (int i = 0; i < n; i++) /* what was not sent is not held any longer */
        if (clauses[i].send && (fault || i != chosen))
            value_drop(L, &elements[i].value);
    state_fault(L, fault);
    if (chosen == CHAN_DEFAULT) {
        lua_pushliteral(L, "default");
        return 1;
    }
    lua_pushvalue(L, names + chosen);
    if (clauses[chosen].send)
        return 1;
    push_element(L, clauses[chosen].chan, &elements[chosen]);
    lua_pushboolean(L, clauses[chosen].ok);
    return 3;
}

/* Go's select { ... }, and Lua's select("#", ...). */
static int go_select(lua_State *L)
{
    if (lua_istable(L, 1))
        return select_cases(L);
    if (lua_gettop(L) == 0)
        return state_wants(L, "select", "a table of cases", 1);
    return state_face(L)->original.select(L);
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
    {"recv", case_recv},
    {"send", case_send},
    {"select", go_select},
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
    lib_type(L, case_type_name, NULL, 0, NULL, 0);
    lib_add(L, functions, sizeof functions / sizeof functions[0]);
    lua_getfield(L, -1, "go");
    lib_add(L, functions, sizeof functions / sizeof functions[0]);
    lua_pop(L, 1);
}
