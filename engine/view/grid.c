/* grid.c -- a rectangle of styled characters: what views draw on.
 *
 * A wide character fills two cells, the right one with rune 0; whoever overwrites one half
 * blanks the other, so that a row always has exactly `cols` columns on the screen.
 */
#include "view/grid.h"

#include "base/text.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

bool grid_init(struct grid *grid, int rows, int cols, bool ascii)
{
    rows = rows < 0 ? 0 : rows;
    cols = cols < 0 ? 0 : cols;
    *grid = (struct grid){.rows = rows, .cols = cols, .ascii = ascii};
    grid->cells = malloc(((size_t)rows * (size_t)cols + 1) * sizeof *grid->cells);
    if (!grid->cells) {
        grid->rows = grid->cols = 0;
        return false;
    }
    grid_clear(grid);
    return true;
}

void grid_release(struct grid *grid)
{
    free(grid->cells);
    *grid = (struct grid){0};
}

void grid_clear(struct grid *grid)
{
    for (size_t i = 0; i < (size_t)grid->rows * (size_t)grid->cols; i++)
        grid->cells[i] = (struct cell){' ', STYLE_PLAIN};
}

/* For locales in which wcwidth knows no more than ASCII. */
static int width_without_locale(uint32_t rune)
{
    static const struct { uint32_t first, last; int width; } ranges[] = {
        {0x0300, 0x036F, 0}, {0x1AB0, 0x1AFF, 0}, {0x1DC0, 0x1DFF, 0}, {0x20D0, 0x20FF, 0},
        {0xFE00, 0xFE0F, 0}, {0xFE20, 0xFE2F, 0}, {0x1100, 0x115F, 2}, {0x2E80, 0xA4CF, 2},
        {0xAC00, 0xD7A3, 2}, {0xF900, 0xFAFF, 2}, {0xFE30, 0xFE6F, 2}, {0xFF00, 0xFF60, 2},
        {0xFFE0, 0xFFE6, 2}, {0x1F300, 0x1F64F, 2}, {0x1F900, 0x1F9FF, 2}, {0x20000, 0x3FFFD, 2},
    };

    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (rune >= ranges[i].first && rune <= ranges[i].last)
            return ranges[i].width;
    return 1;
}

static int rune_width(uint32_t rune)
{
    int width;

    if (rune < 0x7F || utf8_is_control(rune)) /* what is not shown is drawn as '?' */
        return 1;
    width = wcwidth((wchar_t)rune);
    return width >= 0 ? width : width_without_locale(rune);
}

/* The nearest 7-bit character. */
static uint32_t plain_rune(uint32_t rune)
{
    static const struct { uint32_t rune; char plain; } table[] = {
        {0xA0, ' '}, {0xAB, '"'}, {0xBB, '"'}, {0xB7, '.'}, {0xD7, 'x'}, {0x2010, '-'},
        {0x2011, '-'}, {0x2013, '-'}, {0x2014, '-'}, {0x2018, '\''}, {0x2019, '\''},
        {0x201C, '"'}, {0x201D, '"'}, {0x2022, '*'}, {0x2026, '~'}, {0x2190, '<'},
        {0x2192, '>'}, {0x2264, '<'}, {0x2265, '>'}, {0x2212, '-'}, {0x2713, 'v'},
    };

    if (rune < 0x80)
        return rune;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (rune == table[i].rune)
            return (uint32_t)table[i].plain;
    return '?';
}

static struct cell *cell_at(struct grid *grid, int row, int col)
{
    return &grid->cells[(size_t)row * (size_t)grid->cols + (size_t)col];
}

/* Sets one cell; a wide character that loses a half to it becomes blanks. */
static void set_cell(struct grid *grid, int row, int col, uint32_t rune, enum style style)
{
    struct cell *cell = cell_at(grid, row, col);

    if (cell->rune == 0 && col > 0 && rune != 0)
        cell[-1].rune = ' ';
    if (col + 1 < grid->cols && cell[1].rune == 0)
        cell[1].rune = ' ';
    *cell = (struct cell){rune, (uint8_t)style};
}

static int put_n(struct grid *grid, int row, int col, int cols, enum style style,
                 const char *text, size_t len)
{
    const char *end = text + len;
    int used = 0;

    if (row < 0 || row >= grid->rows || col < 0 || col >= grid->cols)
        return 0;
    if (cols > grid->cols - col)
        cols = grid->cols - col;
    while (text < end) {
        uint32_t rune = utf8_next(&text, end);
        int width;

        if (utf8_is_control(rune))
            rune = '?';
        else if (rune == UTF8_BAD)
            rune = grid->ascii ? '?' : UTF8_BAD;
        if (rune_width(rune) == 0) /* an accent of its own: a cell holds one character */
            continue;
        if (grid->ascii)
            rune = plain_rune(rune);
        width = rune_width(rune);
        if (used + width > cols)
            break;
        set_cell(grid, row, col + used, rune, style);
        if (width == 2) {
            set_cell(grid, row, col + used + 1, ' ', style); /* may cut a neighbour in half */
            cell_at(grid, row, col + used + 1)->rune = 0;
        }
        used += width;
    }
    return used;
}

