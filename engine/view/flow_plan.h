/* flow_plan.h -- the rows and columns of a flow in the room there is.
 *
 *      |left| cell | gap: bus, pipe, bus | cell | ...
 *
 * What is too long for one band of rows goes on in the next, as text does: from behind the last
 * pipe of a band its wire goes round by the right edge to the left of the next.
 *
 *        ○ clean ──┤ ├──▷ ○ parse ──┤ ├─╮
 *      ╭────────────────────────────────╯
 *      ╰▷○ check ──┤ ├──▷ ○ price
 *
 * By the flow and the area alone: the same for all moments of a run.
 */
#ifndef BRAID_VIEW_FLOW_PLAN_H
#define BRAID_VIEW_FLOW_PLAN_H

#include "view/flow.h"
#include "view/pipe.h"
#include "view/route.h"

enum { PLAN_BANDS = 4 };

/* Where everything stands in one area. */
struct plan {
    const struct flow *flow;
    struct rect area;
    int left;                 /* before the first cell */
    int bands, band_ranks;    /* ranks in each but the last; one band: all */
    int band_row[PLAN_BANDS]; /* the first row of each; before it the one for the wire */
    int cell_cols, gap_cols, cell_rows, between;
    bool framed;              /* cells have frames */
    int lanes, rows;          /* lanes at the bottom; rows above them */
    struct rect cell[FLOW_NODES];
    int row[FLOW_CHANNELS];   /* of each pipe */
    int bus[FLOW_CHANNELS];   /* which of several in one gap, or of all lanes */
};

/* false: there is no room. */
bool plan_init(struct plan *plan, const struct flow *flow, struct rect area);

/* The rows it takes with cells of so many; 0: it needs more columns. */
int plan_rows_for(const struct flow *flow, int cols, int cell_rows);

/* Where the gap behind a rank begins. */
int plan_gap(const struct plan *plan, int rank);

/* The row at which wires come to a cell: those of lanes to another, where there is one. */
int plan_anchor(const struct plan *plan, uint32_t node, bool lane);

/* Whether its wires go up or down nowhere in its gap. */
bool plan_is_straight(const struct plan *plan, uint32_t channel);

/* The columns in which a channel's wires go up and down: right of who sends, left of who
 * receives. */
int plan_out(const struct plan *plan, uint32_t channel, uint32_t node);
int plan_in(const struct plan *plan, uint32_t channel, uint32_t node);

/* From a cell to the pipe, which begins at a column; from the pipe to a cell. */
void plan_wire_in(const struct plan *plan, uint32_t channel, uint32_t node, const struct pipe *pipe,
                  int col, struct route *route);
void plan_wire_out(const struct plan *plan, uint32_t channel, uint32_t node,
                   const struct pipe *pipe, int col, struct route *route);

#endif
