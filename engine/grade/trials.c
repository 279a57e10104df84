/* trials.c -- a judge for each mutant. */
#include "grade/trials.h"

#include "base/text.h"
#include "grade/subject.h"

#include <stdlib.h>
#include <string.h>

struct trials {
    struct judge_request request;  /* of the check */
    struct result_mutant *mutants; /* those before `at` have been tried */
    size_t at;
    struct judge *judge;           /* of the one at `at`; NULL: all are over */
    struct program program;        /* the check with it; valid with judge */
    struct scratch scratch;        /* that it lies in */
    char *error;                   /* what failed on our side; NULL: nothing */
    bool cancelled;
};

/* "/.../mutants/drops_one.lua" -> "drops_one" */
static char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;

    return strndup(name, strcspn(name, "."));
}

static void start_next(struct trials *self)
{
    struct result_mutant *mutant = &self->mutants[self->at];
    struct judge_request request = self->request;
    const char *path;

    if (self->at == self->request.mutants->count || self->error)
        return;
    path = self->request.mutants->paths[self->at];
    if (!subject_replace(&self->program, &self->scratch, &mutant->what, self->request.program, path,
                         &self->error))
        return;
    mutant->name = name_of(path);
    request.program = &self->program;
    request.mutants = NULL;
    request.expect = NULL;
    request.lead = request.review = request.keep_going = false;
    self->judge = judge_start(&request);
    if (self->judge && mutant->name)
        return;
    self->error = strdup("out of memory");
    program_release(&self->program);
    scratch_remove(&self->scratch);
}

/* Takes the verdict of the one at work. */
static void take(struct trials *self)
{
    struct result result;

    judge_finish(self->judge, &result);
    self->judge = NULL;
    self->mutants[self->at++].verdict = result.verdict;
    if (result.verdict == VERDICT_OUR_FAILURE && !self->error)
        self->error = strdup(result.message ? result.message : "out of memory");
    result_release(&result);
    program_release(&self->program);
    scratch_remove(&self->scratch);
}

struct trials *trials_start(const struct judge_request *request)
{
    struct trials *self = calloc(1, sizeof *self);

    if (!self)
        return NULL;
    self->request = *request;
    self->mutants = calloc(request->mutants->count + 1, sizeof *self->mutants);
    if (!self->mutants) {
        free(self);
        return NULL;
    }
    start_next(self);
    return self;
}

bool trials_poll(struct trials *self, int timeout_ms)
{
    if (self->judge && judge_poll(self->judge, timeout_ms)) {
        take(self);
        start_next(self);
    }
    return !self->judge;
}

struct judge_progress trials_progress(const struct trials *self)
{
    struct judge_progress p = {0};

    if (self->judge)
        p = judge_progress(self->judge);
    p.mutant = self->judge ? self->mutants[self->at].name : NULL;
    return p;
}

void trials_cancel(struct trials *self)
{
    if (self->judge) {
        judge_cancel(self->judge);
        take(self);
    }
    self->cancelled = true;
}

/* --- what came of them ---------------------------------------------------- */

static void add_missed(struct text *out, const struct result_mutant *mutant)
{
    text_addf(out, "not caught: %s: %s", mutant->name, mutant->what);
    if (mutant->verdict != VERDICT_PASSED)
        text_addf(out, " (with it the check is told: %s)", verdict_word(mutant->verdict));
    text_add_char(out, '\n');
}

static void judge_by(struct result *result, size_t missed)
{
    struct text out = {0};

    text_addf(&out, "the check lets %zu of %zu wrong programs pass in place of the right one\n", missed,
              result->nmutants);
    for (size_t i = 0; i < result->nmutants; i++)
        if (!result_caught(&result->mutants[i]))
            add_missed(&out, &result->mutants[i]);
    result->verdict = VERDICT_WRONG_ANSWER;
    result->message = text_take(&out);
}

void trials_finish(struct trials *self, struct result *result)
{
    size_t missed = 0;

    result->mutants = self->mutants;
    result->nmutants = self->at;
    for (size_t i = 0; i < self->at; i++)
        missed += !result_caught(&self->mutants[i]);
    if (self->error) {
        result->verdict = VERDICT_OUR_FAILURE;
        result->message = self->error;
    } else if (self->cancelled || self->at < self->request.mutants->count) {
        result->verdict = VERDICT_INCOMPLETE;
        result->message = strdup("stopped before all wrong programs were tried");
    } else if (missed > 0) {
        judge_by(result, missed);
    }
    free(self);
}
