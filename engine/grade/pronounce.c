/* pronounce.c -- reads the shared memory of a hearing, as far as it can be believed. */
#include "grade/pronounce.h"

#include "base/text.h"
#include "c/naming.h"
#include "c/symbol.h"
#include "explore/schedule.h"
#include "explore/shrink.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The findings, with numbers a hostile program may have written brought into bounds. */
static void copy_findings(struct findings *out, const struct findings *in,
                          const struct trace *trace)
{
    *out = *in; /* the child has sorted them */
    if (out->count > FINDINGS_MAX)
        out->count = FINDINGS_MAX;
    for (uint32_t i = 0; i < out->count; i++) {
        struct finding *f = &out->at[i];

        if (f->kind > FINDING_INTERNAL)
            f->kind = FINDING_INTERNAL;
        if (f->event >= trace->count)
            f->event = UINT32_MAX;
        if (f->at.event >= trace->count)
            f->at.event = UINT32_MAX;
        if (f->other.event >= trace->count)
            f->other.event = UINT32_MAX;
        f->made.event = UINT32_MAX;
    }
}

/* The advice of the run that is shown, and of others that had more. */
static void take_advice(const struct shared *shared, const struct shared_kept *kept,
                        struct result *result)
{
    struct findings others;
    uint32_t own;

    copy_findings(&result->advice, &kept->advice, result->trace);
    copy_findings(&others, &shared->advised, result->trace);
    own = result->advice.count;
    for (uint32_t i = 0; i < others.count; i++) {
        bool told = false;

        for (uint32_t k = 0; k < own && !told; k++)
            told = result->advice.at[k].at.pc == others.at[i].at.pc;
        if (!told)
            finding_add(&result->advice, &others.at[i]);
    }
}

static bool same_place(const struct finding_place *a, const struct finding_place *b)
{
    return a->line == b->line && a->file == b->file;
}

/* `n++` reads and writes: two races between the same lines over one variable are one to a learner. */
static void merge_races(struct findings *findings)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < findings->count; i++) {
        const struct finding *f = &findings->at[i];
        bool again = false;

        for (uint32_t k = 0; k < kept && f->kind == FINDING_RACE && f->at.line; k++) {
            const struct finding *g = &findings->at[k];

            again |= g->kind == FINDING_RACE &&
                     ((same_place(&f->at, &g->at) && same_place(&f->other, &g->other)) ||
                      (same_place(&f->at, &g->other) && same_place(&f->other, &g->at)));
        }
        if (!again)
            findings->at[kept++] = *f;
    }
    findings->count = kept;
}

/* The stages it went through, with their runs: "1 rr, 200 random, 12 dpor". */
static char *describe_plan(const struct hearing *hearing)
{
    struct text out = {0};

    if (hearing->request.mode == JUDGE_RUN)
        return strdup("one run as it comes");
    for (uint32_t i = 0; i < hearing->plan.count && i <= hearing->shared->stage; i++) {
        uint64_t runs = hearing->shared->stages[i].runs;

        if (runs == 0 && i != hearing->shared->stage)
            continue;
        text_addf(&out, "%s%llu ", out.len ? ", " : "", (unsigned long long)runs);
        plan_stage_name(&out, &hearing->plan.at[i]);
    }
    return text_take(&out);
}

/* Without what round robin would do anyhow. */
static void take_schedule(uint32_t told, struct result *result)
{
    struct schedule schedule = {0};

    if (!schedule_of_trace(&schedule, result->trace))
        return;
    if (schedule.count > told)
        schedule.count = told;
    result->schedule = schedule.count ? schedule_text(&schedule) : strdup("rr");
    schedule_release(&schedule);
}

static void take_stage(struct result *result, const struct shared_stage *stage)
{
    result->blocked_runs += stage->blocked;
    result->deadlocked += stage->deadlocked;
    result->failed += stage->failed;
    result->reached += stage->reached;
}

static void take_counts(const struct hearing *hearing, struct result *result)
{
    const struct shared *shared = hearing->shared;
    uint32_t last = shared->stage % PLAN_MAX;
    double missed[RESULT_DEPTHS] = {0};

    result->runs = shared->runs;
    result->steps = shared->steps;
    result->strategy = describe_plan(hearing);
    result->complete = shared->phase != PHASE_RUNNING && shared->stages[last].strength.complete;
    result->interleavings = result->complete ? shared->stages[last].runs : 0;
    for (uint32_t i = result->complete ? last : 0; i <= last; i++)
        take_stage(result, &shared->stages[i]);
    for (uint32_t i = 0; i <= last; i++) {
        const struct plan_strength *strength = &shared->stages[i].strength;

        missed[hearing->plan.at[i].parameter % RESULT_DEPTHS] += strength->missed;
        if (result->together < shared->stages[i].together)
            result->together = shared->stages[i].together;
        if (result->bound < strength->bound)
            result->bound = strength->bound;
    }
    result->estimate = shared->estimate;
    for (uint32_t d = 0; d < RESULT_DEPTHS; d++)
        result->chance[d] = -expm1(missed[d]);
}

