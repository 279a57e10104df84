/* stage_flow.c -- goroutines and channels where the flow of values puts them.
 *
 *      feeder ─┐           ┌▷ worker 1 ─┐             ┌▷ main
 *              │   jobs    │            │   results   │
 *              └──┤ 3 ├────┤            ├──┤ 9│ 4 ├──┘
 *                          └▷ worker 2 ─┘
 *      ╰─ a lane for what comes back ─┤ ├─╯
 *
 * A wire is there for every goroutine that ever uses a channel; those who wait at it now, and the
 * way a value takes in this moment, stand out.
 */
#include "view/stage.h"

#include "view/cell.h"
#include "view/flow_plan.h"

#include <stdlib.h>
#include <string.h>

enum { PIPE_MOST = 25 };

/* --- who does what ------------------------------------------------------- */

/* One picture. */
struct sheet {
    struct drawing drawing;
    struct plan plan;
    uint64_t born;                       /* nodes of which somebody was started */
    uint64_t sending[FLOW_CHANNELS];     /* nodes of which somebody waits to send */
    uint64_t receiving[FLOW_CHANNELS];
    uint64_t from[FLOW_CHANNELS], to[FLOW_CHANNELS]; /* who gives and who takes in this moment */
    struct pipe pipe[FLOW_CHANNELS];
    int col[FLOW_CHANNELS];              /* of each pipe */
};

static void add_waiting(struct sheet *sheet, uint32_t node, uint32_t obj, uint32_t wait)
{
    const struct flow_channel *channel = flow_channel(sheet->plan.flow, obj);
    size_t i;

    if (!channel)
        return;
    i = (size_t)(channel - sheet->plan.flow->channels);
    if (wait == WAIT_SEND)
        sheet->sending[i] |= 1ull << node;
    else if (wait == WAIT_RECV)
        sheet->receiving[i] |= 1ull << node;
}

static void find_waiting(struct sheet *sheet)
{
    const struct trace *trace = sheet->drawing.moment->trace;
    const struct scene *scene = sheet->drawing.scene;

    for (uint32_t id = 1; id <= scene_goroutines(scene); id++) {
        const struct scene_goroutine *g = scene_goroutine(scene, id);
        uint32_t node = sheet->plan.flow->node_of[id];

        if (g->state != SCENE_UNBORN)
            sheet->born |= 1ull << node;
        if (g->state != SCENE_BLOCKED)
            continue;
        add_waiting(sheet, node, g->obj, g->wait);
        for (uint32_t i = g->block + 1; g->wait == WAIT_SELECT && i < scene_at(scene); i++) {
            if (trace->events[i].kind != EVENT_BLOCK_CASE || trace->events[i].g != id)
                break;
            add_waiting(sheet, node, trace->events[i].obj, trace->events[i].extra);
        }
    }
}

static void find_parties(struct sheet *sheet)
{
    const struct event *event = moment_transfer(sheet->drawing.moment);
    const struct flow_channel *channel = event ? flow_channel(sheet->plan.flow, event->obj) : NULL;
    uint32_t all = scene_goroutines(sheet->drawing.scene);
    const uint8_t *node = sheet->plan.flow->node_of;
    uint64_t g, other;
    size_t i;

    if (!channel)
        return;
    g = event->g && event->g <= all ? 1ull << node[event->g] : 0;
    other = event->other && event->other <= all ? 1ull << node[event->other] : 0;
    i = (size_t)(channel - sheet->plan.flow->channels);
    sheet->from[i] = event->kind == EVENT_SEND ? g : other;
    sheet->to[i] = event->kind == EVENT_SEND ? other : g;
}

