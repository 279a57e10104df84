/* hits.h -- what stands where in a picture, for who points at it.
 *
 * Whoever draws something adds it; the last one added at a place is on top.  What finds no room is
 * not there for the pointer.
 */
#ifndef BRAID_VIEW_HITS_H
#define BRAID_VIEW_HITS_H

#include "view/grid.h"

#include <stdint.h>

enum { HITS_MOST = 400 };

enum hit {
    HIT_NONE,
    HIT_GOROUTINE,
    HIT_OBJECT,  /* channels too */
    HIT_LINE,    /* of the program */
    HIT_MOMENT,
};

struct hits {
    int n;
    struct { struct rect rect; enum hit kind; uint32_t id; } at[HITS_MOST];
};

/* hits may be NULL: nobody will point. */
void hits_add(struct hits *hits, struct rect rect, enum hit kind, uint32_t id);

/* What is there, and *id; HIT_NONE: nothing. */
enum hit hits_find(const struct hits *hits, int row, int col, uint32_t *id);

#endif
