/* expect.h -- holds a run against what its exercise asks. */
#ifndef BRAID_GRADE_EXPECT_H
#define BRAID_GRADE_EXPECT_H

#include "check/finding.h"
#include "course/expect.h"
#include "rt/hook.h"

/* A watcher that adds FINDING_WRONG_ANSWER to findings when a run ended by itself but not as
 * expected; the finding's text says what was expected and what came.  Both are borrowed. */
struct watcher *expect_new(const struct expectation *expectation, struct findings *findings);
void expect_free(struct watcher *watcher);

/* How many goroutines besides main were under way at once in the last run, at most. */
uint32_t expect_together(const struct watcher *watcher);

/* Adds the finding that no run had more than `most` of them to the last run's. */
void expect_alone(struct watcher *watcher, struct run *run, uint32_t most);

#endif
