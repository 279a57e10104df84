/* data.c -- runs a text of content in an empty Lua and copies its table out. */
#include "lua/data.h"

#include <lauxlib.h>
#include <lua.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    INSTRUCTIONS = 1000000,
    MEMORY = 16 << 20,
    LEVELS = 16, /* of tables; also what ends a table that contains itself */
};

/* Lua shortens long names in its messages, so the real name is put in by word_error. */
#define CHUNK "@data"

/* What the protected call works on. */
struct loading {
    struct data_file *file;
    size_t len;
    size_t memory;     /* in use by this Lua */
    size_t kept;       /* copied out, MEMORY at most: a table may be in many places */
};

static void *limited_alloc(void *context, void *at, size_t old, size_t size)
{
    struct loading *loading = context;
    void *moved;

    if (!at)
        old = 0; /* Lua passes a type tag there */
    if (size == 0) {
        loading->memory -= old;
        free(at);
        return NULL;
    }
    if (size > old && size - old > MEMORY - loading->memory)
        return NULL;
    moved = realloc(at, size);
    if (moved)
        loading->memory += size - old;
    return moved;
}

static void out_of_steps(lua_State *L, lua_Debug *at)
{
    lua_getinfo(L, "l", at);
    luaL_error(L, "data:%d: the table takes too long to build", at->currentline);
}

static void *keep(lua_State *L, struct loading *loading, size_t size)
{
    void *at = NULL;

    loading->kept += size;
    if (loading->kept <= MEMORY)
        at = region_alloc(&loading->file->memory, size ? size : 1);
    if (!at)
        luaL_error(L, "not enough memory");
    return at;
}

static const char *keep_string(lua_State *L, struct loading *loading, int index)
{
    size_t len;
    const char *string = lua_tolstring(L, index, &len);
    char *copy = keep(L, loading, len + 1);

    if (memchr(string, '\0', len))
        luaL_error(L, "zero byte in a string '%s'", string);
    memcpy(copy, string, len);
    return copy;
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const struct data_field *)a)->key, ((const struct data_field *)b)->key);
}

static void copy_value(lua_State *L, struct loading *loading, int level, struct data *out);

/* Counts the table on top of the stack and refuses keys that are neither 1..n nor strings. */
static void measure(lua_State *L, struct data *out)
{
    size_t integers = 0;

    out->table.nitems = lua_rawlen(L, -1);
    out->table.nfields = 0;
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        if (lua_type(L, -2) == LUA_TSTRING)
            out->table.nfields++;
        else if (lua_isinteger(L, -2))
            integers++;
        else
            luaL_error(L, "keys are words or positions, not a '%s'", luaL_typename(L, -2));
    }
    if (integers != out->table.nitems)
        luaL_error(L, "a list has gaps");
}

static void copy_table(lua_State *L, struct loading *loading, int level, struct data *out)
{
    struct data_field *field;

    if (level == LEVELS || !lua_checkstack(L, 8))
        luaL_error(L, "tables nest too deep");
    measure(L, out);
    out->table.items = keep(L, loading, out->table.nitems * sizeof *out->table.items);
    out->table.fields = keep(L, loading, out->table.nfields * sizeof *out->table.fields);
    for (size_t i = 0; i < out->table.nitems; i++) {
        if (lua_rawgeti(L, -1, (lua_Integer)i + 1) == LUA_TNIL)
            luaL_error(L, "a list has gaps");
        copy_value(L, loading, level + 1, &out->table.items[i]);
        lua_pop(L, 1);
    }
    field = out->table.fields;
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING)
            continue;
        field->key = keep_string(L, loading, -2);
        copy_value(L, loading, level + 1, &field->value);
        field++;
    }
    qsort(out->table.fields, out->table.nfields, sizeof *out->table.fields, by_key);
}

