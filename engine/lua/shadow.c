/* shadow.c -- accesses of Lua programs as the race detector's places. */
#include "lua/shadow.h"

#include <string.h>

enum place_kind { PLACE_SHAPE = 1, PLACE_BOX, PLACE_ITEM, PLACE_KEY };

/* Two numbers to one; the odd bit says Lua.  Owners are counted from 1, keys that are near each
 * other in value (small integers, addresses in one state) are less than 2^40 apart: times the
 * golden ratio of 2^64, no two owners below 2^20 come that near, so their sums differ.  The rest
 * is the finalizer of SplitMix64, which keeps different numbers different; the odd bit costs one
 * chance in 2^63 per pair. */
static inline uintptr_t place(enum place_kind kind, uint64_t owner, uint64_t key)
{
    uint64_t x = (owner * 8 + kind) * 0x9e3779b97f4a7c15u + key;

    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return (uintptr_t)((x ^ (x >> 31)) | 1);
}

static inline size_t recent_index(uintptr_t where)
{
    return where >> 1 & (SHADOW_RECENT - 1);
}

static inline uint32_t self(const struct shadow *shadow)
{
    return shadow->run->self ? shadow->run->self->id : 0;
}

static inline bool told(const struct shadow *shadow, uintptr_t where, bool write)
{
    size_t i = recent_index(where);

    return shadow->recent[i].where == where
           && shadow->recent[i].operations == shadow->operations
           && shadow->recent[i].g == self(shadow) && shadow->recent[i].write >= write;
}

static void tell(struct shadow *shadow, uintptr_t where, bool write, struct shadow_site site)
{
    size_t i = recent_index(where);
    struct access access = {
        .where = where,
        .size = 1,
        .write = write,
        .g = self(shadow),
        .line = site.line,
        .name = site.name,
    };

    if (told(shadow, where, write))
        return;
    run_access(shadow->run, &access);
    shadow->recent[i].where = where;
    shadow->recent[i].operations = shadow->operations;
    shadow->recent[i].g = access.g;
    shadow->recent[i].write = write;
}

/* Tells of a place in a table; those beyond the allocator's numbers have none. */
static void tell_table(struct shadow *shadow, lua_State *L, int t, enum place_kind kind,
                       uint64_t key, bool write, struct shadow_site site)
{
    uint32_t id = alloc_table_id(shadow->alloc, lua_topointer(L, t));

    if (id)
        tell(shadow, place(kind, id, key), write, site);
}

/* A number for a key that is not an integer.  Strings and objects go by address: while
 * the key is in the table its address is its own, and putting another one there later is
 * an access of the shape besides. */
static uint64_t key_bits(lua_State *L, int k)
{
    double number;
    uint64_t bits;

    switch (lua_type(L, k)) {
    case LUA_TNUMBER:
        number = lua_tonumber(L, k);
        memcpy(&bits, &number, sizeof bits);
        return bits;
    case LUA_TBOOLEAN:
        return (uint64_t)lua_toboolean(L, k);
    default:
        return (uint64_t)(uintptr_t)lua_topointer(L, k);
    }
}

void shadow_begin(struct shadow *shadow, struct run *run, bool watched, uint32_t nsites)
{
    shadow->run = watched ? run : NULL;
    shadow->operations++; /* what was told in the last run has not been told in this one */
    shadow->nlibrary = 0;
    if (watched)
        memset(shadow->names, 0, nsites * sizeof *shadow->names);
}

struct shadow_site shadow_site(struct shadow *shadow, const struct rewrite *rewrite, uint32_t site)
{
    const struct rewrite_site *s = &rewrite->sites[site];

    if (shadow->names[site] == 0)
        shadow->names[site] = run_text(shadow->run, s->name, strlen(s->name)) + 1;
    return (struct shadow_site){.line = s->line, .name = shadow->names[site] - 1};
}

struct shadow_site shadow_library(struct shadow *shadow, uint32_t line, const char *what)
{
    struct shadow_site site = {.line = line};

    for (uint32_t i = 0; i < shadow->nlibrary; i++)
        if (shadow->library[i].what == what) {
            site.name = shadow->library[i].name;
            return site;
        }
    site.name = run_text(shadow->run, what, strlen(what));
    if (shadow->nlibrary < SHADOW_LIBRARY) {
        shadow->library[shadow->nlibrary].what = what;
        shadow->library[shadow->nlibrary++].name = site.name;
    }
    return site;
}

/* t[2.0] is t[2]. */
static bool integer_key(lua_State *L, int k, lua_Integer *i)
{
    int is_integer = 0;

    *i = 0;
    if (lua_type(L, k) == LUA_TNUMBER)
        *i = lua_tointegerx(L, k, &is_integer);
    return is_integer;
}

static bool present(lua_State *L, int t, int k)
{
    bool there;

    lua_pushvalue(L, k);
    there = lua_rawget(L, t) != LUA_TNIL;
    lua_pop(L, 1);
    return there;
}

bool shadow_told(const struct shadow *shadow, lua_State *L, int t, int k, bool write)
{
    uint32_t id = alloc_table_id(shadow->alloc, lua_topointer(L, t));
    enum place_kind kind = lua_isinteger(L, k) ? PLACE_ITEM : PLACE_KEY;
    uint64_t key = kind == PLACE_ITEM ? (uint64_t)lua_tointeger(L, k)
                                      : (uint64_t)(uintptr_t)lua_topointer(L, k);

    return id && told(shadow, place(kind, id, key), write);
}

void shadow_read(struct shadow *shadow, lua_State *L, int t, int k, struct shadow_site site)
{
    lua_Integer i;

    if (integer_key(L, k, &i))
        shadow_item(shadow, L, t, i, false, site);
    else if (present(L, t, k))
        tell_table(shadow, L, t, PLACE_KEY, key_bits(L, k), false, site);
    else
        shadow_shape(shadow, L, t, false, site);
}

void shadow_write(struct shadow *shadow, lua_State *L, int t, int k, bool deletes,
                  struct shadow_site site)
{
    lua_Integer i;

    if (integer_key(L, k, &i)) {
        shadow_item(shadow, L, t, i, true, site);
        return;
    }
    if (deletes || !present(L, t, k))
        shadow_shape(shadow, L, t, true, site);
    tell_table(shadow, L, t, PLACE_KEY, key_bits(L, k), true, site);
}

void shadow_item(struct shadow *shadow, lua_State *L, int t, lua_Integer i, bool write,
                 struct shadow_site site)
{
    tell_table(shadow, L, t, PLACE_ITEM, (uint64_t)i, write, site);
}

void shadow_shape(struct shadow *shadow, lua_State *L, int t, bool write, struct shadow_site site)
{
    tell_table(shadow, L, t, PLACE_SHAPE, 0, write, site);
}

void shadow_length(struct shadow *shadow, lua_State *L, int t, struct shadow_site site)
{
    lua_Integer n = (lua_Integer)lua_rawlen(L, t);

    if (n > 0)
        shadow_item(shadow, L, t, n, false, site);
    shadow_item(shadow, L, t, n + 1, false, site);
}

bool shadow_box_told(const struct shadow *shadow, lua_State *L, int box, bool write)
{
    return told(shadow,
                place(PLACE_BOX, alloc_table_id(shadow->alloc, lua_topointer(L, box)), 0), write);
}

void shadow_box(struct shadow *shadow, lua_State *L, int box, bool write, struct shadow_site site)
{
    tell_table(shadow, L, box, PLACE_BOX, 0, write, site);
}
