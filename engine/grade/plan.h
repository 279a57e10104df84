/* plan.h -- the strategies a judgement goes through, one after the other, and when each is over.
 *
 * Budgets count runs and steps, never time, so that what is explored does not depend on the
 * machine.  They are marks on the whole: what a stage leaves over goes to those after it.
 */
#ifndef BRAID_GRADE_PLAN_H
#define BRAID_GRADE_PLAN_H

#include "base/text.h"
#include "explore/strategy.h"

struct plan_strategy; /* a row of plan.c's table */

struct plan_stage {
    const struct plan_strategy *strategy;
    uint32_t parameter;    /* of pct: the depth; of bound: the preemptions; else 0 */
    uint64_t runs, steps;  /* over when so many have been made in all, earlier stages included;
                              0: no bound */
    bool whole;            /* memory accesses are no steps in it, though they are asked for: each
                              goes on in one stretch from step to step */
};

enum { PLAN_MAX = 12 };

struct plan {
    struct plan_stage at[PLAN_MAX];
    uint32_t count;
};

/* strategy: NULL or "portfolio" for the default, else a name of plan_strategies; with ":N" what
 * it takes.  runs: the budget, 0 = the default.  False: there is no such strategy. */
bool plan_make(struct plan *plan, const char *strategy, uint64_t runs);

/* A plan of one stage: what follows a schedule, and one run as it comes. */
void plan_replay(struct plan *plan);
void plan_once(struct plan *plan);

/* From the end of a run back, which the schedule is of; then what finds any other.  runs: 0 = the
 * default. */
void plan_back(struct plan *plan, uint64_t runs);

/* What a race leads to: first what is usual, whole; then with accesses as steps.  runs: 0 = the
 * default. */
void plan_beside(struct plan *plan, uint64_t runs);

/* The names plan_make knows, for messages: "portfolio, rr, random, ...". */
void plan_strategies(struct text *out);

/* The strategy of stage number `at`; NULL: out of memory.  schedule: for replays and to go back
 * from, borrowed. */
struct strategy *plan_strategy_new(const struct plan *plan, uint32_t at, uint64_t seed,
                                   const struct schedule *schedule);

/* What can be said of a stage's runs. */
struct plan_strength {
    bool complete;  /* every interleaving was made */
    double missed;  /* logarithm of the probability, at most, that a fault of the stage's depth got
                       by; 0: nothing is known */
    uint32_t bound; /* every run with fewer preemptions than this was made */
    double estimate; /* about how many runs its strategy takes in all; 0: unknown */
};

/* After some runs of its strategy.  polled: in some run somebody polled in vain. */
void plan_strength(struct plan_strength *out, const struct plan_stage *stage,
                   const struct strategy *strategy, bool polled);

/* Between two runs: the same estimate. */
double plan_estimate(const struct plan_stage *stage, const struct strategy *strategy);

/* The strategy of a stage that goes back, as result.found_by has it. */
extern const char plan_back_name[];

/* Its strategy follows the schedule. */
bool plan_is_replay(const struct plan_stage *stage);

/* Whether several workers can share its tree (explore/orders.h). */
bool plan_is_shared(const struct plan_stage *stage);

/* Whether so many runs and steps use up its budget. */
bool plan_spent(const struct plan_stage *stage, uint64_t runs, uint64_t steps);

/* "pct:3". */
void plan_stage_name(struct text *out, const struct plan_stage *stage);

#endif
