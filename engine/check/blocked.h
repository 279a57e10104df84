/* blocked.h -- who is left at the end of a run, and cannot go on. */
#ifndef BRAID_CHECK_BLOCKED_H
#define BRAID_CHECK_BLOCKED_H

#include "rt/run.h"

/* Whether nobody but another goroutine could let it go on.  Time does it for who sleeps or works. */
static inline bool goroutine_is_blocked(struct goroutine *g)
{
    return g->state == G_WAITING && g->wait != WAIT_SLEEP && g->wait != WAIT_WORK && g->ready &&
           g->ready(g) == READY_NO;
}

#endif