/* Where the pipe of a lane finds room: between who sends and who receives. */
static void place_lane(struct sheet *sheet, uint32_t i, int name_cols)
{
    const struct plan *plan = &sheet->plan;
    const struct flow_channel *channel = &plan->flow->channels[i];
    int low = plan->area.col + plan->area.cols, high = plan->area.col, cols;

    for (uint32_t n = 0; n < plan->flow->nnodes; n++) {
        int out = plan_out(plan, i, n), in = plan_in(plan, i, n);

        if (channel->senders >> n & 1) {
            low = out < low ? out : low;
            high = out > high ? out : high;
        }
        if (channel->receivers >> n & 1) {
            low = in < low ? in : low;
            high = in > high ? in : high;
        }
    }
    sheet->pipe[i] = pipe_measure(&sheet->drawing, channel->obj, PIPE_MOST, channel->value_cols);
    sheet->pipe[i].backward = channel->backward;
    cols = name_cols + sheet->pipe[i].cols;
    sheet->col[i] = (low + high - cols) / 2 + name_cols;
    if (sheet->col[i] + sheet->pipe[i].cols > plan->area.col + plan->area.cols - 1)
        sheet->col[i] = plan->area.col + plan->area.cols - 1 - sheet->pipe[i].cols;
    if (sheet->col[i] - name_cols < plan->area.col + 1)
        sheet->col[i] = plan->area.col + 1 + name_cols;
}

static void measure_pipes(struct sheet *sheet)
{
    const struct plan *plan = &sheet->plan;

    for (uint32_t i = 0; i < plan->flow->nchannels; i++) {
        const struct flow_channel *channel = &plan->flow->channels[i];
        const char *name = names_object(sheet->drawing.moment->names, channel->obj);
        int room = plan->gap_cols - (plan_is_straight(plan, i) ? 2 : 4);
        int width = grid_width(name) + 2;

        if (channel->gap < 0) {
            place_lane(sheet, i, width > 14 ? 14 : width);
            continue;
        }
        sheet->pipe[i] = pipe_measure(&sheet->drawing, channel->obj,
                                      room < PIPE_MOST ? room : PIPE_MOST, channel->value_cols);
        sheet->col[i] = plan_gap(plan, channel->gap) + (plan->gap_cols - sheet->pipe[i].cols) / 2;
    }
}

/* --- drawing ------------------------------------------------------------- */

static bool is_made(const struct sheet *sheet, uint32_t i)
{
    return scene_object(sheet->drawing.scene, sheet->plan.flow->channels[i].obj)->kind !=
           OBJECT_NONE;
}

/* How much the wire of a node to a channel matters, of one from it. */
static enum wire_level level_in(const struct sheet *sheet, uint32_t i, uint32_t node)
{
    return sheet->from[i] >> node & 1      ? WIRE_LIVE
           : sheet->sending[i] >> node & 1 ? WIRE_WAITING : WIRE_IDLE;
}

static enum wire_level level_out(const struct sheet *sheet, uint32_t i, uint32_t node)
{
    return sheet->to[i] >> node & 1          ? WIRE_LIVE
           : sheet->receiving[i] >> node & 1 ? WIRE_WAITING : WIRE_IDLE;
}

static void wire_channel(const struct sheet *sheet, struct wires *wires, uint32_t i)
{
    const struct flow_channel *channel = &sheet->plan.flow->channels[i];
    struct route route;

    for (uint32_t n = 0; n < sheet->plan.flow->nnodes; n++) {
        uint64_t bit = 1ull << n;

        if (!(sheet->born & bit))
            continue;
        if (channel->senders & bit) {
            plan_wire_in(&sheet->plan, i, n, &sheet->pipe[i], sheet->col[i], &route);
            wires_add(wires, &route, level_in(sheet, i, n));
        }
        if (channel->receivers & bit) {
            plan_wire_out(&sheet->plan, i, n, &sheet->pipe[i], sheet->col[i], &route);
            wires_add(wires, &route, level_out(sheet, i, n));
        }
    }
}

