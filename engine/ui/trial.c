/* trial.c -- see trial.h. */
#include "ui/trial.h"

#include "grade/report.h"
#include "ui/tell.h"

#include <stdlib.h>
#include <string.h>

enum { LOOK_MS = 25 };

struct wish trial_wish(const struct trial *trial, size_t answer)
{
    return trial->typed ? (struct wish){.output = trial->typed}
                        : wish_of_words(trial->step->answers[answer]);
}

/* Whether there is memory for it. */
static bool ask_next(struct trial *trial, const char *const *cflags)
{
    struct wish wish;

    trial->asked = trial->first;
    if (trial->found[trial->asked])
        for (trial->asked = 0; trial->asked < trial->count && trial->found[trial->asked];)
            trial->asked++;
    if (trial->asked == trial->count)
        return true;
    wish = trial_wish(trial, trial->asked);
    return job_can(&trial->job, trial->path, &wish, cflags);
}

bool trial_begin(struct trial *trial, const struct lesson_step *step, const char *path,
                 const char *typed, size_t first, const char *const *cflags)
{
    *trial = (struct trial){.step = step, .first = typed ? 0 : first,
                            .count = typed ? 1 : step->nanswers};
    trial->path = strdup(path);
    trial->typed = typed ? strdup(typed) : NULL;
    if (trial->path && (!typed || trial->typed) && ask_next(trial, cflags))
        return true;
    trial_release(trial);
    return false;
}

void trial_release(struct trial *trial)
{
    job_stop(&trial->job);
    for (size_t i = 0; i < COURSE_ANSWERS; i++)
        judged_drop(trial->found[i]);
    free(trial->typed);
    free(trial->path);
    *trial = (struct trial){0};
}

bool trial_tick(struct trial *trial, const char *const *cflags)
{
    struct judged *judged = job_take(&trial->job);

    if (!judged)
        return false;
    trial->found[trial->asked] = judged;
    ask_next(trial, cflags); /* without memory the others stay unknown */
    return true;
}

int trial_wait(const struct trial *trial)
{
    return job_running(&trial->job) ? LOOK_MS : -1;
}

bool trial_failed(const struct judged *judged)
{
    const struct result *result = &judged->result;

    return result->reached == 0 && result->verdict != VERDICT_PASSED
           && result->verdict != VERDICT_INCOMPLETE;
}

void trial_outcome(const struct judged *judged, bool ascii, struct text *out)
{
    if (trial_failed(judged)) {
        tell_headline(judged, out, ascii);
        return;
    }
    text_add(out, "in ");
    report_share(out, &judged->result);
    if (judged->result.reached == 0 && !judged->result.complete)
        text_add(out, " (not every interleaving was tried)");
}

void trial_watch(struct app *app, const struct trial *trial, size_t answer)
{
    struct judged *judged = answer < trial->count ? trial->found[answer] : NULL;
    struct text title = {0};

    if (answer >= trial->count) {
        app_say(app, STYLE_NOTE, "there is no answer %zu", answer + 1);
    } else if (!judged) {
        app_say(app, STYLE_NOTE, "the engine is still looking");
    } else if (judged->result.reached == 0 || !judged->result.trace) {
        app_say(app, STYLE_NOTE, "no run with this answer was found; r runs the program");
    } else {
        struct wish wish = trial_wish(trial, answer);
        text_addf(&title, "%s ", judged->program.name);
        report_wish(&title, &wish);
        app_push(app, screen_watch(judged, text_string(&title)));
        text_release(&title);
    }
}
