/* fiber_ucontext.c -- the same functions where no assembly was written, but fiber_return.
 *
 * A fiber's saved "stack pointer" is its ucontext, which lies on its own stack.
 */
#include "rt/fiber.h"
#include "rt/fiber_arch.h"

#include <stdint.h>
#include <stdlib.h>
#include <ucontext.h>

static void first(unsigned entry_high, unsigned entry_low, unsigned arg_high, unsigned arg_low)
{
    uintptr_t entry = (uintptr_t)((uint64_t)entry_high << 32 | entry_low);
    uintptr_t arg = (uintptr_t)((uint64_t)arg_high << 32 | arg_low);

    ((void (*)(void *))entry)((void *)arg);
}

const int8_t fiber_kept[] = {-1};

_Noreturn void fiber_return(const uintptr_t *kept, uintptr_t sp, uintptr_t pc)
{
    (void)kept, (void)sp, (void)pc;
    abort();
}

void fiber_swap(void **save, void *load)
{
    ucontext_t here;

    *save = &here;
    swapcontext(&here, load);
}

void fiber_start(void **save, void *load)
{
    fiber_swap(save, load);
}

void *fiber_prepare(void *top, void (*entry)(void *), void *arg)
{
    char *at = (char *)((uintptr_t)top & ~(uintptr_t)63) - (sizeof(ucontext_t) + 63) / 64 * 64;
    ucontext_t *context = (ucontext_t *)at;
    uint64_t e = (uintptr_t)entry, a = (uintptr_t)arg;

    getcontext(context);
    /* makecontext wants the lowest address; what lies below `at` is all the fiber's */
    context->uc_stack.ss_sp = at - FIBER_UCONTEXT_ROOM;
    context->uc_stack.ss_size = FIBER_UCONTEXT_ROOM;
    context->uc_link = NULL;
    makecontext(context, (void (*)(void))first, 4, (unsigned)(e >> 32), (unsigned)e,
                (unsigned)(a >> 32), (unsigned)a);
    return context;
}
