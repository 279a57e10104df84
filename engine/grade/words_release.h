/* words_release.h -- what the trace knows of those who could have ended a wait: parts of
 * words_release.c and words_fix.c. */
#ifndef BRAID_GRADE_WORDS_RELEASE_H
#define BRAID_GRADE_WORDS_RELEASE_H

#include "grade/words_finding.h"

/* Who sends on a channel: goroutines of the program, or the clock and the world. */
enum release_sender { BY_PROGRAM, BY_CONTEXT, BY_LISTENER, BY_CONNECTION, BY_TIMER, BY_SIGNALS };
enum release_sender release_sender(const struct telling *t, uint32_t chan);

/* How often g (0: anybody) did one thing to an object more than the other, by value or one each. */
int64_t release_balance(const struct telling *t, uint32_t obj, uint32_t g, uint32_t up,
                        uint32_t down);

/* The errgroup that a semaphore is the limit of; 0: none. */
uint32_t release_limited(const struct telling *t, uint32_t semaphore);

/* How many units it asked for that waits; 0: unknown. */
int64_t release_wanted(const struct telling *t, const struct event *block);

#endif
