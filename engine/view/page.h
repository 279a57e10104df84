/* page.h -- an entry of the reference as a page: meaning, spellings, its program in both faces. */
#ifndef BRAID_VIEW_PAGE_H
#define BRAID_VIEW_PAGE_H

#include "course/reference.h"
#include "view/grid.h"

/* From this many columns on the two programs stand side by side, if they fit. */
enum { PAGE_WIDE = 100 };

/* Draws the page on *grid, which it makes as high as needed (grid_release it).  language: only
 * this face; -1: both.  False: out of memory. */
bool page_draw(struct grid *grid, const struct reference *reference,
               const struct reference_entry *entry, int language, int cols, bool ascii);

#endif
