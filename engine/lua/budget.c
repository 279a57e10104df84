/* budget.c -- Lua's count hook, and the clock that says when it is needed. */
#include "lua/budget.h"

#include "lua/state.h"

#include <string.h>
#include <sys/time.h>

enum {
    TICK = 1000,           /* VM instructions between two looks at the budget */
    FASTEST = 4000,        /* VM instructions a microsecond: more than any machine executes */
    CLOCK_US = 10 * 1000,  /* of processor time, between two looks of the clock */
};

static void count(lua_State *L, lua_Debug *at)
{
    struct run *run = state_face(L)->run;

    if (run->ticks + TICK > run->limits.ticks) { /* it will end here */
        lua_getinfo(L, "l", at);
        if (at->currentline > 0)
            run->self->line = (uint32_t)at->currentline;
    }
    run_tick(run, TICK);
}

void budget_count(lua_State *L)
{
    lua_sethook(L, count, LUA_MASKCOUNT, TICK);
}

/* The run is over; that it will be made again is budget_end's to say. */
static void drop(lua_State *L, lua_Debug *at)
{
    (void)at;
    run_stop(state_face(L)->run, RUN_TICKS);
}

/* lua_sethook may be called by a signal handler (Lua's manual; lua.c does). */
static void look(int signal_number)
{
    const struct run *run = run_current;
    const struct lua_goroutine *lg = run && run->self ? run->self->face : NULL;

    (void)signal_number;
    if (!lg)
        return; /* not in the program: the clock comes again */
    lg->face->budget.late = 1;
    lua_sethook(lg->L, drop, LUA_MASKCOUNT, 1);
}

static bool start_clock(struct budget *budget, uint64_t us)
{
    struct sigaction action = {.sa_handler = look, .sa_flags = SA_ONSTACK | SA_RESTART};
    struct itimerval timer = {.it_interval = {.tv_usec = CLOCK_US},
                              .it_value = {(time_t)(us / 1000000), (suseconds_t)(us % 1000000)}};

    sigemptyset(&action.sa_mask);
    if (sigaction(SIGPROF, &action, &budget->before) != 0)
        return false;
    if (setitimer(ITIMER_PROF, &timer, NULL) == 0)
        return true;
    sigaction(SIGPROF, &budget->before, NULL);
    return false;
}

static void stop_clock(const struct budget *budget)
{
    struct itimerval never = {0};

    setitimer(ITIMER_PROF, &never, NULL);
    sigaction(SIGPROF, &budget->before, NULL);
}

void budget_begin(struct budget *budget, struct run *run, lua_State *L)
{
    uint64_t us = run->limits.ticks / FASTEST;

    if (run->explored || us < CLOCK_US)
        budget->needed = true;
    budget->late = 0;
    if (!budget->needed && !start_clock(budget, us))
        budget->needed = true;
    if (budget->needed)
        budget_count(L);
}

bool budget_end(struct budget *budget, const struct run *run)
{
    if (budget->needed)
        return false;
    stop_clock(budget);
    budget->needed = budget->late || run->end == RUN_TICKS;
    return budget->needed;
}
