/* lib_cell.c -- package atomic, and sync.Map. */
#include "lua/state.h"
#include "lua/value.h"
#include "sync/cell.h"

#include <lauxlib.h>

static const char int_type[] = "atomic.Int";
static const char any_type[] = "atomic.Value"; /* and Bool, Pointer: user value 1 is what it holds */
static const char map_type[] = "Map";

/* Tells of an operation; the value told is at an index of the stack. */
static void tell(lua_State *L, const struct cell *cell, struct cell_told told, int index)
{
    struct run *run = state_face(L)->run;

    if (!run->quiet) {
        struct value value = value_take(L, index);

        told.value = value_type.show(run, &value, &told.kind);
        value_drop(L, &value);
    }
    cell_tell(run, cell, &told);
}

static struct cell *new_cell(lua_State *L, enum object_kind kind, const char *name)
{
    struct cell *cell = cell_make(state_at(L), kind, name);

    if (!cell)
        state_fault(L, FAULT_NO_MEMORY);
    return cell;
}

/* --- atomic.Int ------------------------------------------------------------- */

static int new_int(lua_State *L, enum atomic_kind kind)
{
    lua_Integer value = luaL_optinteger(L, 1, 0);
    struct atomic *atomic = atomic_make_kind(state_at(L), kind, value, luaL_optstring(L, 2, NULL));

    if (!atomic)
        state_fault(L, FAULT_NO_MEMORY);
    lib_push(L, int_type, atomic);
    return 1;
}

static int int64_new(lua_State *L)
{
    return new_int(L, ATOMIC_INT64);
}

static int int32_new(lua_State *L)
{
    return new_int(L, ATOMIC_INT32);
}

static int uint32_new(lua_State *L)
{
    return new_int(L, ATOMIC_UINT32);
}

/* Of Lua's integers, which have as many bits: what is above the largest is negative. */
static int uint64_new(lua_State *L)
{
    return new_int(L, ATOMIC_UINT64);
}

static int int_load(lua_State *L)
{
    struct atomic *atomic = lib_to(L, 1, int_type, "a:load");

    lua_pushinteger(L, atomic_load(state_at(L), atomic));
    return 1;
}

static int int_store(lua_State *L)
{
    struct atomic *atomic = lib_to(L, 1, int_type, "a:store");
    lua_Integer value = luaL_checkinteger(L, 2);

    atomic_store(state_at(L), atomic, value);
    return 0;
}

static int int_add(lua_State *L)
{
    struct atomic *atomic = lib_to(L, 1, int_type, "a:add");
    lua_Integer delta = luaL_checkinteger(L, 2);

    lua_pushinteger(L, atomic_add(state_at(L), atomic, delta));
    return 1;
}

static int int_swap(lua_State *L)
{
    struct atomic *atomic = lib_to(L, 1, int_type, "a:swap");
    lua_Integer value = luaL_checkinteger(L, 2);

    lua_pushinteger(L, atomic_swap(state_at(L), atomic, value));
    return 1;
}

static int int_cas(lua_State *L)
{
    struct atomic *atomic = lib_to(L, 1, int_type, "a:cas");
    lua_Integer old = luaL_checkinteger(L, 2), value = luaL_checkinteger(L, 3);

    lua_pushboolean(L, atomic_cas(state_at(L), atomic, old, value));
    return 1;
}

/* --- atomic.Value, atomic.Pointer, atomic.Bool -------------------------------- */

/* What may be put in. */
enum any_kind { ANY_VALUE, ANY_POINTER, ANY_BOOL };

struct any {
    struct lib_pointer cell;
    enum any_kind kind;
};

/* A pointer is what two can share. */
static void check_pointer(lua_State *L, const char *function, int index)
{
    int type = lua_type(L, index);

    if (type == LUA_TNUMBER || type == LUA_TBOOLEAN || type == LUA_TSTRING)
        state_wants(L, function, "a table, or nil", index);
}

/* Whether two values are of one type in Go's sense: objects of the engine have types of their own,
 * and tables those of their metatables. */
static bool same_type(lua_State *L, int a, int b)
{
    bool same;

    if (lua_type(L, a) != lua_type(L, b))
        return false;
    a = lua_absindex(L, a);
    b = lua_absindex(L, b);
    if (!lua_istable(L, a) && lua_type(L, a) != LUA_TUSERDATA)
        return true;
    if (!lua_getmetatable(L, a))
        lua_pushnil(L);
    if (!lua_getmetatable(L, b))
        lua_pushnil(L);
    same = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return same;
}

