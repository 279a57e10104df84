/* job.c -- see job.h. */
#include "ui/job.h"

#include "explore/schedule.h"
#include "grade/plan.h"

#include <stdlib.h>
#include <string.h>

struct judged *judged_hold(struct judged *judged)
{
    if (judged)
        judged->holders++;
    return judged;
}

void judged_drop(struct judged *judged)
{
    if (!judged || --judged->holders > 0)
        return;
    names_free(judged->names);
    result_release(&judged->result);
    program_release(&judged->program);
    free(judged);
}

/* The request without its program. */
static bool start(struct job *job, const char *path, const struct exercise *exercise,
                  struct judge_request request)
{
    char error[512];

    job_stop(job);
    struct judged *judged = calloc(1, sizeof *judged);
    if (!judged)
        return false;
    judged->holders = 1;
    judged->exercise = exercise;
    if (!program_load(&judged->program, path, error, sizeof error)) {
        judged->result.verdict = VERDICT_NO_LOAD;
        judged->result.message = strdup(error);
        job->judged = judged;
        return true;
    }
    if (request.schedule && !(job->schedule = strdup(request.schedule))) {
        judged_drop(judged);
        return false;
    }
    request.program = &judged->program;
    request.schedule = job->schedule;
    request.output = -1;
    if (exercise) {
        request.runs = exercise->runs;
        request.expect = &exercise->expect;
        request.world = &exercise->world;
        request.mutants = exercise_mutants(exercise, judged->program.language == LANGUAGE_C
                                                         ? COURSE_C : COURSE_LUA);
    }
    job->judge = judge_start(&request);
    job->judged = judged;
    if (!job->judge) {
        job_stop(job);
        return false;
    }
    return true;
}

bool job_start(struct job *job, const char *path, enum judge_mode mode, const char *schedule,
               const struct exercise *exercise, const char *const *cflags)
{
    return start(job, path, exercise,
                 (struct judge_request){.mode = mode, .schedule = schedule, .cflags = cflags,
                                        .lead = mode == JUDGE_CHECK});
}

bool job_follow(struct job *job, const struct judged *of, const char *schedule,
                const char *const *cflags)
{
    return start(job, of->program.path, of->exercise,
                 (struct judge_request){.mode = JUDGE_REPLAY, .schedule = schedule,
                                        .options = true, .cflags = cflags});
}

bool job_can(struct job *job, const char *path, const struct wish *wish, const char *const *cflags)
{
    return start(job, path, NULL,
                 (struct judge_request){.mode = JUDGE_CAN, .wish = *wish, .keep_going = true,
                                        .cflags = cflags});
}

bool job_clean(struct job *job, const struct judged *of, const char *const *cflags)
{
    struct schedule schedule = {0};
    char *text = NULL;
    bool started = false;

    if (schedule_of_trace(&schedule, of->result.trace) && (text = schedule_text(&schedule)))
        started = start(job, of->program.path, of->exercise,
                        (struct judge_request){.mode = JUDGE_CAN, .wish = {.clean = true},
                                               .schedule = text, .cflags = cflags,
                                               .accesses = of->result.accesses});
    free(text);
    schedule_release(&schedule);
    return started;
}

static bool has_polls(const struct trace *trace)
{
    for (uint32_t i = 0; i < trace->count; i++)
        if (trace->events[i].kind == EVENT_DEFAULT || trace->events[i].kind == EVENT_YIELD ||
            trace->events[i].flags & EVENT_IN_VAIN)
            return true;
    return false;
}

bool job_is_nearest(const struct judged *failing, const struct judged *clean)
{
    return clean->result.found_by && strcmp(clean->result.found_by, plan_back_name) == 0 &&
           !has_polls(failing->result.trace) && !has_polls(clean->result.trace);
}

bool job_running(const struct job *job)
{
    return job->judged != NULL;
}

struct judged *job_take(struct job *job)
{
    struct judged *judged = job->judged;

    if (!judged)
        return NULL;
    if (job->judge) {
        if (!judge_poll(job->judge, 0))
            return NULL;
        judge_finish(job->judge, &judged->result);
        if (judged->result.trace)
            judged->names = names_new(judged->result.trace, &judged->program);
    }
    free(job->schedule);
    *job = (struct job){0};
    return judged;
}

void job_number(struct text *out, uint64_t number)
{
    if (number >= 1000) {
        job_number(out, number / 1000);
        text_addf(out, ",%03u", (unsigned)(number % 1000));
    } else {
        text_addf(out, "%u", (unsigned)number);
    }
}

void job_progress(const struct job *job, struct text *out)
{
    struct judge_progress progress;

    if (!job->judge)
        return;
    progress = judge_progress(job->judge);
    if (progress.mutant)
        text_addf(out, "trying the check on '%s': ", progress.mutant);
    if (progress.compiling) {
        text_addf(out, "compiling %s", job->judged->program.name);
        return;
    }
    if (progress.leading) {
        text_add(out, "found a race: looking for what it leads to");
        return;
    }
    text_add(out, "checking");
    if (progress.runs > 1) {
        text_add(out, ": ");
        job_number(out, progress.runs);
        text_add(out, " interleavings so far");
    }
}

void job_stop(struct job *job)
{
    if (job->judge) {
        judge_cancel(job->judge);
        judge_finish(job->judge, &job->judged->result);
    }
    judged_drop(job->judged);
    free(job->schedule);
    *job = (struct job){0};
}
