/* witness.c -- what can be told of an access of a Lua program while it is being made. */
#include "base/text.h"
#include "lua/failure.h"

#include <string.h>

/* Registry keys of the place held: a table, and the key in it. */
static const char held_table, held_key;

enum { STRING_MAX = 40 }; /* bytes of a string that are told */

static const struct shadow_now *now_of(const struct run *run)
{
    const struct lua_face *face = run->face;

    return &face->hooks.shadow.now;
}

static void stack(struct run *run)
{
    failure_tell_stack(now_of(run)->L);
}

/* Pushes the key of the access; nil: it is of no single key. */
static void push_key(const struct shadow_now *now)
{
    lua_State *L = now->L;

    switch (now->place.kind) {
    case SHADOW_ITEM:
        lua_pushinteger(L, (lua_Integer)now->place.key);
        break;
    case SHADOW_KEY:
        lua_pushvalue(L, now->k);
        break;
    case SHADOW_BOX: /* its only one */
        lua_pushnil(L);
        if (lua_next(L, now->t))
            lua_pop(L, 1);
        else
            lua_pushnil(L);
        break;
    default:
        lua_pushnil(L);
    }
}

/* "results[i]" as what it was, "results[3]"; the key is on top of the stack.  0: as it is. */
static uint32_t name_with_key(struct run *run, lua_State *L, const char *name)
{
    const char *open = strrchr(name, '[');
    struct text text = {0};
    uint32_t at = 0;

    if (!open || name[strlen(name) - 1] != ']' || strchr(open, ']')[1])
        return 0;
    text_add_n(&text, name, (size_t)(open - name));
    if (lua_isinteger(L, -1))
        text_addf(&text, "[%lld]", (long long)lua_tointeger(L, -1));
    else if (lua_type(L, -1) == LUA_TSTRING)
        text_addf(&text, "[\"%.*s\"]", STRING_MAX, lua_tostring(L, -1));
    else
        text_add(&text, open);
    if (!text.failed)
        at = run_text(run, text_string(&text), text.len);
    text_release(&text);
    return at;
}

static uint32_t hold(struct run *run, const struct access *access, uintptr_t where)
{
    const struct shadow_now *now = now_of(run);
    lua_State *L = now->L;
    uint32_t name;

    (void)where;
    lua_pushvalue(L, now->t);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &held_table);
    push_key(now);
    name = name_with_key(run, L, trace_text(run->trace, access->name));
    lua_rawsetp(L, LUA_REGISTRYINDEX, &held_key);
    return name;
}

static void met(struct run *run, uintptr_t where)
{
    (void)run;
    (void)where;
}

/* Of the value on top of the stack; objects say nothing without their contents, which others may
 * be changing. */
static enum value_kind shown(struct run *run, lua_State *L, int64_t *value)
{
    struct text text = {0};
    double number;

    switch (lua_type(L, -1)) {
    case LUA_TNIL:
        return VALUE_NIL;
    case LUA_TBOOLEAN:
        *value = lua_toboolean(L, -1);
        return VALUE_BOOL;
    case LUA_TNUMBER:
        *value = lua_tointeger(L, -1);
        if (lua_isinteger(L, -1))
            return VALUE_INT;
        number = lua_tonumber(L, -1);
        memcpy(value, &number, sizeof number);
        return VALUE_NUM;
    case LUA_TSTRING:
        text_addf(&text, "\"%.*s\"", STRING_MAX, lua_tostring(L, -1));
        *value = run_text(run, text_string(&text), text.len);
        text_release(&text);
        return VALUE_TEXT;
    default:
        return VALUE_NONE;
    }
}

static enum value_kind held(struct run *run, int64_t *value)
{
    lua_State *L = ((const struct lua_face *)run->face)->L;
    int top = lua_gettop(L);
    enum value_kind kind = VALUE_NONE;

    *value = 0;
    if (!lua_checkstack(L, 3))
        return VALUE_NONE;
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &held_table) == LUA_TTABLE &&
        lua_rawgetp(L, LUA_REGISTRYINDEX, &held_key) != LUA_TNIL) {
        lua_rawget(L, -2);
        kind = shown(run, L, value);
    }
    lua_settop(L, top);
    return kind;
}

const struct witness lua_witness = {.stack = stack, .hold = hold, .met = met, .held = held};
