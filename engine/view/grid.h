/* grid.h -- a rectangle of styled characters: what views draw on.
 *
 * No terminal here: ui/ copies a grid to the screen, tests compare it as text.
 */
#ifndef BRAID_VIEW_GRID_H
#define BRAID_VIEW_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Meaning, not colour: ui/ maps them to what the terminal can show. */
enum style {
    STYLE_PLAIN,
    STYLE_DIM,
    STYLE_BOLD,
    STYLE_TITLE,
    STYLE_KEY,      /* a key in the line of controls */
    STYLE_RUNNING,  /* goroutine states */
    STYLE_READY,
    STYLE_BLOCKED,
    STYLE_ENDED,
    STYLE_CHANNEL,
    STYLE_VALUE,
    STYLE_GOOD,     /* passed */
    STYLE_BAD,      /* fault */
    STYLE_NOTE,     /* advice */
    STYLE_CODE,
    STYLE_CODE_KEYWORD,
    STYLE_CODE_STRING,
    STYLE_CODE_COMMENT,
    STYLE_CODE_NUMBER,
    STYLE_HERE,     /* the current line */
    STYLE_SELECTED,
    STYLE_BAR,
    STYLE_COUNT
};

struct cell {
    uint32_t rune;   /* 0: the right half of a wide character */
    uint8_t style;
};

struct grid {
    int rows, cols;
    struct cell *cells;
    bool ascii;      /* only 7-bit characters may be drawn: see grid_glyph */
};

struct rect { int row, col, rows, cols; };

bool grid_init(struct grid *grid, int rows, int cols, bool ascii);
void grid_release(struct grid *grid);
void grid_clear(struct grid *grid);

/* Writes UTF-8 text from (row, col), cut at `cols` columns and at the grid's edge; control
 * characters are shown as '?'.  Returns the columns used.  Wide and combining characters are
 * measured. */
int grid_put(struct grid *grid, int row, int col, int cols, enum style style, const char *text);
int grid_putf(struct grid *grid, int row, int col, int cols, enum style style, const char *format,
              ...) __attribute__((format(printf, 6, 7)));
int grid_put_n(struct grid *grid, int row, int col, int cols, enum style style, const char *text,
               size_t len);
/* The same with an ellipsis at the end where the text had to be cut. */
int grid_put_short(struct grid *grid, int row, int col, int cols, enum style style,
                   const char *text);
/* How many bytes of a text go on a row of so many columns, broken at a blank where that is
 * possible; blanks after them are to be left out. */
size_t grid_wrap(const char *text, int cols);
void grid_fill(struct grid *grid, struct rect rect, uint32_t rune, enum style style);
/* Changes the style of what is there. */
void grid_style(struct grid *grid, struct rect rect, enum style style);

/* A box around the edge of rect; title may be NULL. */
void grid_frame(struct grid *grid, struct rect rect, enum style style, const char *title);

/* Either the Unicode text or its ASCII stand-in, by grid->ascii. */
const char *grid_glyph(const struct grid *grid, const char *unicode, const char *ascii);

/* The grid as text, trailing blanks cut, one line a row (heap); NULL: out of memory. */
char *grid_text(const struct grid *grid);

/* Columns a UTF-8 string takes. */
int grid_width(const char *text);
int grid_width_n(const char *text, size_t len);

#endif
