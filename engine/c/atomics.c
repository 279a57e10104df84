/* atomics.c -- C11 atomics of the learner's code.
 *
 * Each is a step on the atomic object of its address; loads commute.  (Two atomics of
 * different addresses that overlap, as in a union, are taken for two.)  All goroutines share
 * a thread, so the plain operation is atomic already; memory orders are taken as the
 * strongest.  Who looks again and again where nothing changes is polling, and gives way.
 */
#include "c/inside.h"
#include "sync/cell.h"

#include <string.h>

/* gcc, when it sanitizes us, would have compare_exchange return a bool; clang's code looks at
 * all of an int. */
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wbuiltin-declaration-mismatch"
#endif

/* An atomic operation under way.  Its value is told as a signed one: most are ints. */
struct operation {
    struct run *run;    /* NULL: outside of runs, a plain operation */
    struct cell *cell;
};

static struct cell *make(struct run *run, uint32_t i, const void *at, size_t size)
{
    struct c_face *face = c_face_of(run);
    char name[80];

    if (i >= face->cells_cap) {
        uint32_t cap = i < 32 ? 64 : 2 * i;
        struct cell **cells = region_alloc(&run->objects, cap * sizeof *cells);

        if (!cells)
            run_stop(run, RUN_MEMORY);
        memset(cells, 0, cap * sizeof *cells);
        if (face->cells_cap)
            memcpy(cells, face->cells, face->cells_cap * sizeof *cells);
        face->cells = cells;
        face->cells_cap = cap;
    }
    face->cells[i] = cell_make(run, OBJECT_ATOMIC, c_name(run, at, size, name, sizeof name));
    if (!face->cells[i])
        run_stop(run, RUN_MEMORY);
    return face->cells[i];
}

static struct cell *cell_of(struct run *run, const void *at, size_t size)
{
    struct c_face *face = c_face_of(run);
    int64_t i = places_number(&face->atomics, (uintptr_t)at);

    if (i == PLACE_NONE)
        run_stop(run, RUN_MEMORY);
    if (i < face->cells_cap && face->cells[i])
        return face->cells[i];
    return make(run, (uint32_t)i, at, size);
}

static struct operation begin(struct run *run, const volatile void *place, size_t size, bool write)
{
    struct operation operation = {.run = run};
    const void *at = (const void *)place;
    uintptr_t sp;

    if (!run)
        return operation;
    c_check(run, at, size, write);
    operation.cell = cell_of(run, at, size);
    sp = c_face_of(run)->sp;
    cell_step(run, operation.cell, write);
    c_face_of(run)->sp = sp; /* others have run meanwhile; and the memory may be gone */
    c_access(run, at, size, write, true);
    return operation;
}

static void tell(struct operation operation, enum cell_op op, bool changed, int64_t value)
{
    if (operation.run)
        cell_tell(operation.run, operation.cell, &(struct cell_told){
            .op = op, .changed = changed, .value = value, .kind = VALUE_INT});
}

#define BEGIN(type, write)                                                         \
    volatile type *at = (volatile type *)place;                                    \
    struct operation operation = begin(C_HOOK(), at, sizeof *at, (write))

/* Declares and begins to define a function, as -Wmissing-prototypes asks. */
#define DEFINE(result, name, ...)        \
    result __tsan_atomic##name(__VA_ARGS__); \
    result __tsan_atomic##name(__VA_ARGS__)

#define MODIFY(bits, name, type, op, expression)                                   \
    DEFINE(type, bits##_##name, volatile void *place, type value, int order)       \
    {                                                                              \
        BEGIN(type, true);                                                         \
        type old = *at, now = (type)(expression);                                  \
                                                                                   \
        (void)order;                                                               \
        *at = now;                                                                 \
        tell(operation, op, now != old, (int##bits##_t)now);                             \
        return old;                                                                \
    }

#define COMPARE(bits, name, type)                                                  \
    DEFINE(int, bits##_compare_exchange_##name, volatile void *place, void *expected, \
           type value, int order, int failure)                                     \
    {                                                                              \
        BEGIN(type, true);                                                         \
        type old = *at;                                                            \
        bool equal = old == *(type *)expected;                                     \
                                                                                   \
        (void)order, (void)failure;                                                \
        if (equal)                                                                 \
            *at = value;                                                           \
        else                                                                       \
            *(type *)expected = old;                                               \
        tell(operation, CELL_CAS, equal, (int##bits##_t)*at);                            \
        return equal;                                                              \
    }

#define ATOMICS(bits, type)                                                        \
    DEFINE(type, bits##_load, const volatile void *place, int order)               \
    {                                                                              \
        BEGIN(type, false);                                                        \
        type value = *at;                                                          \
                                                                                   \
        (void)order;                                                               \
        tell(operation, CELL_LOAD, false, (int##bits##_t)value);                         \
        return value;                                                              \
    }                                                                              \
    DEFINE(void, bits##_store, volatile void *place, type value, int order)        \
    {                                                                              \
        BEGIN(type, true);                                                         \
                                                                                   \
        (void)order;                                                               \
        *at = value;                                                               \
        tell(operation, CELL_STORE, true, (int##bits##_t)value);                         \
    }                                                                              \
    DEFINE(type, bits##_compare_exchange_val, volatile void *place, type expected, \
           type value, int order, int failure)                                     \
    {                                                                              \
        BEGIN(type, true);                                                         \
        type old = *at;                                                            \
                                                                                   \
        (void)order, (void)failure;                                                \
        if (old == expected)                                                       \
            *at = value;                                                           \
        tell(operation, CELL_CAS, old == expected, (int##bits##_t)*at);                  \
        return old;                                                                \
    }                                                                              \
    MODIFY(bits, exchange, type, CELL_SWAP, value)                                 \
    MODIFY(bits, fetch_add, type, CELL_ADD, old + value)                           \
    MODIFY(bits, fetch_sub, type, CELL_ADD, old - value)                           \
    MODIFY(bits, fetch_and, type, CELL_ADD, old & value)                           \
    MODIFY(bits, fetch_or, type, CELL_ADD, old | value)                            \
    MODIFY(bits, fetch_xor, type, CELL_ADD, old ^ value)                           \
    MODIFY(bits, fetch_nand, type, CELL_ADD, ~(old & value))                       \
    COMPARE(bits, strong, type)                                                    \
    COMPARE(bits, weak, type)

ATOMICS(8, uint8_t)
ATOMICS(16, uint16_t)
ATOMICS(32, uint32_t)
ATOMICS(64, uint64_t)
#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 wide;
#define int128_t int64_t /* as they are shown */
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
