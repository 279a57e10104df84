/* cond.h -- sync.Cond: to wait, with a mutex put down, until somebody signals.
 *
 * A signal when nobody waits is lost.  Objects belong to the run.
 */
#ifndef BRAID_SYNC_COND_H
#define BRAID_SYNC_COND_H

#include "sync/mutex.h"
#include "sync/waiters.h"

struct cond {
    uint32_t id;
    struct locker locker;
    struct waiters waiters; /* in order of their Wait */
};

/* On a Mutex, which is borrowed (NULL: none yet); any other Locker may be put into its place
 * while nobody waits.  NULL: out of memory. */
struct cond *cond_make(struct run *run, struct mutex *mutex, const char *name);

/* Unlocks, waits to be woken, locks again.  The faults are those of an unlock. */
enum fault cond_wait(struct run *run, struct cond *cond);

/* Wakes one: in explored mode any of them, in free mode who has waited longest. */
void cond_signal(struct run *run, struct cond *cond);
void cond_broadcast(struct run *run, struct cond *cond);

#endif
