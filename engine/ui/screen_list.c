/* screen_list.c -- the course at a glance: lessons, their exercises, what is done.
 *
 * A row is a lesson or, below it, one of its exercises.
 */
#include "ui/app.h"

#include <stdlib.h>
#include <string.h>

struct row {
    const struct lesson *lesson;
    const struct exercise *exercise; /* NULL: the lesson's own row */
};

struct list {
    struct screen screen;
    struct row *rows;
    int nrows, at, first;
};

static const struct control controls[] = {
    {REQUEST_OPEN, "open", "open the lesson or exercise"},
    {REQUEST_UP, NULL, "a row up"},
    {REQUEST_DOWN, "move", "a row down"},
    {REQUEST_NEXT, "next", "the next thing not done yet"},
    {REQUEST_PREVIOUS, NULL, "the one not done before it"},
    {REQUEST_JUMP_NEXT, NULL, "the next lesson"},
    {REQUEST_JUMP_PREVIOUS, NULL, "the previous lesson"},
    {REQUEST_PAGE_UP, NULL, "a page up"},
    {REQUEST_PAGE_DOWN, NULL, "a page down"},
    {REQUEST_FIRST, NULL, "the first row"},
    {REQUEST_LAST, NULL, "the last row"},
    {REQUEST_EDIT, NULL, "open the exercise"},
    {REQUEST_FIND, "search", "search the text of all lessons"},
    {REQUEST_WORDS, NULL, "the glossary"},
    {REQUEST_LANGUAGE, "Lua/C", "the other language"},
    {0},
};

static bool row_done(const struct app *app, const struct row *row)
{
    if (row->exercise)
        return app_passed(app, row->exercise);
    return progress_step(app->progress, row->lesson) >= row->lesson->nsteps;
}

/* Moves to the nearest row in that direction that is not done, or that is a lesson. */
static bool seek(struct app *app, struct list *list, int direction, bool lessons)
{
    for (int i = list->at + direction; i >= 0 && i < list->nrows; i += direction)
        if (lessons ? !list->rows[i].exercise : !row_done(app, &list->rows[i])) {
            list->at = i;
            return true;
        }
    return false;
}

static void list_title(struct app *app, struct screen *screen, struct text *left,
                       struct text *right)
{
    size_t passed = 0, all = 0;

    (void)screen;
    for (size_t i = 0; i < app->course.nlessons; i++)
        app_count(app, &app->course.lessons[i], &passed, &all);
    text_add(left, app->ascii ? "braid - concurrency, one strand at a time"
                              : "braid · concurrency, one strand at a time");
    text_addf(right, "%zu of %zu exercises passed   %s", passed, all,
              app_language_name(app->language));
}

enum { MARKS = 24 }; /* columns at the right: steps read, or the languages passed in */

static void draw_steps(struct app *app, struct grid *grid, int row, int col, bool selected,
                       const struct lesson *lesson)
{
    uint32_t read = progress_step(app->progress, lesson);
    enum style on = selected ? STYLE_SELECTED : STYLE_GOOD;
    enum style off = selected ? STYLE_SELECTED : STYLE_DIM;

    for (size_t i = 0; i < lesson->nsteps && i < MARKS; i++) {
        const struct lesson_step *step = &lesson->steps[i];
        enum foretold foretold = step->question
                                     ? progress_foretold(app->progress, lesson, step)
                                     : FORETOLD_OPEN;
        const char *mark = foretold == FORETOLD_RIGHT   ? grid_glyph(grid, "✓", "+")
                           : foretold == FORETOLD_WRONG ? grid_glyph(grid, "✗", "x")
                           : i < read                   ? grid_glyph(grid, "●", "#")
                                                        : grid_glyph(grid, "○", ".");

        col += grid_put(grid, row, col, 1, i < read ? on : off, mark);
    }
}

static void draw_languages(struct app *app, struct grid *grid, int row, int col, bool selected,
                           const struct exercise *exercise)
{
    for (int i = 0; i < 2; i++) {
        if (!exercise->starter[i])
            continue;
        bool passed = progress_passed(app->progress, exercise, i);
        enum style style = selected ? STYLE_SELECTED : passed ? STYLE_GOOD : STYLE_DIM;
        col += grid_putf(grid, row, col, 12, style, "%s %s",
                         passed ? grid_glyph(grid, "✓", "+") : grid_glyph(grid, "·", "-"),
                         app_language_name(i)) + 3;
    }
}

static void draw_row(struct app *app, struct list *list, struct grid *grid, int row, int width,
                     int i)
{
    const struct row *r = &list->rows[i];
    bool selected = i == list->at;
    enum style plain = selected ? STYLE_SELECTED : r->exercise ? STYLE_PLAIN : STYLE_BOLD;

    if (selected) {
        grid_fill(grid, (struct rect){row, 1, 1, width}, ' ', STYLE_SELECTED);
        grid_put(grid, row, 2, 1, STYLE_SELECTED, grid_glyph(grid, "▸", ">"));
    }
    int marks = 1 + width - MARKS;
    if (r->exercise) {
        enum style dim = selected ? STYLE_SELECTED : STYLE_DIM;
        int col = 9 + grid_put(grid, row, 9, marks - 10, plain, r->exercise->title) + 2;
        if (col < marks - 4)
            grid_put(grid, row, col, marks - 2 - col, dim, r->exercise->name);
        draw_languages(app, grid, row, marks, selected, r->exercise);
        return;
    }
    grid_put(grid, row, 4, 3, plain, r->lesson->id); /* its number: two digits */
    grid_fill(grid, (struct rect){row, 6, 1, 3}, ' ', plain);
    grid_put(grid, row, 8, marks - 9, selected ? STYLE_SELECTED : STYLE_TITLE, r->lesson->title);
    draw_steps(app, grid, row, marks, selected, r->lesson);
}

