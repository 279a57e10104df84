/* rwmutex.h -- sync.RWMutex: many readers or one writer.
 *
 * A writer first claims the lock (when no other writer has it or claims it): from then on
 * no new reader gets in; then it waits for the readers inside to leave.  Objects belong to
 * the run.
 */
#ifndef BRAID_SYNC_RWMUTEX_H
#define BRAID_SYNC_RWMUTEX_H

#include "sync/locker.h"
#include "sync/waiters.h"

/* Who has read it, in explored mode: to give up a read lock of one's own can never be a fault. */
struct reader {
    uint32_t g, locks;
    struct reader *next;
};

struct rwmutex {
    uint32_t id;
    uint32_t readers;           /* inside */
    bool locked;                /* a writer has it */
    struct goroutine *claimant; /* a writer that waits for the readers to leave, or NULL */
    struct reader *readers_ever;
    struct waiters reading, writing; /* free mode: who waits for the writers before it */
};

/* NULL: out of memory. */
struct rwmutex *rwmutex_make(struct run *run, const char *name);
void rwmutex_lock(struct run *run, struct rwmutex *rw);
bool rwmutex_try_lock(struct run *run, struct rwmutex *rw);
enum fault rwmutex_unlock(struct run *run, struct rwmutex *rw);   /* FAULT_RW_UNLOCK */
void rwmutex_rlock(struct run *run, struct rwmutex *rw);
bool rwmutex_try_rlock(struct run *run, struct rwmutex *rw);
enum fault rwmutex_runlock(struct run *run, struct rwmutex *rw);  /* FAULT_RW_RUNLOCK */

struct locker rwmutex_locker(struct rwmutex *rw);
struct locker rwmutex_rlocker(struct rwmutex *rw); /* RLocker: locks for reading */

#endif
