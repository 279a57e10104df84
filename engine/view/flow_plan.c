/* flow_plan.c -- the rows and columns of a flow in the room there is. */
#include "view/flow_plan.h"

#include "view/cell.h"

enum {
    CELL_LEAST = 10, CELL_SMALL = 14, CELL_USUAL = 18, CELL_MOST = 32,
    GAP_TIGHT = 8, /* no room for wires to go up or down */
    GAP_LEAST = 9, GAP_USUAL = 12, GAP_MOST = 24,
    LANE_LEFT = 3, LANE_RIGHT = 3, /* beside the cells, for what goes down to the lanes */
};

/* --- placing ------------------------------------------------------------- */

static int band_of(const struct plan *plan, int rank)
{
    return rank / plan->band_ranks;
}

/* Nodes of the fullest rank of a band. */
static int tallest(const struct plan *plan, int band)
{
    int count[FLOW_NODES] = {0}, most = 0;

    for (uint32_t i = 0; i < plan->flow->nnodes; i++) {
        int rank = plan->flow->nodes[i].rank, n = ++count[rank];

        most = band_of(plan, rank) == band && n > most ? n : most;
    }
    return most;
}

/* Channels in the fullest gap of a band. */
static int fullest(const struct plan *plan, int band)
{
    int count[FLOW_NODES] = {0}, most = 0;

    for (uint32_t i = 0; i < plan->flow->nchannels; i++) {
        int gap = plan->flow->channels[i].gap, n = gap < 0 ? 0 : ++count[gap];

        most = gap >= 0 && band_of(plan, gap) == band && n > most ? n : most;
    }
    return most;
}

static int count_lanes(const struct flow *flow)
{
    int lanes = 0;

    for (uint32_t i = 0; i < flow->nchannels; i++)
        lanes += flow->channels[i].gap < 0;
    return lanes;
}

/* All ranks beside each other. */
static bool plan_one_band(struct plan *plan)
{
    int gaps = plan->flow->ranks - 1, cells = gaps + 1 - plan->flow->none_left -
                                              plan->flow->none_right;
    int free_cols = plan->area.cols - (plan->lanes ? LANE_LEFT + LANE_RIGHT : 0), gap = 0;
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
    plan->bands = 1;
    plan->band_ranks = plan->flow->ranks;
    plan->cell_cols = cell < CELL_MOST ? cell : CELL_MOST;
    plan->gap_cols = gap;
    plan->left = (plan->lanes ? LANE_LEFT : 0) +
                 (free_cols - cells * plan->cell_cols - gaps * gap) / 2;
    return true;
}

/* Between two bands is room for the wire of one channel. */
static bool can_wrap(const struct plan *plan)
{
    int wrapped[PLAN_BANDS + 1] = {0};

    for (uint32_t i = 0; i < plan->flow->nchannels; i++) {
        int gap = plan->flow->channels[i].gap;

        if (gap >= 0 && (gap + 1) % plan->band_ranks == 0 && gap + 1 < plan->flow->ranks &&
            ++wrapped[band_of(plan, gap)] > 1)
            return false;
    }
    return true;
}

/* Whether each channel has one goroutine at either end. */
static bool is_chain(const struct flow *flow)
{
    for (uint32_t i = 0; i < flow->nchannels; i++) {
        const struct flow_channel *channel = &flow->channels[i];

        if ((channel->senders & (channel->senders - 1)) ||
            (channel->receivers & (channel->receivers - 1)))
            return false;
    }
    return true;
}

static bool plan_bands(struct plan *plan, int bands)
{
    int ranks = (plan->flow->ranks + bands - 1) / bands;
    int each = (plan->area.cols - LANE_LEFT - 1) / ranks;
    int gap = each >= CELL_SMALL + GAP_USUAL  ? GAP_USUAL
              : each >= CELL_LEAST + GAP_LEAST ? GAP_LEAST : GAP_TIGHT;

    if (plan->lanes || each < CELL_LEAST + gap || (gap == GAP_TIGHT && !is_chain(plan->flow)))
        return false;
    plan->bands = (plan->flow->ranks + ranks - 1) / ranks;
    plan->band_ranks = ranks;
    plan->gap_cols = gap;
    plan->cell_cols = each - gap < CELL_MOST ? each - gap : CELL_MOST;
    plan->left = LANE_LEFT;
    return can_wrap(plan);
}

