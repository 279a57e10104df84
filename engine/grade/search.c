/* search.c -- goes through a plan's strategies, looking for a run that has something to show. */
#include "grade/child.h"

#include "check/evidence.h"
#include "explore/shrink.h"
#include "grade/expect.h"
#include "grade/wish.h"

#include <stdlib.h>
#include <string.h>

enum {
    SHRINK_RUNS = 500,          /* made to get a run simpler, and their steps */
    SHRINK_STEPS = 200 * 1000,
    SHRINK_TICKS = 1000 * 1000, /* a run of more work than that is shown as it is */
    ESTIMATE_RUNS = 64,         /* between two estimates */
    FIRST_RUNS = 32,            /* of a sampler, before others help */
    ALONE_RUNS = 8 * ESTIMATE_RUNS, /* of a stage before it is shared with other workers */
};

static void diverged(struct child *child, size_t step)
{
    struct shared *shared = child->shared;
    struct finding finding = {
        .kind = FINDING_DIVERGED, .value = (int64_t)step, .event = UINT32_MAX};
    struct schedule one = {.steps = &child->schedule.steps[step], .count = 1};
    char *token = schedule_text(&one);

    if (token)
        finding.text = run_text(&child->run, token, strlen(token));
    free(token);
    shared->findings.count = 0; /* of a run nobody asked for */
    finding_add(&shared->findings, &finding);
}

bool search_shows(const struct child *child)
{
    return child->wish ? wish_came_true(child->wish) : child->shared->findings.count > 0;
}

/* What the run that was just made has to show. */
static enum shown shows(const struct child *child)
{
    if (!search_shows(child))
        return SHOWN_NOT;
    return child->plan->at[child->shared->stage].whole ? SHOWN_MEANWHILE : SHOWN_FOUND;
}

static void keep(struct child *child)
{
    struct shared *shared = child->shared;
    struct shared_kept kept = {.run = shared->runs, .stage = shared->stage, .told = UINT32_MAX,
                               .shown = shows(child), .findings = shared->findings,
                               .advice = shared->advice};

    kept.switches = shrink_measure(child->run.trace).switches;
    shared_keep(shared, child->run.trace, &kept);
    child->fewest = child->run.steps;
}

/* Who goes through all runs for a wish wants the shortest of those in which it comes true: all of a
 * class of interleavings have the same number of steps, so that when all classes were seen there is
 * none shorter. */
bool search_prefers(const struct child *child, uint32_t shown, uint64_t fewest)
{
    enum shown now = shows(child);

    if (now == SHOWN_NOT)
        return false;
    return now > shown || (child->wish && child->request->keep_going && child->run.steps < fewest);
}

void search_count(const struct child *child, struct shared_stage *stage, enum run_end end)
{
    bool fault = child->shared->findings.count > 0;

    if (end == RUN_REDUNDANT) {
        stage->blocked++;
        return;
    }
    stage->runs++;
    stage->steps += child->run.steps;
    stage->deadlocked += fault && (end == RUN_DEADLOCK || end == RUN_STUCK);
    stage->failed += fault && end != RUN_DEADLOCK && end != RUN_STUCK;
    stage->reached += child->wish && wish_came_true(child->wish);
    if (stage->together < expect_together(child->expect))
        stage->together = expect_together(child->expect);
}

static void count(struct child *child, enum run_end end)
{
    struct shared *shared = child->shared;

    search_count(child, &shared->stages[shared->stage], end);
    if (end == RUN_REDUNDANT)
        return;
    shared->steps += child->run.steps;
    __atomic_store_n(&shared->runs, shared->runs + 1, __ATOMIC_RELEASE);
    if (child->reviewer)
        reviewer_take(child->reviewer, &child->run);
}

/* Whether advice at the same place was noted before. */
static bool is_advised(const struct findings *advised, const struct finding *advice)
{
    for (uint32_t i = 0; i < advised->count; i++)
        if (advised->at[i].kind == advice->kind && advised->at[i].at.pc == advice->at.pc)
            return true;
    return false;
}

/* Of those runs that are made here however many workers there are: the result is the same. */
static void note_advice(struct child *child, const struct strategy *strategy)
{
    struct shared *shared = child->shared;

    if (shared->stages[shared->stage].runs > (strategy->jump ? FIRST_RUNS : ALONE_RUNS))
        return;
    for (uint32_t i = 0; i < shared->advice.count; i++) {
        struct finding advice = shared->advice.at[i];

        advice.at.g = advice.made.g = 0; /* another run's */
        if (!is_advised(&shared->advised, &advice))
            finding_add(&shared->advised, &advice);
    }
}

