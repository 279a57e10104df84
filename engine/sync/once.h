/* once.h -- sync.Once: the first caller runs the function, the others wait until it is over.
 *
 * The engine knows no function: who gets true from once_begin runs it and must call
 * once_end after it, also when it panicked (then it counts as done).  Objects belong to
 * the run.
 */
#ifndef BRAID_SYNC_ONCE_H
#define BRAID_SYNC_ONCE_H

#include "sync/waiters.h"

enum once_state { ONCE_NEW, ONCE_RUNNING, ONCE_DONE };

struct once {
    uint32_t id;
    enum once_state state;
    struct waiters waiters; /* free mode */
};

/* NULL: out of memory. */
struct once *once_make(struct run *run, const char *name);
bool once_begin(struct run *run, struct once *once);
void once_end(struct run *run, struct once *once);

#endif
