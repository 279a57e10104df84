/* failure.h -- an error of a learner's program, from where it was raised to what it ends.
 *
 * Errors and panics are one thing: panic(v) raises v, error(v) panics with v, and whoever stands
 * in between (pcall, a deferred call that recovers) may catch either.  The place and the stack
 * are noted where an error is raised, for a Lua stack is gone by the time it is known that
 * nobody catches it.
 */
#ifndef BRAID_LUA_FAILURE_H
#define BRAID_LUA_FAILURE_H

#include "lua/state.h"
#include "rt/panic.h"

struct lua_failure {
    uint32_t line;         /* where it was raised; 0 unknown */
    bool check;            /* by a false assert */
    uint32_t nframes;      /* the functions that were running, innermost first */
    struct {
        char function[96];
        uint32_t line;
    } frames[PANIC_FRAMES];
};

/* Tells where the running goroutine is, L its state, called from the learner's code. */
void failure_tell_stack(lua_State *L);

/* A message handler: notes all this for the error at stack index 1, which it leaves as it is (but
 * for the learner's words in a message of Lua's). */
int failure_note(lua_State *L);

/* The error on top of the stack, caught below, is raised again: noted it has been. */
int failure_pass_on(lua_State *L);

/* Lua's error, whose second argument counts the learner's functions. */
int failure_error(lua_State *L);

/* What an error says, its position left out: pushes a string.  May call the learner's code. */
const char *failure_words(lua_State *L, int index);

/* The running goroutine ends by the error on top of its stack, which nobody caught. */
_Noreturn void failure_end(struct lua_goroutine *lg, int status);

/* Remembers what it must know again: the table of globals is on top of the stack. */
void failure_open(lua_State *L);

#endif
