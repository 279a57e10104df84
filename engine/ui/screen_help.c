/* screen_help.c -- the keys of the screen below, from the table that handles them. */
#include "ui/app.h"

#include <stdlib.h>

enum { LABEL = 7, COLUMN = 46, ALONE = 72 };

struct help {
    struct screen screen;
    int first; /* line at the top */
};

static const struct control always[] = {
    {REQUEST_HELP, "help", "this help"},
    {REQUEST_QUIT, "quit", "quit; progress is saved"},
    {0},
};

static const struct control controls[] = {
    {REQUEST_DOWN, "scroll", "scroll down"},
    {REQUEST_BACK, "close", "close the help"},
    {0},
};

static int count(const struct control *list)
{
    int n = 0;

    while (list && list[n].request)
        n++;
    return n;
}

static void help_draw(struct app *app, struct screen *screen, struct grid *grid, struct rect body)
{
    struct help *help = (struct help *)screen;
    const struct screen_table *below = screen->below->table;
    int own = count(below->controls), n = own + count(always);
    int columns = n > body.rows - 2 && body.cols >= 2 * COLUMN + 6 ? 2 : 1;
    int each = (n + columns - 1) / columns;
    int rows = each < body.rows - 2 ? each : body.rows - 2;
    int cols = columns > 1 ? COLUMN : body.cols - 6 < ALONE ? body.cols - 6 : ALONE; /* of one */
    int width = columns * cols + 4;
    struct rect box = {body.row + (body.rows - rows - 2) / 2, (body.cols - width) / 2, rows + 2,
                       width};
    struct text title = {0};

    grid_fill(grid, box, ' ', STYLE_PLAIN);
    text_addf(&title, "Keys: %s", below->name);
    grid_frame(grid, box, STYLE_DIM, text_string(&title));
    text_release(&title);
    app_scroll_clamp(&help->first, each, rows);
    for (int i = 0; i < n; i++) {
        const struct control *c = i < own ? &below->controls[i] : &always[i - own];
        int line = i % each - help->first, col = box.col + 2 + i / each * cols;
        if (line < 0 || line >= rows)
            continue;
        grid_put(grid, box.row + 1 + line, col, LABEL - 1, STYLE_BOLD,
                 request_label(c->request, app->ascii));
        grid_put_short(grid, box.row + 1 + line, col + LABEL, cols - LABEL - 1, STYLE_PLAIN,
                       c->help);
    }
    if (help->first + rows < each)
        grid_put(grid, box.row + rows + 1, box.col + 2, 8, STYLE_DIM,
                 grid_glyph(grid, " ▾ more ", " v more "));
}

/* Any key but those that scroll closes it; q quits as everywhere. */
static bool help_key(struct app *app, struct screen *screen, int key)
{
    enum request request = request_of_key(key);

    if (request == REQUEST_QUIT)
        return false;
    if (!app_scroll(&((struct help *)screen)->first, app->grid.rows - 4, request))
        app_pop(app);
    return true;
}

static void help_free(struct screen *screen)
{
    free(screen);
}

static const struct screen_table table = {
    .name = "help",
    .controls = controls,
    .overlay = true,
    .draw = help_draw,
    .key = help_key,
    .free = help_free,
};

struct screen *screen_help(void)
{
    struct help *help = calloc(1, sizeof *help);

    if (!help)
        return NULL;
    help->screen.table = &table;
    return &help->screen;
}
