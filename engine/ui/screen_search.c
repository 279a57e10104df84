/* screen_search.c -- the steps of all lessons whose text holds some words. */
#include "ui/app.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct hit {
    const struct lesson *lesson;
    uint32_t step;
    const char *line; /* that holds the words, in the step's text */
    size_t len;
};

struct search {
    struct screen screen;
    char *words;
    struct hit *hits;
    int nhits, at, first;
};

static const struct control controls[] = {
    {REQUEST_OPEN, "open", "open the step"},
    {REQUEST_UP, NULL, "a row up"},
    {REQUEST_DOWN, "move", "a row down"},
    {REQUEST_PAGE_UP, NULL, "a page up"},
    {REQUEST_PAGE_DOWN, NULL, "a page down"},
    {REQUEST_FIRST, NULL, "the first row"},
    {REQUEST_LAST, NULL, "the last row"},
    {REQUEST_FIND, "search", "search for something else"},
    {REQUEST_BACK, "back", "back"},
    {REQUEST_LIST, "list", "the list of lessons"},
    {0},
};

/* Adds the step if it holds the words, whatever the case of ASCII letters. */
static void look_at(struct search *search, const struct lesson *lesson, uint32_t step)
{
    const char *text = lesson->steps[step].markdown, *at = strcasestr(text, search->words);

    if (!at)
        return;
    while (at > text && at[-1] != '\n')
        at--;
    at += strspn(at, "#- ");
    search->hits[search->nhits++] = (struct hit){lesson, step, at, strcspn(at, "\n")};
}

static void search_title(struct app *app, struct screen *screen, struct text *left,
                         struct text *right)
{
    struct search *search = (struct search *)screen;

    (void)app;
    text_addf(left, "search: %s", search->words);
    text_addf(right, "in %d step%s", search->nhits, search->nhits == 1 ? "" : "s");
}

static void draw_hit(struct grid *grid, int row, int cols, const struct hit *hit, bool selected)
{
    int col = 3;

    if (selected) {
        grid_fill(grid, (struct rect){row, 1, 1, cols}, ' ', STYLE_SELECTED);
        grid_put(grid, row, 1, 1, STYLE_SELECTED, grid_glyph(grid, "▸", ">"));
    }
    col += grid_putf(grid, row, col, cols - col, selected ? STYLE_SELECTED : STYLE_BOLD,
                     "%.2s.%u %s  ", hit->lesson->id, hit->step + 1,
                     hit->lesson->steps[hit->step].title);
    grid_putf(grid, row, col, cols - col, selected ? STYLE_SELECTED : STYLE_DIM, "%.*s",
              (int)hit->len, hit->line);
}

static void search_draw(struct app *app, struct screen *screen, struct grid *grid,
                        struct rect body)
{
    struct search *search = (struct search *)screen;
    struct rect area = {body.row + 1, 1, body.rows - 2, body.cols - 2};

    (void)app;
    if (search->nhits == 0)
        grid_put(grid, area.row, 3, area.cols, STYLE_NOTE,
                 "no lesson says this; / searches for something else");
    if (search->at < search->first)
        search->first = search->at;
    if (search->at >= search->first + area.rows)
        search->first = search->at - area.rows + 1;
    app_scroll_clamp(&search->first, search->nhits, area.rows);
    for (int i = search->first; i < search->nhits && i < search->first + area.rows; i++)
        draw_hit(grid, area.row + i - search->first, area.cols, &search->hits[i],
                 i == search->at);
    app_mark_more(grid, area, search->first, search->nhits);
}

static bool search_request(struct app *app, struct screen *screen, enum request request)
{
    struct search *search = (struct search *)screen;

    if (request == REQUEST_FIND) {
        app_find(app);
        return true;
    }
    if (request == REQUEST_OPEN && search->nhits > 0)
        app_push(app, screen_lesson_at(app, search->hits[search->at].lesson,
                                       search->hits[search->at].step, search->words));
    if (request == REQUEST_OPEN)
        return true;
    if (!app_scroll(&search->at, app->grid.rows - 4, request))
        return false;
    if (search->at >= search->nhits)
        search->at = search->nhits - 1;
    if (search->at < 0)
        search->at = 0;
    return true;
}

static void search_free(struct screen *screen)
{
    struct search *search = (struct search *)screen;

    free(search->hits);
    free(search->words);
    free(search);
}

static const struct screen_table table = {
    .name = "search",
    .controls = controls,
    .title = search_title,
    .draw = search_draw,
    .request = search_request,
    .free = search_free,
};

struct screen *screen_search(struct app *app, const char *words)
{
    struct search *search = calloc(1, sizeof *search);
    size_t steps = 0;

    if (!search)
        return NULL;
    search->screen.table = &table;
    for (size_t i = 0; i < app->course.nlessons; i++)
        steps += app->course.lessons[i].nsteps;
    search->words = strdup(words);
    search->hits = calloc(steps ? steps : 1, sizeof *search->hits);
    if (!search->words || !search->hits) {
        search_free(&search->screen);
        return NULL;
    }
    for (size_t i = 0; i < app->course.nlessons; i++)
        for (uint32_t k = 0; k < app->course.lessons[i].nsteps; k++)
            look_at(search, &app->course.lessons[i], k);
    return &search->screen;
}
