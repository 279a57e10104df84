/* waitgroup.h -- sync.WaitGroup.  Objects belong to the run. */
#ifndef BRAID_SYNC_WAITGROUP_H
#define BRAID_SYNC_WAITGROUP_H

#include "rt/run.h"

struct waitgroup_waiter;

struct waitgroup {
    uint32_t id;
    int32_t counter;
    struct waitgroup_waiter *first, *last; /* who is in Wait */
};

/* NULL: out of memory. */
struct waitgroup *waitgroup_make(struct run *run, const char *name);

/* Done is -1.  FAULT_WG_NEGATIVE. */
enum fault waitgroup_add(struct run *run, struct waitgroup *wg, int32_t delta);

/* FAULT_WG_REUSED: there was an Add before it could return (seen in explored mode). */
enum fault waitgroup_wait(struct run *run, struct waitgroup *wg);

#endif
