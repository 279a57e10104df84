/* screen_predict.c -- what was predicted of a demo, held against all that it can do.
 *
 * The engine looks for a run that makes the learner's answer true, then for one of each of the
 * others; what it found is watched from here.
 */
#include "grade/report.h"
#include "ui/app.h"
#include "ui/tell.h"
#include "view/markdown.h"

#include <stdlib.h>
#include <string.h>

enum { LOOK_MS = 25 };

struct predict {
    struct screen screen;
    const struct lesson_step *step;
    char *path;                    /* of the demo */
    char *typed;                   /* the answer; NULL: it was chosen */
    size_t picked;                 /* else which, from 0 */
    struct judged *found[COURSE_ANSWERS]; /* what came of each; NULL: not known yet */
    size_t asked;                  /* the one the job is about */
    struct job job;
    struct markdown *text;         /* NULL: to be made, for `cols` */
    int cols, first;
};

static const struct control controls[] = {
    {REQUEST_OPEN, "watch", "watch a run with your answer, if there is one"},
    {REQUEST_CHOOSE, NULL, "watch a run with that answer, if there is one"},
    {REQUEST_RUN, "run", "run the program as it comes, and watch it"},
    {REQUEST_DOWN, "scroll", "scroll down"},
    {REQUEST_UP, NULL, "scroll up"},
    {REQUEST_PAGE_UP, NULL, "a page up"},
    {REQUEST_PAGE_DOWN, NULL, "a page down"},
    {REQUEST_BACK, "back", "back to the lesson"},
    {REQUEST_LIST, NULL, "the list of lessons"},
    {0},
};

static size_t count_of(const struct predict *p)
{
    return p->typed ? 1 : p->step->nanswers;
}

static struct wish wish_of(const struct predict *p, size_t i)
{
    return p->typed ? (struct wish){.output = p->typed} : wish_of_words(p->step->answers[i]);
}

/* The learner's answer first, then the others in their order. */
static void ask_next(struct app *app, struct predict *p)
{
    struct wish wish;

    if (!p->found[p->picked]) {
        p->asked = p->picked;
    } else {
        for (p->asked = 0; p->asked < count_of(p) && p->found[p->asked];)
            p->asked++;
        if (p->asked == count_of(p))
            return;
    }
    wish = wish_of(p, p->asked);
    if (!job_can(&p->job, p->path, &wish, app->options->cflags))
        app_say(app, STYLE_BAD, "out of memory");
}

/* --- words --------------------------------------------------------------- */

/* The judge came to no answer: the program does not compile, say. */
static bool failed(const struct judged *judged)
{
    const struct result *result = &judged->result;

    return result->reached == 0 && result->verdict != VERDICT_PASSED
           && result->verdict != VERDICT_INCOMPLETE;
}

static void add_answer(struct text *out, const struct predict *p, size_t i)
{
    struct wish wish = wish_of(p, i);
    struct text words = {0};

    report_wish(&words, &wish);
    tell_escape(out, text_string(&words));
    text_release(&words);
}

static void add_outcome(struct text *out, struct app *app, const struct judged *judged)
{
    struct text words = {0};

    if (failed(judged)) {
        tell_headline(judged, &words, app->ascii);
    } else {
        text_add(&words, "in ");
        report_share(&words, &judged->result);
        if (judged->result.reached == 0 && !judged->result.complete)
            text_add(&words, " (not every interleaving was tried)");
    }
    tell_escape(out, text_string(&words));
    text_release(&words);
}

static void add_picked(struct text *out, struct app *app, const struct predict *p)
{
    const struct judged *judged = p->found[p->picked];

    text_add(out, "You say: it ");
    add_answer(out, p, p->picked);
    text_add(out, ".\n\n");
    if (!judged) {
        text_add(out, "The engine tries its interleavings...\n\n");
        return;
    }
    text_add(out, failed(judged) ? "" : judged->result.reached ? "**Yes,** " : "**No,** ");
    add_outcome(out, app, judged);
    text_add(out, judged->result.reached ? "; `Enter` watches one.\n\n" : ".\n\n");
}

static void add_others(struct text *out, struct app *app, const struct predict *p)
{
    if (count_of(p) < 2 || !p->found[p->picked])
        return;
    text_add(out, "And the others?\n\n");
    for (size_t i = 0; i < count_of(p); i++) {
        if (i == p->picked)
            continue;
        text_addf(out, "- `%zu` it ", i + 1);
        add_answer(out, p, i);
        text_add(out, ": ");
        if (p->found[i])
            add_outcome(out, app, p->found[i]);
        else
            text_add(out, "...");
        text_add(out, "\n");
    }
}

