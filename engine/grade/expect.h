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

#endif
