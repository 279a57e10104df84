/* meant.h -- the name of the vocabulary that an unknown global was meant to be. */
#ifndef BRAID_LUA_MEANT_H
#define BRAID_LUA_MEANT_H

#include <lua.h>

/* Puts the string keys of the table at an index on the stack, sorted; returns how many. */
int meant_names(lua_State *L, int index);

/* An error's message is at stack index 1.  When it blames a global that is nil, and a name of a
 * package or another global is like it, that is added: "...; did you mean 'sync.WaitGroup'?". */
void meant_in_place(lua_State *L);

#endif
