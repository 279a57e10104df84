/* hearing.h -- the processes that make one plan's runs, and the memory they leave behind.
 *
 * The first child goes through the plan; workers help it.  When it dies in the middle of a run,
 * that run is kept as one that is shown, and where runs are explored another process makes it
 * simpler (death.c).  So whatever happens, what is to be pronounced lies in the shared memory.
 */
#ifndef BRAID_GRADE_HEARING_H
#define BRAID_GRADE_HEARING_H

#include "grade/child.h"
#include "grade/judge.h"
#include "grade/plan.h"
#include "grade/shared.h"

#include <sys/types.h>

struct hearing {
    struct judge_request request;
    struct plan plan;
    const char *object;     /* the compiled program, borrowed; NULL for Lua */
    struct shared *shared;
    pid_t child;            /* 0: none */
    int pidfd;              /* -1: the kernel has none */
    struct worker {         /* those that help the child */
        pid_t pid;          /* 0: none, or dead */
        int pidfd;
        struct shared *shared;
    } worker[WORKERS_MAX];  /* from 1 */
    int status;             /* of the child, once reaped */
    bool done;
    bool cancelled, late;   /* stopped before its end; by the clock */
    bool stalled;           /* killed, for nothing happened any more */
    bool died;              /* in the middle of a run, which is the one that is kept */
    int64_t started;        /* wall ms */
    uint64_t last_runs;
    uint32_t last_count;
    int64_t last_progress;  /* wall ms */
};

/* Starts in a zeroed hearing whose request, plan and object are set.  NULL: it runs; else what went
 * wrong on our side. */
const char *hearing_start(struct hearing *hearing);

/* Waits at most timeout_ms (0: only looks); true when it is over. */
bool hearing_poll(struct hearing *hearing, int timeout_ms);

/* Stops it. */
void hearing_cancel(struct hearing *hearing);

/* How far it is: runs, steps, shrinking, estimate, explored. */
struct judge_progress hearing_progress(const struct hearing *hearing);

/* Frees all; it must be over, or never started. */
void hearing_release(struct hearing *hearing);

/* ms of a clock that only goes on. */
int64_t hearing_clock(void);

#endif
