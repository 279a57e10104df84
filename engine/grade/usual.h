/* usual.h -- what a program prints while nobody is interrupted between two steps, and whether a run
 * prints something else.
 *
 * Lines count in any order, as the runs they come from may be classes of interleavings, unless
 * their order was asked for.
 */
#ifndef BRAID_GRADE_USUAL_H
#define BRAID_GRADE_USUAL_H

#include "check/finding.h"
#include "rt/hook.h"

/* A watcher that leaves in `findings` only what is news after a race: no race, no limit, nothing of
 * a kind that is told `beside` already; and adds an output that is not usual.  To be told last of a
 * run's end.  Both are borrowed.  NULL: out of memory. */
struct watcher *usual_new(const struct findings *beside, struct findings *findings);
void usual_free(struct watcher *watcher);

/* Learning, what is printed is usual, and news when the first run did not print it; so are faults.
 * Else what was never learnt is news. */
void usual_learn(struct watcher *watcher, bool learning);

#endif