/* One run with everything that follows from it; whether the strategy has more. */
static bool one_run(struct child *child, struct strategy *strategy, bool replay)
{
    struct shared *shared = child->shared;
    enum run_end end = child_run(child, strategy);
    bool more = strategy->end(strategy);

    if (replay) {
        int64_t step = replay_diverged(strategy);

        if (step < 0)
            step = schedule_mismatch(&child->schedule, child->run.trace);
        if (step >= 0)
            diverged(child, (size_t)step);
    }
    count(child, end);
    if (end != RUN_REDUNDANT)
        note_advice(child, strategy);
    if (end != RUN_REDUNDANT &&
        (shared->runs == 1 || search_prefers(child, shared_kept(shared)->shown, child->fewest)))
        keep(child);
    return more;
}

/* --- the same again ------------------------------------------------------ */

/* The first event that is another one; UINT32_MAX: all are the same. */
static uint32_t first_other(const struct trace *a, const struct trace *b)
{
    uint32_t n = a->count < b->count ? a->count : b->count;

    for (uint32_t i = 0; i < n; i++)
        if (memcmp(&a->events[i], &b->events[i], sizeof a->events[i]) != 0 ||
            strcmp(trace_text(a, a->events[i].text), trace_text(b, b->events[i].text)) != 0)
            return i;
    return a->count == b->count ? UINT32_MAX : n;
}

static struct finding_place place_of(const struct trace *trace, uint32_t i)
{
    const struct event *event = &trace->events[i];

    return (struct finding_place){.g = event->g, .line = event->line, .file = event->file,
                                  .pc = event->pc, .event = i};
}

/* The kept run's schedule made the run that has just been made, and it is another one. */
static void unstable(struct child *child, uint32_t at)
{
    struct shared *shared = child->shared;
    const struct trace *kept = shared_kept_trace(shared), *made = child->run.trace;
    struct shared_kept next = *shared_kept(shared);
    struct finding finding = {.kind = FINDING_UNSTABLE, .event = at};

    if (at < kept->count)
        finding.at = place_of(kept, at);
    if (at < made->count) {
        finding.value = made->events[at].kind;
        finding.other = place_of(made, at);
    }
    next.shown = SHOWN_FOUND;
    next.findings = (struct findings){0};
    finding_add(&next.findings, &finding);
    shared_keep(shared, kept, &next);
}

/* Makes the kept run by its schedule.  Returns how much of that has to be told. */
static uint32_t run_kept(struct child *child)
{
    struct shared *shared = child->shared;
    struct schedule schedule = {0};
    struct strategy *guide = schedule_of_trace(&schedule, shared_kept_trace(shared))
                                 ? guide_new(&schedule) : NULL;
    uint32_t told;

    if (!guide)
        child_fail(shared, "out of memory");
    child_run(child, guide);
    told = (uint32_t)guide_told(guide);
    guide->free(guide);
    schedule_release(&schedule);
    return told;
}

static bool main_is_stuck(const struct findings *findings)
{
    return findings->count > 0 && findings->at[0].kind == FINDING_DEADLOCK &&
           findings->at[0].value == 2;
}

/* When a run is over because main is stuck depends on what a C program's memory looks like to a
 * conservative scan; up to there both are the same. */
static bool is_only_longer(const struct child *child, uint32_t at)
{
    struct shared *shared = child->shared;

    return (at == shared_kept_trace(shared)->count &&
            main_is_stuck(&shared_kept(shared)->findings)) ||
           (at == child->run.trace->count && child->run.end == RUN_STUCK);
}

/* Makes the kept run again by its schedule.  False: another run came of it, and that is shown. */
static bool again(struct child *child)
{
    struct shared *shared = child->shared;
    struct shared_kept kept = *shared_kept(shared);
    uint32_t other, told;

    if (child->run.ticks > SHRINK_TICKS)
        return true;
    told = run_kept(child);
    other = first_other(shared_kept_trace(shared), child->run.trace);
    if (other != UINT32_MAX && is_only_longer(child, other)) {
        other = UINT32_MAX;
    } else if (other == UINT32_MAX && kept.told == UINT32_MAX) {
        kept.told = told;
        shared_keep(shared, child->run.trace, &kept);
    } else if (other != UINT32_MAX) {
        unstable(child, other);
    }
    return other == UINT32_MAX;
}

