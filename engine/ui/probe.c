/* probe.c -- see probe.h. */
#include "ui/probe.h"

#include "grade/report.h"
#include "ui/tell.h"

#include <stdlib.h>
#include <string.h>

enum { LOOK_MS = 25 };

struct wish probe_wish(const struct probe *probe, size_t answer)
{
    return probe->typed ? (struct wish){.output = probe->typed}
                        : wish_of_words(probe->step->answers[answer]);
}

/* Whether there is memory for it. */
static bool ask_next(struct probe *probe, const char *const *cflags)
{
    struct wish wish;

    probe->asked = probe->first;
    if (probe->found[probe->asked])
        for (probe->asked = 0; probe->asked < probe->count && probe->found[probe->asked];)
            probe->asked++;
    if (probe->asked == probe->count)
        return true;
    wish = probe_wish(probe, probe->asked);
    return job_can(&probe->job, probe->path, &wish, cflags);
}

bool probe_begin(struct probe *probe, const struct lesson_step *step, const char *path,
                 const char *typed, size_t first, const char *const *cflags)
{
    *probe = (struct probe){.step = step, .first = typed ? 0 : first,
                            .count = typed ? 1 : step->nanswers};
    probe->path = strdup(path);
    probe->typed = typed ? strdup(typed) : NULL;
    if (probe->path && (!typed || probe->typed) && ask_next(probe, cflags))
        return true;
    probe_release(probe);
    return false;
}

void probe_release(struct probe *probe)
{
    job_stop(&probe->job);
    for (size_t i = 0; i < COURSE_ANSWERS; i++)
        judged_drop(probe->found[i]);
    free(probe->typed);
    free(probe->path);
    *probe = (struct probe){0};
}

bool probe_tick(struct probe *probe, const char *const *cflags)
{
    struct judged *judged = job_take(&probe->job);

    if (!judged)
        return false;
    probe->found[probe->asked] = judged;
    ask_next(probe, cflags); /* without memory the others stay unknown */
    return true;
}

int probe_wait(const struct probe *probe)
{
    return job_running(&probe->job) ? LOOK_MS : -1;
}

bool probe_failed(const struct judged *judged)
{
    const struct result *result = &judged->result;

    return result->reached == 0 && result->verdict != VERDICT_PASSED
           && result->verdict != VERDICT_INCOMPLETE;
}

void probe_outcome(const struct judged *judged, bool ascii, struct text *out)
{
    if (probe_failed(judged)) {
        tell_headline(judged, out, ascii);
        return;
    }
    text_add(out, "in ");
    report_share(out, &judged->result);
    if (judged->result.reached == 0 && !judged->result.complete)
        text_add(out, " (not every interleaving was tried)");
}

void probe_watch(struct app *app, const struct probe *probe, size_t answer)
{
    struct judged *judged = answer < probe->count ? probe->found[answer] : NULL;
    struct text title = {0};

    if (answer >= probe->count) {
        app_say(app, STYLE_NOTE, "there is no answer %zu", answer + 1);
    } else if (!judged) {
        app_say(app, STYLE_NOTE, "the engine is still looking");
    } else if (judged->result.reached == 0 || !judged->result.trace) {
        app_say(app, STYLE_NOTE, "no run with this answer was found; r runs the program");
    } else {
        struct wish wish = probe_wish(probe, answer);
        text_addf(&title, "%s ", judged->program.name);
        report_wish(&title, &wish);
        app_push(app, screen_watch(judged, text_string(&title)));
        text_release(&title);
    }
}
