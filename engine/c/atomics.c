/* atomics.c -- C11 atomics of the learner's code.
 *
 * All goroutines share a thread, so the plain operation is atomic already; the race
 * detector is told.  Memory orders are taken as the strongest.  A goroutine that looks
 * at atomics again and again without any step in between is polling: it gives way, as
 * if it had called go_sched, or the others could never change what it waits for.
 */
#include "c/inside.h"
#include "rt/basic.h"

/* gcc, when it sanitizes us, would have compare_exchange return a bool; clang's code looks at
 * all of an int. */
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wbuiltin-declaration-mismatch"
#endif

enum { SPINS_MAX = 256 };

static struct run *begin(struct run *run, const volatile void *at, size_t size, bool write)
{
    if (run)
        c_access(run, (const void *)at, size, write, true);
    return run;
}

/* A read, or a change that changed nothing. */
static void spin(struct run *run)
{
    struct c_face *face;

    if (!run)
        return;
    face = c_face_of(run);
    if (face->spin_steps != run->steps) {
        face->spin_steps = run->steps;
        face->spins = 0;
    }
    if (++face->spins < SPINS_MAX)
        return;
    face->spins = 0;
    basic_yield(run);
}

static void progress(struct run *run)
{
    if (run)
        c_face_of(run)->spins = 0;
}

#define BEGIN(type, write)                                       \
    volatile type *at = (volatile type *)place;                  \
    struct run *run = begin(C_HOOK(), at, sizeof *at, (write))

/* Declares and begins to define a function, as -Wmissing-prototypes asks. */
#define DEFINE(result, name, ...)        \
    result __tsan_atomic##name(__VA_ARGS__); \
    result __tsan_atomic##name(__VA_ARGS__)

#define MODIFY(bits, name, type, expression)                                       \
    DEFINE(type, bits##_##name, volatile void *place, type value, int order)       \
    {                                                                              \
        BEGIN(type, true);                                                         \
        type old = *at;                                                            \
                                                                                   \
        (void)order;                                                               \
        *at = (type)(expression);                                                  \
        if (*at == old)                                                            \
            spin(run);                                                             \
        else                                                                       \
            progress(run);                                                         \
        return old;                                                                \
    }

#define COMPARE(bits, name, type)                                                  \
    DEFINE(int, bits##_compare_exchange_##name, volatile void *place, void *expected, \
           type value, int order, int failure)                                     \
    {                                                                              \
        BEGIN(type, true);                                                         \
                                                                                   \
        (void)order, (void)failure;                                                \
        if (*at == *(type *)expected) {                                            \
            progress(run);                                                         \
            *at = value;                                                           \
            return 1;                                                              \
        }                                                                          \
        *(type *)expected = *at;                                                   \
        spin(run);                                                                 \
        return 0;                                                                  \
    }

#define ATOMICS(bits, type)                                                        \
    DEFINE(type, bits##_load, const volatile void *place, int order)               \
    {                                                                              \
        BEGIN(type, false);                                                        \
        type value = *at;                                                          \
                                                                                   \
        (void)order;                                                               \
        spin(run);                                                                 \
        return value;                                                              \
    }                                                                              \
    DEFINE(void, bits##_store, volatile void *place, type value, int order)        \
    {                                                                              \
        BEGIN(type, true);                                                         \
                                                                                   \
        (void)order;                                                               \
        progress(run);                                                             \
        *at = value;                                                               \
    }                                                                              \
    DEFINE(type, bits##_compare_exchange_val, volatile void *place, type expected, \
           type value, int order, int failure)                                     \
    {                                                                              \
        BEGIN(type, true);                                                         \
        type old = *at;                                                            \
                                                                                   \
        (void)order, (void)failure;                                                \
        if (old == expected) {                                                     \
            progress(run);                                                         \
            *at = value;                                                           \
        } else {                                                                   \
            spin(run);                                                             \
        }                                                                          \
        return old;                                                                \
    }                                                                              \
    MODIFY(bits, exchange, type, value)                                            \
    MODIFY(bits, fetch_add, type, old + value)                                     \
    MODIFY(bits, fetch_sub, type, old - value)                                     \
    MODIFY(bits, fetch_and, type, old & value)                                     \
    MODIFY(bits, fetch_or, type, old | value)                                      \
    MODIFY(bits, fetch_xor, type, old ^ value)                                     \
    MODIFY(bits, fetch_nand, type, ~(old & value))                                 \
    COMPARE(bits, strong, type)                                                    \
    COMPARE(bits, weak, type)

ATOMICS(8, uint8_t)
ATOMICS(16, uint16_t)
ATOMICS(32, uint32_t)
ATOMICS(64, uint64_t)
#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 wide;
ATOMICS(128, wide)
#endif

void __tsan_atomic_thread_fence(int order);
void __tsan_atomic_signal_fence(int order);

void __tsan_atomic_thread_fence(int order)
{
    (void)order;
}

void __tsan_atomic_signal_fence(int order)
{
    (void)order;
}
