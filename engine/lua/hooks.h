/* hooks.h -- the functions a rewritten source calls (see rewrite.h).
 *
 * They keep rewrite.h's promises, and tell shadow.h of each access while somebody
 * watches.
 */
#ifndef BRAID_LUA_HOOKS_H
#define BRAID_LUA_HOOKS_H

#include "lua/rewrite.h"
#include "lua/shadow.h"

#include <lua.h>

struct hooks {
    const struct rewrite *rewrite;
    struct shadow shadow;
};

/* Pushes REWRITE_HOOK_COUNT functions, in the order of enum rewrite_hook. `hooks` is
 * borrowed while they live. */
void hooks_push(lua_State *L, struct hooks *hooks);

#endif
