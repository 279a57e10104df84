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
    uint64_t operations;       /* so far, ever: counted by who does them */
    struct {
        uintptr_t where;
        uint64_t operations;   /* an access that was told when so many had been, by g */
        uint32_t g;
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

/* Whether telling of t[k], read or written (but not with nil), would tell nothing new; t and k
 * may be anything.  Sometimes false when it could be true. */
bool shadow_told(const struct shadow *shadow, lua_State *L, int t, int k, bool write);

/* t[k] is read, written (`deletes`: with nil); stack indices.  t must be a table. */
void shadow_read(struct shadow *shadow, lua_State *L, int t, int k, struct shadow_site site);
void shadow_write(struct shadow *shadow, lua_State *L, int t, int k, bool deletes,
                  struct shadow_site site);

/* t[i] for an integer i. */
void shadow_item(struct shadow *shadow, lua_State *L, int t, lua_Integer i, bool write,
                 struct shadow_site site);
void shadow_shape(struct shadow *shadow, lua_State *L, int t, bool write, struct shadow_site site);
void shadow_length(struct shadow *shadow, lua_State *L, int t, struct shadow_site site);

/* The same for the variable in a box. */
bool shadow_box_told(const struct shadow *shadow, lua_State *L, int box, bool write);
void shadow_box(struct shadow *shadow, lua_State *L, int box, bool write, struct shadow_site site);

#endif
