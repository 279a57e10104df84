/* screen_ask.c -- a question over the screen it concerns: yes or no, or a line to edit. */
#include "base/utf8.h"
#include "ui/app.h"

#include <stdlib.h>
#include <string.h>

enum { LINE_MAX_BYTES = 1024 };

struct ask {
    struct screen screen;
    char *question;
    bool edits;
    char line[LINE_MAX_BYTES];
    void (*answer)(struct app *app, void *context, const char *line);
    void *context;
};

static const struct control line_controls[] = {
    {REQUEST_OPEN, "yes", "take this"},
    {REQUEST_BACK, "no", "go back"},
    {0},
};

static const struct control yes_no_controls[] = {
    {REQUEST_BACK, "no", "change nothing"},
    {0},
};

/* Bytes of the first row of text wrapped at words. */
static size_t first_row(const char *text, int cols)
{
    size_t len = strlen(text), fit = 0;

    if (len <= (size_t)cols)
        return len;
    for (size_t i = 0; i <= (size_t)cols; i++)
        if (text[i] == ' ')
            fit = i;
    return fit > 0 ? fit : (size_t)cols;
}

/* Draws the question wrapped at words, or only measures it (grid NULL); returns its rows. */
static int put_question(struct grid *grid, int row, int col, int cols, const char *text)
{
    int used = 0;

    while (*text) {
        size_t fit = first_row(text, cols);
        if (grid)
            grid_putf(grid, row + used, col, cols, STYLE_BOLD, "%.*s", (int)fit, text);
        used++;
        text += fit;
        text += *text == ' ';
    }
    return used;
}

/* The end of a long line is what is being edited. */
static const char *tail(const char *line, int cols)
{
    const char *end = line + strlen(line);

    while (grid_width(line) > cols)
        utf8_next(&line, end);
    return line;
}

static void ask_draw(struct app *app, struct screen *screen, struct grid *grid, struct rect body)
{
    struct ask *ask = (struct ask *)screen;
    int width = body.cols - 4 < 72 ? body.cols - 4 : 72, inner = width - 4;
    int height = put_question(NULL, 0, 0, inner, ask->question) + (ask->edits ? 6 : 4);
    struct rect box = {body.row + (body.rows - height) / 2, (body.cols - width) / 2, height, width};
    int row = box.row + 1, col = box.col + 2;

    (void)app;
    grid_fill(grid, box, ' ', STYLE_PLAIN);
    grid_frame(grid, box, STYLE_NOTE, "");
    row += put_question(grid, row, col, inner, ask->question) + 1;
    if (!ask->edits) {
        grid_put(grid, row, col, 3, STYLE_KEY, " y ");
        grid_put(grid, row, col + 4, 6, STYLE_PLAIN, "yes");
        grid_put(grid, row, col + 11, 3, STYLE_KEY, " n ");
        grid_put(grid, row, col + 15, 6, STYLE_PLAIN, "no");
        return;
    }
    grid_fill(grid, (struct rect){row, col, 1, inner}, ' ', STYLE_HERE);
    int end = col + grid_put(grid, row, col, inner - 1, STYLE_HERE, tail(ask->line, inner - 1));
    grid_put(grid, row, end, 1, STYLE_HERE, grid_glyph(grid, "▏", "_"));
    grid_put(grid, row + 2, col, inner, STYLE_DIM,
             "Enter takes it, Ctrl-U empties the line, Esc goes back");
}

static void finish(struct app *app, struct ask *ask, const char *line)
{
    app_pop(app);
    ask->answer(app, ask->context, line);
}

static void edit(struct ask *ask, int key)
{
    size_t len = strlen(ask->line);

    if (key == TERM_BACKSPACE) {
        while (len > 0 && (ask->line[len - 1] & 0xc0) == 0x80)
            len--;
        ask->line[len > 0 ? len - 1 : 0] = '\0';
    } else if (key == ('U' & 31)) {
        ask->line[0] = '\0';
    } else if (key >= ' ' && key < TERM_OTHER && len + 5 < sizeof ask->line) {
        len += utf8_put(ask->line + len, (uint32_t)key);
        ask->line[len] = '\0';
    }
}

static bool ask_key(struct app *app, struct screen *screen, int key)
{
    struct ask *ask = (struct ask *)screen;

    if (key == TERM_ESCAPE || (!ask->edits && (key == 'n' || key == 'N' || key == TERM_BACKSPACE)))
        finish(app, ask, NULL);
    else if (!ask->edits && (key == 'y' || key == 'Y'))
        finish(app, ask, "");
    else if (ask->edits && key == TERM_ENTER && ask->line[0])
        finish(app, ask, ask->line);
    else if (ask->edits)
        edit(ask, key);
    return true;
}

static void ask_free(struct screen *screen)
{
    struct ask *ask = (struct ask *)screen;

    free(ask->question);
    free(ask);
}

static const struct screen_table line_table = {
    .name = "question",
    .controls = line_controls,
    .overlay = true,
    .modal = true,
    .draw = ask_draw,
    .key = ask_key,
    .free = ask_free,
};

static const struct screen_table yes_no_table = {
    .name = "question",
    .controls = yes_no_controls,
    .overlay = true,
    .modal = true,
    .draw = ask_draw,
    .key = ask_key,
    .free = ask_free,
};

struct screen *screen_ask(const char *question, const char *text,
                          void (*answer)(struct app *app, void *context, const char *line),
                          void *context)
{
    struct ask *ask = calloc(1, sizeof *ask);

    if (!ask)
        return NULL;
    ask->screen.table = text ? &line_table : &yes_no_table;
    ask->edits = text != NULL;
    ask->answer = answer;
    ask->context = context;
    ask->question = strdup(question);
    if (!ask->question) {
        free(ask);
        return NULL;
    }
    if (text && strlen(text) < sizeof ask->line)
        strcpy(ask->line, text);
    return &ask->screen;
}