static int push_any(lua_State *L, enum any_kind kind, int value, int name)
{
    struct cell *cell = new_cell(L, OBJECT_ATOMIC, luaL_optstring(L, name, NULL));
    struct any *any = (struct any *)lib_new(L, any_type, sizeof *any, 1);

    any->cell.pointer = cell;
    any->kind = kind;
    lua_pushvalue(L, value);
    lua_setiuservalue(L, -2, 1);
    return 1;
}

static int any_new(lua_State *L)
{
    lua_settop(L, 2);
    return push_any(L, ANY_VALUE, 1, 2);
}

static int pointer_new(lua_State *L)
{
    lua_settop(L, 2);
    check_pointer(L, "atomic.Pointer", 1);
    return push_any(L, ANY_POINTER, 1, 2);
}

static int bool_new(lua_State *L)
{
    lua_settop(L, 2);
    lua_pushboolean(L, lua_toboolean(L, 1));
    lua_replace(L, 1);
    return push_any(L, ANY_BOOL, 1, 2);
}

/* Before a step that is to put the value at an index in. */
static struct cell *changing(lua_State *L, const char *function, const char *what, int index)
{
    struct cell *cell = lib_to(L, 1, any_type, function);
    enum any_kind kind = ((struct any *)lua_touserdata(L, 1))->kind;

    luaL_checkany(L, index);
    if (kind == ANY_BOOL && !lua_isboolean(L, index))
        state_wants(L, function, "a boolean", index);
    if (kind == ANY_POINTER)
        check_pointer(L, function, index);
    if (kind == ANY_VALUE && lua_isnil(L, index)) {
        lua_pushfstring(L, "sync/atomic: %s of nil value into Value", what);
        lua_error(L);
    }
    cell_step(state_at(L), cell, true);
    lua_getiuservalue(L, 1, 1);
    if (kind == ANY_VALUE && !lua_isnil(L, -1) && !same_type(L, -1, index)) {
        tell(L, cell, (struct cell_told){.op = CELL_LOAD}, -1);
        lua_pushfstring(L, "sync/atomic: %s of inconsistently typed value into Value", what);
        lua_error(L);
    }
    lua_pop(L, 1);
    return cell;
}

static int any_load(lua_State *L)
{
    struct cell *cell = lib_to(L, 1, any_type, "a:load");

    cell_step(state_at(L), cell, false);
    lua_getiuservalue(L, 1, 1);
    tell(L, cell, (struct cell_told){.op = CELL_LOAD}, -1);
    return 1;
}

/* Puts the value at an index in; leaves the old one on the stack. */
static void exchange(lua_State *L, struct cell *cell, enum cell_op op, int index)
{
    lua_getiuservalue(L, 1, 1);
    lua_pushvalue(L, index);
    lua_setiuservalue(L, 1, 1);
    tell(L, cell, (struct cell_told){.op = op, .changed = true}, index);
}

static int any_store(lua_State *L)
{
    struct cell *cell = changing(L, "a:store", "store", 2);

    exchange(L, cell, CELL_STORE, 2);
    return 0;
}

static int any_swap(lua_State *L)
{
    struct cell *cell = changing(L, "a:swap", "swap", 2);

    exchange(L, cell, CELL_SWAP, 2);
    return 1;
}

static int any_cas(lua_State *L)
{
    struct cell *cell = changing(L, "a:cas", "compare and swap", 3);
    bool equal;

    lua_getiuservalue(L, 1, 1);
    equal = lua_rawequal(L, -1, 2);
    if (equal)
        exchange(L, cell, CELL_CAS, 3);
    else
        tell(L, cell, (struct cell_told){.op = CELL_CAS}, -1);
    lua_pushboolean(L, equal);
    return 1;
}

/* --- sync.Map -----------------------------------------------------------------
 *
 * User values: 1 values by key, 2 numbers by key, 3 keys by number, in order of their first
 * use; Range goes by it. */

enum { MAP_VALUES = 1, MAP_NUMBERS, MAP_KEYS };

static int map_new(lua_State *L)
{
    struct cell *cell = new_cell(L, OBJECT_MAP, luaL_optstring(L, 1, NULL));
    struct lib_pointer *map =
        (struct lib_pointer *)lib_new(L, map_type, sizeof(struct lib_pointer), 3);

    map->pointer = cell;
    for (int i = MAP_VALUES; i <= MAP_KEYS; i++) {
        lua_newtable(L);
        lua_setiuservalue(L, -2, i);
    }
    return 1;
}

static struct cell *map_of(lua_State *L, const char *function, int arguments)
{
    struct cell *cell = lib_to(L, 1, map_type, function);

