/* lib_select.c -- select { name = recv(c), name = send(c, v), ... }. */
#include "lua/lib_chan.h"
#include "lua/state.h"
#include "lua/value.h"

#include <lauxlib.h>

#include <stdlib.h>
#include <string.h>

static const char case_type[] = "select case";

/* So many entries are sorted by insertion. */
enum { FEW = 16 };

/* What recv(c) and send(c, v) make; user value 1 is the value to send. */
struct select_case {
    struct lib_object object;
    struct chan *chan; /* lives as long as the run: its userdata need not */
    bool send;
};

/* --- cases --------------------------------------------------------------- */

static struct select_case *push_case(lua_State *L, struct chan *chan, bool send)
{
    struct select_case *made =
        (struct select_case *)lib_new(L, case_type, sizeof *made, send ? 1 : 0);

    made->chan = chan;
    made->send = send;
    return made;
}

/* A channel keeps its case, user value 1: a loop would make the same one over and over. */
static int case_recv(lua_State *L)
{
    struct chan *chan;

    if (lua_isnoneornil(L, 1)) {
        push_case(L, NULL, false);
        return 1;
    }
    chan = lib_chan_at(L, 1, "recv", USE_RECV);
    if (lua_getiuservalue(L, 1, 1) == LUA_TUSERDATA)
        return 1;
    push_case(L, chan, false);
    lua_pushvalue(L, -1);
    lua_setiuservalue(L, 1, 1);
    return 1;
}

static int case_send(lua_State *L)
{
    bool given = lua_gettop(L) >= 2;

    push_case(L, lua_isnoneornil(L, 1) ? NULL : lib_chan_at(L, 1, "send", USE_SEND), true);
    if (given)
        lua_pushvalue(L, 2);
    else
        lua_pushboolean(L, true);
    lua_setiuservalue(L, -2, 1);
    return 1;
}

/* --- their order --------------------------------------------------------- */

static bool is_default(const struct value_key *name)
{
    static const char word[] = "default";

    return name->rank == RANK_STRING && name->string.len == sizeof word - 1
           && memcmp(name->string.at, word, sizeof word - 1) == 0;
}

/* Puts the entries of the table at 1 above it on the stack; returns how many. */
static int push_entries(lua_State *L)
{
    int n = 0;

    lua_settop(L, 1);
    lua_pushnil(L);
    while (lua_next(L, 1)) {
        if (++n % 4 == 0)
            luaL_checkstack(L, 8 + LUA_MINSTACK, "select: too many cases");
        lua_pushvalue(L, -2);
    }
    return n;
}

static void insert(struct value_key *names, int n, const struct value_key *name)
{
    for (; n > 0 && value_key_compare(name, &names[n - 1]) < 0; n--)
        names[n] = names[n - 1];
    names[n] = *name;
}

/* Sorts what push_entries pushed by `names`, all but the default; returns how many. */
static int sort_entries(lua_State *L, int pushed, struct value_key *names, bool *has_default)
{
    int n = 0;

    for (int i = 0; i < pushed; i++) {
        struct value_key name = value_key(L, 2 + 2 * i);

        if (is_default(&name))
            *has_default = lua_toboolean(L, name.index + 1);
        else if (pushed <= FEW)
            insert(names, n++, &name);
        else
            names[n++] = name;
    }
    if (pushed > FEW)
        qsort(names, (size_t)n, sizeof *names, value_key_compare); /* no two are equal */
    return n;
}

static const struct select_case *case_of(lua_State *L, const struct value_key *name)
{
    const struct lib_object *object = lib_test(L, name->index + 1, case_type);

    if (!object)
        luaL_error(L, "select: case '%s' is no recv(c) or send(c, v)%s",
                   luaL_tolstring(L, name->index, NULL),
                   lua_isboolean(L, name->index + 1) ? "; only 'default' may be true" : "");
    if (name->rank != RANK_STRING && name->rank != RANK_INTEGER)
        luaL_error(L, "select: a case is named by a string, or by its place");
    return (const struct select_case *)object;
}

/* --- select -------------------------------------------------------------- */

static struct value value_to_send(lua_State *L, const struct value_key *name)
{
    struct value value;

    lua_getiuservalue(L, name->index + 1, 1);
    value = value_take(L, -1);
    lua_pop(L, 1);
    return value;
}

static int select_cases(lua_State *L)
{
    struct run *run = state_at(L);
    bool has_default = false;
    int pushed = push_entries(L), n;
    int32_t chosen;
    enum fault fault;

    state_check_room(L, (size_t)pushed * 4 * sizeof(struct clause)); /* all lies on the C stack */
    struct value_key names[pushed ? pushed : 1];
    n = sort_entries(L, pushed, names, &has_default);
    struct clause clauses[n ? n : 1];
    union lib_element elements[n ? n : 1];
    for (int i = 0; i < n; i++) {
        const struct select_case *from = case_of(L, &names[i]);
        bool named = names[i].rank == RANK_STRING;

        clauses[i] = (struct clause){.chan = from->chan, .send = from->send,
                                     .element = &elements[i],
                                     .name = named ? names[i].string.at : NULL};
    }
    for (int i = 0; i < n; i++) /* from here on no error is raised */
        elements[i] = (union lib_element){.value = clauses[i].send
                                                       ? value_to_send(L, &names[i])
                                                       : (struct value){0}};
    fault = chan_select(run, clauses, (uint32_t)n, has_default, true, &chosen);
    for (int i = 0; i < n; i++) /* what was not sent is not held any longer */
        if (clauses[i].send && (fault || i != chosen))
            value_drop(L, &elements[i].value);
    state_fault(L, fault);
    if (chosen == CHAN_DEFAULT) {
        lua_pushliteral(L, "default");
        return 1;
    }
    lua_pushvalue(L, names[chosen].index);
    if (clauses[chosen].send)
        return 1;
    lib_element_push(L, clauses[chosen].chan, &elements[chosen]);
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

static const struct lib_function functions[] = {
    {"recv", case_recv},
    {"send", case_send},
    {"select", go_select},
};

void lib_select_open(lua_State *L)
{
    lib_type(L, case_type, NULL, 0, NULL, 0);
    lib_add(L, functions, sizeof functions / sizeof functions[0]);
    lua_getfield(L, -1, "go");
    lib_add(L, functions, sizeof functions / sizeof functions[0]);
    lua_pop(L, 1);
}
