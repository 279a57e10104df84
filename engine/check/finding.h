/* finding.h -- a fault found in one run, as numbers that refer to its trace.
 *
 * Plain data without pointers: the child writes findings into memory shared with
 * the parent, which puts them into words (grade/words.h).
 */
#ifndef BRAID_CHECK_FINDING_H
#define BRAID_CHECK_FINDING_H

#include "rt/event.h"

#include <stdbool.h>
#include <stdint.h>

/* In order of severity: the first that applies is the run's verdict. */
enum finding_kind {
    FINDING_NONE,
    FINDING_CRASH,        /* the child died: signal in `value` */
    FINDING_UNSTABLE,     /* the same schedule made another run: `event` is the first that differs,
                             `value` the kind of event that came instead, at `other` */
    FINDING_WILD,         /* memory misused (C): address in `value`; text: how */
    FINDING_UNDEFINED,    /* what C leaves undefined; text: what */
    FINDING_RACE,
    FINDING_PANIC,
    FINDING_DEADLOCK,
    FINDING_WRONG_ANSWER,
    FINDING_LEAK,
    FINDING_LOST,         /* blocks of the heap nobody can free any more (C): `value` of them, as many
                             bytes in `size`, made at `at` */
    FINDING_LIVELOCK,
    FINDING_OVER_STEPS,
    FINDING_OVER_TICKS,   /* a loop without any channel operation */
    FINDING_OVER_MEMORY,
    FINDING_OVER_OUTPUT,
    FINDING_OVER_TIME,    /* the judge's wall clock: the child was killed */
    FINDING_STACK,        /* unbounded recursion; told as over limit */
    FINDING_LOAD,         /* does not compile or load; text: the message */
    FINDING_DIVERGED,     /* the schedule given does not fit the program */
    FINDING_UNSET,        /* advice, no fault (C): memory was read that nobody had written; `size`
                             bytes */
    FINDING_INTERNAL,     /* our own failure */
};

/* One party of a finding. */
struct finding_place {
    uint32_t g;
    uint32_t line, file, pc; /* as in struct event */
    bool write;              /* races */
    bool atomic;
    uint32_t event;          /* index in the trace of the last event of g before it, or of the
                                event itself; UINT32_MAX = none */
};

struct finding {
    uint32_t kind;           /* enum finding_kind */
    uint32_t obj;            /* the object at fault, 0 = none */
    uint32_t text;           /* offset in the trace's text: message, or a race's variable name */
    uint32_t event;          /* trace index where it showed; UINT32_MAX = at the end */
    int64_t value;           /* races: the first byte both touch, as an access' `where` */
    uint64_t size;           /* LOST, UNSET */
    struct finding_place at;    /* who; races: the second access */
    struct finding_place other; /* races: the first access; memory misused: who freed the block
                                   concerned; else g = 0 */
    struct finding_place made;  /* memory misused: who allocated the block concerned; else g = 0 */
};

enum { FINDINGS_MAX = 32 };

struct findings {
    uint32_t count;
    uint32_t more;           /* found beyond FINDINGS_MAX */
    struct finding at[FINDINGS_MAX];
};

/* Adds a copy; counts it in `more` when full. */
void finding_add(struct findings *findings, const struct finding *finding);

/* Puts the gravest first: it gives the verdict. */
void findings_sort(struct findings *findings);

/* Whether sorted findings show the fault that others, sorted and not empty, show first: as grave,
 * and one of its kind at its place, or between its two. */
bool findings_show(const struct findings *findings, const struct findings *as);

/* Whether they are between the same two, at the same places: of runs of one schedule. */
bool finding_same(const struct finding *a, const struct finding *b);

#endif
