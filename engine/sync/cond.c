/* cond.c -- sync.Cond.
 *
 * To begin to wait is one step with the unlock, so no signal can get lost between them.
 * To be woken is part of the signal's step; the lock that follows is a step again.
 */
#include "sync/cond.h"

struct cond *cond_make(struct run *run, struct mutex *mutex, const char *name)
{
    struct cond *cond = region_alloc(&run->objects, sizeof *cond);

    if (!cond)
        return NULL;
    if (mutex)
        cond->locker = mutex_locker(mutex);
    cond->id = run_object(run, OBJECT_COND, 0, 0, name);
    return cond;
}

enum fault cond_wait(struct run *run, struct cond *cond)
{
    /* who waits first does not matter to the signal, which may wake any */
    struct touch touch[] = {
        {.obj = cond->locker.id, .mode = cond->locker.unlock, .before.shut = true},
        {.obj = cond->id, .mode = TOUCH_RAISE},
    };
    struct waiter waiter = {.g = run->self};
    enum fault fault;

    if (run->explored)
        sched_wait(run, WAIT_NONE, 0, NULL, NULL, NULL, (struct touches){touch, 2});
    else
        sched_step(run, cond->id, TOUCH_CHANGE);
    fault = cond->locker.put_down(run, cond->locker.object);
    if (fault)
        return fault;
    waiters_put(&cond->waiters, &waiter);
    waiter_block(run, WAIT_COND, cond->id, cond, NULL);
    cond->locker.lock(run, cond->locker.object);
    return FAULT_NONE;
}

/* Whom the signal wakes; somebody waits. */
static struct waiter *choose(struct run *run, const struct cond *cond, struct event *event)
{
    struct waiter *waiter = cond->waiters.first;
    uint32_t n = 0, *options, chosen;

    if (!run->explored) {
        event->flags |= EVENT_PARTNER_CHOSEN;
        return waiter;
    }
    for (const struct waiter *w = waiter; w; w = w->next)
        n++;
    options = run_scratch(run, n);
    n = 0;
    for (const struct waiter *w = waiter; w; w = w->next)
        options[n++] = w->g->id;
    chosen = run_choose(run, CHOICE_PARTNER, n, options);
    if (n > 1)
        event->flags |= EVENT_PARTNER_CHOSEN;
    while (chosen-- > 0)
        waiter = waiter->next;
    return waiter;
}

void cond_signal(struct run *run, struct cond *cond)
{
    struct waiter *waiter = NULL;
    struct event event;

    sched_step(run, cond->id, TOUCH_CHANGE);
    event = event_make(run, EVENT_SIGNAL, run->self, cond->id);
    if (cond->waiters.first) {
        waiter = choose(run, cond, &event);
        event.other = waiter->g->id;
        waiters_remove(&cond->waiters, waiter);
    }
    for (const struct waiter *w = cond->waiters.first; w; w = w->next)
        event.extra++;
    event_emit(run, &event);
    if (waiter)
        waiter_wake(run, waiter->g, cond->id, run->self, 0);
}

void cond_broadcast(struct run *run, struct cond *cond)
{
    struct waiter *waiter;
    struct event event;

    sched_step(run, cond->id, TOUCH_CHANGE);
    event = event_make(run, EVENT_BROADCAST, run->self, cond->id);
    for (const struct waiter *w = cond->waiters.first; w; w = w->next)
        event.extra++;
    event_emit(run, &event);
    while ((waiter = waiters_take(&cond->waiters)))
        waiter_wake(run, waiter->g, cond->id, run->self, 0);
}