static bool plan_columns(struct plan *plan)
{
    plan->lanes = count_lanes(plan->flow);
    if (plan_one_band(plan))
        return true;
    for (int bands = 2; bands <= PLAN_BANDS; bands++)
        if (plan_bands(plan, bands))
            return true;
    return false;
}

/* Rows above the first cell of a band, so that a pipe's name finds room: beside the first of two
 * rows, or where the wire comes in from the left. */
static int head_room(const struct plan *plan, int cell_rows)
{
    return cell_rows == 2 || (plan->bands > 1 && cell_rows == 1);
}

/* Whether some nodes are groups: these have three rows without a frame. */
static bool is_folded(const struct flow *flow)
{
    for (uint32_t i = 0; i < flow->nnodes; i++)
        if (flow->nodes[i].count > 1)
            return true;
    return false;
}

static int band_rows(const struct plan *plan, int band, int cell_rows, int between)
{
    int n = tallest(plan, band), pipes = 2 * fullest(plan, band);
    int cells = n * cell_rows + (n - 1) * between + head_room(plan, cell_rows);

    return cells > pipes ? cells : pipes;
}

static int rows_of(const struct plan *plan, int cell_rows, int between)
{
    int rows = plan->lanes + plan->bands - 1;

    for (int band = 0; band < plan->bands; band++)
        rows += band_rows(plan, band, cell_rows, between);
    return rows;
}

int plan_rows_for(const struct flow *flow, int cols, int cell_rows)
{
    struct plan plan = {.flow = flow, .area = {0, 0, 0, cols}};

    return plan_columns(&plan) ? rows_of(&plan, cell_rows, 0) : 0;
}

static void place_bands(struct plan *plan)
{
    int row = plan->area.row;

    for (int band = 0; band < plan->bands; band++) {
        plan->band_row[band] = row;
        row += band_rows(plan, band, plan->cell_rows, plan->between) + 1;
    }
}

static bool plan_rows(struct plan *plan)
{
    static const struct { int rows, between; } ways[] = {{3, 1}, {3, 0}, {2, 1}, {2, 0}, {1, 0}};
    bool groups = is_folded(plan->flow);

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        bool boxes = ways[i].rows == CELL_BOX_ROWS;

        if (groups ? !boxes : boxes && plan->cell_cols < 16)
            continue;
        if (rows_of(plan, ways[i].rows, ways[i].between) > plan->area.rows)
            continue;
        plan->cell_rows = ways[i].rows;
        plan->framed = ways[i].rows == CELL_BOX_ROWS && !groups;
        plan->between = ways[i].between;
        plan->rows = plan->area.rows - plan->lanes;
        place_bands(plan);
        return true;
    }
    return false;
}

static int column_of(const struct plan *plan, int rank)
{
    int cells = rank > plan->flow->none_left ? rank - plan->flow->none_left : 0;

    if (plan->bands > 1)
        cells = rank = rank % plan->band_ranks;
    return plan->area.col + plan->left + cells * plan->cell_cols + rank * plan->gap_cols;
}

int plan_gap(const struct plan *plan, int rank)
{
    if (plan->bands > 1)
        return column_of(plan, rank) + plan->cell_cols;
    return column_of(plan, rank + 1) - plan->gap_cols;
}

static bool is_idle(const struct flow *flow, uint32_t node)
{
    for (uint32_t i = 0; i < flow->nchannels; i++)
        if ((flow->channels[i].senders | flow->channels[i].receivers) >> node & 1)
            return false;
    return true;
}

