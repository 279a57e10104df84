/* show.h -- a grid on standard output: coloured on a terminal, else as text. */
#ifndef BRAID_CLI_SHOW_H
#define BRAID_CLI_SHOW_H

#include "view/grid.h"

/* Columns to lay out for: the terminal's, else $COLUMNS, else 80. */
int show_columns(void);

/* Rows without the blanks at their ends.  plain: without colour anyway, as by NO_COLOR.  False: out
 * of memory. */
bool show_grid(const struct grid *grid, bool plain);

#endif
