/* shadow.c -- accesses of Lua programs as the race detector's places. */
#include "lua/shadow.h"

#include "rt/point.h"

#include <string.h>

/* A place's number: the odd bit says Lua.  Owners are counted from 1, keys that are near each
 * other in value (small integers, addresses in one state) are less than 2^40 apart: times the
 * golden ratio of 2^64, no two owners below 2^20 come that near, so their sums differ.  The rest
 * is the finalizer of SplitMix64, which keeps different numbers different; the odd bit costs one
 * chance in 2^63 per pair. */
static uintptr_t number(struct shadow_place place)
{
    uint64_t x = ((uint64_t)place.table * 8 + place.kind) * 0x9e3779b97f4a7c15u + place.key;

    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return (uintptr_t)((x ^ (x >> 31)) | 1);
}

/* --- telling ------------------------------------------------------------- */

/* Tables beyond the allocator's numbers have no places. */
static void tell(struct shadow *shadow, lua_State *L, int t, enum shadow_kind kind, uint64_t key,
                 bool write, struct shadow_site site)
{
    struct shadow_place place = {key, alloc_table_id(shadow->alloc, lua_topointer(L, t)), kind};
    bool every = shadow->run->every_access;
    struct access access = {
        .size = 1,
        .write = write,
        .g = shadow->run->self ? shadow->run->self->id : 0,
        .line = site.line,
        .name = site.name,
    };

    if (place.table == 0)
        return;
    if (shadow->run->points && shadow->run->self) {
        shadow->run->self->line = site.line;
        run_point(shadow->run, number(place), write, site.name);
        shadow->operations++;
    }
    if (shadow_told(shadow, place, write))
        return;
    access.where = number(place);
    if (every) {
        shadow->now.L = L;
        shadow->now.t = lua_absindex(L, t);
        shadow->now.place = place;
    }
    run_access(shadow->run, &access);
    if (!every)
        shadow->recent[shadow_recent_index(place)] =
            (struct shadow_access){place, shadow->operations, write};
}

/* A number for a key that is not an integer.  Strings and objects go by address: while
 * the key is in the table its address is its own, and putting another one there later is
 * an access of the shape besides. */
static uint64_t key_bits(lua_State *L, int k)
{
    double number_key;
    uint64_t bits;

    switch (lua_type(L, k)) {
    case LUA_TNUMBER:
        number_key = lua_tonumber(L, k);
        memcpy(&bits, &number_key, sizeof bits);
        return bits;
    case LUA_TBOOLEAN:
        return (uint64_t)lua_toboolean(L, k);
    default:
        return (uint64_t)(uintptr_t)lua_topointer(L, k);
    }
}

static void tell_key(struct shadow *shadow, lua_State *L, int t, int k, bool write,
                     struct shadow_site site)
{
    shadow->now.k = lua_absindex(L, k);
    tell(shadow, L, t, SHADOW_KEY, key_bits(L, k), write, site);
}

/* --- sites --------------------------------------------------------------- */

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

/* --- accesses ------------------------------------------------------------ */

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

void shadow_read(struct shadow *shadow, lua_State *L, int t, int k, struct shadow_site site)
{
    lua_Integer i;

    if (integer_key(L, k, &i))
        shadow_item(shadow, L, t, i, false, site);
    else if (present(L, t, k))
        tell_key(shadow, L, t, k, false, site);
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
    tell_key(shadow, L, t, k, true, site);
}

void shadow_item(struct shadow *shadow, lua_State *L, int t, lua_Integer i, bool write,
                 struct shadow_site site)
{
    tell(shadow, L, t, SHADOW_ITEM, (uint64_t)i, write, site);
}

void shadow_shape(struct shadow *shadow, lua_State *L, int t, bool write, struct shadow_site site)
{
    tell(shadow, L, t, SHADOW_SHAPE, 0, write, site);
}

void shadow_length(struct shadow *shadow, lua_State *L, int t, struct shadow_site site)
{
    lua_Integer n = (lua_Integer)lua_rawlen(L, t);

    if (n > 0)
        shadow_item(shadow, L, t, n, false, site);
    shadow_item(shadow, L, t, n + 1, false, site);
}

void shadow_box(struct shadow *shadow, lua_State *L, int box, bool write, struct shadow_site site)
{
    tell(shadow, L, box, SHADOW_BOX, 0, write, site);
    if (shadow->run->every_access)
        return;
    shadow->box.at = lua_topointer(L, box);
    shadow->box.operations = shadow->operations;
    shadow->box.write = write;
}
