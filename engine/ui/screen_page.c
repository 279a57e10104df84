/* screen_page.c -- Markdown to read: a solution, an error message. */
#include "ui/app.h"
#include "view/markdown.h"

#include <stdlib.h>
#include <string.h>

struct page {
    struct screen screen;
    char *title, *source;
    struct markdown *text; /* for `cols`; NULL: to be made */
    int cols, first;
};

static const struct control controls[] = {
    {REQUEST_DOWN, "scroll", "scroll down"},
    {REQUEST_UP, NULL, "scroll up"},
    {REQUEST_PAGE_UP, NULL, "a page up"},
    {REQUEST_PAGE_DOWN, NULL, "a page down"},
    {REQUEST_FIRST, NULL, "the top"},
    {REQUEST_LAST, NULL, "the end"},
    {REQUEST_BACK, "back", "back"},
    {REQUEST_LIST, "list", "the list of lessons"},
    {0},
};

static void page_title(struct app *app, struct screen *screen, struct text *left,
                       struct text *right)
{
    (void)app, (void)right;
    text_add(left, ((struct page *)screen)->title);
}

static void page_draw(struct app *app, struct screen *screen, struct grid *grid, struct rect body)
{
    struct page *page = (struct page *)screen;
    struct rect area = {body.row + 1, 2, body.rows - 2, body.cols - 4};

    if (!page->text || page->cols != area.cols) {
        markdown_free(page->text);
        page->text = markdown_new(page->source, area.cols, app->ascii);
        page->cols = area.cols;
        if (!page->text)
            return;
    }
    app_scroll_clamp(&page->first, markdown_rows(page->text), area.rows);
    markdown_draw(page->text, grid, area, page->first);
    app_mark_more(grid, area, page->first, markdown_rows(page->text));
}

static bool page_request(struct app *app, struct screen *screen, enum request request)
{
    return app_scroll(&((struct page *)screen)->first, app->grid.rows - 4, request);
}

static void page_free(struct screen *screen)
{
    struct page *page = (struct page *)screen;

    markdown_free(page->text);
    free(page->title);
    free(page->source);
    free(page);
}

static const struct screen_table table = {
    .name = "page",
    .controls = controls,
    .title = page_title,
    .draw = page_draw,
    .request = page_request,
    .free = page_free,
};

struct screen *screen_page(const char *title, const char *markdown)
{
    struct page *page = calloc(1, sizeof *page);

    if (!page)
        return NULL;
    page->screen.table = &table;
    page->title = strdup(title);
    page->source = strdup(markdown);
    if (!page->title || !page->source) {
        page_free(&page->screen);
        return NULL;
    }
    return &page->screen;
}
