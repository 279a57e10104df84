/* hooks.c -- the calls that the compiler put into the learner's code.
 *
 * Their names and arguments are those of ThreadSanitizer's runtime and of
 * -fsanitize-coverage=trace-pc, in gcc and clang.
 */
#include "c/inside.h"

#include <string.h>

/* gcc, when it sanitizes us, knows some of these by other types than clang calls them by. */
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wbuiltin-declaration-mismatch"
#endif

/* --- functions and blocks ------------------------------------------------ */

void __tsan_init(void);
void __tsan_func_entry(void *caller);
void __tsan_func_exit(void);
void __sanitizer_cov_trace_pc(void);

void __tsan_init(void)
{
}

void __tsan_func_entry(void *caller)
{
    struct run *run = C_HOOK();

    (void)caller;
    if (run && c_stack_short(run, c_face_of(run)->sp, STACK_RESERVE))
        c_stack_over(run);
}

void __tsan_func_exit(void)
{
    struct run *run = run_current;

    if (!run)
        return;
    if (__builtin_expect(run->self->deferred != NULL, 0))
        c_leave(run, *(uintptr_t *)__builtin_frame_address(0));
    c_face_of(run)->sp = (uintptr_t)__builtin_frame_address(0); /* of main it is the last word */
}

void __sanitizer_cov_trace_pc(void)
{
    struct run *run = run_current;

    if (!run)
        return;
    run->self->pc = (uint32_t)((uintptr_t)__builtin_return_address(0) -
                               c_face_of(run)->image.base);
    run_tick(run, 1);
}

/* --- accesses ------------------------------------------------------------ */

/* What is not done with in a few instructions. */
static __attribute__((noinline)) void access_slowly(struct run *run, const void *at, size_t size,
                                                    bool write)
{
    if (run->points)
        c_point(run, at, size, write);
    c_access_slowly(run, at, size, write, false);
}

/* The hook at the function's entry has looked at how much of the stack is left. */
#define ACCESS(name, size, write)                                                             \
    void __tsan_##name(void *at);                                                             \
    void __tsan_##name(void *at)                                                              \
    {                                                                                         \
        uintptr_t caller = (uintptr_t)__builtin_return_address(0);                            \
        uintptr_t frame = (uintptr_t)__builtin_frame_address(0);                              \
        struct run *run = run_current;                                                        \
        struct c_face *face;                                                                  \
        struct goroutine *g;                                                                  \
                                                                                              \
        if (!run)                                                                             \
            return;                                                                           \
        face = c_face_of(run);                                                                \
        if ((size) <= SHADOW_GRANULE && c_repeats(run, face, at, (size), (write)))            \
            return;                                                                           \
        g = run->self;                                                                        \
        g->pc = (uint32_t)(caller - face->image.base);                                        \
        face->sp = frame;                                                                     \
        if (!c_access_again(run, face, g, frame, at, (size), (write)))                        \
            access_slowly(run, at, (size), (write));                                          \
    }

#define ACCESSES(size)                               \
    ACCESS(read##size, size, false)                  \
    ACCESS(write##size, size, true)                  \
    ACCESS(read_write##size, size, true)             \
    ACCESS(unaligned_read##size, size, false)        \
    ACCESS(unaligned_write##size, size, true)        \
    ACCESS(unaligned_read_write##size, size, true)   \
    ACCESS(volatile_read##size, size, false)         \
    ACCESS(volatile_write##size, size, true)         \
    ACCESS(unaligned_volatile_read##size, size, false)  \
    ACCESS(unaligned_volatile_write##size, size, true)

ACCESSES(1)
ACCESSES(2)
ACCESSES(4)
ACCESSES(8)
ACCESSES(16)

void __tsan_read_range(void *at, unsigned long size);
void __tsan_write_range(void *at, unsigned long size);
void *__tsan_memcpy(void *to, const void *from, size_t size);
void *__tsan_memmove(void *to, const void *from, size_t size);
void *__tsan_memset(void *to, int byte, size_t size);

void __tsan_read_range(void *at, unsigned long size)
{
    struct run *run = C_HOOK();

    if (run)
        c_access(run, at, size, false, false);
}

void __tsan_write_range(void *at, unsigned long size)
{
    struct run *run = C_HOOK();

    if (run)
        c_access(run, at, size, true, false);
}

void *__tsan_memcpy(void *to, const void *from, size_t size)
{
    struct run *run = C_HOOK();

    if (run)
        c_copy(run, to, from, size);
    return memcpy(to, from, size);
}

void *__tsan_memmove(void *to, const void *from, size_t size)
{
    struct run *run = C_HOOK();

    if (run)
        c_copy(run, to, from, size);
    return memmove(to, from, size);
}

void *__tsan_memset(void *to, int byte, size_t size)
{
    struct run *run = C_HOOK();

    if (run)
        c_access(run, to, size, true, false);
    return memset(to, byte, size);
}
