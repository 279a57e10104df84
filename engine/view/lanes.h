/* lanes.h -- the whole run at a glance: a lane for each goroutine, time from left to right.
 *
 *     main      ██████────█──██
 *     worker 1        ──░░█─░░█
 */
#ifndef BRAID_VIEW_LANES_H
#define BRAID_VIEW_LANES_H

#include "grade/lines.h"
#include "view/grid.h"
#include "view/scene.h"

struct lanes;

/* The states of the first `count` goroutines at each of `cols` columns, the moments spread over
 * them evenly.  NULL: out of memory. */
struct lanes *lanes_new(const struct trace *trace, const struct lines *lines, int count, int cols);
void lanes_free(struct lanes *lanes);
int lanes_cols(const struct lanes *lanes);
int lanes_count(const struct lanes *lanes);

/* The column of a moment among so many columns. */
int lanes_column(const struct lines *lines, uint32_t moment, int cols);

/* Draws lane `g` (1 = main) into one row; column `here` stands out. */
void lanes_draw(const struct lanes *lanes, struct grid *grid, int row, int col, int g, int here);

#endif
