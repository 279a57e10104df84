/* child.h -- what a judge's child does: enter the cage, load, run, look. */
#ifndef BRAID_GRADE_CHILD_H
#define BRAID_GRADE_CHILD_H

#include "grade/judge.h"
#include "grade/shared.h"

/* The strategies a check goes through, one after the other, and the runs each may take. */
struct plan_stage {
    const char *strategy; /* "round robin", "random", "sleep sets", "dpor", "exhaustive", "replay" */
    uint64_t runs;
    bool if_unsure; /* only when the stage before was through, but cannot vouch for having seen all */
};

enum { PLAN_MAX = 4 };

struct plan {
    struct plan_stage at[PLAN_MAX];
    uint32_t count;
};

/* The plan of a request; false: its strategy's name is unknown. */
bool plan_make(struct plan *plan, const struct judge_request *request);

/* Runs the request to its end and leaves the process.  object: the compiled C program, NULL
 * for Lua. */
_Noreturn void child_main(const struct judge_request *request, const struct plan *plan,
                          const char *object, struct shared *shared);

#endif
