/* waiters.c -- to block until somebody else has served us; to look without effect. */
#include "sync/waiters.h"

static enum ready never(struct goroutine *g)
{
    (void)g;
    return READY_NO;
}

void waiter_block(struct run *run, enum wait_kind wait, uint32_t obj, void *object, void *also)
{
    struct goroutine *self = run->self;

    self->also = also;
    sched_wait(run, wait, obj, never, NULL, object, (struct touches){0});
    self->also = NULL;
}

void waiter_wake(struct run *run, struct goroutine *g, uint32_t obj, const struct goroutine *by,
                 uint32_t extra)
{
    struct event *event;

    sched_wake(run, g);
    event = event_open(run, EVENT_WAKE, g, obj);
    event->other = by ? by->id : 0;
    event->extra = extra;
    event_close_fact(run, event);
}

void waiter_look(struct run *run, uint32_t obj, uint32_t patience, int64_t value)
{
    struct event event = event_make(run, EVENT_LOOK, run->self, obj);
    bool vain = sched_looked(run, obj, patience);

    event.value = value;
    if (vain)
        event.flags |= EVENT_IN_VAIN;
    event_emit(run, &event);
    if (vain)
        sched_polled(run);
}
