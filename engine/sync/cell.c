/* cell.c -- atomics and the steps of sync.Map. */
#include "sync/cell.h"

#include "sync/waiters.h"

#include <string.h>

struct cell *cell_make(struct run *run, enum object_kind kind, const char *name)
{
    struct cell *cell = region_alloc(&run->objects, sizeof *cell);

    if (cell)
        cell->id = run_object(run, kind, 0, 0, name);
    return cell;
}

void cell_step(struct run *run, const struct cell *cell, bool may_change)
{
    sched_poll(run, cell->id, may_change ? TOUCH_CHANGE : TOUCH_LOOK);
}

void cell_tell(struct run *run, const struct cell *cell, const struct cell_told *told)
{
    struct event *event = event_open(run, told->changed ? EVENT_STORE : EVENT_LOAD, run->self,
                                     cell->id);
    bool vain = !told->changed && sched_looked(run, cell->id, PATIENCE_SPIN);

    event->extra = told->op;
    event->seq = told->key;
    event->value = told->value;
    event->value_kind = (uint8_t)told->kind;
    if (told->text)
        event->text = run_text(run, told->text, strlen(told->text));
    if (vain)
        event->flags |= EVENT_IN_VAIN;
    event_close(run, event);
    if (vain)
        sched_polled(run);
}

/* Go's integers wrap around. */
static int64_t cut(enum atomic_kind kind, int64_t value)
{
    switch (kind) {
    case ATOMIC_INT32: return (int32_t)value;
    case ATOMIC_UINT32: return (uint32_t)value;
    case ATOMIC_BOOL: return value != 0;
    default: return value;
    }
}

static enum value_kind told_as(enum atomic_kind kind)
{
    return kind == ATOMIC_BOOL ? VALUE_BOOL : kind == ATOMIC_POINTER ? VALUE_NONE : VALUE_INT;
}

struct atomic *atomic_make_kind(struct run *run, enum atomic_kind kind, int64_t value,
                                const char *name)
{
    struct atomic *atomic = region_alloc(&run->objects, sizeof *atomic);

    if (!atomic)
        return NULL;
    atomic->kind = kind;
    atomic->value = cut(kind, value);
    atomic->cell.id = run_object(run, OBJECT_ATOMIC, 0, kind == ATOMIC_POINTER ? 0 : atomic->value,
                                 name);
    return atomic;
}

struct atomic *atomic_make(struct run *run, int64_t value, const char *name)
{
    return atomic_make_kind(run, ATOMIC_INT64, value, name);
}

static void tell(struct run *run, const struct atomic *atomic, enum cell_op op, bool changed)
{
    cell_tell(run, &atomic->cell, &(struct cell_told){
        .op = op, .changed = changed, .value = atomic->kind == ATOMIC_POINTER ? 0 : atomic->value,
        .kind = told_as(atomic->kind)});
}

int64_t atomic_load(struct run *run, struct atomic *atomic)
{
    int64_t value;

    cell_step(run, &atomic->cell, false);
    value = atomic->value; /* before who polls gives way */
    tell(run, atomic, CELL_LOAD, false);
    return value;
}

void atomic_store(struct run *run, struct atomic *atomic, int64_t value)
{
    cell_step(run, &atomic->cell, true);
    atomic->value = cut(atomic->kind, value);
    tell(run, atomic, CELL_STORE, true);
}

int64_t atomic_add(struct run *run, struct atomic *atomic, int64_t delta)
{
    cell_step(run, &atomic->cell, true);
    atomic->value = cut(atomic->kind, (int64_t)((uint64_t)atomic->value + (uint64_t)delta));
    tell(run, atomic, CELL_ADD, true);
    return atomic->value;
}

int64_t atomic_swap(struct run *run, struct atomic *atomic, int64_t value)
{
    int64_t old;

    cell_step(run, &atomic->cell, true);
    old = atomic->value;
    atomic->value = cut(atomic->kind, value);
    tell(run, atomic, CELL_SWAP, true);
    return old;
}

bool atomic_cas(struct run *run, struct atomic *atomic, int64_t old, int64_t value)
{
    bool equal;

    cell_step(run, &atomic->cell, true);
    equal = atomic->value == cut(atomic->kind, old);
    if (equal)
        atomic->value = cut(atomic->kind, value);
    tell(run, atomic, CELL_CAS, equal);
    return equal;
}
