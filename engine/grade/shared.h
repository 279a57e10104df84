/* shared.h -- the memory a judge's child shares with its parent.
 *
 * The child writes, the parent reads, at any moment and after any death of the child:
 * plain data, no pointers.  Nothing in it is believed beyond its own bounds: a hostile
 * program may have scribbled over it.
 */
#ifndef BRAID_GRADE_SHARED_H
#define BRAID_GRADE_SHARED_H

#include "check/finding.h"
#include "check/review.h"
#include "explore/orders.h"
#include "grade/plan.h"
#include "rt/run.h"

#include <semaphore.h>

enum phase {
    PHASE_START,   /* entering the cage, loading */
    PHASE_RUNNING,
    PHASE_LOAD,    /* over: the program could not be loaded: message */
    PHASE_FAILED,  /* over: our own failure: message */
    PHASE_SHRINKING, /* as DONE, and the kept run is being made simpler */
    PHASE_DONE,    /* over: nothing to be shown in the runs made, or it is the kept run */
};

/* What came of the runs of one stage. */
struct shared_stage {
    uint64_t runs, steps;        /* finished, and their steps */
    uint64_t blocked;            /* stopped as redundant, not among runs */
    uint64_t deadlocked, failed; /* runs that ended in a deadlock; with any other fault */
    uint64_t reached;            /* runs with what was asked for (struct wish) */
    uint32_t together;           /* goroutines besides main at once, at most */
    struct plan_strength strength;
};

enum shown {
    SHOWN_NOT,
    SHOWN_MEANWHILE, /* until something better comes: found in a stage of whole stretches (plan.h) */
    SHOWN_FOUND,     /* it has a fault, or what was asked for */
};

/* A run that is kept to be shown: the first one made, until one has something to show. */
struct shared_kept {
    uint64_t run;          /* among those counted, from 1; 0: none yet */
    uint32_t stage;
    uint32_t shown;        /* enum shown */
    uint32_t told;         /* after so many steps it goes on round robin */
    uint64_t switches;     /* before it was made simpler */
    struct findings findings;
    struct findings advice;
};

enum { WORKERS_MAX = 64, BLOCKS_MAX = 64 };

/* Some runs of a sampler, one after the other. */
struct shared_block {
    uint32_t done;   /* all of them were made, and there is nothing to be looked at alone */
    uint32_t polled; /* in one of them somebody polled in vain */
    struct shared_stage made;
};

enum worker_state {
    WORKER_NONE,
    WORKER_READY, /* waits for work */
    WORKER_BUSY,
    WORKER_DEAD,
};

/* What several workers share while they explore one tree, or make runs of one sampler
 * (workers.c). */
struct shared_work {
    sem_t start[WORKERS_MAX]; /* by worker: there is work */
    uint32_t state[WORKERS_MAX]; /* enum worker_state, by worker; 0 is the first */
    struct shared_stage part[WORKERS_MAX];
    uint32_t on;            /* the first is waiting for all to have done */
    uint32_t stop;          /* the answer cannot be had this way */
    struct orders orders;   /* that cut the tree */
    uint32_t next;          /* the next part to be taken */
    uint64_t runs, steps;   /* made, with those of earlier stages */
    uint32_t stage;         /* of the plan */
    uint32_t samples;       /* it is a sampler: so many blocks of runs are worth making */
    uint64_t first;         /* the number of its next run */
    struct extent extent;   /* of its runs so far */
    struct shared_block block[BLOCKS_MAX];
    uint32_t shown;         /* there is something to show already: more only counts ... */
    uint64_t fewest;        /* ... but what has fewer steps than this, if search_prefers it */
};

struct shared {
    uint32_t phase;        /* enum phase */
    uint64_t runs, steps;  /* of all stages */
    double estimate;       /* about how many interleavings there are; 0: unknown */
    uint32_t stage;        /* index into the plan of the strategy at work */
    uint32_t best;         /* which of the kept runs counts; the other may be half written */
    struct shared_stage stages[PLAN_MAX];
    struct shared_kept kept[2];
    struct shared_work work;
    uint32_t told;         /* of a run that is made by a guide: so many steps so far */
    /* a deadly signal's place, written by the handler */
    uint32_t crash_signal, crash_g, crash_pc, crash_line;
    uint64_t crash_address;
    char message[2048];
    struct findings findings; /* of the current run */
    struct findings advice;   /* the same: no faults */
    struct findings advised;  /* what was advice in any run, each place once, of nobody (g = 0) */
    struct review review;     /* of the runs counted, when it was asked for */
};

/* One mapping: | struct shared | current trace | two kept ones |.  NULL: out of memory. */
struct shared *shared_new(void);
void shared_free(struct shared *shared);
struct trace *shared_trace(struct shared *shared);

/* The run that is kept, and its trace. */
struct shared_kept *shared_kept(struct shared *shared);
struct trace *shared_kept_trace(struct shared *shared);

/* Keeps a run instead: copies its trace and the rest.  Killed in the middle, the one before
 * counts. */
void shared_keep(struct shared *shared, const struct trace *trace, const struct shared_kept *kept);

/* A heap copy of a trace in shared memory with every index brought into bounds; NULL: out of memory. */
struct trace *shared_copy(const struct trace *trace);

#endif