/* Draws the rows; with an empty one before each lesson when all of them fit that way. */
static void draw_rows(struct app *app, struct list *list, struct grid *grid, struct rect area)
{
    bool airy = list->nrows + (int)app->course.nlessons <= area.rows;
    int row = area.row;

    for (int i = list->first; i < list->nrows; i++, row++) {
        row += airy && i > 0 && !list->rows[i].exercise;
        if (row >= area.row + area.rows)
            return;
        draw_row(app, list, grid, row, area.cols, i);
    }
}

static bool is_new_here(const struct app *app)
{
    for (size_t i = 0; i < app->course.nlessons; i++)
        if (progress_step(app->progress, &app->course.lessons[i]) > 0)
            return false;
    return true;
}

static void list_draw(struct app *app, struct screen *screen, struct grid *grid, struct rect body)
{
    struct list *list = (struct list *)screen;
    int width = body.cols - 2 < 96 ? body.cols - 2 : 96;
    int height = body.rows - 3; /* an empty row above, a legend below */
    int below = body.row + body.rows - 2, last = below + 1;

    if (list->at < list->first)
        list->first = list->at;
    if (list->at >= list->first + height)
        list->first = list->at - height + 1;
    app_scroll_clamp(&list->first, list->nrows, height);
    struct rect area = {body.row + 1, 1, height, width};
    draw_rows(app, list, grid, area);
    app_mark_more(grid, (struct rect){area.row, 4, height, width}, list->first, list->nrows);
    if (is_new_here(app)) { /* where all rows are taken, instead of the legend */
        grid_put(grid, list->nrows <= height ? below : last, 4, body.cols - 5, STYLE_NOTE,
                 "New here? Enter opens a lesson; n leads you on from step to step.");
        if (list->nrows > height)
            return;
    }
    grid_put(grid, last, 4, body.cols - 5, STYLE_DIM,
             grid_glyph(grid, "● read   ✓ predicted right, passed   ✗ predicted wrong",
                        "# read   + predicted right, passed   x predicted wrong"));
}

static void list_open(struct app *app, const struct row *row)
{
    if (row->exercise) {
        app_push(app, screen_exercise(app, row->exercise));
        return;
    }
    uint32_t read = progress_step(app->progress, row->lesson);
    if (row->lesson->nsteps == 0)
        app_say(app, STYLE_NOTE, "this lesson has no steps yet");
    else
        app_push(app, screen_lesson(app, row->lesson, read < row->lesson->nsteps ? read : 0));
}

static bool list_move(struct app *app, struct list *list, enum request request)
{
    switch (request) {
    case REQUEST_NEXT:
        if (!seek(app, list, 1, false))
            app_say(app, STYLE_GOOD, "everything below is done");
        return true;
    case REQUEST_PREVIOUS:
        if (!seek(app, list, -1, false))
            app_say(app, STYLE_GOOD, "everything above is done");
        return true;
    case REQUEST_JUMP_NEXT:
        seek(app, list, 1, true);
        return true;
    case REQUEST_JUMP_PREVIOUS:
        seek(app, list, -1, true);
        return true;
    default:
        return app_scroll(&list->at, 12, request);
    }
}

static bool list_request(struct app *app, struct screen *screen, enum request request)
{
    struct list *list = (struct list *)screen;

    switch (request) {
    case REQUEST_OPEN:
        list_open(app, &list->rows[list->at]);
        return true;
    case REQUEST_EDIT:
        if (!list->rows[list->at].exercise)
            return false;
        list_open(app, &list->rows[list->at]);
        return true;
    case REQUEST_LANGUAGE:
        app->language = app->language == COURSE_C ? COURSE_LUA : COURSE_C;
        return true;
    case REQUEST_WORDS:
        app_explain(app, NULL);
        return true;
    case REQUEST_FIND:
        app_find(app);
        return true;
    case REQUEST_BACK:
        app_say(app, STYLE_NOTE, "this is the first screen: q quits");
        return true;
    case REQUEST_LIST:
        return true;
    default:
        break;
    }
    if (!list_move(app, list, request))
        return false;
    if (list->at >= list->nrows)
        list->at = list->nrows - 1;
    if (list->at < 0)
        list->at = 0;
    return true;
}

static void list_free(struct screen *screen)
{
    struct list *list = (struct list *)screen;

    free(list->rows);
    free(list);
}

static const struct screen_table table = {
    .name = "list of lessons",
    .controls = controls,
    .title = list_title,
    .draw = list_draw,
    .request = list_request,
    .free = list_free,
};

struct screen *screen_list(struct app *app)
{
    struct list *list = calloc(1, sizeof *list);
    size_t n = 0;

    if (!list)
        return NULL;
    list->screen.table = &table;
    for (size_t i = 0; i < app->course.nlessons; i++)
        n += 1 + app->course.lessons[i].nexercises;
    list->rows = calloc(n ? n : 1, sizeof *list->rows);
    if (!list->rows) {
        free(list);
        return NULL;
    }
    for (size_t i = 0; i < app->course.nlessons; i++) {
        const struct lesson *lesson = &app->course.lessons[i];
        list->rows[list->nrows++] = (struct row){lesson, NULL};
        for (size_t k = 0; k < lesson->nexercises; k++)
            list->rows[list->nrows++] = (struct row){lesson, &lesson->exercises[k]};
    }
    list->at = -1; /* where the learner goes on */
    if (!seek(app, list, 1, false))
        list->at = 0;
    return &list->screen;
}
