/* blame.h -- Lua's own complaints about values that cannot be indexed or measured.
 *
 * Where a hook stands between a value and the operation on it, Lua cannot name
 * the value any more; the site can.
 */
#ifndef BRAID_LUA_BLAME_H
#define BRAID_LUA_BLAME_H

#include "lua/rewrite.h"

#include <lua.h>

/* Raises "attempt to index a nil value (local 't')" at the site's line unless the value
 * at `index` has `metamethod` ("__index", "__newindex").  For values that are no tables. */
void blame_index(lua_State *L, int index, const char *metamethod,
                 const struct rewrite_site *site);

/* The same for "attempt to get length of ...", for values that are no tables or strings. */
void blame_length(lua_State *L, int index, const struct rewrite_site *site);

/* In a message handler, for the message at stack index 1: puts the learner's words back
 * (rewrite_message). */
void blame_in_place(lua_State *L, const struct rewrite *rewrite);

/* A message handler that does this.  Its upvalue 1 is a light userdata: the struct rewrite,
 * or NULL. */
int blame_handler(lua_State *L);

#endif