/* Where values arrive. */
static void draw_arrows(const struct sheet *sheet, uint32_t i)
{
    const struct plan *plan = &sheet->plan;
    struct grid *grid = sheet->drawing.grid;

    for (uint32_t n = 0; n < plan->flow->nnodes; n++) {
        enum wire_level level = level_out(sheet, i, n);

        if (!(sheet->born & plan->flow->channels[i].receivers & 1ull << n))
            continue;
        grid_put(grid, plan_anchor(plan, n, plan->flow->channels[i].gap < 0),
                 plan->cell[n].col - 1, 1, wire_style(level),
                 level == WIRE_LIVE ? grid_glyph(grid, "▶", ">") : grid_glyph(grid, "▷", ">"));
    }
}

static void draw_name(const struct sheet *sheet, uint32_t i)
{
    const struct plan *plan = &sheet->plan;
    const struct flow_channel *channel = &plan->flow->channels[i];
    const struct drawing *d = &sheet->drawing;
    const char *name = names_object(d->moment->names, channel->obj);
    uint32_t cap = scene_cap(d->scene, channel->obj);
    struct text words = {0};
    /* beside it is nothing where all cells begin in the row below */
    int width, row = plan->row[i], room = plan->gap_cols - (plan->bands > 1 ? 0 : 2);

    if (channel->gap < 0) {
        width = grid_width(name) > 12 ? 12 : grid_width(name);
        grid_put(d->grid, row, sheet->col[i] - width - 2, 1, STYLE_PLAIN, " ");
        grid_put_short(d->grid, row, sheet->col[i] - width - 1, width, STYLE_CHANNEL, name);
        grid_put(d->grid, row, sheet->col[i] - 1, 1, STYLE_PLAIN, " ");
        return;
    }
    if (cap > 0)
        text_addf(&words, " %u of %u", scene_len(d->scene, channel->obj), cap);
    if (scene_object(d->scene, channel->obj)->closed &&
        grid_width(name) + (int)words.len + 8 <= room)
        text_add(&words, " closed");
    if (grid_width(name) + (int)words.len > room)
        text_clear(&words);
    width = grid_width(name) + (int)words.len;
    width = width > room ? room : width;
    int col = plan_gap(plan, channel->gap) + (plan->gap_cols - width) / 2;
    col += grid_put_short(d->grid, row - 1, col, room, STYLE_CHANNEL, name);
    grid_put(d->grid, row - 1, col, room, STYLE_DIM, text_string(&words));
    text_release(&words);
}

/* Who of a node stands out: the one that takes part in the moment; 0: nobody. */
static uint32_t actor_of(const struct sheet *sheet, uint32_t node)
{
    const struct moment *moment = sheet->drawing.moment;
    const struct event *event = moment->head < moment->trace->count
                                    ? &moment->trace->events[moment->head] : NULL;
    uint32_t all = scene_goroutines(sheet->drawing.scene);

    if (!event)
        return 0;
    if (event->g && event->g <= all && sheet->plan.flow->node_of[event->g] == node)
        return event->g;
    if ((event->kind == EVENT_SEND || event->kind == EVENT_RECV) && event->other &&
        event->other <= all && sheet->plan.flow->node_of[event->other] == node)
        return event->other;
    return 0;
}

static void add_member(struct cell_group *group, enum scene_state state, uint32_t all)
{
    group->count[state]++;
    if (all <= CELL_MEMBERS)
        group->member[group->members++] = (uint8_t)state;
}

static void draw_node(const struct sheet *sheet, uint32_t i)
{
    const struct flow *flow = sheet->plan.flow;
    const struct drawing *d = &sheet->drawing;
    struct cell_group group = {.members = 0};
    struct rect rect = sheet->plan.cell[i];
    uint32_t actor;

    if (!sheet->plan.framed && rect.rows == CELL_BOX_ROWS && flow->nodes[i].count == 1)
        rect.rows--;
    if (flow->nodes[i].count == 1) {
        cell_draw(d->moment, d->grid, rect, flow->nodes[i].first);
        return;
    }
    memcpy(group.base, flow->nodes[i].base, sizeof group.base);
    for (uint32_t g = 1; g <= scene_goroutines(d->scene); g++)
        if (flow->node_of[g] == i)
            add_member(&group, scene_state(d->scene, g), flow->nodes[i].count);
    cell_draw_group(d->grid, (struct rect){rect.row, rect.col, 2, rect.cols}, &group);
    actor = actor_of(sheet, i);
    if (actor)
        cell_draw(d->moment, d->grid, (struct rect){rect.row + 2, rect.col, 1, rect.cols}, actor);
}

