/* shadow.h -- places in memory that the race detector knows, for Lua.
 *
 * A place is (table, key), a table's set of keys (its *shape*), or one instance of
 * a local variable (a box).  Its number is never used twice in a run: tables are
 * numbered by the allocator (alloc.h), which gives no table another's address
 * while a run lasts.
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

struct shadow {
    struct run *run;           /* NULL: nobody watches, and nothing here may be called */
    const struct alloc *alloc; /* of the state whose tables these are */
    uint32_t *names;           /* per site: offset of its name in the trace's text, + 1; 0 = not
                                  stored in this run */
    uint64_t last_box;         /* number of the last box of this run */
};

/* One access: where in the source, and under what name. */
struct shadow_site {
    uint32_t line;
    uint32_t name;             /* offset in the trace's text */
};

struct shadow_site shadow_site(struct shadow *shadow, const struct rewrite *rewrite, uint32_t site);

/* t[k] is read, written (`deletes`: with nil); stack indices.  t must be a table. */
void shadow_read(struct shadow *shadow, lua_State *L, int t, int k, struct shadow_site site);
void shadow_write(struct shadow *shadow, lua_State *L, int t, int k, bool deletes,
                  struct shadow_site site);

/* t[i] for an integer i. */
void shadow_item(struct shadow *shadow, lua_State *L, int t, lua_Integer i, bool write,
                 struct shadow_site site);
void shadow_shape(struct shadow *shadow, lua_State *L, int t, bool write, struct shadow_site site);
void shadow_length(struct shadow *shadow, lua_State *L, int t, struct shadow_site site);
void shadow_box(struct shadow *shadow, uint64_t box, bool write, struct shadow_site site);

#endif
