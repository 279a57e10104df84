/* fiber_arch.h -- what each architecture gives fiber.c.
 *
 * fiber_swap saves what the ABI asks a callee to keep on the running stack,
 * stores the stack pointer in *save and goes on from `load`.  fiber_prepare lays
 * out a new stack so that loading what it returns calls entry(arg).  fiber_return
 * leaves functions that are still running, see unwind.h.
 */
#ifndef BRAID_RT_FIBER_ARCH_H
#define BRAID_RT_FIBER_ARCH_H

#include <stdint.h>

enum { FIBER_UCONTEXT_ROOM = 128 * 1024 }; /* ucontext: stack a fiber is told it has */

void fiber_swap(void **save, void *load);
void fiber_start(void **save, void *load);
void *fiber_prepare(void *top, void (*entry)(void *), void *arg);

/* The registers that the ABI asks a callee to keep, by their DWARF numbers, ended by -1; empty
 * where fiber_return does not work. */
extern const int8_t fiber_kept[];
enum { FIBER_KEPT_MAX = 16 };

/* Goes on where a function returns to, with these registers as its caller had them (in the order
 * of fiber_kept) and 0 for its result. */
_Noreturn void fiber_return(const uintptr_t *kept, uintptr_t sp, uintptr_t pc);

#endif
