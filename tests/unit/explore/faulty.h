/* faulty.h -- programs with a planted fault, for the tests of strategies that look for one.
 *
 * Main starts the others and waits for ever on a nil channel: a run has come to a good end when
 * only main is left.
 */
#ifndef BRAID_TESTS_EXPLORE_FAULTY_H
#define BRAID_TESTS_EXPLORE_FAULTY_H

#include "sync/cond.h"
#include "unit/explore/programs.h"

enum { FAULTY_MOST = 16 };

static struct {
    struct mutex *forks[FAULTY_MOST];
    int used, bug;
    struct cond *not_full, *not_empty;
} faulty;

static inline void wait_for_ever(void)
{
    chan_recv(run_current, NULL, NULL, &(bool){false});
}

static inline void hungry(void *arg)
{
    int i = (int)(intptr_t)arg;

    mutex_lock(run_current, faulty.forks[i]);
    mutex_lock(run_current, faulty.forks[(i + 1) % 8]);
    must(mutex_unlock(run_current, faulty.forks[(i + 1) % 8]));
    must(mutex_unlock(run_current, faulty.forks[i]));
}

/* Deadlock when all eight have taken their first fork before anybody takes a second. */
static inline void eight_philosophers(void *arg)
{
    (void)arg;
    for (int i = 0; i < 8; i++)
        faulty.forks[i] = mutex_make(run_current, NULL);
    for (intptr_t i = 0; i < 8; i++)
        start(hungry, (void *)i);
    wait_for_ever();
}

static inline void fill_or_drain(void *arg)
{
    bool fills = arg == NULL;
    struct cond *mine = fills ? faulty.not_full : faulty.not_empty;

    mutex_lock(run_current, faulty.forks[0]);
    while (faulty.used == fills) {
        must(cond_wait(run_current, mine));
        if (faulty.bug == 2)
            break;
    }
    if (faulty.used == fills)
        basic_check_failed(run_current, "there is something to be done");
    faulty.used = fills;
    cond_signal(run_current, fills ? faulty.not_empty : faulty.not_full);
    must(mutex_unlock(run_current, faulty.forks[0]));
}

static inline void buffer_with(int bug)
{
    faulty.bug = bug;
    faulty.used = 0;
    faulty.forks[0] = mutex_make(run_current, NULL);
    faulty.not_full = cond_make(run_current, faulty.forks[0], NULL);
    faulty.not_empty = bug == 1 ? faulty.not_full : cond_make(run_current, faulty.forks[0], NULL);
    for (intptr_t i = 0; i < 4; i++)
        start(fill_or_drain, (void *)(i / 2));
    wait_for_ever();
}

/* One condition for both sides: 8 of 80 classes deadlock. */
static inline void one_condition(void *arg)
{
    (void)arg;
    buffer_with(1);
}

/* `if` where `while` belongs: 8 of 64 classes fail. */
static inline void if_for_while(void *arg)
{
    (void)arg;
    buffer_with(2);
}

static inline bool is_fault(const struct run *run)
{
    return run->end == RUN_CHECK || (run->end == RUN_DEADLOCK && run->nlive > 1);
}

/* Runs up to the first fault, 0: none; frees the strategy.  *end: how it ended. */
static inline uint64_t runs_to_fault(struct strategy *strategy, void (*program)(void *),
                                     enum run_end *end)
{
    struct run run = {.explored = true, .strategy = strategy, .limits = {.steps = 20000}};
    uint64_t runs = 0;
    bool more = true, found = false;

    if (!run_init(&run))
        return 0;
    while (more && !found) {
        run_clear(&run);
        run_start(&run, program, NULL);
        runs++;
        found = is_fault(&run);
        more = strategy->end(strategy);
    }
    *end = run.end;
    strategy->free(strategy);
    run_release(&run);
    return found ? runs : 0;
}

#endif
