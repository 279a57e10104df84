/* shadow.h -- places in memory that the race detector knows, for Lua.
 *
 * A place is (table, key), a table's set of keys (its *shape*), or one instance of
 * a local variable (a box, which is a table).  Its number is never used twice in a run:
 * tables are numbered by the allocator (alloc.h), which gives no table another's
 * address while a run lasts.
 *
 * What a goroutine has accessed since its last operation it may access again without
 * anybody being told: nobody else ran meanwhile, and nothing was ordered anew.
 *
 * What counts as what:
 *     t[i], i an integer       reads or writes place (t, i), there or not: results by
 *                              index do not race with each other
 *     t.k, k there             reads or writes place (t, k)
 *     t.k, k not there         reads the shape
 *     t.k = v, k new           writes (t, k) and the shape: Go's map write; so does t.k = nil
 *     #t                       reads places (t, n) and (t, n + 1), the border it found
 *     pairs, next              read the shape and what they visit
 */
#ifndef BRAID_LUA_SHADOW_H
#define BRAID_LUA_SHADOW_H

#include "lua/alloc.h"
#include "lua/rewrite.h"
#include "rt/run.h"

#include <lua.h>

enum { SHADOW_RECENT = 1024, SHADOW_LIBRARY = 32 };

enum shadow_kind { SHADOW_NONE, SHADOW_SHAPE, SHADOW_BOX, SHADOW_ITEM, SHADOW_KEY };

struct shadow_place {
    uint64_t key;              /* ITEM: the integer; KEY: what tells it from other keys; else 0 */
    uint32_t table;            /* its number */
    enum shadow_kind kind;
};

struct shadow {
    struct run *run;           /* NULL: nobody watches, and nothing here may be called */
    const struct alloc *alloc; /* of the state whose tables these are */
    uint32_t *names;           /* per site: offset of its name in the trace's text, + 1; 0 = not
                                  stored in this run */
    struct {
        const char *what;
        uint32_t name;
    } library[SHADOW_LIBRARY]; /* names given to shadow_library in this run */
    uint32_t nlibrary;
    struct shadow_now {
        lua_State *L;
        int t, k;              /* k: of a KEY */
        struct shadow_place place;
    } now;                     /* run.every_access: the access that is being told */
    struct {
        const void *at;
        uint64_t operations;
        bool write;
    } box;                     /* the variable told of last */
    uint64_t operations;       /* so far, ever, and ends of goroutines: when another goroutine
                                  has run there are more */
    struct shadow_access {
        struct shadow_place place;
        uint64_t operations;   /* so many had been when it was told */
        bool write;
    } recent[SHADOW_RECENT];   /* by place; later ones push out earlier ones */
};

/* A run begins; watched: somebody wants to be told. */
void shadow_begin(struct shadow *shadow, struct run *run, bool watched, uint32_t nsites);

/* One access: where in the source, and under what name. */
struct shadow_site {
    uint32_t line;
    uint32_t name;             /* offset in the trace's text */
};

struct shadow_site shadow_site(struct shadow *shadow, const struct rewrite *rewrite, uint32_t site);

/* An access made by a library function; `what` is a string literal. */
struct shadow_site shadow_library(struct shadow *shadow, uint32_t line, const char *what);

/* t[k] is read, written (`deletes`: with nil); stack indices.  t must be a table. */
void shadow_read(struct shadow *shadow, lua_State *L, int t, int k, struct shadow_site site);
void shadow_write(struct shadow *shadow, lua_State *L, int t, int k, bool deletes,
                  struct shadow_site site);

/* t[i] for an integer i. */
void shadow_item(struct shadow *shadow, lua_State *L, int t, lua_Integer i, bool write,
                 struct shadow_site site);
void shadow_shape(struct shadow *shadow, lua_State *L, int t, bool write, struct shadow_site site);
void shadow_length(struct shadow *shadow, lua_State *L, int t, struct shadow_site site);

/* The variable in a box is read or written. */
void shadow_box(struct shadow *shadow, lua_State *L, int box, bool write, struct shadow_site site);

/* --- what would be told in vain -------------------------------------------- */

static inline size_t shadow_recent_index(struct shadow_place place)
{
    return (size_t)(place.table * 5 + place.key + (place.key >> 4)) % SHADOW_RECENT;
}

/* Whether an access has been told, or one that covers it, since the last operation. */
static inline bool shadow_told(const struct shadow *shadow, struct shadow_place place, bool write)
{
    const struct shadow_access *last = &shadow->recent[shadow_recent_index(place)];

    return last->place.key == place.key && last->place.table == place.table
           && last->place.kind == place.kind && last->operations == shadow->operations
           && last->write >= write;
}

/* The same of t[k], read or written (but not with nil); t and k may be anything.  Sometimes false
 * when it could be true. */
static inline bool shadow_key_told(const struct shadow *shadow, lua_State *L, int t, int k,
                                   bool write)
{
    struct shadow_place place = {.table = alloc_table_id(shadow->alloc, lua_topointer(L, t))};

    if (lua_isinteger(L, k)) {
        place.kind = SHADOW_ITEM;
        place.key = (uint64_t)lua_tointeger(L, k);
    } else {
        place.kind = SHADOW_KEY;
        place.key = (uint64_t)(uintptr_t)lua_topointer(L, k);
    }
    return shadow_told(shadow, place, write);
}

/* The same of the variable in a box, if it was told of last. */
static inline bool shadow_box_told(const struct shadow *shadow, lua_State *L, int box, bool write)
{
    return shadow->box.at == lua_topointer(L, box) && shadow->box.operations == shadow->operations
           && shadow->box.write >= write;
}

#endif
