/* shrink.h -- from a run that shows something to one with fewer switches that shows it as well.
 *
 * A run is a row of segments: steps that one goroutine takes without another's between.  Fewer
 * segments are told more simply, and among as many the run with fewer steps.
 */
#ifndef BRAID_EXPLORE_SHRINK_H
#define BRAID_EXPLORE_SHRINK_H

#include "explore/schedule.h"

struct shrink {
    /* Makes a run that follows the guide where it can (guide_new).  True: it shows the same; its
     * trace is then `trace`. */
    bool (*shows)(struct shrink *self, const struct schedule *guide);
    /* The run just made is the simplest so far.  NULL: nobody wants to know. */
    void (*simpler)(struct shrink *self);
    const struct trace *trace;
    uint64_t runs, steps; /* how many it may still make */
};

/* How a run compares: first by switches, then by steps. */
struct shrink_size {
    uint64_t switches, steps;
};

struct shrink_size shrink_measure(const struct trace *trace);

/* Starts from the run in self->trace, which shows it; calls `shows` until nothing gets simpler or
 * the budget is used up.  False: out of memory. */
bool shrink(struct shrink *self);

#endif
