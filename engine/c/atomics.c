/* atomics.c -- C11 atomics of the learner's code.
 *
 * All goroutines share a thread, so the plain operation is atomic already; the race
 * detector is told.  Memory orders are taken as the strongest.  A goroutine that looks
 * at atomics again and again without any step in between is polling: it gives way, as
 * if it had called go_sched, or the others could never change what it waits for.
 */
#include "c/inside.h"
#include "rt/basic.h"

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

#define BEGIN(write) begin(C_HOOK(), at, sizeof *at, (write))

#define MODIFY(bits, name, type, expression)                                          \
    type __tsan_atomic##bits##_##name(volatile type *at, type value, int order);      \
    type __tsan_atomic##bits##_##name(volatile type *at, type value, int order)       \
    {                                                                                 \
        struct run *run = BEGIN(true);                                                \
        type old = *at;                                                               \
                                                                                      \
        (void)order;                                                                  \
        *at = (type)(expression);                                                     \
        if (*at == old)                                                               \
            spin(run);                                                                \
        else                                                                          \
            progress(run);                                                            \
        return old;                                                                   \
    }

#define COMPARE(bits, name, type)                                                            \
    int __tsan_atomic##bits##_compare_exchange_##name(volatile type *at, type *expected,     \
                                                      type value, int order, int failure);   \
    int __tsan_atomic##bits##_compare_exchange_##name(volatile type *at, type *expected,     \
                                                      type value, int order, int failure)    \
    {                                                                                        \
        struct run *run = BEGIN(true);                                                       \
                                                                                             \
        (void)order, (void)failure;                                                          \
        if (*at == *expected) {                                                              \
            progress(run);                                                                   \
            *at = value;                                                                     \
            return 1;                                                                        \
        }                                                                                    \
        *expected = *at;                                                                     \
        spin(run);                                                                           \
        return 0;                                                                            \
    }

#define ATOMICS(bits, type)                                                                  \
    type __tsan_atomic##bits##_load(const volatile type *at, int order);                     \
    type __tsan_atomic##bits##_load(const volatile type *at, int order)                      \
    {                                                                                        \
        struct run *run = BEGIN(false);                                                      \
        type value = *at;                                                                    \
                                                                                             \
        (void)order;                                                                         \
        spin(run);                                                                           \
        return value;                                                                        \
    }                                                                                        \
    void __tsan_atomic##bits##_store(volatile type *at, type value, int order);              \
    void __tsan_atomic##bits##_store(volatile type *at, type value, int order)               \
    {                                                                                        \
        (void)order;                                                                         \
        progress(BEGIN(true));                                                               \
        *at = value;                                                                         \
    }                                                                                        \
    MODIFY(bits, exchange, type, value)                                                      \
    MODIFY(bits, fetch_add, type, old + value)                                               \
    MODIFY(bits, fetch_sub, type, old - value)                                               \
    MODIFY(bits, fetch_and, type, old & value)                                               \
    MODIFY(bits, fetch_or, type, old | value)                                                \
    MODIFY(bits, fetch_xor, type, old ^ value)                                               \
    MODIFY(bits, fetch_nand, type, ~(old & value))                                           \
    COMPARE(bits, strong, type)                                                              \
    COMPARE(bits, weak, type)                                                                \
    type __tsan_atomic##bits##_compare_exchange_val(volatile type *at, type expected,        \
                                                    type value, int order, int failure);     \
    type __tsan_atomic##bits##_compare_exchange_val(volatile type *at, type expected,        \
                                                    type value, int order, int failure)      \
    {                                                                                        \
        struct run *run = BEGIN(true);                                                       \
        type old = *at;                                                                      \
                                                                                             \
        (void)order, (void)failure;                                                          \
        if (old == expected) {                                                               \
            progress(run);                                                                   \
            *at = value;                                                                     \
        } else {                                                                             \
            spin(run);                                                                       \
        }                                                                                    \
        return old;                                                                          \
    }

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
