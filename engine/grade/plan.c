/* plan.c -- the strategies a judgement goes through. */
#include "grade/plan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
    RUNS = 4000,            /* of a judgement, when nothing is said */
    STEPS = 2 * 1000 * 1000,
    BESIDE_RUNS = 1000,     /* of the search for what a race leads to */
    BESIDE_STEPS = 300 * 1000,
};

struct plan_strategy {
    const char *name;
    uint32_t parameter, most; /* when it is not given, and at most; most 0: takes none */
    uint32_t runs;            /* without a budget; 0: to the end */
    struct strategy *(*make)(const struct plan_stage *stage, uint64_t seed,
                             const struct schedule *schedule);
    bool (*done)(const struct strategy *strategy); /* it made every interleaving; NULL: it never
                                                      knows */
    bool blind;               /* ... unless somebody polled in vain */
    double (*missed)(const struct strategy *strategy);   /* see pct_missed; NULL: unknown */
    double (*estimate)(const struct strategy *strategy); /* see dpor_estimate; NULL: cannot tell */
    uint32_t (*bound)(const struct strategy *strategy);  /* see bound_reached; NULL: has none */
};

static struct strategy *make_rr(const struct plan_stage *stage, uint64_t seed,
                                const struct schedule *schedule)
{
    (void)stage, (void)seed, (void)schedule;
    return round_robin_new();
}

static struct strategy *make_random(const struct plan_stage *stage, uint64_t seed,
                                    const struct schedule *schedule)
{
    (void)stage, (void)schedule;
    return random_new(seed, UINT64_MAX);
}

static struct strategy *make_pct(const struct plan_stage *stage, uint64_t seed,
                                 const struct schedule *schedule)
{
    (void)schedule;
    return pct_new(seed, UINT64_MAX, stage->parameter);
}

static struct strategy *make_pos(const struct plan_stage *stage, uint64_t seed,
                                 const struct schedule *schedule)
{
    (void)stage, (void)schedule;
    return pos_new(seed, UINT64_MAX);
}

static struct strategy *make_bound(const struct plan_stage *stage, uint64_t seed,
                                   const struct schedule *schedule)
{
    (void)seed, (void)schedule;
    return bound_new(0, stage->parameter);
}

static struct strategy *make_sleep(const struct plan_stage *stage, uint64_t seed,
                                   const struct schedule *schedule)
{
    (void)stage, (void)seed, (void)schedule;
    return sleep_new(0);
}

static struct strategy *make_dpor(const struct plan_stage *stage, uint64_t seed,
                                  const struct schedule *schedule)
{
    (void)stage, (void)seed, (void)schedule;
    return dpor_new(0);
}

static struct strategy *make_exhaustive(const struct plan_stage *stage, uint64_t seed,
                                        const struct schedule *schedule)
{
    (void)stage, (void)seed, (void)schedule;
    return exhaustive_new(0);
}

static struct strategy *make_replay(const struct plan_stage *stage, uint64_t seed,
                                    const struct schedule *schedule)
{
    (void)stage, (void)seed;
    return replay_new(schedule);
}

static struct strategy *make_back(const struct plan_stage *stage, uint64_t seed,
                                  const struct schedule *schedule)
{
    (void)stage, (void)seed;
    return back_new(0, schedule);
}

/* Sleep sets do not follow how fairness lets pollers give way, so of a program that polls they may
 * miss an interleaving; dpor does not. */
static const struct plan_strategy strategies[] = {
    {.name = "rr", .runs = 1, .make = make_rr},
    {.name = "random", .runs = RUNS, .make = make_random},
    {.name = "pct", .parameter = 3, .most = 16, .runs = RUNS, .make = make_pct,
     .missed = pct_missed},
    {.name = "pos", .runs = RUNS, .make = make_pos},
    {.name = "bound", .parameter = 2, .most = 1000, .make = make_bound, .bound = bound_reached},
    {.name = "sleep", .make = make_sleep, .done = sleep_done, .blind = true},
    {.name = "dpor", .make = make_dpor, .done = dpor_done, .estimate = dpor_estimate},
    {.name = "exhaustive", .make = make_exhaustive, .done = exhaustive_done},
};

const char plan_back_name[] = "back";

static const struct plan_strategy back = {
    .name = plan_back_name, .make = make_back, .done = sleep_done, .blind = true};

static const struct plan_strategy replay = {.name = "replay", .make = make_replay};

enum { STRATEGIES = sizeof strategies / sizeof *strategies };

static const struct plan_strategy *find(const char *name, size_t len)
{
    for (size_t i = 0; i < STRATEGIES; i++)
        if (strlen(strategies[i].name) == len && strncmp(strategies[i].name, name, len) == 0)
            return &strategies[i];
    return NULL;
}

/* "name" or "name:N". */
static bool parse(struct plan_stage *stage, const char *text)
{
    size_t len = strcspn(text, ":");
    const struct plan_strategy *strategy = find(text, len);
    unsigned long n;
    char *end;

    if (!strategy)
        return false;
    *stage = (struct plan_stage){.strategy = strategy, .parameter = strategy->parameter};
    if (text[len] == '\0')
        return true;
    errno = 0;
    n = strtoul(text + len + 1, &end, 10);
    stage->parameter = (uint32_t)n;
    return text[len + 1] >= '0' && text[len + 1] <= '9' && *end == '\0' && errno == 0 &&
           strategy->most && n <= strategy->most;
}

