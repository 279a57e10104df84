/* line.h -- at which line a program is: asked for at every operation.
 *
 * Lua finds a line by walking over its line table, a hundred ns in the middle of a long
 * function.  Here each place of a program is looked up once.  What tells places apart is the
 * saved program counter in Lua's own record of a call, to which lua_Debug points.  Where in it the
 * counter lies, and what tells a record of a Lua function from one of a C function, where a
 * counter of an earlier call may still stand, is found out by making calls and watching: one word
 * moves along with them, another points at the function that makes them.  Nothing is taken
 * for granted: where no words do, Lua is asked every time.
 *
 * Invariant: a counter stands for one line as long as the state lives, since functions are
 * compiled while it is prepared and never later.
 */
#ifndef BRAID_LUA_LINE_H
#define BRAID_LUA_LINE_H

#include "lua/alloc.h"

#include <lua.h>

enum { LINE_PLACES = 1024 };

struct lines {
    bool known;               /* what follows, words of a call's record: */
    unsigned counter;
    unsigned function;        /* points at the function's value, which has ... */
    unsigned char tag;        /* ... this tag when it is a Lua function */
    struct {
        uintptr_t counter;    /* 0: free */
        uint32_t line;
    } places[LINE_PLACES];
};

/* Finds out about the records of a state in this memory.  May raise an error: out of memory. */
void line_prepare(lua_State *L, struct lines *lines, const struct alloc *alloc);

/* The line of the innermost function of the program, as seen from a C function it called; 0:
 * there is none. */
uint32_t line_find(lua_State *L, struct lines *lines);

#endif