/* The value on top of the stack, which stays there. */
static void copy_value(lua_State *L, struct loading *loading, int level, struct data *out)
{
    switch (lua_type(L, -1)) {
    case LUA_TBOOLEAN:
        *out = (struct data){.kind = DATA_BOOL, .boolean = lua_toboolean(L, -1)};
        break;
    case LUA_TNUMBER:
        if (lua_isinteger(L, -1))
            *out = (struct data){.kind = DATA_INT, .integer = lua_tointeger(L, -1)};
        else
            *out = (struct data){.kind = DATA_NUM, .number = lua_tonumber(L, -1)};
        break;
    case LUA_TSTRING:
        *out = (struct data){.kind = DATA_STRING, .string = keep_string(L, loading, -1)};
        break;
    case LUA_TTABLE:
        *out = (struct data){.kind = DATA_TABLE};
        copy_table(L, loading, level, out);
        break;
    default:
        luaL_error(L, "values are words, numbers and tables, not a '%s'", luaL_typename(L, -1));
    }
}

static int load_protected(lua_State *L)
{
    struct loading *loading = lua_touserdata(L, 1);

    if (luaL_loadbufferx(L, loading->file->text, loading->len, CHUNK, "t") != LUA_OK)
        return lua_error(L);
    lua_sethook(L, out_of_steps, LUA_MASKCOUNT, INSTRUCTIONS);
    lua_call(L, 0, 1);
    lua_sethook(L, NULL, 0, 0);
    if (lua_type(L, -1) != LUA_TTABLE)
        return luaL_error(L, "returns no table but a '%s'", luaL_typename(L, -1));
    copy_value(L, loading, 0, &loading->file->root);
    return 0;
}

/* Gives every message its line: those that have none tell of the whole text. */
static void word_error(const char *name, const char *message, char *error, size_t size)
{
    const char *prefix = "data:";

    if (!message)
        message = "not enough memory";
    if (strncmp(message, prefix, strlen(prefix)) == 0)
        snprintf(error, size, "%s:%s", name, message + strlen(prefix));
    else
        snprintf(error, size, "%s:1: %s", name, message);
}

bool data_load(struct data_file *file, const char *name, const char *text, size_t len,
               char *error, size_t size)
{
    struct loading loading = {.file = file, .len = len};
    lua_State *L = lua_newstate(limited_alloc, &loading);
    bool loaded = false;

    *file = (struct data_file){.text = text};
    if (!L) {
        snprintf(error, size, "%s:1: not enough memory", name);
        goto no_state;
    }
    lua_pushcfunction(L, load_protected);
    lua_pushlightuserdata(L, &loading);
    loaded = lua_pcall(L, 1, 0, 0) == LUA_OK;
    if (!loaded)
        word_error(name, lua_tostring(L, -1), error, size);
    lua_close(L);
no_state:
    if (!loaded)
        data_release(file);
    return loaded;
}

void data_release(struct data_file *file)
{
    region_release(&file->memory);
    *file = (struct data_file){0};
}

const struct data *data_get(const struct data *table, const char *key)
{
    static const struct data nil;
    struct data_field wanted = {.key = key};
    const struct data_field *found;

    if (table->kind != DATA_TABLE || table->table.nfields == 0)
        return &nil;
    found = bsearch(&wanted, table->table.fields, table->table.nfields, sizeof wanted, by_key);
    return found ? &found->value : &nil;
}

const char *data_string(const struct data *table, const char *key, const char *otherwise)
{
    const struct data *value = data_get(table, key);

    return value->kind == DATA_STRING ? value->string : otherwise;
}

int64_t data_int(const struct data *table, const char *key, int64_t otherwise)
{
    const struct data *value = data_get(table, key);

    return value->kind == DATA_INT ? value->integer : otherwise;
}

bool data_bool(const struct data *table, const char *key, bool otherwise)
{
    const struct data *value = data_get(table, key);

    return value->kind == DATA_BOOL ? value->boolean : otherwise;
}

const char *data_kind_name(enum data_kind kind)
{
    static const char *const names[] = {"nil", "true or false", "whole number", "number",
                                        "string", "table"};

    return names[kind];
}

static bool in_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static const char *find_word(const char *text, const char *word)
{
    size_t len = strlen(word);

    for (const char *at = text; len && (at = strstr(at, word)); at++)
        if ((at == text || !in_word(at[-1])) && !in_word(at[len]))
            return at;
    return NULL;
}

uint32_t data_line(const struct data_file *file, const char *after, const char *word)
{
    const char *from = after ? find_word(file->text, after) : NULL;
    const char *at = find_word(from ? from : file->text, word);
    uint32_t line = 1;

    if (!at)
        at = from ? from : file->text;
    for (const char *c = file->text; c < at; c++)
        line += *c == '\n';
    return line;
}