    if (lua_isnoneornil(L, 2))
        luaL_error(L, "%s wants a key, got nothing", function);
    if (lua_type(L, 2) == LUA_TNUMBER && lua_tonumber(L, 2) != lua_tonumber(L, 2))
        luaL_error(L, "%s: a key must not be NaN", function);
    lua_settop(L, arguments + 1);
    return cell;
}

/* The number of the key at index 2. */
static uint32_t key_number(lua_State *L)
{
    lua_Integer number;

    lua_getiuservalue(L, 1, MAP_NUMBERS);
    lua_pushvalue(L, 2);
    lua_rawget(L, -2);
    number = lua_tointeger(L, -1);
    lua_pop(L, 1);
    if (!number) {
        lua_getiuservalue(L, 1, MAP_KEYS);
        number = (lua_Integer)lua_rawlen(L, -1) + 1;
        lua_pushvalue(L, 2);
        lua_rawseti(L, -2, number);
        lua_pop(L, 1);
        lua_pushvalue(L, 2);
        lua_pushinteger(L, number);
        lua_rawset(L, -3);
    }
    lua_pop(L, 1);
    return (uint32_t)number;
}

/* Tells of an operation on the key at index 2; the value told is at an index of the stack. */
static void tell_key(lua_State *L, const struct cell *cell, enum cell_op op, bool changed,
                     int index)
{
    struct cell_told told = {.op = op, .changed = changed, .key = key_number(L)};
    struct text key = {0};

    if (state_face(L)->run->trace) {
        value_describe(L, 2, &key);
        told.text = text_string(&key);
    }
    index = lua_absindex(L, index);
    tell(L, cell, told, index);
    text_release(&key);
}

/* Pushes the value of the key at index 2. */
static bool push_value(lua_State *L)
{
    lua_getiuservalue(L, 1, MAP_VALUES);
    lua_pushvalue(L, 2);
    lua_rawget(L, -2);
    lua_remove(L, -2);
    return !lua_isnil(L, -1);
}

/* Sets the key at index 2 to the value at an index. */
static void set_value(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    lua_getiuservalue(L, 1, MAP_VALUES);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, index);
    lua_rawset(L, -3);
    lua_pop(L, 1);
}

static void check_value(lua_State *L, int index, const char *function)
{
    if (lua_isnoneornil(L, index))
        luaL_error(L, "%s wants a value, got nil: use m:delete", function);
}

static int map_load(lua_State *L)
{
    struct cell *cell = map_of(L, "m:load", 1);
    bool found;

    cell_step(state_at(L), cell, false);
    found = push_value(L);
    tell_key(L, cell, CELL_LOAD, false, -1);
    lua_pushboolean(L, found);
    return 2;
}

static int map_store(lua_State *L)
{
    struct cell *cell = map_of(L, "m:store", 2);

    check_value(L, 3, "m:store");
    cell_step(state_at(L), cell, true);
    set_value(L, 3);
    tell_key(L, cell, CELL_STORE, true, 3);
    return 0;
}

static int map_load_or_store(lua_State *L)
{
    struct cell *cell = map_of(L, "m:load_or_store", 2);
    bool found;

    check_value(L, 3, "m:load_or_store");
    cell_step(state_at(L), cell, true);
    found = push_value(L);
    if (!found) {
        set_value(L, 3);
        lua_pushvalue(L, 3);
    }
    tell_key(L, cell, CELL_LOAD_OR_STORE, !found, -1);
    lua_pushboolean(L, found);
    return 2;
}

static int map_load_and_delete(lua_State *L)
{
    struct cell *cell = map_of(L, "m:load_and_delete", 1);
    bool found;

    cell_step(state_at(L), cell, true);
    found = push_value(L);
    lua_pushnil(L);
    set_value(L, -1);
    lua_pop(L, 1);
    tell_key(L, cell, CELL_DELETE, found, -1);
    lua_pushboolean(L, found);
    return 2;
}

static int map_delete(lua_State *L)
{
    map_load_and_delete(L);
    return 0;
}

static int map_swap(lua_State *L)
{
    struct cell *cell = map_of(L, "m:swap", 2);
    bool found;

    check_value(L, 3, "m:swap");
    cell_step(state_at(L), cell, true);
    found = push_value(L);
    set_value(L, 3);
    tell_key(L, cell, CELL_SWAP, true, 3);
    lua_pushboolean(L, found);
    return 2;
}

static int map_compare_and_swap(lua_State *L)
{
    struct cell *cell = map_of(L, "m:compare_and_swap", 3);
    bool equal;

    check_value(L, 4, "m:compare_and_swap");
    cell_step(state_at(L), cell, true);
    equal = push_value(L) && lua_rawequal(L, -1, 3);
    if (equal)
        set_value(L, 4);
    tell_key(L, cell, CELL_CAS, equal, equal ? 4 : -1);
    lua_pushboolean(L, equal);
    return 1;
}

