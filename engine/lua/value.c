/* value.c -- Lua values outside of Lua's stacks, and their words. */
#include "lua/value.h"

#include "lua/state.h"
#include "sync/signal.h"

#include <lauxlib.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Descriptions are cut here; tables in them after so many entries and levels. */
enum { DESCRIPTION_MAX = 60, DESCRIPTION_ENTRIES = 8, DESCRIPTION_LEVELS = 3 };

/* Registry key of the table that numbers what was shown. */
static const char shown_key;

struct value value_take(lua_State *L, int index)
{
    struct value value = {.tag = VALUE_TAG_NIL};

    if (lua_isinteger(L, index)) { /* most are */
        value.tag = VALUE_TAG_INT;
        value.integer = lua_tointeger(L, index);
        return value;
    }
    switch (lua_type(L, index)) {
    case LUA_TNIL:
        break;
    case LUA_TBOOLEAN:
        value.tag = VALUE_TAG_BOOL;
        value.boolean = lua_toboolean(L, index);
        break;
    case LUA_TNUMBER:
        value.tag = VALUE_TAG_NUM;
        value.number = lua_tonumber(L, index);
        break;
    default:
        lua_pushvalue(L, index);
        lua_rawgeti(L, LUA_REGISTRYINDEX, state_face(L)->held);
        lua_rotate(L, -2, 1);
        value.held = luaL_ref(L, -2);
        value.tag = VALUE_TAG_HELD;
        lua_pop(L, 1);
    }
    return value;
}

void value_peek(lua_State *L, const struct value *value)
{
    switch (value->tag) {
    case VALUE_TAG_NIL:
        lua_pushnil(L);
        break;
    case VALUE_TAG_BOOL:
        lua_pushboolean(L, value->boolean);
        break;
    case VALUE_TAG_INT:
        lua_pushinteger(L, value->integer);
        break;
    case VALUE_TAG_NUM:
        lua_pushnumber(L, value->number);
        break;
    case VALUE_TAG_HELD:
        lua_rawgeti(L, LUA_REGISTRYINDEX, state_face(L)->held);
        lua_rawgeti(L, -1, value->held);
        lua_remove(L, -2);
        break;
    case VALUE_TAG_SIGNAL:
        lua_pushstring(L, signal_words((uint32_t)value->integer));
        break;
    }
}

void value_push(lua_State *L, const struct value *value)
{
    value_peek(L, value);
    value_drop(L, value);
}

void value_drop(lua_State *L, const struct value *value)
{
    if (value->tag != VALUE_TAG_HELD)
        return;
    lua_rawgeti(L, LUA_REGISTRYINDEX, state_face(L)->held);
    luaL_unref(L, -1, value->held);
    lua_pop(L, 1);
}

/* --- words --------------------------------------------------------------- */

/* The number of an object, in the order in which numbers were asked for. */
static lua_Integer number_of(lua_State *L, int index)
{
    lua_Integer number;

    index = lua_absindex(L, index);
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &shown_key) != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_newtable(L);
        lua_pushliteral(L, "k");
        lua_setfield(L, -2, "__mode");
        lua_setmetatable(L, -2);
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &shown_key);
    }
    lua_pushvalue(L, index);
    lua_rawget(L, -2);
    number = lua_tointeger(L, -1);
    if (!number) {
        number = (lua_Integer)++state_face(L)->shown;
        lua_pushvalue(L, index);
        lua_pushinteger(L, number);
        lua_rawset(L, -4);
    }
    lua_pop(L, 2);
    return number;
}

