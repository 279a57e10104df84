/* semaphore.h -- semaphore.Weighted: units that goroutines take and give back.
 *
 * First come, first served: who finds others waiting waits behind them, even if there
 * would be room for its own smaller wish.  A plain counting semaphore takes one unit at a
 * time and has no context.  Objects belong to the run.
 */
#ifndef BRAID_SYNC_SEMAPHORE_H
#define BRAID_SYNC_SEMAPHORE_H

#include "sync/context.h"
#include "sync/waiters.h"

struct semaphore {
    uint32_t id;
    int64_t size, used;
    struct waiters queue;
};

/* NULL: out of memory. */
struct semaphore *semaphore_make(struct run *run, int64_t size, const char *name);

/* CONTEXT_LIVE: the n units (n >= 0) are ours; else the context (NULL: none) was cancelled
 * first.  More than the size: waits until it is. */
enum context_error semaphore_acquire(struct run *run, struct semaphore *semaphore, int64_t n,
                                     struct context *context);
bool semaphore_try_acquire(struct run *run, struct semaphore *semaphore, int64_t n);

/* FAULT_SEMAPHORE_RELEASE: fewer than n were held. */
enum fault semaphore_release(struct run *run, struct semaphore *semaphore, int64_t n);

#endif
