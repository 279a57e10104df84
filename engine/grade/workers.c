/* workers.c -- several processes explore one tree, or make the runs of one sampler.
 *
 * A tree: the first child cuts it into parts (explore/orders.h); each worker takes the next that
 * nobody has taken, until none is left.  All that is wanted of this is that there is nothing to
 * show in any of them, and how many runs there are: that depends on no order.  As soon as there
 * is something to show, the budget is used up, or somebody polls, all stop, and the first child
 * goes on alone, where it was: so the result is what one worker would have found.
 *
 * A sampler's run depends on its number alone, and on how large the runs before it were.  So
 * workers take blocks of runs, and what they count is added up in order, up to the first block in
 * which there is something to show, a run is larger than all before it, or the budget ends: from
 * there on the first child goes on alone.
 */
#include "grade/child.h"

#include "explore/strategy.h"

#include <string.h>
#include <time.h>

enum {
    BLOCK_RUNS = 32,
    PARTS_EACH = 8,       /* so many parts for each worker are enough */
    VAIN_RUNS = 100,      /* of a part, and as many as others: then all give up */
    WAIT_NS = 100 * 1000,
};

static void add_counts(struct shared_stage *to, const struct shared_stage *part)
{
    to->runs += part->runs;
    to->steps += part->steps;
    to->deadlocked += part->deadlocked;
    to->failed += part->failed;
    to->reached += part->reached;
    if (to->together < part->together)
        to->together = part->together;
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

/* Makes all runs of a part.  False: they are not all there, or not all well. */
static bool explore(struct child *child, const struct plan_stage *stage,
                    const struct orders *orders)
{
    struct shared_work *work = child->work;
    struct strategy *strategy = dpor_ordered_new(orders);
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
    ok = ok && !more && dpor_done(strategy);
    if (strategy)
        strategy->free(strategy);
    add_counts(&work->part[child->worker], &here);
    return ok;
}

static void explore_parts(struct child *child)
{
    struct shared_work *work = child->work;
    const struct plan_stage *stage = &child->plan->at[work->stage % PLAN_MAX];
    struct orders all = work->orders;
    bool ok = all.n <= ORDERS_MAX;

    work->part[child->worker] = (struct shared_stage){0};
    while (ok && !stopped(work)) {
        uint32_t part = __atomic_fetch_add(&work->next, 1, __ATOMIC_RELAXED);
        struct orders orders = orders_part(&all, part);

        if (part >> all.n)
            break;
        ok = explore(child, stage, &orders);
    }
    if (!ok)
        __atomic_store_n(&work->stop, 1, __ATOMIC_RELAXED);
}

/* False: there is no way to cut the tree. */
static bool find_orders(struct child *child, struct orders *orders)
{
    struct strategy *dpor = dpor_new(0);

    orders->n = 0;
    if (dpor) {
        child_run(child, dpor);
        orders_find(dpor, &child->run, orders);
        dpor->free(dpor);
    }
    while (orders->n > 0 && 1u << (orders->n - 1) >= PARTS_EACH * child->request->jobs)
        orders->n--;
    return orders->n > 0;
}

static uint32_t samples(const struct shared_work *work)
{
    return __atomic_load_n(&work->samples, __ATOMIC_RELAXED);
}

/* What comes after this block is of no use any more. */
static void only_before(struct shared_work *work, uint32_t at)
{
    uint32_t now = samples(work);

    while (at + 1 < now &&
           !__atomic_compare_exchange_n(&work->samples, &now, at + 1, false, __ATOMIC_RELAXED,
                                        __ATOMIC_RELAXED))
        ;
}

/* Makes the runs of a block, while they show nothing. */
static void sample(struct child *child, struct strategy *strategy, uint32_t at)
{
    struct shared_work *work = child->work;
    struct shared_block *block = &work->block[at];
    struct extent *extent = strategy->extent;
    bool polled = child->polled, ok = true;

    child->polled = false;
    strategy->jump(strategy, work->first + (uint64_t)at * BLOCK_RUNS);
    for (int i = 0; i < BLOCK_RUNS && ok && at < samples(work); i++) {
        enum run_end end = child_run(child, strategy);

        strategy->end(strategy);
        search_count(child, &block->made, end);
        __atomic_fetch_add(&work->runs, 1, __ATOMIC_RELAXED);
        ok = end != RUN_REDUNDANT && !search_prefers(child, work->shown, work->fewest) &&
             (!extent || (extent->choices == work->extent.choices &&
                          extent->goroutines == work->extent.goroutines));
    }
    block->polled = child->polled;
    child->polled |= polled;
    if (ok && block->made.runs == BLOCK_RUNS)
        __atomic_store_n(&block->done, 1, __ATOMIC_RELEASE);
    else
        only_before(work, at);
}

static void sample_part(struct child *child)
{
    struct shared_work *work = child->work;
    struct strategy *strategy = plan_strategy_new(child->plan, work->stage % PLAN_MAX,
                                                  child->request->seed, NULL);

    if (strategy && strategy->extent)
        *strategy->extent = work->extent;
    while (strategy) {
        uint32_t i = __atomic_fetch_add(&work->next, 1, __ATOMIC_RELAXED);

        if (i >= samples(work) || i >= BLOCKS_MAX)
            break;
        sample(child, strategy, i);
    }
    if (strategy)
        strategy->free(strategy);
}

static void take_part(struct child *child)
{
    child_stage(child, child->work->stage);
    if (child->work->samples)
        sample_part(child);
    else
        explore_parts(child);
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

/* All workers take part.  False: one of them died, now or before. */
static bool work_together(struct child *child, uint32_t at)
{
    struct shared *shared = child->shared;
    struct shared_work *work = child->work;
    uint32_t workers = child->request->jobs;
    bool all = true;

    work->next = work->stop = 0;
    work->stage = at;
    work->shown = shared_kept(shared)->shown;
    work->fewest = child->fewest;
    __atomic_store_n(&work->on, 1, __ATOMIC_RELEASE);
    for (uint32_t i = 1; i < workers; i++)
        all &= set_busy(work, i);
    take_part(child);
    all &= wait_for_all(work, workers);
    __atomic_store_n(&work->on, 0, __ATOMIC_RELEASE);
    return all;
}

bool workers_explore(struct child *child, uint32_t at)
{
    struct shared *shared = child->shared;
    struct shared_work *work = child->work;
    struct shared_stage *stage = &shared->stages[at];
    uint64_t before = shared->runs - stage->runs, steps = shared->steps - stage->steps;

    work->samples = 0;
    work->runs = before;
    work->steps = steps;
    if (!find_orders(child, &work->orders))
        return false;
    if (!work_together(child, at) || stopped(work))
        return false;
    *stage = (struct shared_stage){.together = stage->together, .strength = {.complete = true}};
    for (uint32_t i = 0; i < child->request->jobs; i++)
        add_counts(stage, &work->part[i]);
    shared->steps = steps + stage->steps;
    __atomic_store_n(&shared->runs, before + stage->runs, __ATOMIC_RELEASE);
    return true;
}

/* How many blocks are left in a stage's budget of runs. */
static uint32_t blocks_left(const struct child *child, const struct plan_stage *stage)
{
    uint64_t left = stage->runs ? stage->runs - child->shared->runs : UINT64_MAX;

    return left / BLOCK_RUNS < BLOCKS_MAX ? (uint32_t)(left / BLOCK_RUNS) : BLOCKS_MAX;
}

uint64_t workers_sample(struct child *child, uint32_t at, struct strategy *strategy)
{
    struct shared *shared = child->shared;
    struct shared_work *work = child->work;
    struct shared_stage *stage = &shared->stages[at];
    const struct plan_stage *plan = &child->plan->at[at];
    uint32_t blocks = blocks_left(child, plan), i;

    if (blocks < 2)
        return stage->runs + BLOCK_RUNS;
    memset(work->block, 0, sizeof work->block);
    work->samples = blocks;
    work->first = stage->runs;
    work->runs = shared->runs;
    work->extent = strategy->extent ? *strategy->extent : (struct extent){0};
    work_together(child, at);
    for (i = 0; i < blocks && work->block[i].done; i++) {
        const struct shared_stage *made = &work->block[i].made;

        if (plan_spent(plan, shared->runs, shared->steps + made->steps))
            break;
        add_counts(stage, made);
        child->polled |= work->block[i].polled;
        shared->steps += made->steps;
        __atomic_store_n(&shared->runs, shared->runs + made->runs, __ATOMIC_RELEASE);
    }
    strategy->jump(strategy, stage->runs);
    return stage->runs + (i < blocks ? BLOCK_RUNS : 0);
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
