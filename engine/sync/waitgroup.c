/* waitgroup.c -- sync.WaitGroup.
 *
 * Whoever makes the counter zero releases all who wait by then.  In explored mode to return from
 * Wait is a step of its own; should the counter have been raised again before it, Go panics, and
 * so do we.  (In the nanoseconds before the Done is over Go's Add finds it, with words of its own;
 * our Done has no inside.)  Whether a goroutine had come to Wait when the counter became zero
 * makes a difference, so its arrival touches the WaitGroup.
 */
#include "sync/waitgroup.h"

struct waitgroup_waiter {
    struct goroutine *g;
    bool released;
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
    if (!run_quiet_step(run))
        event_close(run, event_open(run, EVENT_WG_WAIT, g, wg->id));
}

/* The counter was changed by delta. */
static void tell_add(struct run *run, const struct waitgroup *wg, int32_t delta)
{
    struct event *event = event_open(run, EVENT_WG_ADD, run->self, wg->id);

    event->value = delta;
    event->value_kind = VALUE_INT;
    event->extra = (uint32_t)wg->counter;
    event_close(run, event);
}

/* The counter is zero: in free mode those who wait return by that. */
static void release(struct run *run, struct waitgroup *wg)
{
    if (run->explored) {
        for (struct waitgroup_waiter *waiter = wg->first; waiter; waiter = waiter->next)
            waiter->released = true;
        return;
    }
    for (struct waitgroup_waiter *waiter = wg->first; waiter; waiter = waiter->next) {
        pass(run, wg, waiter->g);
        sched_wake(run, waiter->g);
    }
    wg->first = wg->last = NULL;
}

enum fault waitgroup_add(struct run *run, struct waitgroup *wg, int32_t delta)
{
    enum touch_mode mode = delta < 0 ? TOUCH_LOWER : TOUCH_RAISE;

    sched_step(run, wg->id, mode);
    if ((int64_t)wg->counter + delta < 0)
        mode = TOUCH_CHANGE; /* which of those that lower it is one too many, does matter */
    sched_turned_out(run, mode, wg->counter, false);
    run->self->touch.cap = (uint32_t)(delta < 0 ? -(int64_t)delta : delta);
    if ((int64_t)wg->counter + delta < 0)
        return run_fail(run, FAULT_WG_NEGATIVE, wg->id);
    wg->counter += delta;
    if (!run_quiet_step(run))
        tell_add(run, wg, delta);
    if (wg->counter == 0)
        release(run, wg);
    return FAULT_NONE;
}

static enum ready may_return(struct goroutine *g)
{
    const struct waitgroup *wg = g->op;
    const struct waitgroup_waiter *waiter = wg->first;

    if (wg->counter == 0)
        return READY_YES;
    while (waiter && waiter->g != g)
        waiter = waiter->next;
    return waiter && waiter->released ? READY_YES : READY_NO;
}

static void put(struct waitgroup *wg, struct waitgroup_waiter *waiter)
{
    if (wg->last)
        wg->last->next = waiter;
    else
        wg->first = waiter;
    wg->last = waiter;
}

static void take_out(struct waitgroup *wg, struct waitgroup_waiter *waiter)
{
    struct waitgroup_waiter **link = &wg->first, *before = NULL;

    while (*link != waiter) {
        before = *link;
        link = &before->next;
    }
    *link = waiter->next;
    if (wg->last == waiter)
        wg->last = before;
}

enum fault waitgroup_wait(struct run *run, struct waitgroup *wg)
{
    struct waitgroup_waiter waiter = {.g = run->self};
    struct touch touch = {.obj = wg->id, .mode = TOUCH_ZERO};

    if (!run->explored) {
        sched_step(run, wg->id, TOUCH_ZERO);
        if (wg->counter == 0) {
            pass(run, wg, run->self);
            return FAULT_NONE;
        }
        put(wg, &waiter);
        sched_wait(run, WAIT_WG, wg->id, may_return, NULL, wg, (struct touches){0});
        return FAULT_NONE;
    }
    put(wg, &waiter);
    sched_touch(run, wg->id, TOUCH_ARRIVE);
    sched_wait(run, WAIT_WG, wg->id, may_return, NULL, wg, (struct touches){&touch, 1});
    take_out(wg, &waiter);
    touch.before.level = wg->counter;
    if (waiter.released && wg->counter != 0)
        return run_fail(run, FAULT_WG_REUSED, wg->id);
    pass(run, wg, run->self);
    return FAULT_NONE;
}
