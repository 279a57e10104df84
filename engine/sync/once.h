/* once.h -- sync.Once: the first caller runs the function, the others wait until it is over.
 *
 * The engine knows no function: who gets true from sync_once_begin runs it and must call
 * sync_once_end after it, also when it panicked (then it counts as done).  Objects belong to
 * the run.
 */
#ifndef BRAID_SYNC_ONCE_H
#define BRAID_SYNC_ONCE_H

#include "sync/waiters.h"

enum sync_once_state { ONCE_NEW, ONCE_RUNNING, ONCE_DONE };

struct sync_once {
    uint32_t id;
    enum sync_once_state state;
    struct waiters waiters; /* free mode */
};

/* NULL: out of memory. */
struct sync_once *sync_once_make(struct run *run, const char *name);
bool sync_once_begin(struct run *run, struct sync_once *once);
void sync_once_end(struct run *run, struct sync_once *once);

#endif
