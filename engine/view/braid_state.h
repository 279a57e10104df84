/* braid_state.h -- what the files of the braid share: braid.c draws rows, braid_order.c what comes
 * before and after the present moment, braid_race.c races. */
#ifndef BRAID_VIEW_BRAID_STATE_H
#define BRAID_VIEW_BRAID_STATE_H

#include "view/braid.h"

#include "base/text.h"
#include "view/cone.h"
#include "view/scene.h"

enum { BRAID_MARGIN = 7 }; /* "> 1234 " */

/* One access of a race, in a row after the moment it followed. */
struct point {
    uint32_t moment;
    const struct finding *finding;
    bool second;
};

/* A moment, or a point of a race after it. */
struct row {
    uint32_t moment;
    const struct point *point; /* NULL: the moment itself */
};

struct braid {
    const struct trace *trace;
    const struct lines *lines;
    const struct names *names;
    struct scene *scene;
    struct point points[2 * FINDINGS_MAX]; /* by moment */
    uint32_t npoints;
    int *column;            /* by goroutine: of its strand; -1 = not shown */
    struct cones *cones;    /* made at its first use, with the four below; NULL: not yet */
    uint32_t order_of;      /* the moment they are of; UINT32_MAX = none */
    const struct finding *race; /* the moment's: the future is of its first access, the past of its
                               second; NULL: both are of the moment */
    struct reach *past, *future; /* by goroutine */
    uint32_t *last, *first; /* and as moments; 0: nothing is in the past, UINT32_MAX: in the
                               future */
};

/* One picture: where what is. */
struct sheet {
    struct grid *grid;
    struct rect area;   /* rows of moments, without the heads of the strands */
    const struct row *rows;
    int nrows;
    int pitch, strands; /* strands shown */
    uint32_t hidden;
    uint32_t here;
    bool order;         /* past and future are to be seen */
};

/* The column of a strand on the grid, -1: it is not shown. */
int braid_x(const struct braid *braid, const struct sheet *sheet, uint32_t g);

/* Finds past and future of a moment, or of the race that shows in it.  False: out of memory. */
bool braid_order_find(struct braid *braid, uint32_t moment);

/* STRAND_PAST, _FUTURE: where the strand is in one of them. */
enum strand { STRAND_NEITHER, STRAND_PAST, STRAND_FUTURE };

enum strand braid_order_at(const struct braid *braid, const struct sheet *sheet, uint32_t g,
                           uint32_t moment);

/* The edges by which they come about, as arrows over the rows. */
void braid_order_arrows(const struct braid *braid, const struct sheet *sheet);

/* Who is in them and how far, in one row or two. */
void braid_order_tell(const struct braid *braid, const struct sheet *sheet, struct rect area);

/* Both accesses of all races. */
void braid_race_points(struct braid *braid, const struct findings *findings);

const struct finding_place *braid_race_place(const struct point *point);

/* "race, no path from step 3: worker 1 reads count (counter.lua:4)" */
void braid_race_tell(const struct braid *braid, const struct point *point, struct text *out);

/* The race of a moment, with the moments of its accesses; NULL: none. */
const struct finding *braid_race_at(const struct braid *braid, uint32_t moment, uint32_t *first,
                                    uint32_t *second);

#endif
