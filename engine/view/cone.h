/* cone.h -- what happens before one point of a run, and what after, by Go's memory model.
 *
 * The past of a point is closed: with an event it holds all that its goroutine did before.  So it
 * is one number a goroutine, the last of its events that leads to the point; and the future is the
 * first of its events that the point leads to.  Each comes with the edge by which it does.  What is
 * in neither is not ordered with the point.  Atomic accesses of C programs are not in the trace:
 * what only they order is missing here.
 */
#ifndef BRAID_VIEW_CONE_H
#define BRAID_VIEW_CONE_H

#include "rt/trace.h"

#include <stdbool.h>
#include <stdint.h>

/* How far a cone goes in one goroutine. */
struct reach {
    uint32_t event; /* past: its last one in it; future: its first; UINT32_MAX: none is */
    uint32_t g;     /* the other end of the edge: past: who heard of it; future: who told it;
                       0: nobody, the point is its own */
    uint32_t there; /* the event of g */
};

struct cones;

/* Goes through the whole trace once; borrows it.  Ids above those two are a stray write's
 * garbage and left out.  NULL: out of memory. */
struct cones *cones_new(const struct trace *trace, uint32_t goroutines, uint32_t objects);
void cones_free(struct cones *cones);

/* What goroutine g knows of when the first `events` of the trace have happened, by goroutine:
 * room for the ids 0 .. goroutines.  A hand-off is an event of both.  False: there is no such
 * goroutine, and nothing is in it. */
bool cones_past(struct cones *cones, struct reach *past, uint32_t events, uint32_t g);

/* Who knows of what g did from this event on. */
bool cones_future(struct cones *cones, struct reach *future, uint32_t event, uint32_t g);

#endif
