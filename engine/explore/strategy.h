/* strategy.h -- what may answer a run's choices.
 *
 * Each maker returns a struct strategy on the heap (strategy->free frees it), NULL
 * when memory ran out.
 */
#ifndef BRAID_EXPLORE_STRATEGY_H
#define BRAID_EXPLORE_STRATEGY_H

#include "explore/schedule.h"
#include "rt/hook.h"

/* The goroutine that took the last step goes on while it can (turns.h: up to 1,000
 * times), else the next by id; first case, first partner, rand 0.  One run. */
struct strategy *round_robin_new(void);

/* Uniform among the options; run k of a seed is the same for ever.  `runs` runs. */
struct strategy *random_new(uint64_t seed, uint64_t runs);

/* Random priorities that change at depth - 1 places (depth 1..16): finds faults that need
 * few steps in a certain order in fewer runs than random does.  `runs` runs. */
struct strategy *pct_new(uint64_t seed, uint64_t runs, uint32_t depth);

/* The logarithm of the probability, at most, that the runs so far all missed a fault of this depth,
 * if no run has more goroutines or choices than those seen: runs before one of them grew do not
 * count.  0: nothing is known. */
double pct_missed(const struct strategy *strategy);

/* Depth first through all choices; at most `runs` runs (0: no bound).
 * exhaustive_done says, after the last run, whether the space was exhausted; it never
 * is when a choice comes back with other options than before. */
struct strategy *exhaustive_new(uint64_t runs);
bool exhaustive_done(const struct strategy *strategy);

/* Partial order sampling: random priorities of steps, drawn anew where their order matters; finds
 * faults that depend on few of many steps in fewer runs than random does.  `runs` runs. */
struct strategy *pos_new(uint64_t seed, uint64_t runs);

/* As exhaustive_new, but only runs with at most `preemptions` preemptions (a switch away from who
 * could go on), those with 0 first, then those with at most 1, ...  exhaustive_done says whether
 * they were all there are; bound_reached below which number of preemptions all were made. */
struct strategy *bound_new(uint64_t runs, uint32_t preemptions);
uint32_t bound_reached(const struct strategy *strategy);

/* Depth first as well, but runs that differ only in the order of steps that commute are made
 * once (sleep sets: Godefroid, "Partial-Order Methods", 1996, chapter 5).  At most `runs` runs
 * (0: no bound), counting those stopped as redundant, which sleep_blocked counts. */
struct strategy *sleep_new(uint64_t runs);
bool sleep_done(const struct strategy *strategy);

/* As sleep_new, from the end of a known run back: the first run follows its schedule (borrowed),
 * and depth first the runs that begin with more of its steps come before those that begin with
 * fewer.  So of all runs that show something, the first one found parts from it as late as any
 * does. */
struct strategy *back_new(uint64_t runs, const struct schedule *from);
uint64_t sleep_blocked(const struct strategy *strategy);

/* As sleep_new, and hardly any run is begun in vain (optimal dynamic partial-order reduction, see
 * dpor.c).  At most `runs` runs (0: no bound), counting those stopped as redundant, which
 * dpor_blocked counts. */
struct strategy *dpor_new(uint64_t runs);
bool dpor_done(const struct strategy *strategy);
uint64_t dpor_blocked(const struct strategy *strategy);
/* Between two runs: about how many there will be, by the part of the tree seen (estimate.h). */
double dpor_estimate(const struct strategy *strategy);

/* Follows a schedule, then round robin.  Where the schedule does not fit it
 * notes the step (replay_diverged >= 0) and goes on round robin.  Only choices with more
 * than one option come here: schedule_mismatch finds the rest in the trace.  The schedule
 * is borrowed; answers only the choices of run_current. */
struct strategy *replay_new(const struct schedule *schedule);
int64_t replay_diverged(const struct strategy *strategy);

/* Follows a schedule where it can, and round robin where it cannot or is through: never lost.
 * guide_told: that many steps of the run lead to it, what came after is round robin's.  The
 * schedule is borrowed; answers only the choices of run_current.  One run. */
struct strategy *guide_new(const struct schedule *schedule);
uint64_t guide_told(const struct strategy *strategy);

#endif
