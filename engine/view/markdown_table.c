/* markdown_table.c -- styled text, rows of it, and tables laid out in columns. */
#include "view/markdown_table.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* --- styled text --------------------------------------------------------- */

static bool room_for_styles(struct styled *styled, size_t n)
{
    size_t cap = styled->styles_cap ? styled->styles_cap : 64;
    uint8_t *styles;

    if (n <= styled->styles_cap)
        return true;
    while (cap < n)
        cap *= 2;
    styles = realloc(styled->styles, cap);
    if (!styles) {
        styled->text.failed = true;
        return false;
    }
    styled->styles = styles;
    styled->styles_cap = cap;
    return true;
}

void styled_add_n(struct styled *styled, const char *bytes, size_t n, enum style style)
{
    size_t before = styled->text.len;

    if (!room_for_styles(styled, before + n))
        return;
    text_add_n(&styled->text, bytes, n);
    if (!styled->text.failed && n > 0)
        memset(styled->styles + before, (int)style, n);
}

void styled_add(struct styled *styled, const char *string, enum style style)
{
    styled_add_n(styled, string, strlen(string), style);
}

void styled_add_part(struct styled *styled, const struct styled *from, size_t at, size_t len)
{
    size_t before = styled->text.len;

    if (len == 0 || !room_for_styles(styled, before + len))
        return;
    text_add_n(&styled->text, from->text.at + at, len);
    if (!styled->text.failed)
        memcpy(styled->styles + before, from->styles + at, len);
}

void styled_cut(struct styled *styled, size_t len)
{
    if (len < styled->text.len) {
        styled->text.len = len;
        styled->text.at[len] = '\0';
    }
}

void styled_clear(struct styled *styled)
{
    text_clear(&styled->text);
}

void styled_release(struct styled *styled)
{
    text_release(&styled->text);
    free(styled->styles);
    *styled = (struct styled){0};
}

bool styled_is_blank(const struct styled *styled)
{
    const char *at = text_string(&styled->text), *end = at + styled->text.len;

    while (at < end) {
        uint32_t rune = utf8_next(&at, end);

        if (rune != ' ' && rune != '|' && rune != 0x2502)
            return false;
    }
    return true;
}

size_t styled_wrap(const struct styled *styled, size_t at, int cols, size_t *len)
{
    const char *text = text_string(&styled->text);
    const char *from = text + at, *end = text + styled->text.len, *p = from, *blank = NULL;
    int width = 0;

    while (p < end && *p != '\n') {
        const char *next = p;
        int rune = (utf8_next(&next, end), grid_width_n(p, (size_t)(next - p)));

        if (width + rune > cols && *p != ' ')
            break;
        if (*p == ' ' && p > from)
            blank = p;
        width += rune;
        p = next;
    }
    if (p < end && *p != '\n' && blank)
        p = blank;
    else if (p == from && p < end && *p != '\n')
        utf8_next(&p, end); /* one character always fits, or we would never end */
    *len = (size_t)(p - from);
    while (*len > 0 && from[*len - 1] == ' ')
        --*len;
    if (p < end && *p == '\n')
        p++;
    else
        while (p < end && *p == ' ')
            p++;
    return (size_t)(p - text);
}

bool styled_rows_take(struct styled_rows *rows, struct styled *row)
{
    if (row->text.failed)
        goto fail;
    if (rows->count == rows->cap) {
        size_t cap = rows->cap ? 2 * rows->cap : 32;
        struct styled *at = realloc(rows->at, cap * sizeof *at);

        if (!at)
            goto fail;
        rows->at = at;
        rows->cap = cap;
    }
    rows->at[rows->count++] = *row;
    *row = (struct styled){0};
    return true;
fail:
    styled_release(row);
    return false;
}

void styled_rows_release(struct styled_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        styled_release(&rows->at[i]);
    free(rows->at);
    *rows = (struct styled_rows){0};
}

/* --- tables -------------------------------------------------------------- */

enum { GAP = 2 }; /* blanks between columns */

struct table {
    int columns, rows, cell; /* cell: the next one of the last row */
    int cap;
    bool *head;              /* by row */
    struct styled *cells;    /* rows * columns */
};

