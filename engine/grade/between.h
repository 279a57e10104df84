/* between.h -- what lies between the two accesses of a race, and fails to order them.
 *
 * Read off the trace of the run that shows the race: the locks both hold, and what one does to tell
 * the other, too late or too early.  A party is 0, who made the earlier access, or 1.
 */
#ifndef BRAID_GRADE_BETWEEN_H
#define BRAID_GRADE_BETWEEN_H

#include "check/finding.h"
#include "rt/trace.h"

/* In each `who` is a party, the other is the other one. */
enum between_kind {
    BETWEEN_NOTHING,
    BETWEEN_ATOMIC,     /* who's access is atomic, the other's is plain */
    BETWEEN_LATE_WAIT,  /* who waits for the WaitGroup obj, which the other counts down when it is
                           done, only after its access: at `event` */
    BETWEEN_LATE_RECV,  /* the same of a receive from channel obj, on which the other sends */
    BETWEEN_LATE_JOIN,  /* the same of joining the other */
    BETWEEN_ONE_LOCK,   /* who holds the lock obj, the other none */
    BETWEEN_READ_LOCK,  /* both hold the lock obj, and who writes, but holds it for reading */
    BETWEEN_TWO_LOCKS,  /* party 0 holds obj, party 1 other_obj */
    BETWEEN_EARLY_DONE, /* who counts the WaitGroup obj down before its access, at `event` */
    BETWEEN_EARLY_SEND, /* who sends on channel obj, or closes it, before its access, at `event` */
    BETWEEN_BUFFERED,   /* who's send on channel obj at `event` does not wait for the receive of the
                           other, at other_event, that follows its access */
    BETWEEN_STARTED,    /* who started the other at `event`, before its access */
};

struct between {
    enum between_kind kind;
    int who;
    uint32_t obj, other_obj;
    uint32_t event, other_event; /* indices in the trace */
};

struct between between(const struct trace *trace, const struct finding *race);

/* What a party holds at its access. */
struct held_lock {
    uint32_t obj;
    bool reading;
};

enum { HELD_MAX = 8 };

/* How many, at most HELD_MAX, in the order in which they were taken. */
uint32_t between_held(const struct trace *trace, const struct finding_place *place,
                      struct held_lock held[HELD_MAX]);

#endif
