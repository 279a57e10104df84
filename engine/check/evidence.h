/* evidence.h -- what can be told of the two accesses of a race only while they are made.
 *
 * Of an access the race detector keeps who made it, and where: what was read or written, and by
 * which chain of calls, would cost every access of every run.  So the run that is to be shown is
 * made again, twice, by its schedule.  The first time evidence counts accesses, and finds which
 * two each race is between: the one that made the detector speak, and the last one before it of the
 * other party at that place.  The second time it tells the two as facts, where they happen: FRAMEs,
 * PLACE, ACCESS.
 *
 *     evidence_new(races)   told after the race detector, in both runs
 *     a run                 looks
 *     evidence_tell(...)
 *     a run                 tells
 *     evidence_point(...)   the findings of that run point at what was told
 *
 * A value that is written is seen when its goroutine does the next thing that anybody is told of:
 * the ACCESS in the trace gets it then.
 */
#ifndef BRAID_CHECK_EVIDENCE_H
#define BRAID_CHECK_EVIDENCE_H

#include "check/finding.h"
#include "rt/hook.h"
#include "rt/trace.h"

/* Of the races among `wanted`; `found`: what the detector finds in the runs to come.  Both are
 * borrowed.  NULL: out of memory. */
struct watcher *evidence_new(const struct findings *wanted, struct findings *found);
void evidence_free(struct watcher *watcher);

/* The next run is the second. */
void evidence_tell(struct watcher *watcher);

/* Points the races of the second run at their ACCESSes: `event` of both parties, the event where it
 * showed, and the variable's name.  False: not all that was wanted was found again. */
bool evidence_point(const struct watcher *watcher, const struct trace *trace,
                    struct findings *findings);

#endif
