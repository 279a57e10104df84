/* screen_predict.c -- what was predicted of a demo, held against all that it can do.
 *
 * The engine looks for a run that makes the learner's answer true, then for one of each of the
 * others; what it found is watched from here.
 */
#include "grade/report.h"
#include "ui/tell.h"
#include "ui/probe.h"
#include "view/markdown.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct predict {
    struct screen screen;
    const struct lesson *lesson;   /* of whom the answer is remembered; NULL: it is not */
    struct probe probe;            /* its first answer is the learner's */
    struct markdown *text;         /* NULL: to be made, for `cols` */
    int cols, first;
};

static const struct control controls[] = {
    {REQUEST_OPEN, "watch", "watch a run with your answer, if there is one"},
    {REQUEST_CHOOSE, "watch that", "watch a run with that answer, if there is one"},
    {REQUEST_RUN, "run", "run the program as it comes, and watch it"},
    {REQUEST_DOWN, "scroll", "scroll down"},
    {REQUEST_UP, NULL, "scroll up"},
    {REQUEST_PAGE_UP, NULL, "a page up"},
    {REQUEST_PAGE_DOWN, NULL, "a page down"},
    {REQUEST_BACK, "back", "back to the lesson"},
    {REQUEST_LIST, NULL, "the list of lessons"},
    {0},
};

/* --- words --------------------------------------------------------------- */

static void add_answer(struct text *out, const struct predict *p, size_t i)
{
    struct wish wish = probe_wish(&p->probe, i);
    struct text words = {0};

    report_wish(&words, &wish);
    tell_escape(out, text_string(&words));
    text_release(&words);
}

static void add_outcome(struct text *out, struct app *app, const struct judged *judged)
{
    struct text words = {0};

    probe_outcome(judged, app->ascii, &words);
    tell_escape(out, text_string(&words));
    text_release(&words);
}

static void add_picked(struct text *out, struct app *app, const struct predict *p)
{
    const struct judged *judged = p->probe.found[p->probe.first];

    text_add(out, "You say: it ");
    add_answer(out, p, p->probe.first);
    text_add(out, ".\n\n");
    if (!judged) {
        text_add(out, "The engine tries its interleavings...\n\n");
        return;
    }
    text_add(out, probe_failed(judged) ? "" : judged->result.reached ? "**Yes,** " : "**No,** ");
    add_outcome(out, app, judged);
    text_add(out, judged->result.reached ? "; `Enter` watches one.\n\n" : ".\n\n");
}

static void add_others(struct text *out, struct app *app, const struct predict *p)
{
    if (p->probe.count < 2 || !p->probe.found[p->probe.first])
        return;
    text_add(out, "And the others?\n\n");
    for (size_t i = 0; i < p->probe.count; i++) {
        if (i == p->probe.first)
            continue;
        text_addf(out, "- `%zu` it ", i + 1);
        add_answer(out, p, i);
        text_add(out, ": ");
        if (p->probe.found[i])
            add_outcome(out, app, p->probe.found[i]);
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
    const char *name = strrchr(p->probe.path, '/');

    (void)app;
    text_addf(left, "your prediction: %s", name ? name + 1 : p->probe.path);
    job_progress(&p->probe.job, right);
}

static void predict_draw(struct app *app, struct screen *screen, struct grid *grid,
                         struct rect body)
{
    struct predict *p = (struct predict *)screen;
    struct rect area = {body.row + 1, 2, body.rows - 2, body.cols - 4};

    if (!p->text || p->cols != area.cols) {
        struct text words = {0};

        text_addf(&words, "## %s\n\n", p->probe.step->question);
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

static bool predict_key(struct app *app, struct screen *screen, int key)
{
    if (key < '1' || key > '9')
        return false;
    probe_watch(app, &((struct predict *)screen)->probe, (size_t)(key - '1'));
    return true;
}

static bool predict_request(struct app *app, struct screen *screen, enum request request)
{
    struct predict *p = (struct predict *)screen;

    switch (request) {
    case REQUEST_OPEN: probe_watch(app, &p->probe, p->probe.first); return true;
    case REQUEST_RUN:
        app_push(app, screen_launch(app, p->probe.path, JUDGE_RUN, NULL, NULL));
        return true;
    default: return app_scroll(&p->first, app->grid.rows - 4, request);
    }
}

static bool was_found(const struct predict *p, size_t answer)
{
    const struct judged *judged = p->probe.found[answer];

    return judged && judged->result.reached > 0 && judged->result.trace;
}

/* Only runs that were found can be watched. */
static bool predict_offers(struct app *app, struct screen *screen, enum request request)
{
    const struct predict *p = (struct predict *)screen;
    bool other = false;

    (void)app;
    if (request == REQUEST_OPEN)
        return was_found(p, p->probe.first);
    for (size_t i = 0; i < p->probe.count; i++)
        other |= i != p->probe.first && was_found(p, i);
    return request != REQUEST_CHOOSE || other;
}

static int predict_wait(struct app *app, struct screen *screen)
{
    (void)app;
    return probe_wait(&((struct predict *)screen)->probe);
}

/* Remembers what became of the learner's answer: nothing, where the engine came to no end. */
static void remember(struct app *app, const struct predict *p)
{
    const struct judged *judged = p->probe.found[p->probe.first];
    enum foretold foretold = FORETOLD_OPEN;

    if (!p->lesson || !judged || probe_failed(judged))
        return;
    if (judged->result.reached > 0)
        foretold = FORETOLD_RIGHT;
    else if (judged->result.complete)
        foretold = FORETOLD_WRONG;
    if (!progress_set_foretold(app->progress, p->lesson, p->probe.step, foretold))
        app_say(app, STYLE_BAD, "progress cannot be saved: %s", strerror(errno));
}

static void predict_tick(struct app *app, struct screen *screen)
{
    struct predict *p = (struct predict *)screen;

    app->dirty = true;
    if (!probe_tick(&p->probe, app->options->cflags))
        return;
    remember(app, p);
    markdown_free(p->text);
    p->text = NULL;
}

static void predict_free(struct screen *screen)
{
    struct predict *p = (struct predict *)screen;

    probe_release(&p->probe);
    markdown_free(p->text);
    free(p);
}

static const struct screen_table table = {
    .name = "your prediction",
    .controls = controls,
    .title = predict_title,
    .draw = predict_draw,
    .request = predict_request,
    .offers = predict_offers,
    .key = predict_key,
    .wait = predict_wait,
    .tick = predict_tick,
    .free = predict_free,
};

struct screen *screen_predict(struct app *app, const struct lesson *lesson,
                              const struct lesson_step *step, const char *path, size_t picked,
                              const char *typed)
{
    struct predict *p = calloc(1, sizeof *p);

    if (!p)
        return NULL;
    p->screen.table = &table;
    p->lesson = lesson;
    if (!probe_begin(&p->probe, step, path, typed, picked, app->options->cflags)) {
        free(p);
        return NULL;
    }
    return &p->screen;
}
