/* line.h -- at which line a program is: asked for at every operation.
 *
 * Lua finds a line by walking over its line table, a hundred ns in the middle of a long
 * function.  Here each place of a program is looked up once.  What tells places apart is the
 * saved program counter in Lua's own record of a call: lua_Debug points at that record, and
 * where the counter lies in it is found out by making calls and watching which word moves
 * along with them.  Nothing is taken for granted: where no word does, Lua is asked every time.
 *
 * Invariant: a counter stands for one line as long as the state lives, since functions are
 * compiled while it is prepared and never later.
 */
#ifndef BRAID_LUA_LINE_H
#define BRAID_LUA_LINE_H

#include <lua.h>
#include <stdint.h>

enum { LINE_PLACES = 1024 };

struct lines {
    unsigned counter;         /* which word of a call's record; 0: not known */
    struct {
        uintptr_t counter;    /* 0: free */
        uint32_t line;
    } places[LINE_PLACES];
};

/* Finds out about the counter.  May raise an error: out of memory. */
void line_prepare(lua_State *L, struct lines *lines);

/* The line of the innermost function of the program, as seen from a C function it called; 0:
 * there is none. */
uint32_t line_find(lua_State *L, struct lines *lines);

#endif
