/* job.h -- a program being judged while the app stays awake, and what came of it.
 */
#ifndef BRAID_UI_JOB_H
#define BRAID_UI_JOB_H

#include "base/text.h"
#include "course/course.h"
#include "grade/judge.h"
#include "grade/names.h"

/* A program with its result: shared by the screens that show it, freed by the last. */
struct judged {
    unsigned holders;
    struct program program;
    struct result result;
    struct names *names; /* NULL when there is no trace */
    const struct exercise *exercise; /* it was judged as; NULL: none */
};

struct judged *judged_hold(struct judged *judged); /* NULL gives NULL */
void judged_drop(struct judged *judged);

/* A zeroed job is idle. */
struct job {
    struct judge *judge;   /* NULL: idle, or ended at once */
    struct judged *judged; /* its program while it runs; NULL: idle */
    char *schedule;        /* followed by the judge; NULL: none */
};

/* Reads the program and starts to judge it; a job that runs is dropped first.  With an exercise
 * (NULL: none) its expectation and budget hold.  schedule: for JUDGE_REPLAY, NULL otherwise.
 * false: out of memory.  The exercise must outlive the job. */
bool job_start(struct job *job, const char *path, enum judge_mode mode, const char *schedule,
               const struct exercise *exercise, const char *const *cflags);

/* Replays a schedule of a program, as the exercise it was judged as; the trace will tell who could
 * take each step. */
bool job_follow(struct job *job, const struct judged *of, const char *schedule,
                const char *const *cflags);

/* Explores it for runs in which the wish comes true; all of them are counted.  The wish's words must
 * outlive the job. */
bool job_can(struct job *job, const char *path, const struct wish *wish,
             const char *const *cflags);

/* Explores the program of a run for one without a fault that goes along with it as long as any
 * does (job_is_nearest), as the exercise it was judged as. */
bool job_clean(struct job *job, const struct judged *of, const char *const *cflags);

/* Whether of all runs without a fault none goes along any longer with the one it was looked for
 * beside.  Else the search came to no end and took any, or somebody polls: then it may have left
 * some out. */
bool job_is_nearest(const struct judged *failing, const struct judged *clean);

bool job_running(const struct job *job);

/* The result when it is there (drop it), else NULL.  Never waits. */
struct judged *job_take(struct job *job);

/* "compiling pool.c", "checking: 1,248 interleavings so far". */
void job_progress(const struct job *job, struct text *out);

/* Drops what runs. */
void job_stop(struct job *job);

/* 1248 as "1,248". */
void job_number(struct text *out, uint64_t number);

#endif
