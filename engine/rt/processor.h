/* processor.h -- virtual processors: work(d) takes CPU time, waiting does not.
 *
 * There are GOMAXPROCS processors.  A goroutine that comes to work waits for one; who came first
 * goes first.  Processors are handed out when all else is at rest, so that virtual time is about
 * to go on: who takes one at the same moment as others does not depend on what they did in
 * between.  Among those that came at the same moment the strategy chooses, and only when there
 * are not enough processors for all of them.
 *
 * As in Go, who has had a processor for 10 ms gives it away when somebody waits, and comes to wait
 * again behind those.  (Go's own queues are one for each processor; who waits is stolen by
 * whoever is idle, so one queue for all is what they come to.)
 *
 * Time is counted in whole nanoseconds and nothing is lost: as long as nobody waits in vain the
 * processors together do count * elapsed of work.
 */
#ifndef BRAID_RT_PROCESSOR_H
#define BRAID_RT_PROCESSOR_H

#include "rt/timer.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    PROCESSORS_DEFAULT = 4,
    PROCESSORS_MAX = 256,
    PROCESSOR_SLICE = 10 * 1000 * 1000, /* ns */
};

struct run;
struct event;
struct goroutine;
struct worker;

struct work_list {
    struct worker *first, *last;
    uint32_t count;
};

/* X(NAME): what a run made of its processors so far; see struct usage. */
#define USAGES(X) X(ELAPSED) X(WORKED) X(WAITED) X(CAPACITY) X(PIECES) X(PEAK) X(PROCESSORS)

enum usage_kind {
#define X(name) USAGE_##name,
    USAGES(X)
#undef X
    USAGE_COUNT
};

/* By enum usage_kind: virtual ns since the start; CPU time spent; time spent waiting for a
 * processor, by all together; CPU time there was to spend; calls of work that came to their end;
 * the most that worked at once; processors now.  Too large a time stays INT64_MAX. */
struct usage {
    int64_t at[USAGE_COUNT];
};

/* Of a run: in struct run. */
struct processors {
    uint32_t id;             /* their object; 0: not used yet */
    uint32_t count;          /* GOMAXPROCS */
    struct work_list waiting;  /* in order of arrival */
    struct work_list at_work;
    bool used[PROCESSORS_MAX]; /* processor i + 1 has somebody at work */
    bool changed;            /* since the timers of those at work were set */
    bool offered;            /* nobody has taken another step since processors are handed out */
    int64_t since;           /* up to when `usage` is counted */
    struct usage usage;
};

/* Spends CPU time; returns when it is done.  Nothing is done for duration <= 0. */
void processor_work(struct run *run, int64_t duration);

/* runtime.GOMAXPROCS: sets how many there are, at most PROCESSORS_MAX; n < 1 only asks.  Returns
 * how many there were.  Who is at work stays so. */
uint32_t processor_set(struct run *run, int64_t n);

struct usage processor_usage(struct run *run);

/* Shares of two times: 0 when there was none. */
double usage_utilisation(const struct usage *usage); /* of the CPU time there was, 0 to 1 */
double usage_speedup(const struct usage *usage);     /* against one processor that never idles */
double usage_throughput(const struct usage *usage);  /* calls of work in a second */

/* Takes over what a USAGE event says; false: it is none. */
bool usage_event(struct usage *usage, const struct event *event);

/* --- for the scheduler ----------------------------------------------------- */

/* All else is at rest: those that could take a processor next, in order of id; there is room for
 * all goroutines in `out`. */
uint32_t processor_candidates(struct run *run, struct goroutine **out);

/* The same in free mode: who came first; NULL: there is none, or no processor is free. */
struct goroutine *processor_next(struct run *run);

/* Before time goes on: sets the timers of those at work. */
void processor_set_timers(struct run *run);

/* Main returns: tells USAGE, if anybody ever came to work. */
void processor_tell(struct run *run);

#endif
