/* point.c -- memory accesses as steps.
 *
 * The places of a run are an open-addressing hash in the run's memory, never more than half full.
 */
#include "rt/point.h"

#include <string.h>

enum { FIRST_SLOTS = 64, PATIENCE = 2 };

struct slot {
    uintptr_t where;
    uint32_t obj; /* 0: the slot is free */
};

struct run_points {
    struct slot *slots;
    uint32_t cap, count; /* cap: a power of two */
};

static struct slot *slot_of(const struct run_points *points, uintptr_t where)
{
    uint32_t mask = points->cap - 1;
    uint32_t i = (uint32_t)((uint64_t)where * 0x9E3779B97F4A7C15u >> 32) & mask;

    while (points->slots[i].obj && points->slots[i].where != where)
        i = (i + 1) & mask;
    return &points->slots[i];
}

static void *need(struct run *run, size_t size)
{
    void *memory = region_alloc(&run->objects, size);

    if (!memory)
        run_stop(run, RUN_MEMORY);
    return memset(memory, 0, size);
}

static void grow(struct run *run, struct run_points *points)
{
    struct run_points old = *points;

    points->cap = old.cap ? 2 * old.cap : FIRST_SLOTS;
    points->slots = need(run, points->cap * sizeof *points->slots);
    for (uint32_t i = 0; i < old.cap; i++)
        if (old.slots[i].obj)
            *slot_of(points, old.slots[i].where) = old.slots[i];
}

static uint32_t object_of(struct run *run, uintptr_t where, uint32_t name)
{
    struct slot *slot;

    if (!run->touched_places)
        run->touched_places = need(run, sizeof *run->touched_places);
    if (2 * run->touched_places->count >= run->touched_places->cap)
        grow(run, run->touched_places);
    slot = slot_of(run->touched_places, where);
    if (slot->obj == 0) {
        const char *text = run->trace ? trace_text(run->trace, name) : "";

        *slot = (struct slot){where, run_object(run, OBJECT_VARIABLE, 0, 0, text)};
        run->touched_places->count++;
    }
    return slot->obj;
}

void run_point(struct run *run, uintptr_t where, bool write, uint32_t name)
{
    uint32_t obj = object_of(run, where, name);
    struct event event;
    bool vain;

    sched_poll(run, obj, write ? TOUCH_CHANGE : TOUCH_LOOK);
    vain = !write && sched_looked(run, obj, PATIENCE);
    event = event_make(run, write ? EVENT_WRITE : EVENT_READ, run->self, obj);
    if (vain)
        event.flags |= EVENT_IN_VAIN;
    event_emit(run, &event);
    if (vain)
        sched_polled(run);
}