/* --- made simpler -------------------------------------------------------- */

struct simplify {
    struct shrink shrink; /* first: its address is its own */
    struct child *child;
    struct findings fault;
    uint32_t told;        /* of the run just made */
};

static bool still_shows(struct shrink *shrink, const struct schedule *schedule)
{
    struct simplify *self = (struct simplify *)shrink;
    struct child *child = self->child;
    struct strategy *guide = guide_new(schedule);

    if (!guide)
        return false;
    child_run(child, guide);
    self->told = (uint32_t)guide_told(guide);
    guide->free(guide);
    if (child->run.ticks > SHRINK_TICKS)
        shrink->steps = 0;
    return child->wish ? wish_came_true(child->wish) && child->run.steps <= child->fewest
                       : findings_show(&child->shared->findings, &self->fault);
}

static void simpler(struct shrink *shrink)
{
    struct simplify *self = (struct simplify *)shrink;
    struct shared *shared = self->child->shared;
    struct shared_kept kept = *shared_kept(shared);

    kept.told = self->told;
    kept.findings = shared->findings;
    kept.advice = shared->advice;
    shared_keep(shared, self->child->run.trace, &kept);
}

static void simplify(struct child *child)
{
    struct simplify self = {
        .shrink = {.shows = still_shows, .simpler = simpler, .trace = child->run.trace,
                   .runs = SHRINK_RUNS, .steps = SHRINK_STEPS},
        .child = child, .fault = shared_kept(child->shared)->findings};

    shrink(&self.shrink);
}

/* --- evidence ------------------------------------------------------------ */

/* Makes the kept run again twice, so that it tells what its races did there. */
static void gather_with(struct child *child, struct watcher *evidence, struct strategy *guide)
{
    struct shared *shared = child->shared;
    struct shared_kept kept = *shared_kept(shared);

    child_run(child, guide);
    evidence_tell(evidence);
    child_run(child, guide);
    if (!findings_show(&shared->findings, &kept.findings) ||
        !evidence_point(evidence, child->run.trace, &shared->findings))
        return;
    kept.findings = shared->findings;
    shared_keep(shared, child->run.trace, &kept);
}

static void gather(struct child *child)
{
    struct shared *shared = child->shared;
    struct schedule schedule = {0};
    struct strategy *guide = NULL;
    struct watcher *evidence;

    if (child->run.ticks > SHRINK_TICKS)
        return;
    evidence = evidence_new(&shared_kept(shared)->findings, &shared->findings);
    if (!evidence || !schedule_of_trace(&schedule, shared_kept_trace(shared)) ||
        !(guide = guide_new(&schedule)))
        child_fail(shared, "out of memory");
    child_watch(child, evidence);
    child->run.explored = true; /* a schedule says nothing to a free run */
    gather_with(child, evidence, guide);
    child_unwatch(child, evidence);
    guide->free(guide);
    evidence_free(evidence);
    schedule_release(&schedule);
}

/* --- with the moments when somebody got stuck -------------------------------- */

static bool is_about_waiting(const struct findings *findings)
{
    const struct finding *first = &findings->at[0];

    return findings->count > 0 && (first->kind == FINDING_DEADLOCK ||
                                   (first->kind == FINDING_LEAK && first->value == 0));
}

/* Makes the kept run again, and tells these moments.  Should another run come of it, the kept one is
 * shown without. */
static void tell_stuck(struct child *child)
{
    struct shared *shared = child->shared;
    struct shared_kept kept = *shared_kept(shared);

    run_kept(child);
    if (!findings_show(&shared->findings, &kept.findings))
        return;
    kept.findings = shared->findings;
    shared_keep(shared, child->run.trace, &kept);
}

/* --- the whole ----------------------------------------------------------- */

/* Of the runs a strategy takes, as many will be stopped as redundant as were so far. */
static void estimate(struct shared *shared, double runs)
{
    const struct shared_stage *stage = &shared->stages[shared->stage];

    if (runs > 0)
        shared->estimate = runs * (double)stage->runs / (double)(stage->runs + stage->blocked);
}

/* Whether more workers would make the rest of a stage come sooner: it is long, but not so long that
 * the budget ends it, and has no pollers. */
static bool worth_sharing(const struct child *child, uint32_t at)
{
    const struct plan_stage *stage = &child->plan->at[at];
    const struct shared *shared = child->shared;

    return child->request->jobs > 1 && !child->alone && plan_is_shared(stage) && !child->polled &&
           shared->stages[at].runs == ALONE_RUNS &&
           !plan_spent(stage, shared->runs + (uint64_t)shared->estimate, shared->steps);
}

