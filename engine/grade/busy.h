/* busy.h -- who is busy while virtual time passes: how many at once, for how long, in what chain.
 *
 * Busy is who sleeps or works (time.Sleep and work stand for what a program spends its time on);
 * who waits for a channel, a lock, a timer or a processor is not.  While time passes nobody can
 * take a step, so both numbers are exact for a run.
 */
#ifndef BRAID_GRADE_BUSY_H
#define BRAID_GRADE_BUSY_H

#include "rt/trace.h"

#include <stdbool.h>
#include <stdint.h>

/* Zeroed at first. */
struct busy {
    uint32_t now, most;  /* goroutines: at present, at most while time passed */
    int64_t total;       /* ns, of all together */
    int64_t besides;     /* the same without main */
    int64_t time;        /* up to when it is counted */
    bool *is;            /* by goroutine */
    uint32_t room, last; /* of `is`; the highest that was busy */
};

/* Takes in the next event of a run.  Without memory a goroutine counts as idle. */
void busy_event(struct busy *busy, const struct event *event);
void busy_clear(struct busy *busy); /* before a run */
void busy_release(struct busy *busy);

/* The critical path of a run up to the return of main, in ns: the longest chain of busy stretches
 * of which each could not begin before the one before it was over, be it of the same goroutine, or
 * because of a go, a channel, a lock, a Wait or the like between them.  With as many processors as
 * one likes no run of this shape takes less; the total divided by it is how parallel the program
 * is. -1: out of memory. */
int64_t busy_chain(const struct trace *trace);

/* Both of a run up to the return of main: busy (zeroed; release it), and the critical path. */
int64_t busy_of_trace(struct busy *busy, const struct trace *trace);

#endif
