/* budget.h -- the budget of a run's work (run_limits.ticks), counted in VM instructions.
 *
 * Lua counts with a hook, which it asks about at every instruction: plain code is half as fast.  So
 * a free run begins uncounted.  When so much processor time has passed that the budget could be
 * used up, the run is dropped and made again from its beginning, counted.  The clock decides how
 * fast a run is made, never how it ends or what it tells.
 *
 * Counted from the beginning are explored runs, whose strategy has been asked and cannot
 * forget; budgets too small for the clock; and coroutines, because the clock finds goroutines only.
 */
#ifndef BRAID_LUA_BUDGET_H
#define BRAID_LUA_BUDGET_H

#include "rt/run.h"

#include <lua.h>
#include <signal.h>

struct budget {
    bool needed;                /* this and all later runs are counted */
    volatile sig_atomic_t late; /* the clock has spoken in this run */
    struct sigaction before;    /* who had the signal; valid while the clock goes */
};

/* Before and after a run whose main goroutine is L.  budget_end: whether the run must be made
 * again, with everything that was told of it forgotten. */
void budget_begin(struct budget *budget, struct run *run, lua_State *L);
bool budget_end(struct budget *budget, const struct run *run);

/* Counts what this thread executes from now on. */
void budget_count(lua_State *L);

#endif
