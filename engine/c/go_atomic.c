/* go_atomic.c -- the functions of go.h for atomics. */
#include "go.h"
#include "c/go_inside.h"
#include "sync/cell.h"

#define ENTER() c_enter(__builtin_return_address(0))

/* Int64, Bool, Pointer and the like, but for Add: `to` makes the kind's type of an int64_t,
 * `from` the opposite. */
#define ATOMIC(name, type, kind, what, to, from)                                           \
    GO_LAZY(name, struct name, struct atomic, what, atomic_make_kind(run, kind, 0, NULL))  \
                                                                                           \
    type name##_load(struct name *a)                                                       \
    {                                                                                      \
        struct run *run = ENTER();                                                         \
                                                                                           \
        return to atomic_load(run, name##_of(run, a));                                     \
    }                                                                                      \
                                                                                           \
    void name##_store(struct name *a, type value)                                          \
    {                                                                                      \
        struct run *run = ENTER();                                                         \
                                                                                           \
        atomic_store(run, name##_of(run, a), from value);                                  \
    }                                                                                      \
                                                                                           \
    type name##_swap(struct name *a, type value)                                           \
    {                                                                                      \
        struct run *run = ENTER();                                                         \
                                                                                           \
        return to atomic_swap(run, name##_of(run, a), from value);                         \
    }                                                                                      \
                                                                                           \
    bool name##_cas(struct name *a, type old, type value)                                  \
    {                                                                                      \
        struct run *run = ENTER();                                                         \
                                                                                           \
        return atomic_cas(run, name##_of(run, a), from old, from value);                   \
    }

#define ADD(name, type)                                                                    \
    type name##_add(struct name *a, type delta)                                            \
    {                                                                                      \
        struct run *run = ENTER();                                                         \
                                                                                           \
        return (type)atomic_add(run, name##_of(run, a), (int64_t)delta);                   \
    }

ATOMIC(a64, int64_t, ATOMIC_INT64, "Int64", , )
ADD(a64, int64_t)
ATOMIC(a32, int32_t, ATOMIC_INT32, "Int32", (int32_t), )
ADD(a32, int32_t)
ATOMIC(au32, uint32_t, ATOMIC_UINT32, "Uint32", (uint32_t), )
ADD(au32, uint32_t)
ATOMIC(au64, uint64_t, ATOMIC_UINT64, "Uint64", (uint64_t), (int64_t))
ADD(au64, uint64_t)
ATOMIC(abool, bool, ATOMIC_BOOL, "Bool", 0 !=, )
ATOMIC(aptr, void *, ATOMIC_POINTER, "Pointer", (void *)(intptr_t), (intptr_t))

/* --- Value ------------------------------------------------------------------ */

struct held {
    struct cell *cell;
    struct go_type type;
    void *bytes; /* a copy of what it holds; NULL: nothing yet */
};

static void *make_held(struct run *run)
{
    struct held *held = region_alloc(&run->objects, sizeof *held);

    if (!held)
        return NULL;
    held->cell = cell_make(run, OBJECT_ATOMIC, NULL);
    return held->cell ? held : NULL;
}

static struct held *value_of(struct run *run, struct aval *a)
{
    return go_object(run, a, sizeof *a, &a->impl, &a->run, "Value", make_held);
}

static void tell(struct run *run, const struct held *held, enum cell_op op, bool changed)
{
    cell_tell(run, held->cell, &(struct cell_told){.op = op, .changed = changed});
}

/* The step of a change by which *p is to be put in. */
static void begin(struct run *run, const struct held *held, const void *p, struct go_type type,
                  const char *what)
{
    if (!p)
        c_panic(run, false, "sync/atomic: %s of nil value into Value", what);
    c_access(run, p, type.size, false, false);
    cell_step(run, held->cell, true);
    if (!held->bytes || (held->type.size == type.size && held->type.kind == type.kind))
        return;
    tell(run, held, CELL_LOAD, false);
    c_panic(run, false, "sync/atomic: %s of inconsistently typed value into Value", what);
}

static void put(struct run *run, struct held *held, const void *p, struct go_type type)
{
    if (!held->bytes && !(held->bytes = region_alloc(&run->objects, type.size)))
        run_stop(run, RUN_MEMORY);
    held->type = type;
    memcpy(held->bytes, p, type.size);
}

/* Copies what is held to `to`, which may be NULL; false: nothing. */
static bool get(struct run *run, const struct held *held, void *to, struct go_type type)
{
    if (!held->bytes)
        return false;
    if (to) {
        c_access(run, to, type.size, true, false);
        memcpy(to, held->bytes, type.size);
    }
    return true;
}

bool aval_load_at(struct aval *a, void *p, struct go_type type)
{
    struct run *run = ENTER();
    struct held *held = value_of(run, a);
    bool there;

    cell_step(run, held->cell, false);
    tell(run, held, CELL_LOAD, false);
    if (held->bytes && (held->type.size != type.size || held->type.kind != type.kind))
        c_panic(run, false, "aval_load into a variable of another type than the Value holds");
    there = get(run, held, p, type);
    return there;
}

void aval_store_at(struct aval *a, const void *p, struct go_type type)
{
    struct run *run = ENTER();
    struct held *held = value_of(run, a);

    begin(run, held, p, type, "store");
    put(run, held, p, type);
    tell(run, held, CELL_STORE, true);
}

bool aval_swap_at(struct aval *a, const void *p, void *before, struct go_type type)
{
    struct run *run = ENTER();
    struct held *held = value_of(run, a);
    bool there;

    begin(run, held, p, type, "swap");
    there = get(run, held, before, type);
    put(run, held, p, type);
    tell(run, held, CELL_SWAP, true);
    return there;
}

bool aval_cas_at(struct aval *a, const void *old, const void *p, struct go_type type)
{
    struct run *run = ENTER();
    struct held *held = value_of(run, a);
    bool equal;

    begin(run, held, p, type, "compare and swap");
    if (old)
        c_access(run, old, type.size, false, false);
    equal = old && held->bytes ? memcmp(held->bytes, old, type.size) == 0 : !old && !held->bytes;
    if (equal)
        put(run, held, p, type);
    tell(run, held, CELL_CAS, equal);
    return equal;
}
