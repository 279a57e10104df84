/* workers.c -- several processes explore one tree.
 *
 * Each worker cuts the tree into the same beginnings (explore/split.h) and takes the next that
 * nobody has taken, until none is left.  All that is wanted of this is that there is nothing to
 * show below any of them, and how many runs there are: that depends on no order.  As soon as there
 * is something to show, the budget is used up, or somebody polls, all stop, and the first child
 * goes on alone, where it was: so the result is what one worker would have found.
 */
#include "grade/child.h"

#include "explore/split.h"

#include <stdlib.h>
#include <time.h>

enum {
    BEGINNINGS = 64,      /* so many are enough, */
    LONGEST = 30,         /* and so many steps, */
    CUT_RUNS = 300,       /* and so many runs to find them */
    VAIN_RUNS = 100,      /* below a beginning, and as many as others: then all give up */
    WAIT_NS = 100 * 1000,
};

struct beginnings {
    struct beginning *at;
    uint32_t count, cap;
};

static void forget(struct beginnings *all)
{
    while (all->count > 0)
        beginning_release(&all->at[--all->count]);
    free(all->at);
    *all = (struct beginnings){0};
}

static bool add(struct beginnings *all, const struct beginning *beginning)
{
    if (all->count == all->cap) {
        uint32_t cap = all->cap ? 2 * all->cap : 128;
        struct beginning *at = realloc(all->at, cap * sizeof *at);

        if (!at)
            return false;
        all->at = at;
        all->cap = cap;
    }
    return beginning_dup(&all->at[all->count], beginning) && ++all->count;
}

enum cut { CUT_DONE, CUT_TOO_MANY, CUT_FAILED };

/* All beginnings of so many steps, if they are not too many. */
static enum cut cut(struct child *child, struct beginnings *all, uint32_t steps)
{
    struct strategy *split = split_new(steps);
    bool ok = split != NULL, more = ok;

    for (uint32_t runs = 0; more && ok && runs < CUT_RUNS; runs++) {
        const struct beginning *made;

        child_run(child, split);
        made = split_made(split);
        ok = !made || add(all, made);
        more = split->end(split);
    }
    ok = ok && !split_failed(split) && !child->polled;
    if (split)
        split->free(split);
    return !ok ? CUT_FAILED : more ? CUT_TOO_MANY : CUT_DONE;
}

/* The longest beginnings that are not too many.  False: there are none. */
static bool make_beginnings(struct child *child, struct beginnings *all)
{
    enum cut end = CUT_DONE;

    for (uint32_t n = 2; end == CUT_DONE && all->count < BEGINNINGS && n <= LONGEST; n++) {
        struct beginnings longer = {0};

        end = cut(child, &longer, n);
        if (end == CUT_DONE) {
            struct beginnings shorter = *all;

            *all = longer;
            longer = shorter;
        }
        forget(&longer);
    }
    return end != CUT_FAILED && all->count > 0;
}

static void add_counts(struct shared_stage *to, const struct shared_stage *part)
{
    to->runs += part->runs;
    to->steps += part->steps;
    to->deadlocked += part->deadlocked;
    to->failed += part->failed;
    to->reached += part->reached;
}

static bool stopped(const struct shared_work *work)
{
    return __atomic_load_n(&work->stop, __ATOMIC_RELAXED);
}

/* Whether the run just made ends the common search. */
static bool spoils(const struct child *child, const struct plan_stage *stage)
{
    const struct shared_work *work = child->work;

    return child->polled || search_prefers(child, work->shown, work->fewest) ||
           plan_spent(stage, __atomic_load_n(&work->runs, __ATOMIC_RELAXED),
                      __atomic_load_n(&work->steps, __ATOMIC_RELAXED));
}

/* Makes all runs below a beginning.  False: they are not all there, or not all well, or too many
 * are made in vain: where steps commute a lot, what is left below a beginning may be mostly
 * redundant (alone, dpor's wakeup trees avoid it).  Each beginning decides for itself, so that it
 * does not matter which worker was faster. */
