/* once.c -- sync.Once. */
#include "sync/once.h"

struct sync_once *sync_once_make(struct run *run, const char *name)
{
    struct sync_once *once = region_alloc(&run->objects, sizeof *once);

    if (once)
        once->id = run_object(run, OBJECT_ONCE, 0, 0, name);
    return once;
}

static void tell(struct run *run, enum event_kind kind, const struct sync_once *once,
                 const struct goroutine *g)
{
    struct event event = event_make(run, kind, g, once->id);

    event_emit(run, &event);
}

static enum ready not_running(struct goroutine *g)
{
    return ((const struct sync_once *)g->op)->state == ONCE_RUNNING ? READY_NO : READY_YES;
}

bool sync_once_begin(struct run *run, struct sync_once *once)
{
    struct touch touch = {.obj = once->id, .mode = TOUCH_LOCK};

    if (run->explored) {
        sched_wait(run, WAIT_ONCE, once->id, not_running, NULL, once, (struct touches){&touch, 1});
    } else {
        sched_step(run, once->id, TOUCH_CHANGE);
        if (once->state == ONCE_RUNNING) {
            struct waiter waiter = {.g = run->self};

            waiters_put(&once->waiters, &waiter);
            sched_wait(run, WAIT_ONCE, once->id, not_running, NULL, once, (struct touches){0});
            return false;
        }
    }
    if (once->state == ONCE_DONE) {
        touch.mode = TOUCH_LOOK;
        tell(run, EVENT_ONCE_PASS, once, run->self);
        return false;
    }
    once->state = ONCE_RUNNING;
    tell(run, EVENT_ONCE_BEGIN, once, run->self);
    return true;
}

void sync_once_end(struct run *run, struct sync_once *once)
{
    struct waiter *waiter;

    sched_step(run, once->id, TOUCH_UNLOCK);
    sched_turned_out(run, TOUCH_UNLOCK, 0, true);
    once->state = ONCE_DONE;
    tell(run, EVENT_ONCE_END, once, run->self);
    while ((waiter = waiters_take(&once->waiters))) {
        tell(run, EVENT_ONCE_PASS, once, waiter->g);
        sched_wake(run, waiter->g);
    }
}
