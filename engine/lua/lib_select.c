/* lib_select.c -- select { name = recv(c), name = send(c, v), ... }. */
#include "lua/lib_chan.h"
#include "lua/state.h"

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

/* One entry of the table given to select: key and value lie on the stack, at `key` and above. */
struct entry {
    int key;
    enum { BY_PLACE, BY_NAME, BY_NEITHER } kind;
    lua_Integer place;
    const char *name;
    size_t len;
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

/* Places before names, names by their bytes. */
static int compare(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    int order;

    if (a->kind != b->kind || a->kind == BY_NEITHER)
        return (int)a->kind - (int)b->kind;
    if (a->kind == BY_PLACE)
        return (a->place > b->place) - (a->place < b->place);
    order = memcmp(a->name, b->name, a->len < b->len ? a->len : b->len);
    return order ? order : (a->len > b->len) - (a->len < b->len);
}

static struct entry entry_at(lua_State *L, int key)
{
    struct entry entry = {.key = key, .kind = BY_NEITHER};

    if (lua_type(L, key) == LUA_TSTRING) {
        entry.kind = BY_NAME;
        entry.name = lua_tolstring(L, key, &entry.len);
    } else if (lua_isinteger(L, key)) {
        entry.kind = BY_PLACE;
        entry.place = lua_tointeger(L, key);
    }
    return entry;
}

static bool is_default(const struct entry *entry)
{
    static const char name[] = "default";

    return entry->kind == BY_NAME && entry->len == sizeof name - 1
           && memcmp(entry->name, name, entry->len) == 0;
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

static void insert(struct entry *entries, int n, const struct entry *entry)
{
    for (; n > 0 && compare(entry, &entries[n - 1]) < 0; n--)
        entries[n] = entries[n - 1];
    entries[n] = *entry;
}

/* Sorts what push_entries pushed into `entries`, all but the default; returns how many. */
static int sort_entries(lua_State *L, int pushed, struct entry *entries, bool *has_default)
{
    int n = 0;

    for (int i = 0; i < pushed; i++) {
        struct entry entry = entry_at(L, 2 + 2 * i);

        if (is_default(&entry))
            *has_default = lua_toboolean(L, entry.key + 1);
        else if (pushed <= FEW)
            insert(entries, n++, &entry);
        else
            entries[n++] = entry;
    }
    if (pushed > FEW)
        qsort(entries, (size_t)n, sizeof *entries, compare); /* no two are equal */
    return n;
}

static const struct select_case *case_of(lua_State *L, const struct entry *entry)
{
    const struct lib_object *object = lib_test(L, entry->key + 1, case_type);

    if (!object)
        luaL_error(L, "select: case '%s' is no recv(c) or send(c, v)%s",
                   luaL_tolstring(L, entry->key, NULL),
                   lua_isboolean(L, entry->key + 1) ? "; only 'default' may be true" : "");
    if (entry->kind == BY_NEITHER)
        luaL_error(L, "select: a case is named by a string, or by its place");
    return (const struct select_case *)object;
}

/* --- select -------------------------------------------------------------- */

static struct value value_to_send(lua_State *L, const struct entry *entry)
{
    struct value value;

    lua_getiuservalue(L, entry->key + 1, 1);
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
    struct entry entries[pushed ? pushed : 1];
    n = sort_entries(L, pushed, entries, &has_default);
    struct clause clauses[n ? n : 1];
    union lib_element elements[n ? n : 1];
    for (int i = 0; i < n; i++) {
        const struct select_case *from = case_of(L, &entries[i]);

        clauses[i] = (struct clause){.chan = from->chan, .send = from->send,
                                     .element = &elements[i], .name = entries[i].name};
    }
    for (int i = 0; i < n; i++) /* from here on no error is raised */
        elements[i] = (union lib_element){.value = clauses[i].send
                                                       ? value_to_send(L, &entries[i])
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
    lua_pushvalue(L, entries[chosen].key);
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
