/* split.h -- a tree of runs cut into beginnings, for several workers to explore.
 *
 * A beginning is the answers to a run's first choices.  Those that split_new goes through are what
 * sleep sets leave: each class of interleavings goes on from exactly one of them (Godefroid,
 * "Partial-Order Methods", 1996, chapter 5).  What lies below one depends on no other, so workers
 * may take them in any order.  At channels a class may go on from several: who sleeps is a goroutine
 * with all the ways its step could be made, not each of them.  Not for programs that poll: sleep sets do not follow how pollers
 * give way.
 */
#ifndef BRAID_EXPLORE_SPLIT_H
#define BRAID_EXPLORE_SPLIT_H

#include "rt/hook.h"

/* A goroutine that sleeps: all that goes on with its step is below another beginning.  Its touches
 * are those its step was seen to have there. */
struct sleeping {
    uint32_t g, n, cap;
    struct touch *at;
};

struct sleepers {
    struct sleeping *at;
    uint32_t count, cap;
};

struct beginning {
    uint32_t *answers; /* index of the option taken, of each choice */
    uint32_t count, cap;
    struct sleepers sleepers; /* when the last step of it is being taken */
};

/* Goes through the beginnings of so many steps, one a run, which it stops (RUN_REDUNDANT) when
 * the beginning is made.  NULL: out of memory. */
struct strategy *split_new(uint32_t steps);

/* The beginning made by the run that has just ended; NULL: it came to nothing, or `failed`. */
const struct beginning *split_made(const struct strategy *strategy);

/* Whether memory ran out or the program depends on more than its choices: beginnings are
 * missing. */
bool split_failed(const struct strategy *strategy);

/* What `inner` makes of the part of the tree below a beginning: it sees one option in each choice
 * of the beginning, and after it none of who sleeps.  Takes inner, borrows the beginning. */
struct strategy *below_new(struct strategy *inner, const struct beginning *beginning);

/* False: out of memory, *to is empty. */
bool beginning_dup(struct beginning *to, const struct beginning *from);
void beginning_release(struct beginning *beginning);

#endif
