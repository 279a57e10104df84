/* locker.h -- sync.Locker: what a Cond unlocks and locks again.
 *
 * A value that stands for a Mutex, an RWMutex (for writing) or its RLocker (for reading).
 */
#ifndef BRAID_SYNC_LOCKER_H
#define BRAID_SYNC_LOCKER_H

#include "rt/run.h"

struct locker {
    void *object;           /* the lock */
    uint32_t id;            /* its object id */
    enum touch_mode unlock; /* how unlocking touches it */
    void (*lock)(struct run *run, void *object);
    /* Unlocks as part of a step that touches the lock. */
    enum fault (*put_down)(struct run *run, void *object);
};

/* Two values of the same lock, in the same way. */
static inline bool locker_same(const struct locker *a, const struct locker *b)
{
    return a->object == b->object && a->lock == b->lock;
}

#endif