struct table *table_new(int columns)
{
    struct table *table = calloc(1, sizeof *table);

    if (table)
        table->columns = columns < 1 ? 1 : columns;
    return table;
}

void table_free(struct table *table)
{
    if (!table)
        return;
    for (int i = 0; i < table->rows * table->columns; i++)
        styled_release(&table->cells[i]);
    free(table->cells);
    free(table->head);
    free(table);
}

bool table_row(struct table *table, bool head)
{
    if (table->rows == table->cap) {
        int cap = table->cap ? 2 * table->cap : 8;
        struct styled *cells = realloc(table->cells,
                                       (size_t)cap * (size_t)table->columns * sizeof *cells);
        bool *heads;

        if (!cells)
            return false;
        table->cells = cells;
        heads = realloc(table->head, (size_t)cap * sizeof *heads);
        if (!heads)
            return false;
        table->head = heads;
        table->cap = cap;
    }
    memset(&table->cells[table->rows * table->columns], 0,
           (size_t)table->columns * sizeof *table->cells);
    table->head[table->rows++] = head;
    table->cell = 0;
    return true;
}

bool table_cell(struct table *table, const struct styled *styled)
{
    struct styled *cell;

    if (table->rows == 0 || table->cell >= table->columns)
        return true;
    cell = &table->cells[(table->rows - 1) * table->columns + table->cell++];
    styled_add_part(cell, styled, 0, styled->text.len);
    return !cell->text.failed;
}

static int cell_width(const struct styled *cell)
{
    return grid_width_n(text_string(&cell->text), cell->text.len);
}

/* The widest column gives way until all fit. */
static void fit(const struct table *table, int *width, int cols)
{
    int all = GAP * (table->columns - 1);

    for (int c = 0; c < table->columns; c++) {
        width[c] = 1;
        for (int r = 0; r < table->rows; r++) {
            int cell = cell_width(&table->cells[r * table->columns + c]);

            if (cell > width[c])
                width[c] = cell;
        }
        all += width[c];
    }
    while (all > cols) {
        int widest = 0;

        for (int c = 1; c < table->columns; c++)
            if (width[c] > width[widest])
                widest = c;
        if (width[widest] <= 4)
            return;
        width[widest]--;
        all--;
    }
}

static void pad(struct styled *row, int cols)
{
    while (cols-- > 0)
        styled_add(row, " ", STYLE_PLAIN);
}

/* One row of the table: as many rows of text as its highest cell needs. */
static bool lay_out_row(const struct table *table, int r, const int *width, size_t *at,
                        struct styled_rows *rows)
{
    bool more = true;

    memset(at, 0, (size_t)table->columns * sizeof *at);
    while (more) {
        struct styled row = {0};

        more = false;
        for (int c = 0; c < table->columns; c++) {
            const struct styled *cell = &table->cells[r * table->columns + c];
            size_t len = 0, from = at[c];

            if (from < cell->text.len)
                at[c] = styled_wrap(cell, from, width[c], &len);
            styled_add_part(&row, cell, from, len);
            if (c + 1 < table->columns)
                pad(&row, width[c] + GAP - grid_width_n(text_string(&cell->text) + from, len));
            more = more || at[c] < cell->text.len;
        }
        if (!styled_rows_take(rows, &row))
            return false;
    }
    return true;
}

bool table_lay_out(const struct table *table, struct styled_rows *rows, int cols, bool ascii)
{
    int *width = calloc((size_t)table->columns, sizeof *width);
    size_t *at = calloc((size_t)table->columns, sizeof *at);
    bool ok = width && at;

    if (ok)
        fit(table, width, cols);
    for (int r = 0; ok && r < table->rows; r++) {
        ok = lay_out_row(table, r, width, at, rows);
        if (ok && table->head[r] && (r + 1 == table->rows || !table->head[r + 1])) {
            struct styled line = {0};

            for (int c = 0; c < table->columns; c++) {
                for (int i = 0; i < width[c]; i++)
                    styled_add(&line, ascii ? "-" : "─", STYLE_DIM);
                if (c + 1 < table->columns)
                    pad(&line, GAP);
            }
            ok = styled_rows_take(rows, &line);
        }
    }
    free(width);
    free(at);
    return ok;
}
