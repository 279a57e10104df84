/* flight.h -- singleflight.Group: calls for one key, at the same time, are made once.
 *
 * Keys are numbers the face gives them, from 1.  Who gets true from flight_begin makes the
 * call, leaves the result in the call and must end it; the others find it there.  Objects
 * belong to the run.
 */
#ifndef BRAID_SYNC_FLIGHT_H
#define BRAID_SYNC_FLIGHT_H

#include "sync/waiters.h"

struct flight_call {
    uint32_t key;
    uint32_t joined;         /* how many wait or waited for it */
    void *result;            /* the face's */
    bool forgotten;          /* new calls of the key do not join it */
    struct waiters waiters;
    struct flight_call *next;
};

struct flight {
    uint32_t id;
    struct flight_call *calls; /* in flight */
};

/* NULL: out of memory. */
struct flight *flight_make(struct run *run, const char *name);

/* *call is the call to make, or, false, one that others make: who waits comes back when it has
 * been made, who does not at once.  Out of memory ends the run. */
bool flight_begin(struct run *run, struct flight *flight, uint32_t key, bool waits,
                  struct flight_call **call);
void flight_end(struct run *run, struct flight *flight, struct flight_call *call);

/* Forget: the next call of the key does not join one in flight. */
void flight_forget(struct run *run, struct flight *flight, uint32_t key);

#endif