static void add(struct plan *plan, const char *strategy, uint64_t runs, uint64_t steps)
{
    struct plan_stage *stage = &plan->at[plan->count++];

    parse(stage, strategy);
    stage->runs = runs;
    stage->steps = steps;
}

/* Each strategy finds what others miss, and simple schedules come first, for what they show is
 * told most simply.  Depth first knows when it has seen all; where it cannot come to the end it has
 * seen one corner, so the last quarter goes to samples again. */
static void portfolio(struct plan *plan, uint64_t budget)
{
    static const struct {
        const char *strategy;
        uint32_t mark; /* of 1,000: how much of the budget is used up after it */
    } shares[] = {
        {"random", 50}, {"pct:2", 70}, {"pct:3", 90}, {"pct:4", 100}, {"bound:2", 200},
        {"dpor", 750}, {"pos", 850}, {"pct:3", 1000},
    };
    uint64_t runs = budget ? budget : RUNS;

    add(plan, "rr", 1, 0);
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        uint64_t mark = shares[i].mark;

        add(plan, shares[i].strategy, runs / 1000 * mark + (runs % 1000 * mark + 999) / 1000,
            budget ? 0 : STEPS / 1000 * mark);
    }
}

void plan_back(struct plan *plan, uint64_t runs)
{
    uint64_t all = runs ? runs : RUNS;

    *plan = (struct plan){.count = 1, .at = {{.strategy = &back, .runs = all / 4 * 3,
                                              .steps = STEPS / 4 * 3}}};
    add(plan, "random", all / 10 * 9, STEPS / 10 * 9);
    add(plan, "bound:2", all, STEPS);
}

void plan_beside(struct plan *plan, uint64_t runs)
{
    static const struct {
        const char *strategy;
        uint32_t mark; /* of 1,000 */
        bool whole;
    } shares[] = {
        {"rr", 1, true}, {"random", 40, true}, {"dpor", 250, true},
        {"random", 350, false}, {"bound:2", 550, false}, {"dpor", 850, false},
        {"pct:3", 1000, false},
    };
    uint64_t most = runs && runs < BESIDE_RUNS ? runs : BESIDE_RUNS;

    *plan = (struct plan){0};
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        add(plan, shares[i].strategy, (most * shares[i].mark + 999) / 1000,
            BESIDE_STEPS / 1000 * shares[i].mark);
        plan->at[plan->count - 1].whole = shares[i].whole;
    }
}

bool plan_make(struct plan *plan, const char *strategy, uint64_t runs)
{
    struct plan_stage stage;

    *plan = (struct plan){0};
    if (!strategy || strcmp(strategy, "portfolio") == 0) {
        portfolio(plan, runs);
        return true;
    }
    if (!parse(&stage, strategy))
        return false;
    stage.runs = runs ? runs : stage.strategy->runs;
    plan->at[plan->count++] = stage;
    return true;
}

void plan_replay(struct plan *plan)
{
    *plan = (struct plan){.count = 1, .at = {{.strategy = &replay, .runs = 1}}};
}

void plan_once(struct plan *plan)
{
    *plan = (struct plan){0};
    add(plan, "random", 1, 0);
}

void plan_strategies(struct text *out)
{
    text_add(out, "portfolio");
    for (size_t i = 0; i < STRATEGIES; i++)
        text_addf(out, ", %s%s", strategies[i].name, strategies[i].most ? "[:N]" : "");
}

struct strategy *plan_strategy_new(const struct plan *plan, uint32_t at, uint64_t seed,
                                   const struct schedule *schedule)
{
    const struct plan_stage *stage = &plan->at[at];

    /* no two stages draw the same numbers */
    return stage->strategy->make(stage, seed + at, schedule);
}

void plan_strength(struct plan_strength *out, const struct plan_stage *stage,
                   const struct strategy *strategy, bool polled)
{
    const struct plan_strategy *row = stage->strategy;

    *out = (struct plan_strength){
        .complete = row->done && row->done(strategy) && !(polled && row->blind),
        .missed = row->missed ? row->missed(strategy) : 0,
        .bound = row->bound ? row->bound(strategy) : 0,
        .estimate = plan_estimate(stage, strategy),
    };
}

double plan_estimate(const struct plan_stage *stage, const struct strategy *strategy)
{
    return stage->strategy->estimate ? stage->strategy->estimate(strategy) : 0;
}

bool plan_is_replay(const struct plan_stage *stage)
{
    return stage->strategy == &replay;
}

bool plan_is_shared(const struct plan_stage *stage)
{
    return stage->strategy->make == make_dpor;
}

bool plan_spent(const struct plan_stage *stage, uint64_t runs, uint64_t steps)
{
    return (stage->runs && runs >= stage->runs) || (stage->steps && steps >= stage->steps);
}

void plan_stage_name(struct text *out, const struct plan_stage *stage)
{
    text_add(out, stage->strategy->name);
    if (stage->strategy->most)
        text_addf(out, ":%u", stage->parameter);
}
