/* highlight.h -- source text, Lua or C, as styles; line by line. */
#ifndef BRAID_VIEW_HIGHLIGHT_H
#define BRAID_VIEW_HIGHLIGHT_H

#include "grade/program.h"
#include "view/grid.h"

#include <stddef.h>
#include <stdint.h>

/* What a line begins inside of: 0 = nothing, else a long comment or string. */
enum { HIGHLIGHT_START = 0 };

/* Sets styles[0 .. len-1] to the enum style of each byte of one line (without its end); returns
 * the state in which the next line begins. */
uint32_t highlight_line(enum language language, uint32_t state, const char *line, size_t len,
                        uint8_t *styles);

/* Draws a line with its styles, tabs to stops of four.  Returns the columns used. */
int highlight_draw(struct grid *grid, int row, int col, int cols, const char *line, size_t len,
                   const uint8_t *styles);

#endif
