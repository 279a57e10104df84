/* shared.h -- the memory a judge's child shares with its parent.
 *
 * The child writes, the parent reads, at any moment and after any death of the child:
 * plain data, no pointers.  Nothing in it is believed beyond its own bounds: a hostile
 * program may have scribbled over it.
 */
#ifndef BRAID_GRADE_SHARED_H
#define BRAID_GRADE_SHARED_H

#include "check/finding.h"
#include "rt/run.h"

enum phase {
    PHASE_START,   /* entering the cage, loading */
    PHASE_RUNNING,
    PHASE_LOAD,    /* over: the program could not be loaded: message */
    PHASE_FAILED,  /* over: our own failure: message */
    PHASE_FOUND,   /* over: the current run has a fault */
    PHASE_DONE,    /* over: no fault in the runs made, or all counted */
};

struct shared {
    uint32_t phase;        /* enum phase */
    uint32_t complete;     /* DONE: every interleaving was explored */
    uint64_t deadlocked, failed; /* runs that ended in a deadlock; with any other fault */
    uint64_t failing_run;  /* keeping going: the first run with a fault, from 1; 0: none yet */
    uint32_t failing_stage;
    uint64_t runs, steps;  /* finished, and their steps */
    uint64_t blocked_runs; /* stopped as redundant, not among runs */
    uint64_t stage_runs;   /* DONE, complete: runs made before the stage that explored all */
    uint32_t stage;        /* index into the plan of the strategy at work */
    uint32_t end;          /* FOUND: enum run_end of the current run */
    int64_t diverged;      /* replay: the step that did not fit, -1 */
    /* a deadly signal's place, written by the handler */
    uint32_t crash_signal, crash_g, crash_pc, crash_line;
    uint64_t crash_address;
    char message[2048];
    struct findings findings; /* of the current run */
    struct findings failing;  /* failing_run: of that run, whose trace is the kept one */
};

/* One mapping: | struct shared | current trace | kept trace |.  NULL: out of memory. */
struct shared *shared_new(void);
void shared_free(struct shared *shared);
struct trace *shared_trace(struct shared *shared);
/* Of the first run; keeping going: of the first that fails, as soon as there is one. */
struct trace *shared_kept_trace(struct shared *shared);

/* A heap copy of a trace in shared memory with every index brought into bounds; NULL: out of memory. */
struct trace *shared_copy(const struct trace *trace);

#endif
