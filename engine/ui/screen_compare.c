/* screen_compare.c -- a solution beside the learner's own program. */
#include "ui/app.h"
#include "view/sides.h"

#include <stdlib.h>

struct compare {
    struct screen screen;
    struct program program[2];  /* the learner's, the solution; the first zero: there is none */
    struct sides *sides;
    bool chosen;                /* how it is shown was chosen; else what fits the width */
    enum sides_mode mode;
    enum sides_mode shown;      /* laid out so, for `cols` */
    int cols, first;
    int at;                     /* row of the difference that was sought last, else the first row */
};

static const struct control controls[] = {
    {REQUEST_JUMP_NEXT, "next difference", "where they differ next"},
    {REQUEST_JUMP_PREVIOUS, NULL, "where they differ before"},
    {REQUEST_LOOK, "view", "beside each other, one above the other, only yours, only ours"},
    {REQUEST_DOWN, "scroll", "scroll down"},
    {REQUEST_UP, NULL, "scroll up"},
    {REQUEST_PAGE_UP, NULL, "a page up"},
    {REQUEST_PAGE_DOWN, NULL, "a page down"},
    {REQUEST_FIRST, NULL, "the top"},
    {REQUEST_LAST, NULL, "the end"},
    {REQUEST_BACK, "back", "back"},
    {REQUEST_LIST, NULL, "the list of lessons"},
    {0},
};

static bool alone(const struct compare *compare)
{
    return !compare->program[0].text;
}

static enum sides_mode mode_for(const struct compare *compare, int cols)
{
    if (alone(compare))
        return SIDES_RIGHT;
    return compare->chosen ? compare->mode : cols >= SIDES_WIDE ? SIDES_BESIDE : SIDES_STACKED;
}

static void compare_title(struct app *app, struct screen *screen, struct text *left,
                          struct text *right)
{
    static const char *const words[] = {"yours and a solution", "yours <  a solution >",
                                        "yours", "a solution"};
    const struct compare *compare = (struct compare *)screen;

    text_addf(left, "%s: %s", words[mode_for(compare, app->grid.cols)],
              compare->program[1].name);
    if (!alone(compare) && sides_same(compare->sides))
        text_add(right, "they are the same");
}

static void compare_draw(struct app *app, struct screen *screen, struct grid *grid,
                         struct rect body)
{
    struct compare *compare = (struct compare *)screen;
    struct rect area = {body.row + 1, 1, body.rows - 2, body.cols - 2};
    enum sides_mode mode = mode_for(compare, body.cols);

    if (compare->cols != area.cols || compare->shown != mode) {
        if (!sides_lay_out(compare->sides, mode, area.cols)) {
            app_say(app, STYLE_BAD, "out of memory");
            return;
        }
        compare->cols = area.cols;
        compare->shown = mode;
    }
    app_scroll_clamp(&compare->first, sides_rows(compare->sides), area.rows);
    sides_draw(compare->sides, grid, area, compare->first);
    app_mark_more(grid, area, compare->first, sides_rows(compare->sides));
}

static void seek(struct app *app, struct compare *compare, int direction)
{
    int row = sides_seek(compare->sides, compare->at, direction);

    if (row < 0)
        app_say(app, STYLE_NOTE, "there is no difference %s here",
                direction > 0 ? "below" : "above");
    else
        compare->first = compare->at = row;
}

static bool compare_request(struct app *app, struct screen *screen, enum request request)
{
    struct compare *compare = (struct compare *)screen;

    switch (request) {
    case REQUEST_JUMP_NEXT: seek(app, compare, 1); return true;
    case REQUEST_JUMP_PREVIOUS: seek(app, compare, -1); return true;
    case REQUEST_LOOK:
        if (alone(compare))
            app_say(app, STYLE_NOTE, "you have no program of this language yet");
        compare->mode = (mode_for(compare, app->grid.cols) + 1) % SIDES_MODES;
        compare->chosen = true;
        compare->first = compare->at = 0;
        return true;
    default:
        if (!app_scroll(&compare->first, app->grid.rows - 4, request))
            return false;
        compare->at = compare->first;
        return true;
    }
}

static bool compare_offers(struct app *app, struct screen *screen, enum request request)
{
    const struct compare *compare = (struct compare *)screen;

    (void)app;
    if (request == REQUEST_LOOK || request == REQUEST_JUMP_NEXT)
        return !alone(compare) && (request == REQUEST_LOOK || !sides_same(compare->sides));
    return true;
}

static void compare_free(struct screen *screen)
{
    struct compare *compare = (struct compare *)screen;

    sides_free(compare->sides);
    program_release(&compare->program[0]);
    program_release(&compare->program[1]);
    free(compare);
}

static const struct screen_table table = {
    .name = "a solution",
    .controls = controls,
    .title = compare_title,
    .draw = compare_draw,
    .request = compare_request,
    .offers = compare_offers,
    .free = compare_free,
};

struct screen *screen_compare(struct app *app, struct program *own, struct program *solution)
{
    struct compare *compare = calloc(1, sizeof *compare);

    (void)app;
    if (!compare) {
        if (own)
            program_release(own);
        program_release(solution);
        return NULL;
    }
    compare->screen.table = &table;
    if (own)
        compare->program[0] = *own;
    compare->program[1] = *solution;
    compare->sides = sides_new(&compare->program[0], &compare->program[1]);
    if (!compare->sides) {
        compare_free(&compare->screen);
        return NULL;
    }
    return &compare->screen;
}
