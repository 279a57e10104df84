/* trials.h -- a check that has passed is tried on wrong programs, one after the other.
 *
 * Mutation analysis (DeMillo, Lipton, Sayward, "Hints on Test Data Selection", Computer 1978) with
 * mutants written by hand: a check is worth what it catches.  A mutant is caught when any
 * interleaving of the check with it has a fault; what the exercise expects of the check's output
 * does not count, for that would be another check.
 */
#ifndef BRAID_GRADE_TRIALS_H
#define BRAID_GRADE_TRIALS_H

#include "grade/judge.h"

struct trials;

/* Starts the first.  The request, with its mutants, is borrowed.  NULL: out of memory. */
struct trials *trials_start(const struct judge_request *request);

/* Waits at most timeout_ms (0: only looks); true when all are over. */
bool trials_poll(struct trials *trials, int timeout_ms);

/* How far the one at work is, and its name. */
struct judge_progress trials_progress(const struct trials *trials);

/* The rest is not tried. */
void trials_cancel(struct trials *trials);

/* Adds what came of them to the result of a check that has passed: where one was not caught the
 * verdict is "wrong answer".  Frees the trials. */
void trials_finish(struct trials *trials, struct result *result);

#endif
