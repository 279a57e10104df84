/* fiber.h -- a C stack that can be left and resumed.
 *
 * Nothing here knows goroutines.  A fiber that is not running is its saved stack
 * pointer.  fiber_switch costs a few nanoseconds: it saves what the ABI asks a
 * callee to keep and nothing else (fiber_x86_64.S, fiber_aarch64.S; elsewhere
 * ucontext, fiber_ucontext.c).
 */
#ifndef BRAID_RT_FIBER_H
#define BRAID_RT_FIBER_H

#include <stdbool.h>
#include <stddef.h>

struct fiber {
    void *sp;          /* valid while not running */
    void *stack;       /* lowest address; NULL for the host's own stack */
    size_t stack_size;
    bool started;      /* it has run before */
    void *fake_stack;  /* AddressSanitizer's; unused without it */
};

/* Prepares a fiber that will call entry(arg) on the stack given when first
 * switched to.  entry must never return.  The stack is borrowed. */
void fiber_init(struct fiber *fiber, void *stack, size_t size, void (*entry)(void *), void *arg);

/* Leaves `from` (filled in) and goes on in `to`. */
void fiber_switch(struct fiber *from, struct fiber *to);

/* As fiber_switch, from a fiber that will never be resumed. */
void fiber_leave(struct fiber *from, struct fiber *to);

#endif
