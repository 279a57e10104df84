/* stack.h -- a pool of goroutine stacks.
 *
 * Stacks are cut from few large reservations and touched lazily, so a parked
 * goroutine costs the pages it used, and a million of them do not meet the
 * kernel's limit on mappings.  No guard page lies between them: the faces stop a
 * learner's program before it runs over (the C hooks look at every function
 * entry, Lua counts its C calls).  A stack is its goroutine's until the end of the run, who
 * passes it on to a goroutine made later.
 */
#ifndef BRAID_RT_STACK_H
#define BRAID_RT_STACK_H

#include <stddef.h>

enum {
    STACK_SIZE = 256 * 1024,
    STACK_RESERVE = 32 * 1024, /* what library code may need below the learner's */
};

struct stack_pool;

struct stack_pool *stack_pool_new(void); /* NULL: out of memory */
void stack_pool_free(struct stack_pool *pool);

/* The lowest address of a stack of STACK_SIZE bytes; NULL: out of memory. */
void *stack_take(struct stack_pool *pool);

/* Every stack ever taken counts as free again. */
void stack_pool_clear(struct stack_pool *pool);

#endif