const char *value_string(lua_State *L, int index, size_t *len)
{
    const char *name;

    index = lua_absindex(L, index);
    switch (lua_type(L, index)) {
    case LUA_TTABLE:
    case LUA_TUSERDATA:
    case LUA_TFUNCTION:
    case LUA_TTHREAD:
        if (luaL_getmetafield(L, index, "__tostring") != LUA_TNIL) {
            lua_pop(L, 1);
            break;
        }
        name = luaL_typename(L, index);
        if (luaL_getmetafield(L, index, "__name") == LUA_TSTRING)
            name = lua_tostring(L, -1); /* kept alive by the metatable */
        else
            lua_pushnil(L);
        lua_pushfstring(L, "%s: %I", name, (LUAI_UACINT)number_of(L, index));
        lua_copy(L, -1, -2);
        lua_pop(L, 1);
        return lua_tolstring(L, -1, len);
    }
    return luaL_tolstring(L, index, len);
}

static void describe(lua_State *L, int index, struct text *text, int level);

static void describe_string(lua_State *L, int index, struct text *text)
{
    size_t len;
    const char *s = lua_tolstring(L, index, &len);

    text_add_char(text, '"');
    for (size_t i = 0; i < len && text->len < DESCRIPTION_MAX; i++) {
        unsigned char c = (unsigned char)s[i];

        if (c == '\n')
            text_add(text, "\\n");
        else if (c == '"' || c == '\\')
            text_addf(text, "\\%c", c);
        else if (c < ' ' || c == 127)
            text_addf(text, "\\%u", c);
        else
            text_add_char(text, (char)c);
    }
    text_add_char(text, '"');
}

/* Pushes the keys of a table in order, as an array; n is their number. */
static void describe_table(lua_State *L, int index, struct text *text, int level)
{
    lua_Integer next = 1;
    unsigned entries = 0;
    int count = 0, keys;

    if (level == DESCRIPTION_LEVELS || !lua_checkstack(L, 2 * DESCRIPTION_ENTRIES + 16)) {
        text_add(text, "{...}");
        return;
    }
    /* the first few keys in order lie on the stack, sorted in as they come */
    keys = lua_gettop(L);
    lua_pushnil(L);
    while (lua_next(L, index)) {
        int at = keys + 1;

        lua_pop(L, 1);
        while (at <= keys + count && value_compare(L, at, -1) < 0)
            at++;
        if (at <= keys + DESCRIPTION_ENTRIES) {
            lua_pushvalue(L, -1);
            lua_insert(L, at);
            if (++count > DESCRIPTION_ENTRIES) {
                lua_remove(L, keys + count);
                count--;
            }
        }
        entries++;
    }
    text_add_char(text, '{');
    for (int i = keys + 1; i <= keys + count; i++) {
        if (i > keys + 1)
            text_add(text, ", ");
        if (lua_isinteger(L, i) && lua_tointeger(L, i) == next) {
            next++;
        } else if (lua_type(L, i) == LUA_TSTRING) {
            text_addf(text, "%s=", lua_tostring(L, i));
        } else {
            text_add_char(text, '[');
            describe(L, i, text, level + 1);
            text_add(text, "]=");
        }
        lua_pushvalue(L, i);
        lua_rawget(L, index);
        describe(L, lua_gettop(L), text, level + 1);
        lua_pop(L, 1);
    }
    text_add(text, entries > DESCRIPTION_ENTRIES ? ", ...}" : "}");
    lua_settop(L, keys);
}

static void describe(lua_State *L, int index, struct text *text, int level)
{
    switch (lua_type(L, index)) {
    case LUA_TSTRING:
        describe_string(L, index, text);
        break;
    case LUA_TTABLE:
        describe_table(L, index, text, level);
        break;
    case LUA_TNIL:
    case LUA_TBOOLEAN:
    case LUA_TNUMBER:
        text_add(text, luaL_tolstring(L, index, NULL));
        lua_pop(L, 1);
        break;
    case LUA_TUSERDATA:
        text_add(text, value_string(L, index, NULL));
        lua_pop(L, 1);
        break;
    default:
        text_add(text, luaL_typename(L, index));
    }
}