/* The run that is kept has something to show. */
static void take_shown(const struct hearing *hearing, struct result *result)
{
    const struct shared_kept *kept = shared_kept(hearing->shared);
    struct text name = {0};

    copy_findings(&result->findings, &kept->findings, result->trace);
    result->failing_run = kept->run;
    result->switches = shrink_measure(result->trace).switches;
    result->switches_found = kept->switches;
    plan_stage_name(&name, &hearing->plan.at[kept->stage % PLAN_MAX]);
    result->found_by = text_take(&name);
    result->accesses &= !hearing->plan.at[kept->stage % PLAN_MAX].whole;
    take_schedule(kept->told, result);
}

static void incomplete(const struct hearing *hearing, struct result *result)
{
    struct text why = {0};

    result->verdict = VERDICT_INCOMPLETE;
    if (hearing->late)
        text_addf(&why, "the %g s allowed were over before the budget was used up",
                  (double)hearing->request.wall_ms / 1000);
    else
        text_add(&why, "stopped before the budget was used up");
    result->message = text_take(&why);
}

/* Places of other runs than the one that is kept have lines, too. */
static void take_review(const struct hearing *hearing, struct result *result)
{
    struct review *review = malloc(sizeof *review);

    if (!review)
        return;
    *review = hearing->shared->review;
    review_bound(review);
    if (hearing->object)
        symbol_places(hearing->object, review->places, REVIEW_PLACES);
    result->review = review;
}

/* What a replay must be given, too, as a shell takes it, each after a space. */
static char *replay_flags(const struct hearing *hearing, const struct result *result)
{
    struct text out = {0};

    if (result->accesses)
        text_add(&out, " --accesses");
    for (const char *const *word = hearing->request.cflags; word && *word; word++) {
        text_add(&out, " '");
        for (const char *c = *word; *c; c++)
            if (*c == '\'')
                text_add(&out, "'\\''");
            else
                text_add_char(&out, *c);
        text_add_char(&out, '\'');
    }
    return text_take(&out);
}

void pronounce(struct result *result, const struct hearing *hearing)
{
    struct shared *shared = hearing->shared;
    enum phase phase = shared->phase;
    bool over = phase == PHASE_DONE || phase == PHASE_SHRINKING || hearing->died;
    bool shown = shared_kept(shared)->shown && (over || hearing->cancelled);

    shared->message[sizeof shared->message - 1] = '\0';
    result->seed = hearing->request.seed;
    take_counts(hearing, result);
    if (!hearing->died && (phase == PHASE_LOAD || phase == PHASE_FAILED)) {
        result->verdict = phase == PHASE_LOAD ? VERDICT_NO_LOAD : VERDICT_OUR_FAILURE;
        if (phase == PHASE_FAILED && hearing->request.mode == JUDGE_REPLAY)
            result->verdict = VERDICT_USAGE; /* the schedule could not be read */
        result->message = strdup(shared->message);
        return;
    }
    result->trace = shared_copy(shared_kept_trace(shared));
    if (!result->trace) {
        result->verdict = VERDICT_OUR_FAILURE;
        result->message = strdup("out of memory for the trace");
        return;
    }
    result->accesses = hearing->request.accesses;
    if (shown)
        take_shown(hearing, result);
    else if (hearing->cancelled && !over)
        incomplete(hearing, result);
    if (over || shown)
        take_advice(shared, shared_kept(shared), result);
    if (hearing->object) {
        symbol_resolve(hearing->object, result->trace, &result->findings);
        symbol_resolve(hearing->object, result->trace, &result->advice);
        naming_resolve(hearing->object, hearing->request.program->text, result->trace,
                       &result->findings);
    }
    if (hearing->request.review)
        take_review(hearing, result);
    merge_races(&result->findings);
    if (result->findings.count > 0 &&
        (hearing->request.mode != JUDGE_CAN || (hearing->died && result->reached == 0)))
        result->verdict = verdict_of_finding(result->findings.at[0].kind);
    else if (over)
        result->verdict = VERDICT_PASSED;
    if (hearing->request.cflags || result->accesses)
        result->flags = replay_flags(hearing, result);
}
