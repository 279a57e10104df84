/* show.c -- a grid on standard output: coloured on a terminal, else as text. */
#include "cli/show.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { COLS_DEFAULT = 80, COLS_MIN = 40, COLS_MAX = 240 };

/* Select graphic rendition of a style; NULL: plain. */
static const char *sgr(enum style style)
{
    switch (style) {
    case STYLE_TITLE: return "1;36";
    case STYLE_BOLD: return "1";
    case STYLE_DIM: return "2";
    case STYLE_CODE_KEYWORD: return "34";
    case STYLE_CODE_STRING: return "32";
    case STYLE_CODE_COMMENT: return "2";
    case STYLE_CODE_NUMBER: return "35";
    case STYLE_CODE: return "36";
    case STYLE_NOTE: return "33";
    case STYLE_GOOD: return "32";
    case STYLE_BAD: return "31";
    default: return NULL;
    }
}

static int last_col(const struct grid *grid, int row)
{
    int col = grid->cols;

    while (col > 0 && grid->cells[row * grid->cols + col - 1].rune == ' ')
        col--;
    return col;
}

static void print_coloured(const struct grid *grid)
{
    for (int row = 0; row < grid->rows; row++) {
        const char *on = NULL;

        for (int col = 0, end = last_col(grid, row); col < end; col++) {
            const struct cell *cell = &grid->cells[row * grid->cols + col];
            const char *want = cell->rune == ' ' ? on : sgr(cell->style);
            char bytes[4];

            if (want != on)
                printf("\033[0%s%sm", want ? ";" : "", want ? want : "");
            on = want;
            if (cell->rune)
                fwrite(bytes, 1, utf8_put(bytes, cell->rune), stdout);
        }
        printf("%s\n", on ? "\033[0m" : "");
    }
}

int show_columns(void)
{
    struct winsize window;
    const char *set = getenv("COLUMNS");
    int cols = 0;

    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0)
        cols = window.ws_col;
    else if (set)
        cols = atoi(set);
    if (cols <= 0)
        cols = COLS_DEFAULT;
    return cols < COLS_MIN ? COLS_MIN : cols > COLS_MAX ? COLS_MAX : cols;
}

bool show_grid(const struct grid *grid, bool plain)
{
    char *text;

    if (!plain && isatty(STDOUT_FILENO) && !getenv("NO_COLOR")) {
        print_coloured(grid);
        return true;
    }
    text = grid_text(grid);
    if (text)
        fputs(text, stdout);
    free(text);
    return text != NULL;
}
