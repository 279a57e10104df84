/* sides.h -- two programs beside each other: what they share in one row, what differs marked.
 *
 * Lines are paired by a longest common subsequence; blanks at the ends of a line do not count, and
 * lines that say something count for more than a lone `end`.  What lies between two pairs is told
 * apart by marks, not only by colour: `|` another line, `<` only on the left, `>` only on the right.
 */
#ifndef BRAID_VIEW_SIDES_H
#define BRAID_VIEW_SIDES_H

#include "grade/program.h"
#include "view/grid.h"

enum sides_mode {
    SIDES_BESIDE,   /* left and right */
    SIDES_STACKED,  /* shared lines once, else the left ones above the right ones */
    SIDES_LEFT,     /* only this program */
    SIDES_RIGHT,
    SIDES_MODES
};

/* From this many columns on two programs fit beside each other. */
enum { SIDES_WIDE = 120 };

struct sides;

/* Both are borrowed and must outlive it.  NULL: out of memory. */
struct sides *sides_new(const struct program *left, const struct program *right);
void sides_free(struct sides *sides);

/* Lays it out; false: out of memory, and nothing has changed.  Then so many rows can be drawn. */
bool sides_lay_out(struct sides *sides, enum sides_mode mode, int cols);
int sides_rows(const struct sides *sides);

/* Draws rows from `first` on into the area, of the columns it was laid out for. */
void sides_draw(const struct sides *sides, struct grid *grid, struct rect area, int first);

/* Whether both say the same. */
bool sides_same(const struct sides *sides);

/* The first row of the next place, or of the one before (direction 1, -1), in which they differ;
 * -1: none. */
int sides_seek(const struct sides *sides, int row, int direction);

#endif
