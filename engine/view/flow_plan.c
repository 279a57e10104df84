/* flow_plan.c -- the rows and columns of a flow in the room there is. */
#include "view/flow_plan.h"

#include "view/cell.h"

enum {
    CELL_LEAST = 10, CELL_SMALL = 14, CELL_USUAL = 18, CELL_MOST = 32,
    GAP_LEAST = 9, GAP_USUAL = 12, GAP_MOST = 24,
    LANE_LEFT = 3, LANE_RIGHT = 3, /* beside the cells, for what goes down to the lanes */
};

/* --- placing ------------------------------------------------------------- */

static int tallest(const struct flow *flow)
{
    int count[FLOW_NODES] = {0}, most = 0;

    for (uint32_t i = 0; i < flow->nnodes; i++) {
        int n = ++count[flow->nodes[i].rank];

        most = n > most ? n : most;
    }
    return most;
}

/* Channels in the fullest gap; *lanes: those in none. */
static int fullest(const struct flow *flow, int *lanes)
{
    int count[FLOW_NODES] = {0}, most = 0;

    *lanes = 0;
    for (uint32_t i = 0; i < flow->nchannels; i++) {
        int gap = flow->channels[i].gap, n = gap < 0 ? 0 : ++count[gap];

        *lanes += gap < 0;
        most = n > most ? n : most;
    }
    return most;
}

static bool plan_columns(struct plan *plan, int lanes)
{
    int gaps = plan->flow->ranks - 1, cells = gaps + 1 - plan->flow->none_left -
                                              plan->flow->none_right;
    int free_cols = plan->area.cols - (lanes ? LANE_LEFT + LANE_RIGHT : 0), gap = 0;
    int cell = plan->flow->name_cols + 8; /* a mark before it, a line behind it */

    cell = cell < CELL_USUAL ? CELL_USUAL : cell > CELL_MOST ? CELL_MOST : cell;
    if (gaps > 0) {
        gap = (free_cols - cells * cell) / gaps;
        if (gap < GAP_USUAL)
            gap = (free_cols - cells * CELL_SMALL) / gaps < GAP_USUAL ? GAP_LEAST : GAP_USUAL;
        if (gap > GAP_MOST)
            gap = GAP_MOST;
    }
    cell = (free_cols - gap * gaps) / cells;
    if (cell < CELL_LEAST)
        return false;
    plan->lanes = lanes;
    plan->cell_cols = cell < CELL_MOST ? cell : CELL_MOST;
    plan->gap_cols = gap;
    plan->left = (lanes ? LANE_LEFT : 0) + (free_cols - cells * plan->cell_cols - gaps * gap) / 2;
    return true;
}

/* Rows above the first cell, so that a pipe's name finds room beside the first of two rows. */
static int head_room(int cell_rows)
{
    return cell_rows == 2;
}

/* Whether some nodes are groups: these have three rows without a frame. */
static bool is_folded(const struct flow *flow)
{
    for (uint32_t i = 0; i < flow->nnodes; i++)
        if (flow->nodes[i].count > 1)
            return true;
    return false;
}

static int rows_of(const struct flow *flow, int cell_rows, int between)
{
    int n = tallest(flow), lanes, cells = n * cell_rows + (n - 1) * between + head_room(cell_rows);
    int pipes = 2 * fullest(flow, &lanes);

    return (cells > pipes ? cells : pipes) + lanes;
}

int plan_rows_for(const struct flow *flow, int cols, int cell_rows)
{
    struct plan plan = {.flow = flow, .area = {0, 0, 0, cols}};
    int lanes;

    fullest(flow, &lanes);
    return plan_columns(&plan, lanes) ? rows_of(flow, cell_rows, 0) : 0;
}

static bool plan_rows(struct plan *plan)
{
    static const struct { int rows, between; } ways[] = {{3, 1}, {3, 0}, {2, 1}, {2, 0}, {1, 0}};
    bool groups = is_folded(plan->flow);

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        bool boxes = ways[i].rows == CELL_BOX_ROWS;

        if (groups ? !boxes : boxes && plan->cell_cols < 16)
            continue;
        if (rows_of(plan->flow, ways[i].rows, ways[i].between) > plan->area.rows)
            continue;
        plan->cell_rows = ways[i].rows;
        plan->framed = ways[i].rows == CELL_BOX_ROWS && !groups;
        plan->between = ways[i].between;
        plan->rows = plan->area.rows - plan->lanes;
        return true;
    }
    return false;
}

static int column_of(const struct plan *plan, int rank)
{
    int cells = rank > plan->flow->none_left ? rank - plan->flow->none_left : 0;

    return plan->area.col + plan->left + cells * plan->cell_cols + rank * plan->gap_cols;
}

int plan_gap(const struct plan *plan, int rank)
{
    return column_of(plan, rank + 1) - plan->gap_cols;
}