/* Goes on until the stage is over; whether the search is, too. */
static bool stage(struct child *child, uint32_t at)
{
    const struct plan_stage *stage = &child->plan->at[at];
    struct shared *shared = child->shared;
    struct strategy *strategy =
        plan_strategy_new(child->plan, at, child->request->seed, &child->schedule);
    bool check = child->request->mode != JUDGE_RUN && !plan_is_replay(stage), found = false, more;
    uint64_t before = shared->runs, together = FIRST_RUNS;

    if (!strategy)
        child_fail(shared, "out of memory");
    shared->stage = at;
    child_stage(child, at);
    if (at > 0 && child->plan->at[at - 1].whole && !stage->whole)
        shared->estimate = 0; /* with accesses as steps there are more */
    do {
        if (child->request->jobs > 1 && strategy->jump && shared->stages[at].runs >= together) {
            together = workers_sample(child, at, strategy);
            if (plan_spent(stage, shared->runs, shared->steps))
                break;
        }
        more = one_run(child, strategy, plan_is_replay(stage));
        found = shared_kept(shared)->shown == SHOWN_FOUND;
        if (shared->stages[at].runs % ESTIMATE_RUNS == 0)
            estimate(shared, plan_estimate(stage, strategy));
        if (check && shared->runs == 1 && before == 0 && !found && !again(child))
            found = true;
        if (worth_sharing(child, at)) {
            child->alone = !workers_explore(child, at);
            if (!child->alone)
                break;
        }
    } while (more && !(found && !child->request->keep_going) &&
             !plan_spent(stage, shared->runs + shared->stages[at].blocked, shared->steps));
    if (!shared->stages[at].strength.complete)
        plan_strength(&shared->stages[at].strength, stage, strategy, child->polled);
    estimate(shared, shared->stages[at].strength.estimate);
    strategy->free(strategy);
    return (shared->stages[at].strength.complete && !stage->whole) ||
           (found && !child->request->keep_going);
}

/* Whether somebody is at work beside others, as the exercise asks, is a question to all runs: the
 * answer no is shown with the first. */
static void look_together(struct child *child)
{
    struct shared *shared = child->shared;
    const struct expectation *expect = child->request->expect;
    struct shared_kept kept;
    uint32_t most = 0;

    for (uint32_t i = 0; i < child->plan->count; i++)
        if (most < shared->stages[i].together)
            most = shared->stages[i].together;
    if (!expect || most >= expect->together_min || child->request->beside)
        return;
    kept = *shared_kept(shared);
    kept.told = run_kept(child);
    kept.shown = SHOWN_FOUND;
    expect_alone(child->expect, &child->run, most);
    kept.findings = shared->findings;
    kept.advice = shared->advice;
    shared_keep(shared, child->run.trace, &kept);
}

static bool is_unstable(const struct findings *findings)
{
    return findings->count > 0 && findings->at[0].kind == FINDING_UNSTABLE;
}

static bool shows_race(const struct findings *findings)
{
    return findings->count > 0 && findings->at[0].kind == FINDING_RACE;
}

void search(struct child *child)
{
    struct shared *shared = child->shared;
    uint32_t at = 0;

    while (at < child->plan->count && !stage(child, at))
        at++;
    if (child->request->mode == JUDGE_CHECK && !shared_kept(shared)->shown) {
        look_together(child);
        return;
    }
    if (!shared_kept(shared)->shown || is_unstable(&shared_kept(shared)->findings))
        return;
    __atomic_store_n(&shared->phase, PHASE_SHRINKING, __ATOMIC_RELEASE);
    child_stage(child, shared_kept(shared)->stage);
    if (child->request->mode == JUDGE_CHECK || child->request->mode == JUDGE_CAN) {
        if (!again(child))
            return;
        if (main_is_stuck(&shared_kept(shared)->findings))
            child->stuck = STUCK_STOPS;
        if (!child->request->schedule) /* a simpler run would part from that one earlier */
            simplify(child);
    }
    if (shows_race(&shared_kept(shared)->findings))
        gather(child);
    if (child->request->mode == JUDGE_RUN || !is_about_waiting(&shared_kept(shared)->findings))
        return;
    if (child->stuck == STUCK_SELDOM && child->lua)
        child->stuck = STUCK_TELLS;
    if (child->stuck != STUCK_SELDOM)
        tell_stuck(child);
}