static bool explore(struct child *child, const struct plan_stage *stage,
                    const struct beginning *beginning)
{
    struct shared_work *work = child->work;
    struct strategy *inner = dpor_new(0), *strategy = below_new(inner, beginning);
    struct shared_stage here = {0};
    bool more = strategy != NULL, ok = more;

    while (more && ok && !stopped(work)) {
        enum run_end end = child_run(child, strategy);

        more = strategy->end(strategy);
        search_count(child, &here, end);
        if (end == RUN_REDUNDANT) {
            ok = here.blocked <= here.runs + VAIN_RUNS;
            continue;
        }
        __atomic_fetch_add(&work->runs, 1, __ATOMIC_RELAXED);
        __atomic_fetch_add(&work->steps, child->run.steps, __ATOMIC_RELAXED);
        ok = !spoils(child, stage);
    }
    ok = ok && !more && dpor_done(inner);
    if (strategy)
        strategy->free(strategy);
    add_counts(&work->part[child->worker], &here);
    return ok;
}

static void take_part(struct child *child)
{
    struct shared_work *work = child->work;
    struct beginnings all = {0};
    bool ok = make_beginnings(child, &all);

    work->part[child->worker] = (struct shared_stage){0};
    while (ok && !stopped(work)) {
        uint32_t i = __atomic_fetch_add(&work->next, 1, __ATOMIC_RELAXED);

        if (i >= all.count)
            break;
        ok = explore(child, &child->plan->at[work->stage % PLAN_MAX], &all.at[i]);
    }
    if (!ok)
        __atomic_store_n(&work->stop, 1, __ATOMIC_RELAXED);
    forget(&all);
}

/* False: it is dead. */
static bool set_busy(struct shared_work *work, uint32_t worker)
{
    uint32_t state = __atomic_load_n(&work->state[worker], __ATOMIC_ACQUIRE);

    while (state != WORKER_DEAD)
        if (__atomic_compare_exchange_n(&work->state[worker], &state, WORKER_BUSY, false,
                                        __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
            return sem_post(&work->start[worker]) == 0;
    return false;
}

/* Until nobody is at work.  False: somebody died of it. */
static bool wait_for_all(struct shared_work *work, uint32_t workers)
{
    static const struct timespec pause = {.tv_nsec = WAIT_NS};
    bool ok = true;

    for (uint32_t i = 1; i < workers; i++) {
        uint32_t state;

        while ((state = __atomic_load_n(&work->state[i], __ATOMIC_ACQUIRE)) == WORKER_BUSY)
            nanosleep(&pause, NULL);
        ok &= state == WORKER_READY;
    }
    return ok;
}

bool workers_explore(struct child *child, uint32_t at)
{
    struct shared *shared = child->shared;
    struct shared_work *work = child->work;
    struct shared_stage *stage = &shared->stages[at];
    uint64_t before = shared->runs - stage->runs, steps = shared->steps - stage->steps;
    uint32_t workers = child->request->jobs;

    work->next = work->stop = 0;
    work->runs = before;
    work->steps = steps;
    work->stage = at;
    work->shown = shared_kept(shared)->shown;
    work->fewest = child->fewest;
    __atomic_store_n(&work->on, 1, __ATOMIC_RELEASE);
    for (uint32_t i = 1; i < workers; i++)
        if (!set_busy(work, i))
            __atomic_store_n(&work->stop, 1, __ATOMIC_RELAXED);
    take_part(child);
    if (!wait_for_all(work, workers))
        __atomic_store_n(&work->stop, 1, __ATOMIC_RELAXED);
    __atomic_store_n(&work->on, 0, __ATOMIC_RELEASE);
    if (stopped(work))
        return false;
    *stage = (struct shared_stage){.strength = {.complete = true}};
    for (uint32_t i = 0; i < workers; i++)
        add_counts(stage, &work->part[i]);
    shared->steps = steps + stage->steps;
    __atomic_store_n(&shared->runs, before + stage->runs, __ATOMIC_RELEASE);
    return true;
}

_Noreturn void workers_help(struct child *child)
{
    struct shared_work *work = child->work;
    uint32_t state = WORKER_BUSY;

    for (;;) {
        while (sem_wait(&work->start[child->worker]) != 0)
            ;
        take_part(child);
        __atomic_compare_exchange_n(&work->state[child->worker], &state, WORKER_READY, false,
                                    __ATOMIC_RELEASE, __ATOMIC_RELAXED);
        state = WORKER_BUSY;
    }
}