/* Short columns stand in the middle of the tallest. */
static void place_cells(struct plan *plan)
{
    const struct flow *flow = plan->flow;
    int count[FLOW_NODES] = {0}, done[FLOW_NODES] = {0}, step = plan->cell_rows + plan->between;
    int most = tallest(flow);

    for (uint32_t i = 0; i < flow->nnodes; i++)
        count[flow->nodes[i].rank]++;
    for (uint32_t i = 0; i < flow->nnodes; i++) {
        int rank = flow->nodes[i].rank, above = (most - count[rank]) * step / 2;

        plan->cell[i] = (struct rect){
            plan->area.row + head_room(plan->cell_rows) + above + done[rank]++ * step,
            column_of(plan, rank), plan->cell_rows, plan->cell_cols};
    }
}

int plan_anchor(const struct plan *plan, uint32_t node, bool lane)
{
    return plan->cell[node].row + (plan->framed ? 1 : plan->cell_rows > 1 && lane ? 1 : 0);
}

/* Their middle row; *n: how many they are. */
static int middle_of(const struct plan *plan, uint64_t nodes, int *n)
{
    int sum = 0;

    *n = 0;
    for (uint32_t i = 0; i < plan->flow->nnodes; i++)
        if (nodes >> i & 1) {
            sum += plan_anchor(plan, i, false);
            ++*n;
        }
    return *n ? sum / *n : plan->area.row;
}

/* Straight ahead of who is alone at its end, else between all. */
static int pipe_row(const struct plan *plan, const struct flow_channel *channel)
{
    int nsenders, nreceivers, nall;
    int senders = middle_of(plan, channel->senders, &nsenders);
    int receivers = middle_of(plan, channel->receivers, &nreceivers);
    int all = middle_of(plan, channel->senders | channel->receivers, &nall);

    return nsenders == 1 ? senders : nreceivers == 1 ? receivers : all;
}

/* The pipes of each gap in the middle of who uses them, their names above; below each other where
 * they would meet. */
static void place_pipes(struct plan *plan)
{
    const struct flow *flow = plan->flow;
    int lane = plan->area.row + plan->rows, last = lane - 1;
    int next[FLOW_NODES], used[FLOW_NODES] = {0}, left[FLOW_NODES] = {0}, lanes = 0;

    for (int i = 0; i < FLOW_NODES; i++)
        next[i] = plan->area.row + 1;
    for (uint32_t i = 0; i < flow->nchannels; i++)
        if (flow->channels[i].gap >= 0)
            left[flow->channels[i].gap]++;
    for (uint32_t i = 0; i < flow->nchannels; i++) {
        const struct flow_channel *channel = &flow->channels[i];
        int gap = channel->gap, row = pipe_row(plan, channel);

        if (gap < 0) {
            plan->bus[i] = lanes++;
            plan->row[i] = lane++;
            continue;
        }
        left[gap]--;
        row = row > last - 2 * left[gap] ? last - 2 * left[gap] : row;
        row = row < next[gap] ? next[gap] : row;
        plan->bus[i] = used[gap]++;
        plan->row[i] = row;
        next[gap] = row + 2;
    }
}

bool plan_init(struct plan *plan, const struct flow *flow, struct rect area)
{
    int lanes;

    *plan = (struct plan){.flow = flow, .area = area};
    fullest(flow, &lanes);
    if (!plan_columns(plan, lanes) || !plan_rows(plan))
        return false;
    place_cells(plan);
    place_pipes(plan);
    return true;
}

/* --- wires --------------------------------------------------------------- */

int plan_out(const struct plan *plan, uint32_t channel, uint32_t node)
{
    const struct flow_channel *c = &plan->flow->channels[channel];
    int wide = plan->gap_cols >= 13 || c->gap < 0, shift = wide ? plan->bus[channel] % 3 : 0;
    bool apart = c->gap < 0 && plan->gap_cols >= 13 && plan->flow->nodes[node].rank + 1 <
                                                           plan->flow->ranks;

    return plan->cell[node].col + plan->cell_cols + 1 + (apart ? 1 : 0) + shift;
}

int plan_in(const struct plan *plan, uint32_t channel, uint32_t node)
{
    const struct flow_channel *c = &plan->flow->channels[channel];
    int wide = plan->gap_cols >= 13 || c->gap < 0, shift = wide ? plan->bus[channel] % 2 : 0;
    bool apart = c->gap < 0 && plan->gap_cols >= 13 && plan->flow->nodes[node].rank > 0;

    return plan->cell[node].col - 2 - (apart ? 1 : 0) - shift;
}

void plan_wire_in(const struct plan *plan, uint32_t channel, uint32_t node,
                    const struct pipe *pipe, int col, struct route *route)
{
    bool lane = plan->flow->channels[channel].gap < 0;

    route->n = 0;
    route_to(route, plan_anchor(plan, node, lane), plan->cell[node].col + plan->cell_cols);
    route_by(route, plan_out(plan, channel, node), plan->row[channel],
             pipe->backward ? col + pipe->cols : col - 1);
}

void plan_wire_out(const struct plan *plan, uint32_t channel, uint32_t node,
                     const struct pipe *pipe, int col, struct route *route)
{
    bool lane = plan->flow->channels[channel].gap < 0;

    route->n = 0;
    route_to(route, plan->row[channel], pipe->backward ? col - 1 : col + pipe->cols);
    route_by(route, plan_in(plan, channel, node), plan_anchor(plan, node, lane),
             plan->cell[node].col - 1);
}
