/* child.h -- what a judge's child does: enter the cage, load, make runs, look. */
#ifndef BRAID_GRADE_CHILD_H
#define BRAID_GRADE_CHILD_H

#include "grade/judge.h"
#include "grade/plan.h"
#include "grade/shared.h"

struct child {
    const struct judge_request *request;
    const struct plan *plan;
    struct shared *shared;
    struct schedule schedule;    /* JUDGE_REPLAY */
    struct lua_face *lua;        /* one of the two */
    struct c_face *c;
    struct run run;
    struct expectation any;      /* when nothing is expected */
    struct watcher echo;
    size_t echoed, printed;      /* bytes of output written so far; bytes of this run */
    struct watcher polls;
    struct watcher world;
    bool polled;                 /* in some run somebody polled in vain */
    struct watcher *wish;        /* JUDGE_CAN */
    struct reviewer *reviewer;   /* request->review; else NULL */
};

/* Runs the request to its end and leaves the process.  object: the compiled C program, NULL
 * for Lua. */
_Noreturn void child_main(const struct judge_request *request, const struct plan *plan,
                          const char *object, struct shared *shared);

/* One run under a strategy, whose `end` is the caller's to call.  Its findings are in
 * shared->findings, the gravest first. */
enum run_end child_run(struct child *child, struct strategy *strategy);

/* Leaves the process. */
_Noreturn void child_leave(struct shared *shared, enum phase phase);
_Noreturn void child_fail(struct shared *shared, const char *what);

/* --- search.c ------------------------------------------------------------ */

/* Goes through the plan until there is something to be shown, then makes that run simpler. */
void search(struct child *child);

#endif