/* Short columns stand in the middle of the tallest; who has no wire stands below the others. */
static void place_cells(struct plan *plan)
{
    const struct flow *flow = plan->flow;
    int count[FLOW_NODES] = {0}, done[FLOW_NODES] = {0}, step = plan->cell_rows + plan->between;

    for (uint32_t i = 0; i < flow->nnodes; i++)
        count[flow->nodes[i].rank]++;
    for (int idle = 0; idle < 2; idle++)
        for (uint32_t i = 0; i < flow->nnodes; i++) {
            int rank = flow->nodes[i].rank, band = band_of(plan, rank);
            int above = (tallest(plan, band) - count[rank]) * step / 2;

            if (is_idle(flow, i) != idle)
                continue;
            plan->cell[i] = (struct rect){
                plan->band_row[band] + head_room(plan, plan->cell_rows) + above +
                    done[rank]++ * step,
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

/* Whether it leads from one band to the next. */
static bool is_wrapped(const struct plan *plan, const struct flow_channel *channel)
{
    return plan->bands > 1 && channel->gap >= 0 && (channel->gap + 1) % plan->band_ranks == 0 &&
           channel->gap + 1 < plan->flow->ranks;
}

/* Straight ahead of who is alone at its end, else between all. */
static int pipe_row(const struct plan *plan, const struct flow_channel *channel)
{
    int nsenders, nreceivers, nall;
    int senders = middle_of(plan, channel->senders, &nsenders);
    int receivers = middle_of(plan, channel->receivers, &nreceivers);
    int all = middle_of(plan, channel->senders | channel->receivers, &nall);

    if (is_wrapped(plan, channel))
        return nsenders ? senders : plan->band_row[band_of(plan, channel->gap)] + 1;
    return nsenders == 1 ? senders : nreceivers == 1 ? receivers : all;
}

/* The pipes of each gap in the middle of who uses them, their names above; below each other where
 * they would meet. */
static void place_pipes(struct plan *plan)
{
    const struct flow *flow = plan->flow;
    int lane = plan->area.row + plan->rows;
    int next[FLOW_NODES], used[FLOW_NODES] = {0}, left[FLOW_NODES] = {0}, lanes = 0;

    for (int i = 0; i < flow->ranks; i++)
        next[i] = plan->band_row[band_of(plan, i)] + 1;
    for (uint32_t i = 0; i < flow->nchannels; i++)
        if (flow->channels[i].gap >= 0)
            left[flow->channels[i].gap]++;
    for (uint32_t i = 0; i < flow->nchannels; i++) {
        const struct flow_channel *channel = &flow->channels[i];
        int gap = channel->gap, row = pipe_row(plan, channel), last;

        if (gap < 0) {
            plan->bus[i] = lanes++;
            plan->row[i] = lane++;
            continue;
        }
        left[gap]--;
        last = band_of(plan, gap) + 1 < plan->bands ? plan->band_row[band_of(plan, gap) + 1] - 2
                                                    : plan->area.row + plan->rows - 1;
        row = row > last - 2 * left[gap] ? last - 2 * left[gap] : row;
        row = row < next[gap] ? next[gap] : row;
        plan->bus[i] = used[gap]++;
        plan->row[i] = row;
        next[gap] = row + 2;
    }
}

bool plan_init(struct plan *plan, const struct flow *flow, struct rect area)
{
    *plan = (struct plan){.flow = flow, .area = area};
    if (!plan_columns(plan) || !plan_rows(plan))
        return false;
    place_cells(plan);
    place_pipes(plan);
    return true;
}

bool plan_is_straight(const struct plan *plan, uint32_t channel)
{
    const struct flow_channel *c = &plan->flow->channels[channel];
    uint64_t ends = c->senders | (is_wrapped(plan, c) ? 0 : c->receivers);

    for (uint32_t i = 0; i < plan->flow->nnodes; i++)
        if (ends >> i & 1 && plan_anchor(plan, i, c->gap < 0) != plan->row[channel])
            return false;
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
    const struct flow_channel *c = &plan->flow->channels[channel];
    int in = plan_in(plan, channel, node);

    route->n = 0;
    route_to(route, plan->row[channel], pipe->backward ? col - 1 : col + pipe->cols);
    if (is_wrapped(plan, c)) {
        route_by(route, column_of(plan, plan->band_ranks - 1) + plan->cell_cols + plan->gap_cols,
                 plan->band_row[band_of(plan, c->gap) + 1] - 1, plan->area.col);
        in = plan->area.col;
    }
    route_by(route, in, plan_anchor(plan, node, c->gap < 0), plan->cell[node].col - 1);
}
