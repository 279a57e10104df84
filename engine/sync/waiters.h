/* waiters.h -- goroutines that wait for something, in order of arrival.
 *
 * Each waiter lies on the stack of its goroutine, which is blocked while it is queued.
 */
#ifndef BRAID_SYNC_WAITERS_H
#define BRAID_SYNC_WAITERS_H

#include "rt/run.h"

struct waiter {
    struct goroutine *g;
    int64_t n;                   /* what it wants; the primitive's own */
    bool queued;
    struct waiter *prev, *next;
};

struct waiters {
    struct waiter *first, *last;
};

static inline void waiters_put(struct waiters *waiters, struct waiter *waiter)
{
    waiter->queued = true;
    waiter->next = NULL;
    waiter->prev = waiters->last;
    if (waiters->last)
        waiters->last->next = waiter;
    else
        waiters->first = waiter;
    waiters->last = waiter;
}

static inline void waiters_remove(struct waiters *waiters, struct waiter *waiter)
{
    waiter->queued = false;
    if (waiter->prev)
        waiter->prev->next = waiter->next;
    else
        waiters->first = waiter->next;
    if (waiter->next)
        waiter->next->prev = waiter->prev;
    else
        waiters->last = waiter->prev;
}

/* Who came first, taken out; NULL when nobody waits. */
static inline struct waiter *waiters_take(struct waiters *waiters)
{
    struct waiter *waiter = waiters->first;

    if (waiter)
        waiters_remove(waiters, waiter);
    return waiter;
}

/* A waiter who was served goes on, told as WAKE.  by: the goroutine that did it, NULL: the clock;
 * extra: see EVENT_KINDS. */
void waiter_wake(struct run *run, struct goroutine *g, uint32_t obj, const struct goroutine *by,
                 uint32_t extra);

/* Blocks the running goroutine, in both modes, until somebody calls waiter_wake for it.  object: the
 * one of that id, of the run, NULL when it is nothing that somebody must reach to wake it; also: a
 * context whose end wakes it, too, or NULL. */
void waiter_block(struct run *run, enum wait_kind wait, uint32_t obj, void *object, void *also);

/* How often a loop that only looks may come round before it counts as polling. */
enum {
    PATIENCE_SPIN = 2,    /* to look again can only help when somebody has changed it */
    PATIENCE_CLOCK = 100, /* to count how often it was refused is no polling */
};

/* Tells of a look at obj that changed nothing and saw value; who looks in a loop gives way. */
void waiter_look(struct run *run, uint32_t obj, uint32_t patience, int64_t value);

#endif
