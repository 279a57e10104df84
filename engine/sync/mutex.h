/* mutex.h -- sync.Mutex.  Objects belong to the run. */
#ifndef BRAID_SYNC_MUTEX_H
#define BRAID_SYNC_MUTEX_H

#include "sync/locker.h"

struct mutex_waiter;

/* A program compiled without checks sees it up to the first who waits (go_fast.h). */
struct mutex {
    uint32_t id;
    bool locked;
    struct mutex_waiter *first, *last; /* free mode: FIFO */
};

/* NULL: out of memory. */
struct mutex *mutex_make(struct run *run, const char *name);
void mutex_lock(struct run *run, struct mutex *mutex);
bool mutex_try_lock(struct run *run, struct mutex *mutex);
enum fault mutex_unlock(struct run *run, struct mutex *mutex);

/* Unlocks as part of a step that touches the mutex, TOUCH_CHANGE. */
enum fault mutex_put_down(struct run *run, struct mutex *mutex);

struct locker mutex_locker(struct mutex *mutex);

#endif
