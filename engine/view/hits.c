/* hits.c -- what stands where in a picture, for who points at it. */
#include "view/hits.h"

void hits_add(struct hits *hits, struct rect rect, enum hit kind, uint32_t id)
{
    if (!hits || hits->n == HITS_MOST || id == 0)
        return;
    hits->at[hits->n].rect = rect;
    hits->at[hits->n].kind = kind;
    hits->at[hits->n++].id = id;
}

enum hit hits_find(const struct hits *hits, int row, int col, uint32_t *id)
{
    for (int i = hits->n; i-- > 0;) {
        const struct rect *rect = &hits->at[i].rect;

        if (row < rect->row || row >= rect->row + rect->rows || col < rect->col ||
            col >= rect->col + rect->cols)
            continue;
        *id = hits->at[i].id;
        return hits->at[i].kind;
    }
    return HIT_NONE;
}