/* --- the screen ---------------------------------------------------------- */

static void predict_title(struct app *app, struct screen *screen, struct text *left,
                          struct text *right)
{
    const struct predict *p = (struct predict *)screen;
    const char *name = strrchr(p->path, '/');

    (void)app;
    text_addf(left, "your prediction: %s", name ? name + 1 : p->path);
    job_progress(&p->job, right);
}

static void predict_draw(struct app *app, struct screen *screen, struct grid *grid,
                         struct rect body)
{
    struct predict *p = (struct predict *)screen;
    struct rect area = {body.row + 1, 2, body.rows - 2, body.cols - 4};

    if (!p->text || p->cols != area.cols) {
        struct text words = {0};

        text_addf(&words, "## %s\n\n", p->step->question);
        add_picked(&words, app, p);
        add_others(&words, app, p);
        markdown_free(p->text);
        p->text = markdown_new(text_string(&words), area.cols, app->ascii);
        p->cols = area.cols;
        text_release(&words);
        if (!p->text)
            return;
    }
    app_scroll_clamp(&p->first, markdown_rows(p->text), area.rows);
    markdown_draw(p->text, grid, area, p->first);
    app_mark_more(grid, area, p->first, markdown_rows(p->text));
}

static void run_it(struct app *app, const struct predict *p)
{
    app_push(app, screen_launch(app, p->path, JUDGE_RUN, NULL, NULL));
}

static void watch_answer(struct app *app, const struct predict *p, size_t i)
{
    struct judged *judged = i < count_of(p) ? p->found[i] : NULL;
    struct text title = {0};

    if (i >= count_of(p)) {
        app_say(app, STYLE_NOTE, "there is no answer %zu", i + 1);
    } else if (!judged) {
        app_say(app, STYLE_NOTE, "the engine is still looking");
    } else if (judged->result.reached == 0 || !judged->result.trace) {
        app_say(app, STYLE_NOTE, "no run with this answer was found; r runs the program");
    } else {
        struct wish wish = wish_of(p, i);
        text_addf(&title, "%s ", judged->program.name);
        report_wish(&title, &wish);
        app_push(app, screen_watch(judged, text_string(&title)));
        text_release(&title);
    }
}

static bool predict_key(struct app *app, struct screen *screen, int key)
{
    if (key < '1' || key > '9')
        return false;
    watch_answer(app, (struct predict *)screen, (size_t)(key - '1'));
    return true;
}

static bool predict_request(struct app *app, struct screen *screen, enum request request)
{
    struct predict *p = (struct predict *)screen;

    switch (request) {
    case REQUEST_OPEN: watch_answer(app, p, p->picked); return true;
    case REQUEST_RUN: run_it(app, p); return true;
    default: return app_scroll(&p->first, app->grid.rows - 4, request);
    }
}

static int predict_wait(struct app *app, struct screen *screen)
{
    (void)app;
    return job_running(&((struct predict *)screen)->job) ? LOOK_MS : -1;
}

static void predict_tick(struct app *app, struct screen *screen)
{
    struct predict *p = (struct predict *)screen;
    struct judged *judged = job_take(&p->job);

    app->dirty = true;
    if (!judged)
        return;
    p->found[p->asked] = judged;
    markdown_free(p->text);
    p->text = NULL;
    ask_next(app, p);
}

static void predict_free(struct screen *screen)
{
    struct predict *p = (struct predict *)screen;

    job_stop(&p->job);
    for (size_t i = 0; i < COURSE_ANSWERS; i++)
        judged_drop(p->found[i]);
    markdown_free(p->text);
    free(p->typed);
    free(p->path);
    free(p);
}

static const struct screen_table table = {
    .name = "your prediction",
    .controls = controls,
    .title = predict_title,
    .draw = predict_draw,
    .request = predict_request,
    .key = predict_key,
    .wait = predict_wait,
    .tick = predict_tick,
    .free = predict_free,
};

struct screen *screen_predict(struct app *app, const struct lesson_step *step, const char *path,
                              size_t picked, const char *typed)
{
    struct predict *p = calloc(1, sizeof *p);

    if (!p)
        return NULL;
    p->screen.table = &table;
    p->step = step;
    p->picked = typed ? 0 : picked;
    p->path = strdup(path);
    p->typed = typed ? strdup(typed) : NULL;
    if (!p->path || (typed && !p->typed)) {
        predict_free(&p->screen);
        return NULL;
    }
    ask_next(app, p);
    return &p->screen;
}
