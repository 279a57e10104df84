/* fiber.c -- a C stack that can be left and resumed.
 *
 * Without AddressSanitizer a switch is one call of fiber_swap.  With it, the
 * sanitizer is told of each change of stack.
 */
#include "rt/fiber.h"
#include "rt/fiber_arch.h"

#if defined(__SANITIZE_ADDRESS__)
#define FIBER_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FIBER_ASAN 1
#endif
#endif

#ifndef FIBER_ASAN

void fiber_init(struct fiber *fiber, void *stack, size_t size, void (*entry)(void *), void *arg)
{
    *fiber = (struct fiber){.stack = stack, .stack_size = size};
    fiber->sp = fiber_prepare((char *)stack + size, entry, arg);
}

void fiber_switch(struct fiber *from, struct fiber *to)
{
    if (to->started) {
        fiber_swap(&from->sp, to->sp);
    } else {
        to->started = true;
        fiber_start(&from->sp, to->sp);
    }
}

void fiber_leave(struct fiber *from, struct fiber *to)
{
    fiber_switch(from, to);
}

#else

#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>

/* Who switched here last: its bounds are learned on arrival. */
static _Thread_local struct fiber *came_from;

struct start {
    void (*entry)(void *);
    void *arg;
};

static void arrived(struct fiber *fiber)
{
    const void *bottom;
    size_t size;

    __sanitizer_finish_switch_fiber(fiber ? fiber->fake_stack : NULL, &bottom, &size);
    if (came_from && !came_from->stack) {
        came_from->stack = (void *)bottom;
        came_from->stack_size = size;
    }
}

static void begin(void *at)
{
    struct start start = *(struct start *)at;

    arrived(NULL);
    start.entry(start.arg);
}

void fiber_init(struct fiber *fiber, void *stack, size_t size, void (*entry)(void *), void *arg)
{
    char *top = (char *)stack + size - sizeof(struct start);

    __asan_unpoison_memory_region(stack, size);
    *(struct start *)top = (struct start){entry, arg};
    *fiber = (struct fiber){.stack = stack, .stack_size = size};
    fiber->sp = fiber_prepare(top, begin, top);
}

void fiber_switch(struct fiber *from, struct fiber *to)
{
    came_from = from;
    __sanitizer_start_switch_fiber(&from->fake_stack, to->stack, to->stack_size);
    fiber_swap(&from->sp, to->sp);
    arrived(from);
}

void fiber_leave(struct fiber *from, struct fiber *to)
{
    came_from = from;
    __sanitizer_start_switch_fiber(NULL, to->stack, to->stack_size);
    fiber_swap(&from->sp, to->sp);
}

#endif
