/* fiber_arch.h -- what each architecture gives fiber.c.
 *
 * fiber_swap saves what the ABI asks a callee to keep on the running stack,
 * stores the stack pointer in *save and goes on from `load`.  fiber_prepare lays
 * out a new stack so that loading what it returns calls entry(arg).
 */
#ifndef BRAID_RT_FIBER_ARCH_H
#define BRAID_RT_FIBER_ARCH_H

enum { FIBER_UCONTEXT_ROOM = 128 * 1024 }; /* ucontext: stack a fiber is told it has */

void fiber_swap(void **save, void *load);
void *fiber_prepare(void *top, void (*entry)(void *), void *arg);

#endif
