/* free.h -- free mode's way from one goroutine to the next, for the primitives of sync/.
 *
 * Who cannot go on waits and switches straight to the goroutine that became ready first; nobody
 * is asked and nothing is published.  All that is here is short and inlined: it is most of what
 * an operation costs.
 */
#ifndef BRAID_RT_FREE_H
#define BRAID_RT_FREE_H

#include "rt/run.h"

/* Before a step: ends the run when its budget is used up. */
static inline void free_step(struct run *run)
{
    if (__builtin_expect(run->steps >= run->last_step_allowed, 0))
        sched_over(run);
}

/* Who waited becomes ready. */
static inline void free_wake(struct run *run, struct goroutine *g)
{
    __builtin_prefetch(g->fiber.sp);
    g->state = G_READY;
    g->next_ready = NULL;
    if (run->ready_last)
        run->ready_last->next_ready = g;
    else
        run->ready_first = g;
    run->ready_last = g;
}

/* The running goroutine, g, waits until somebody calls free_wake for it.  ready and tell are as
 * for sched_wait. */
static inline void free_wait(struct run *run, struct goroutine *g, enum wait_kind wait,
                             uint32_t obj, enum ready (*ready)(struct goroutine *g),
                             void (*tell)(struct run *run, struct goroutine *g), void *op)
{
    struct goroutine *next;

    g->state = G_WAITING;
    g->wait = wait;
    g->wait_obj = obj;
    g->ready = ready;
    g->tell = tell;
    g->op = op;
    free_step(run);
    if (!run->quiet)
        sched_tell(run, g);
    next = run->ready_first;
    if (!next) {
        sched_give_way(run);
        return;
    }
    run->ready_first = next->next_ready;
    if (!run->ready_first)
        run->ready_last = NULL;
    next->state = G_RUNNING;
    run->self = next;
    fiber_switch(&g->fiber, &next->fiber);
}

#endif
