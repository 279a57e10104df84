/* judge.c -- the parent's side: compile, hear, after a race hear again, try a check on wrong programs,
 * pronounce. */
#include "grade/judge.h"

#include "base/place.h"
#include "base/text.h"
#include "c/compile.h"
#include "grade/hearing.h"
#include "grade/pronounce.h"
#include "grade/subject.h"
#include "grade/trials.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct judge {
    struct judge_request request;
    struct compile *compile;        /* at work; NULL: over or not needed */
    struct compile_result compiled;
    struct hearing hearing;
    struct hearing lead;            /* what its race leads to */
    bool leads;                     /* lead has been started */
    struct trials *trials;          /* of a check that has passed; NULL: none */
    bool done;
    enum verdict verdict;           /* when nothing could be tried; else INCOMPLETE */
    char *message;
};

static void over(struct judge *judge, enum verdict verdict, const char *message)
{
    judge->done = true;
    judge->verdict = verdict;
    judge->message = message ? strdup(message) : NULL;
}

static void start_hearing(struct judge *judge)
{
    const char *failed;

    judge->hearing.request = judge->request;
    judge->hearing.object = judge->compiled.object;
    failed = hearing_start(&judge->hearing);
    if (failed)
        over(judge, VERDICT_OUR_FAILURE, failed);
}

static void compiled(struct judge *judge)
{
    compile_finish(judge->compile, &judge->compiled);
    judge->compile = NULL;
    switch (judge->compiled.end) {
    case COMPILE_DONE: start_hearing(judge); break;
    case COMPILE_ERRORS: over(judge, VERDICT_NO_COMPILE, judge->compiled.text); break;
    case COMPILE_OVER_LIMIT: over(judge, VERDICT_OVER_LIMIT, judge->compiled.text); break;
    case COMPILE_FAILED: over(judge, VERDICT_OUR_FAILURE, judge->compiled.text); break;
    }
}

static bool make_plan(struct judge *judge)
{
    const struct judge_request *request = &judge->request;
    struct plan *plan = &judge->hearing.plan;

    if (request->mode == JUDGE_REPLAY)
        plan_replay(plan);
    else if (request->mode == JUDGE_RUN)
        plan_once(plan);
    else if (request->schedule)
        plan_back(plan, request->runs);
    else
        return plan_make(plan, request->strategy, request->runs);
    return true;
}

/* False: it is over, for the program under test is another one. */
static bool keeps_subject(struct judge *judge)
{
    const struct judge_request *request = &judge->request;
    char *error;

    if (!request->mutants || request->mode != JUDGE_CHECK ||
        subject_kept(request->program, request->mutants->right, &error))
        return true;
    over(judge, error ? VERDICT_WRONG_ANSWER : VERDICT_OUR_FAILURE, error ? error : "out of memory");
    free(error);
    return false;
}

static void start_compiler(struct judge *judge)
{
    struct compile_request c = {.source = judge->request.program->path,
                                .flags = judge->request.cflags};
    char root[PATH_MAX], include[PATH_MAX + 8];

    place_root(root, sizeof root);
    snprintf(include, sizeof include, "%s/engine", root);
    c.include = include;
    judge->compile = compile_start(&c);
    if (!judge->compile)
        over(judge, VERDICT_OUR_FAILURE, "out of memory");
}

struct judge *judge_start(const struct judge_request *request)
{
    struct judge *judge = calloc(1, sizeof *judge);

    if (!judge)
        return NULL;
    judge->request = *request;
    judge->request.seed += request->seed == 0;
    if (request->jobs > WORKERS_MAX)
        judge->request.jobs = WORKERS_MAX;
    if (!make_plan(judge)) {
        struct text known = {0};

        text_addf(&known, "there is no strategy '%s': use ", request->strategy);
        plan_strategies(&known);
        over(judge, VERDICT_USAGE, text_string(&known));
        text_release(&known);
    } else if (keeps_subject(judge)) {
        if (request->program->language == LANGUAGE_LUA)
            start_hearing(judge);
        else
            start_compiler(judge);
    }
    return judge;
}

/* --- what a race leads to ------------------------------------------------- */

static bool found_race(const struct hearing *hearing)
{
    const struct shared_kept *kept = shared_kept(hearing->shared);

    return !hearing->cancelled && kept->shown && kept->findings.count > 0 &&
           kept->findings.at[0].kind == FINDING_RACE;
}

