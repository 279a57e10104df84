/* waitgroup.c -- sync.WaitGroup. */
#include "sync/waitgroup.h"

struct waitgroup_waiter {
    struct goroutine *g;
    struct waitgroup_waiter *next;
};

struct waitgroup *waitgroup_make(struct run *run, const char *name)
{
    struct waitgroup *wg = region_alloc(&run->objects, sizeof *wg);

    if (wg)
        wg->id = run_object(run, OBJECT_WAITGROUP, 0, 0, name);
    return wg;
}

static void pass(struct run *run, struct waitgroup *wg, struct goroutine *g)
{
    struct event event = event_make(run, EVENT_WG_WAIT, g, wg->id);

    event_emit(run, &event);
}

enum fault waitgroup_add(struct run *run, struct waitgroup *wg, int32_t delta)
{
    struct waitgroup_waiter *waiter;
    struct event event;

    sched_step(run, wg->id, delta < 0 ? TOUCH_LOWER : TOUCH_RAISE);
    if ((int64_t)wg->counter + delta < 0)
        return run_fail(run, FAULT_WG_NEGATIVE, wg->id);
    wg->counter += delta;
    event = event_make(run, EVENT_WG_ADD, run->self, wg->id);
    event.value = delta;
    event.value_kind = VALUE_INT;
    event.extra = (uint32_t)wg->counter;
    event_emit(run, &event);
    while (wg->counter == 0 && (waiter = wg->first)) {
        wg->first = waiter->next;
        if (!wg->first)
            wg->last = NULL;
        pass(run, wg, waiter->g);
        sched_wake(run, waiter->g);
    }
    return FAULT_NONE;
}

static enum ready zero(struct goroutine *g)
{
    return ((struct waitgroup *)g->op)->counter == 0 ? READY_YES : READY_NO;
}

void waitgroup_wait(struct run *run, struct waitgroup *wg)
{
    struct waitgroup_waiter waiter = {.g = run->self};

    if (run->explored) {
        struct touch touch = {wg->id, TOUCH_LOOK};

        sched_wait(run, WAIT_WG, wg->id, zero, NULL, wg, (struct touches){&touch, 1});
        pass(run, wg, run->self);
        return;
    }
    sched_step(run, wg->id, TOUCH_LOOK);
    if (wg->counter == 0) {
        pass(run, wg, run->self);
        return;
    }
    if (wg->last)
        wg->last->next = &waiter;
    else
        wg->first = &waiter;
    wg->last = &waiter;
    sched_wait(run, WAIT_WG, wg->id, zero, NULL, wg, (struct touches){0});
}
