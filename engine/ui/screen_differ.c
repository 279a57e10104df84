/* screen_differ.c -- where the run that fails parts from one that passes. */
#include "ui/app.h"
#include "view/parting.h"

#include <stdlib.h>

struct differ {
    struct screen screen;
    struct judged *failing, *passing;
    struct parting *parting;
    int first; /* row shown at the top */
};

static const struct control controls[] = {
    {REQUEST_CHOOSE, "watch", "1 watches the run that fails from there, 2 the other"},
    {REQUEST_DOWN, "scroll", "scroll down"},
    {REQUEST_UP, NULL, "scroll up"},
    {REQUEST_PAGE_UP, NULL, "a page up"},
    {REQUEST_PAGE_DOWN, NULL, "a page down"},
    {REQUEST_FIRST, NULL, "to the beginning"},
    {REQUEST_LAST, NULL, "to the end"},
    {REQUEST_BACK, "back", "back to the run"},
    {REQUEST_LIST, NULL, "the list of lessons"},
    {0},
};

static void differ_title(struct app *app, struct screen *screen, struct text *left,
                         struct text *right)
{
    const struct differ *d = (struct differ *)screen;

    (void)app, (void)right;
    text_addf(left, "%s   the first difference", d->failing->program.name);
}

static void differ_draw(struct app *app, struct screen *screen, struct grid *grid, struct rect body)
{
    struct differ *d = (struct differ *)screen;
    struct rect area = {body.row + 1, 1, body.rows - 2, body.cols - 2};
    int rows = parting_draw(d->parting, grid, (struct rect){0, 0, 0, area.cols}, 0);

    (void)app;
    app_scroll_clamp(&d->first, rows, area.rows);
    parting_draw(d->parting, grid, area, d->first);
    app_mark_more(grid, area, d->first, rows);
}

static void watch_one(struct app *app, const struct differ *d, bool passing)
{
    struct judged *judged = passing ? d->passing : d->failing;
    uint32_t event = parting_event(d->parting, passing);

    app_push(app, screen_watch_at(app, judged, event + 1));
}

static bool differ_key(struct app *app, struct screen *screen, int key)
{
    if (key != '1' && key != '2')
        return false;
    watch_one(app, (struct differ *)screen, key == '2');
    return true;
}

static bool differ_request(struct app *app, struct screen *screen, enum request request)
{
    return app_scroll(&((struct differ *)screen)->first, app->grid.rows - 4, request);
}

static void differ_free(struct screen *screen)
{
    struct differ *d = (struct differ *)screen;

    parting_free(d->parting);
    judged_drop(d->failing);
    judged_drop(d->passing);
    free(d);
}

static const struct screen_table table = {
    .name = "the first difference",
    .controls = controls,
    .title = differ_title,
    .draw = differ_draw,
    .request = differ_request,
    .key = differ_key,
    .free = differ_free,
};

struct screen *screen_differ(struct judged *failing, struct judged *passing)
{
    struct differ *d = calloc(1, sizeof *d);

    if (!d)
        return NULL;
    d->screen.table = &table;
    d->failing = judged_hold(failing);
    d->passing = judged_hold(passing);
    d->parting = parting_new(failing->result.trace, &failing->result.findings,
                             passing->result.trace, job_is_nearest(failing, passing),
                             &failing->program);
    if (!d->parting) {
        differ_free(&d->screen);
        return NULL;
    }
    return &d->screen;
}
