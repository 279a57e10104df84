/* roots.h -- what a Lua program can still reach, as its garbage collector sees it (rt/reach.h).
 *
 * Read are the registry, the stacks of the goroutines and of coroutines, tables (but not what is
 * weak in them), upvalues and userdata; and what lies in the buffer of a channel that is reached.
 * What a channel holds meanwhile and who runs is no root by itself: the threads of goroutines in
 * the registry, and the table of held values (value.c), are left out.
 *
 * Nothing of the program's runs meanwhile, and nothing of it is changed.
 */
#ifndef BRAID_LUA_ROOTS_H
#define BRAID_LUA_ROOTS_H

#include "rt/reach.h"

extern const struct reach_face lua_reaches; /* for run->reaches */

#endif