/* True: the second hearing goes on. */
static bool start_lead(struct judge *judge)
{
    struct hearing *lead = &judge->lead;

    if (!judge->request.lead || judge->request.mode != JUDGE_CHECK || judge->request.accesses ||
        judge->leads || !found_race(&judge->hearing))
        return false;
    judge->leads = true;
    lead->request = judge->request;
    lead->request.accesses = true;
    lead->request.beside = &shared_kept(judge->hearing.shared)->findings;
    lead->request.keep_going = lead->request.review = false;
    lead->request.jobs = 1;
    if (judge->request.wall_ms) {
        lead->request.wall_ms -= hearing_clock() - judge->hearing.started;
        if (lead->request.wall_ms <= 0)
            return judge->leads = false;
    }
    lead->object = judge->compiled.object;
    plan_beside(&lead->plan, judge->request.runs);
    if (hearing_start(lead)) {
        hearing_release(lead);
        return judge->leads = false; /* the race is told without it */
    }
    return true;
}

/* --- what a check catches ------------------------------------------------- */

static bool has_passed(const struct judge *judge)
{
    struct result result = {0};
    bool passed;

    pronounce(&result, &judge->hearing);
    passed = result.verdict == VERDICT_PASSED;
    result_release(&result);
    return passed;
}

/* True: the trials go on. */
static bool start_trials(struct judge *judge)
{
    const struct judge_request *request = &judge->request;

    if (!request->mutants || request->mutants->count == 0 || request->mode != JUDGE_CHECK ||
        !has_passed(judge))
        return false;
    judge->trials = trials_start(request);
    return judge->trials != NULL;
}

/* --- waiting ------------------------------------------------------------- */

static void look(struct judge *judge, int wait)
{
    if (judge->compile) {
        if (compile_poll(judge->compile, wait))
            compiled(judge);
    } else if (judge->trials) {
        judge->done = trials_poll(judge->trials, wait);
    } else if (judge->leads) {
        judge->done = hearing_poll(&judge->lead, wait);
    } else if (hearing_poll(&judge->hearing, wait)) {
        judge->done = !start_lead(judge) && !start_trials(judge);
    }
}

bool judge_poll(struct judge *judge, int timeout_ms)
{
    int64_t until = timeout_ms < 0 ? INT64_MAX : hearing_clock() + timeout_ms;

    while (!judge->done) {
        int64_t left = until == INT64_MAX ? 1000 : until - hearing_clock();

        look(judge, left < 0 ? 0 : left > 1000 ? 1000 : (int)left);
        if (left <= 0)
            break;
    }
    return judge->done;
}

struct judge_progress judge_progress(const struct judge *judge)
{
    struct judge_progress p;

    if (judge->trials)
        return trials_progress(judge->trials);
    p = hearing_progress(judge->leads ? &judge->lead : &judge->hearing);
    p.compiling = judge->compile != NULL;
    p.leading = judge->leads;
    return p;
}

void judge_cancel(struct judge *judge)
{
    if (judge->done)
        return;
    if (judge->compile) {
        compile_finish(judge->compile, &judge->compiled);
        judge->compile = NULL;
        over(judge, VERDICT_INCOMPLETE, "stopped while compiling");
    } else if (judge->trials) {
        trials_cancel(judge->trials);
        judge->done = true;
    } else {
        hearing_cancel(judge->leads ? &judge->lead : &judge->hearing);
        judge->done = true;
    }
}

void judge_finish(struct judge *judge, struct result *result)
{
    *result = (struct result){.seed = judge->request.seed};
    judge_poll(judge, -1);
    if (judge->verdict != VERDICT_INCOMPLETE || judge->message || !judge->hearing.shared) {
        result->verdict = judge->verdict;
        result->message = judge->message;
    } else {
        pronounce(result, &judge->hearing);
    }
    if (judge->leads && (result->leads_to = calloc(1, sizeof *result->leads_to)))
        pronounce(result->leads_to, &judge->lead);
    if (judge->trials)
        trials_finish(judge->trials, result);
    if (judge->compiled.compiler)
        result->compiler = strdup(judge->compiled.compiler);
    compile_result_release(&judge->compiled);
    hearing_release(&judge->lead);
    hearing_release(&judge->hearing);
    free(judge);
}

void judge(const struct judge_request *request, struct result *result)
{
    struct judge *judge = judge_start(request);

    if (!judge) {
        *result = (struct result){.verdict = VERDICT_OUR_FAILURE};
        return;
    }
    judge_finish(judge, result);
}