int grid_put(struct grid *grid, int row, int col, int cols, enum style style, const char *text)
{
    return put_n(grid, row, col, cols, style, text, strlen(text));
}

int grid_put_n(struct grid *grid, int row, int col, int cols, enum style style, const char *text,
               size_t len)
{
    return put_n(grid, row, col, cols, style, text, len);
}

int grid_put_short(struct grid *grid, int row, int col, int cols, enum style style,
                   const char *text)
{
    int used;

    if (grid_width(text) <= cols || cols < 1)
        return grid_put(grid, row, col, cols, style, text);
    used = grid_put(grid, row, col, cols - 1, style, text);
    return used + grid_put(grid, row, col + used, 1, style, grid_glyph(grid, "…", "~"));
}

int grid_putf(struct grid *grid, int row, int col, int cols, enum style style, const char *format,
              ...)
{
    char line[1024];
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (n < 0)
        return 0;
    return put_n(grid, row, col, cols, style, line, strlen(line));
}

size_t grid_wrap(const char *text, int cols)
{
    size_t fit = strlen(text);

    while (fit > 0 && grid_width_n(text, fit) > cols) {
        size_t cut = fit - 1;

        while (cut > 0 && text[cut] != ' ')
            cut--;
        if (cut == 0)
            break; /* one long word: the grid cuts it */
        fit = cut;
    }
    return fit;
}

void grid_fill(struct grid *grid, struct rect rect, uint32_t rune, enum style style)
{
    if (rune_width(rune) != 1 || utf8_is_control(rune))
        rune = ' ';
    if (grid->ascii)
        rune = plain_rune(rune);
    for (int row = rect.row < 0 ? 0 : rect.row; row < rect.row + rect.rows && row < grid->rows;
         row++)
        for (int col = rect.col < 0 ? 0 : rect.col;
             col < rect.col + rect.cols && col < grid->cols; col++)
            set_cell(grid, row, col, rune, style);
}

void grid_style(struct grid *grid, struct rect rect, enum style style)
{
    for (int row = rect.row < 0 ? 0 : rect.row; row < rect.row + rect.rows && row < grid->rows;
         row++)
        for (int col = rect.col < 0 ? 0 : rect.col;
             col < rect.col + rect.cols && col < grid->cols; col++)
            cell_at(grid, row, col)->style = (uint8_t)style;
}

void grid_frame(struct grid *grid, struct rect rect, enum style style, const char *title)
{
    int bottom = rect.row + rect.rows - 1, right = rect.col + rect.cols - 1;

    if (rect.rows < 2 || rect.cols < 2)
        return;
    for (int col = rect.col + 1; col < right; col++) {
        grid_put(grid, rect.row, col, 1, style, grid_glyph(grid, "─", "-"));
        grid_put(grid, bottom, col, 1, style, grid_glyph(grid, "─", "-"));
    }
    for (int row = rect.row + 1; row < bottom; row++) {
        grid_put(grid, row, rect.col, 1, style, grid_glyph(grid, "│", "|"));
        grid_put(grid, row, right, 1, style, grid_glyph(grid, "│", "|"));
    }
    grid_put(grid, rect.row, rect.col, 1, style, grid_glyph(grid, "╭", "+"));
    grid_put(grid, rect.row, right, 1, style, grid_glyph(grid, "╮", "+"));
    grid_put(grid, bottom, rect.col, 1, style, grid_glyph(grid, "╰", "+"));
    grid_put(grid, bottom, right, 1, style, grid_glyph(grid, "╯", "+"));
    if (title && *title && rect.cols > 6) {
        int used;

        grid_put(grid, rect.row, rect.col + 1, 1, style, " ");
        used = grid_put(grid, rect.row, rect.col + 2, rect.cols - 5, style, title);
        grid_put(grid, rect.row, rect.col + 2 + used, 1, style, " ");
    }
}

const char *grid_glyph(const struct grid *grid, const char *unicode, const char *ascii)
{
    return grid->ascii ? ascii : unicode;
}

char *grid_text(const struct grid *grid)
{
    struct text out = {0};

    for (int row = 0; row < grid->rows; row++) {
        const struct cell *cells = &grid->cells[(size_t)row * (size_t)grid->cols];
        int last = grid->cols;

        while (last > 0 && cells[last - 1].rune == ' ')
            last--;
        for (int col = 0; col < last; col++) {
            char bytes[4];

            if (cells[col].rune != 0)
                text_add_n(&out, bytes, utf8_put(bytes, cells[col].rune));
        }
        text_add_char(&out, '\n');
    }
    return text_take(&out);
}

int grid_width_n(const char *text, size_t len)
{
    const char *end = text + len;
    int width = 0;

    while (text < end)
        width += rune_width(utf8_next(&text, end));
    return width;
}

int grid_width(const char *text)
{
    return grid_width_n(text, strlen(text));
}
