/* markdown_table.h -- styled text, rows of it, and tables laid out in columns. */
#ifndef BRAID_VIEW_MARKDOWN_TABLE_H
#define BRAID_VIEW_MARKDOWN_TABLE_H

#include "base/text.h"
#include "view/grid.h"

/* Text with a style for each byte.  Zeroed is empty. */
struct styled {
    struct text text;
    uint8_t *styles;     /* text.len of them */
    size_t styles_cap;
};

/* text.failed is set when memory ran out. */
void styled_add(struct styled *styled, const char *string, enum style style);
void styled_add_n(struct styled *styled, const char *bytes, size_t n, enum style style);
void styled_add_part(struct styled *styled, const struct styled *from, size_t at, size_t len);
void styled_cut(struct styled *styled, size_t len);
void styled_clear(struct styled *styled);
void styled_release(struct styled *styled);
bool styled_is_blank(const struct styled *styled); /* nothing but blanks and bars */

/* The longest part from `at` on that fits into so many columns, broken at a blank where there is
 * one, and at '\n'.  Sets *len to its bytes, returns where the next one begins. */
size_t styled_wrap(const struct styled *styled, size_t at, int cols, size_t *len);

struct styled_rows {
    struct styled *at;
    size_t count, cap;
};

/* Takes over *row, which is empty afterwards.  false: out of memory. */
bool styled_rows_take(struct styled_rows *rows, struct styled *row);
void styled_rows_release(struct styled_rows *rows);

struct table;

struct table *table_new(int columns);
void table_free(struct table *table);
bool table_row(struct table *table, bool head);                   /* begins the next row */
bool table_cell(struct table *table, const struct styled *styled); /* adds a cell to it */

/* Rows of at most so many columns: cells that are too wide are wrapped. */
bool table_lay_out(const struct table *table, struct styled_rows *rows, int cols, bool ascii);

#endif