static int map_compare_and_delete(lua_State *L)
{
    struct cell *cell = map_of(L, "m:compare_and_delete", 2);
    bool equal;

    check_value(L, 3, "m:compare_and_delete");
    cell_step(state_at(L), cell, true);
    equal = push_value(L) && lua_rawequal(L, -1, 3);
    if (equal) {
        lua_pushnil(L);
        set_value(L, -1);
        lua_pop(L, 1);
    }
    tell_key(L, cell, CELL_DELETE, equal, -1);
    lua_pushboolean(L, equal);
    return 1;
}

/* The keys keep their numbers. */
static int map_clear(lua_State *L)
{
    struct cell *cell = lib_to(L, 1, map_type, "m:clear");

    cell_step(state_at(L), cell, true);
    lua_newtable(L);
    lua_setiuservalue(L, 1, MAP_VALUES);
    cell_tell(state_face(L)->run, cell, &(struct cell_told){.op = CELL_DELETE, .changed = true});
    return 0;
}

/* m:range(f): f(key, value) for what is there when it begins, until it returns false. */
static int map_range(lua_State *L)
{
    struct cell *cell = lib_to(L, 1, map_type, "m:range");
    lua_Integer n;

    if (!lua_isfunction(L, 2))
        return state_wants(L, "m:range", "a function", 2);
    lua_settop(L, 2);
    state_check_stack(L);
    cell_step(state_at(L), cell, false);
    lua_getiuservalue(L, 1, MAP_KEYS);   /* 3 */
    lua_getiuservalue(L, 1, MAP_VALUES); /* 4 */
    lua_newtable(L);                     /* 5: the values as they are now, by number */
    n = (lua_Integer)lua_rawlen(L, 3);
    for (lua_Integer i = 1; i <= n; i++) {
        lua_rawgeti(L, 3, i);
        lua_rawget(L, 4);
        lua_rawseti(L, 5, i);
    }
    cell_tell(state_face(L)->run, cell, &(struct cell_told){.op = CELL_RANGE});
    for (lua_Integer i = 1; i <= n; i++) {
        if (lua_rawgeti(L, 5, i) == LUA_TNIL) {
            lua_pop(L, 1);
            continue;
        }
        lua_pushvalue(L, 2);
        lua_rawgeti(L, 3, i);
        lua_rotate(L, -3, -1);
        lua_call(L, 2, 1);
        if (lua_isboolean(L, -1) && !lua_toboolean(L, -1))
            break;
        lua_pop(L, 1);
    }
    return 0;
}

/* --- the packages -------------------------------------------------------------- */

static const struct lib_function int_methods[] = {
    {"load", int_load}, {"store", int_store}, {"add", int_add},
    {"swap", int_swap}, {"cas", int_cas},
};

static const struct lib_function any_methods[] = {
    {"load", any_load}, {"store", any_store}, {"swap", any_swap}, {"cas", any_cas},
};

static const struct lib_function map_methods[] = {
    {"load", map_load},
    {"store", map_store},
    {"load_or_store", map_load_or_store},
    {"load_and_delete", map_load_and_delete},
    {"delete", map_delete},
    {"swap", map_swap},
    {"compare_and_swap", map_compare_and_swap},
    {"compare_and_delete", map_compare_and_delete},
    {"clear", map_clear},
    {"range", map_range},
};

static const struct lib_function package[] = {
    {"Int", int64_new},     {"Int64", int64_new},   {"Int32", int32_new},
    {"Uint32", uint32_new}, {"Uint64", uint64_new}, {"Bool", bool_new},
    {"Pointer", pointer_new}, {"Value", any_new},
};

void lib_cell_open(lua_State *L)
{
    lib_type(L, int_type, int_methods, sizeof int_methods / sizeof int_methods[0], NULL, 0);
    lib_type(L, any_type, any_methods, sizeof any_methods / sizeof any_methods[0], NULL, 0);
    lib_type(L, map_type, map_methods, sizeof map_methods / sizeof map_methods[0], NULL, 0);
    lua_newtable(L);
    lib_add(L, package, sizeof package / sizeof package[0]);
    lib_strict(L, "package atomic");
    lua_setfield(L, -2, "atomic");
    lua_getfield(L, -1, "sync");
    lua_pushcfunction(L, map_new);
    lua_setfield(L, -2, "Map");
    lua_pop(L, 1);
}
