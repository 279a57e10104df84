/* cell.h -- one goroutine, or those of one name, in the room there is. */
#ifndef BRAID_VIEW_CELL_H
#define BRAID_VIEW_CELL_H

#include "view/stage.h"

enum { CELL_BOX_ROWS = 3, CELL_STATES = SCENE_PANICKED + 1 };

/* By rect.rows: a framed box; two rows, its name and what it does; one row for both.  Draws nothing
 * before it was started. */
void cell_draw(const struct moment *moment, struct grid *grid, struct rect rect, uint32_t g);

/* One row, so many columns for the name: for rows below each other. */
void cell_draw_row(const struct moment *moment, struct grid *grid, struct rect rect, uint32_t g,
                   int name_cols);

/* What such rows need for the names of all goroutines of the run. */
int cell_name_columns(const struct moment *moment, int cols);

enum { CELL_MEMBERS = 24 };

/* Several of one name. */
struct cell_group {
    char base[40];
    uint32_t count[CELL_STATES]; /* how many are in each state */
    uint32_t members;            /* 0: too many to tell them apart */
    uint8_t member[CELL_MEMBERS]; /* the state of each */
};

uint32_t cell_group_size(const struct cell_group *group);

/* "worker x 100: 3 running, 97 blocked": by rect.rows in one row, or in two; there with a mark for
 * each, if they find room. */
void cell_draw_group(struct grid *grid, struct rect rect, const struct cell_group *group);

/* Asleep is a way of being blocked that ends by itself: it looks calmer. */
bool cell_is_asleep(const struct scene_goroutine *g);
const char *cell_word(enum scene_state state);

#endif
