/* past.h -- what happens before one point of a run, by Go's memory model.
 *
 * The past of a point is closed: with an event it holds all that its goroutine did before.  So it
 * is one number a goroutine, the last of its events that leads to the point.  Atomic accesses of C
 * programs are not in the trace: what only they order is missing here.
 */
#ifndef BRAID_VIEW_PAST_H
#define BRAID_VIEW_PAST_H

#include "rt/trace.h"

#include <stdbool.h>
#include <stdint.h>

struct past;

/* Goes through the whole trace once; borrows it.  Ids above those two are a stray write's
 * garbage and left out.  NULL: out of memory. */
struct past *past_new(const struct trace *trace, uint32_t goroutines, uint32_t objects);
void past_free(struct past *past);

/* What goroutine g knows of when the first `events` of the trace have happened: last[id] is set
 * for the ids 0 .. goroutines, UINT32_MAX: nothing of it.  A hand-off is an event of both.
 * False: there is no such goroutine. */
bool past_find(struct past *past, uint32_t *last, uint32_t events, uint32_t g);

#endif