void value_describe(lua_State *L, int index, struct text *text)
{
    int top = lua_gettop(L);

    describe(L, lua_absindex(L, index), text, 0);
    lua_settop(L, top);
    if (text->len > DESCRIPTION_MAX) {
        size_t cut = DESCRIPTION_MAX - 3;

        while (cut > 0 && ((unsigned char)text->at[cut] & 0xc0) == 0x80)
            cut--;
        text->len = cut;
        text_add(text, "...");
    }
}

/* Arguments: a struct text, a value. */
static int describe_protected(lua_State *L)
{
    value_describe(L, 2, lua_touserdata(L, 1));
    return 0;
}

static int64_t show(struct run *run, const void *element, enum value_kind *kind)
{
    const struct value *value = element;
    struct lua_face *face = run->face;
    struct text text = {0};
    int64_t bits = 0;

    switch (value->tag) {
    case VALUE_TAG_NIL:
        *kind = VALUE_NIL;
        return 0;
    case VALUE_TAG_BOOL:
        *kind = VALUE_BOOL;
        return value->boolean;
    case VALUE_TAG_INT:
        *kind = VALUE_INT;
        return value->integer;
    case VALUE_TAG_NUM:
        *kind = VALUE_NUM;
        memcpy(&bits, &value->number, sizeof bits);
        return bits;
    case VALUE_TAG_HELD:
    case VALUE_TAG_SIGNAL:
        break;
    }
    *kind = VALUE_TEXT;
    if (!run->trace)
        return 0;
    lua_settop(face->scratch, 0);
    lua_pushcfunction(face->scratch, describe_protected);
    lua_pushlightuserdata(face->scratch, &text);
    value_peek(face->scratch, value);
    if (lua_pcall(face->scratch, 2, 0, 0) != LUA_OK)
        text_add(&text, "..."); /* out of memory: the program will meet it too */
    bits = run_text(run, text_string(&text), text.len);
    text_release(&text);
    return bits;
}

const struct chan_type value_type = {sizeof(struct value), show};

/* --- order --------------------------------------------------------------- */

struct value_key value_key(lua_State *L, int index)
{
    struct value_key key = {.index = index, .rank = RANK_OTHER};

    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
        if (lua_isinteger(L, index)) {
            key.rank = RANK_INTEGER;
            key.integer = lua_tointeger(L, index);
        } else {
            key.rank = RANK_NUMBER;
            key.number = lua_tonumber(L, index);
        }
        break;
    case LUA_TSTRING:
        key.rank = RANK_STRING;
        key.string.at = lua_tolstring(L, index, &key.string.len);
        break;
    case LUA_TBOOLEAN:
        key.rank = RANK_BOOLEAN;
        key.boolean = lua_toboolean(L, index);
        break;
    default:
        key.place = alloc_order(&state_face(L)->alloc, lua_topointer(L, index));
    }
    return key;
}

static int compare_strings(const struct value_key *a, const struct value_key *b)
{
    size_t alen = a->string.len, blen = b->string.len;
    int order = memcmp(a->string.at, b->string.at, alen < blen ? alen : blen);

    return order ? order : (alen > blen) - (alen < blen);
}

int value_key_compare(const void *left, const void *right)
{
    const struct value_key *a = left, *b = right;

    if (a->rank != b->rank)
        return (int)a->rank - (int)b->rank;
    switch (a->rank) {
    case RANK_INTEGER:
        return (a->integer > b->integer) - (a->integer < b->integer);
    case RANK_NUMBER:
        return (a->number > b->number) - (a->number < b->number);
    case RANK_STRING:
        return compare_strings(a, b);
    case RANK_BOOLEAN:
        return a->boolean - b->boolean;
    case RANK_OTHER:
        break;
    }
    return (a->place > b->place) - (a->place < b->place);
}

int value_compare(lua_State *L, int a, int b)
{
    struct value_key left = value_key(L, a), right = value_key(L, b);

    return value_key_compare(&left, &right);
}