/* --- on the way ---------------------------------------------------------- */

/* Every cell the moment's value passes, from who gives it to who takes it. */
static void way_of(const struct sheet *sheet, uint32_t i, const struct event *event,
                   struct route *way)
{
    const struct pipe *pipe = &sheet->pipe[i];
    const struct plan *plan = &sheet->plan;
    struct route part;
    bool buffered = pipe->slots && !event->other;
    uint32_t len = scene_len(sheet->drawing.scene, pipe->chan);
    int col = sheet->col[i], row = plan->row[i];

    for (uint32_t n = 0; n < plan->flow->nnodes; n++)
        if (sheet->from[i] >> n & 1)
            plan_wire_in(plan, i, n, pipe, col, way);
    if (!buffered)
        route_to(way, row, pipe->backward ? col : col + pipe->cols - 1);
    else if (event->kind == EVENT_SEND)
        route_to(way, row, col + pipe_slot(pipe, len));
    else
        route_to(way, row, col + pipe_slot(pipe, 0));
    for (uint32_t n = 0; n < plan->flow->nnodes; n++)
        if (sheet->to[i] >> n & 1) {
            plan_wire_out(plan, i, n, pipe, col, &part);
            for (int k = 0; k < part.n; k++)
                route_to(way, part.at[k].row, part.at[k].col);
        }
}

static void draw_travel(const struct sheet *sheet)
{
    const struct drawing *d = &sheet->drawing;
    const struct event *event = moment_transfer(d->moment);
    const struct flow_channel *channel = event ? flow_channel(sheet->plan.flow, event->obj) : NULL;
    struct route way = {.n = 0};
    int at;

    if (!channel || event->flags & EVENT_CLOSED || d->moment->frame == 0)
        return;
    way_of(sheet, (uint32_t)(channel - sheet->plan.flow->channels), event, &way);
    if (way.n == 0)
        return;
    at = (way.n - 1) * (int)(d->moment->frame - 1) / (int)(d->moment->frames > 1
                                                               ? d->moment->frames - 1 : 1);
    pipe_draw_token(d, way.at[at].row, way.at[at].col);
}

bool stage_flow(const struct moment *moment, struct grid *grid, struct rect area,
                const struct flow *flow)
{
    struct sheet *sheet = calloc(1, sizeof *sheet);
    struct wires wires = {0};
    bool fits;

    if (!sheet)
        return false;
    sheet->drawing = (struct drawing){moment, moment->scene, grid};
    fits = plan_init(&sheet->plan, flow, area) && wires_init(&wires, area);
    if (!fits)
        goto done;
    find_waiting(sheet);
    find_parties(sheet);
    measure_pipes(sheet);
    for (uint32_t i = 0; i < flow->nchannels; i++)
        if (is_made(sheet, i))
            wire_channel(sheet, &wires, i);
    wires_draw(&wires, grid);
    for (uint32_t i = 0; i < flow->nchannels; i++)
        if (is_made(sheet, i)) {
            draw_arrows(sheet, i);
            pipe_draw(&sheet->drawing, &sheet->pipe[i], sheet->plan.row[i], sheet->col[i], false);
            draw_name(sheet, i);
        }
    for (uint32_t i = 0; i < flow->nnodes; i++)
        draw_node(sheet, i);
    draw_travel(sheet);
done:
    wires_release(&wires);
    free(sheet);
    return fits;
}
