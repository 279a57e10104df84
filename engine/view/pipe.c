/* pipe.c -- channels as pipes, with who stands at their ends.
 *
 *     results   2 of 3
 *     worker 1 ─▶┤   │ 9 │ 4 ├▷ main
 *
 * Values go in at the left and out at the right: the oldest stands at the right end.  A filled
 * arrow is a value on its way in this very moment, a hollow one somebody who waits.
 */
#include "view/pipe.h"

#include "grade/words.h"

void pipe_value(const struct drawing *d, uint32_t event, struct text *out)
{
    const struct event *e;

    if (event >= d->moment->trace->count)
        return;
    e = &d->moment->trace->events[event];
    if (e->kind == EVENT_FIRE)
        words_duration(out, e->time);
    else if (e->value_kind == VALUE_NONE)
        text_add(out, grid_glyph(d->grid, "•", "*"));
    else
        words_value(out, d->moment->trace, e->value_kind, e->value);
}

/* Rows a channel takes, from generous to tight. */
enum { PIPE_TALL = 4, PIPE_ONE = 1 };

static int width_of(const struct drawing *d, uint32_t event)
{
    struct text text = {0};
    int cols;

    pipe_value(d, event, &text);
    cols = grid_width(text_string(&text));
    text_release(&text);
    return cols > PIPE_VALUE ? PIPE_VALUE : cols < 1 ? 1 : cols;
}

/* The event if it moves a value through this channel in this moment, else NULL. */
const struct event *pipe_transfer(const struct drawing *d, uint32_t chan)
{
    const struct event *event = moment_transfer(d->moment);

    return event && event->obj == chan ? event : NULL;
}

/* --- who stands at the ends ---------------------------------------------- */

/* How many wait, `but` left out. */
static uint32_t waiting_but(const struct drawing *d, uint32_t obj, enum wait_kind wait,
                            uint32_t but)
{
    const struct scene_goroutine *g = scene_goroutine(d->scene, but);
    uint32_t none[1], n = scene_waiters(d->scene, obj, wait, none, 1);

    return n > 0 && g->state == SCENE_BLOCKED && g->wait == wait && g->obj == obj ? n - 1 : n;
}

/* "worker 2 +1"; returns how many wait. */
uint32_t pipe_crowd(const struct drawing *d, uint32_t obj, enum wait_kind wait, struct text *out)
{
    uint32_t first[1], n = scene_waiters(d->scene, obj, wait, first, 1);

    if (n > 0)
        text_add(out, names_goroutine(d->moment->names, first[0]));
    if (n > 1)
        text_addf(out, " +%u", n - 1);
    return n;
}

enum style pipe_waiting_style(const struct drawing *d, uint32_t obj, enum wait_kind wait)
{
    uint32_t first[1], n = scene_waiters(d->scene, obj, wait, first, 1);

    return n > 0 ? stage_style(scene_state(d->scene, first[0])) : STYLE_DIM;
}

/* Text that ends before column `right`, cut at its beginning to `cols`. */
static void put_right(struct grid *grid, int row, int right, int cols, enum style style,
                      const char *text)
{
    int width = grid_width(text);

    if (width > cols)
        width = cols;
    grid_put_short(grid, row, right - width, width, style, text);
}

static void draw_senders(const struct drawing *d, int row, int right, int cols, uint32_t chan)
{
    const struct event *event = pipe_transfer(d, chan);
    struct text names = {0};
    uint32_t sender = !event ? 0 : event->kind == EVENT_SEND ? event->g : event->other;
    const char *arrow = sender ? grid_glyph(d->grid, "━▶", "=>") : grid_glyph(d->grid, " ▷", " >");

    if (cols < 5)
        return;
    if (sender) {
        uint32_t n = waiting_but(d, chan, WAIT_SEND, sender);

        text_add(&names, names_goroutine(d->moment->names, sender));
        if (n > 0)
            text_addf(&names, " +%u", n);
        text_add_char(&names, ' ');
    } else if (pipe_crowd(d, chan, WAIT_SEND, &names) == 0) {
        return;
    }
    put_right(d->grid, row, right - 2, cols - 2,
              sender ? STYLE_RUNNING : pipe_waiting_style(d, chan, WAIT_SEND), text_string(&names));
    grid_put(d->grid, row, right - 2, 2,
             sender ? STYLE_VALUE : pipe_waiting_style(d, chan, WAIT_SEND), arrow);
    text_release(&names);
}

static void draw_receivers(const struct drawing *d, int row, int col, int cols, uint32_t chan)
{
    const struct event *event = pipe_transfer(d, chan);
    struct text names = {0}, value = {0};
    uint32_t receiver = !event ? 0 : event->kind == EVENT_RECV ? event->g : event->other;
    int end = col + cols;

    if (cols < 5)
        return;
    if (receiver) {
        uint32_t n = waiting_but(d, chan, WAIT_RECV, receiver);

        text_add(&names, names_goroutine(d->moment->names, receiver));
        if (n > 0)
            text_addf(&names, " +%u", n);
        if (event->flags & EVENT_CLOSED)
            text_add(&value, "closed");
        else if (scene_cap(d->scene, chan) > 0 && !d->moment->frame)
            pipe_value(d, d->moment->head, &value);
        col += grid_put(d->grid, row, col, end - col, STYLE_VALUE, grid_glyph(d->grid, "━", "="));
        if (value.len > 0)
            col += grid_putf(d->grid, row, col, event->flags & EVENT_CLOSED ? 8 : PIPE_VALUE + 2,
                             STYLE_VALUE, " %s ", text_string(&value));
        col += grid_put(d->grid, row, col, end - col, STYLE_VALUE, grid_glyph(d->grid, "▶ ", "> "));
        grid_put_short(d->grid, row, col, end - col, STYLE_RUNNING, text_string(&names));
    } else if (pipe_crowd(d, chan, WAIT_RECV, &names) > 0) {
        enum style style = pipe_waiting_style(d, chan, WAIT_RECV);

        col += grid_put(d->grid, row, col, end - col, style, grid_glyph(d->grid, "▷ ", "> "));
        grid_put_short(d->grid, row, col, end - col, style, text_string(&names));
    }
    text_release(&names);
    text_release(&value);
}

/* --- pipes --------------------------------------------------------------- */

struct pipe pipe_measure(const struct drawing *d, uint32_t chan, int most, int value_cols)
{
    struct pipe pipe = {.chan = chan, .slot_cols = value_cols < 1 ? 1 : value_cols};
    uint32_t cap = scene_cap(d->scene, chan), len = scene_len(d->scene, chan);

    for (uint32_t i = 0; i < len && i < 16; i++) {
        int value = width_of(d, scene_slot(d->scene, chan, i));

        pipe.slot_cols = value > pipe.slot_cols ? value : pipe.slot_cols;
    }
    if (cap == 0 && pipe_transfer(d, chan) && value_cols == 0)
        pipe.slot_cols = width_of(d, d->moment->head);
    if (pipe.slot_cols > most - 4)
        pipe.slot_cols = most > 5 ? most - 4 : 1;
    if (cap > 0) {
        pipe.slots = (most - 1) / (pipe.slot_cols + 3);
        pipe.slots = pipe.slots < 1 ? 1 : pipe.slots;
        pipe.slots = (uint32_t)pipe.slots > cap ? (int)cap : pipe.slots;
    }
    pipe.cols = (cap > 0 ? pipe.slots : 1) * (pipe.slot_cols + 3) + 1;
    return pipe;
}

/* Whether the oldest value has left the buffer and is on its way. */
static bool is_leaving(const struct drawing *d, const struct event *event)
{
    return d->moment->frame && event && event->kind == EVENT_RECV &&
           !(event->flags & EVENT_CLOSED);
}

/* The values: the oldest where they come out; more than fit are counted where they go in. */
static void draw_values(const struct drawing *d, const struct pipe *pipe, int row, int col)
{
    uint32_t len = scene_len(d->scene, pipe->chan);
    const struct event *event = pipe_transfer(d, pipe->chan);
    struct text value = {0};

    if (pipe->slots == 0 && event && !(event->flags & EVENT_CLOSED) && !d->moment->frame) {
        pipe_value(d, d->moment->head, &value);
        grid_put(d->grid, row, col + 2, pipe->slot_cols, STYLE_VALUE, text_string(&value));
    }
    for (int i = 0; i < pipe->slots; i++) {
        uint32_t nth = (uint32_t)(pipe->backward ? i : pipe->slots - 1 - i);
        int at = col + i * (pipe->slot_cols + 3);
        uint32_t slot = scene_slot(d->scene, pipe->chan, nth);

        if (nth + 1 == (uint32_t)pipe->slots && len > nth + 1) {
            grid_putf(d->grid, row, at + 1, pipe->slot_cols + 2, STYLE_VALUE, "+%u", len - nth);
        } else if (nth < len && slot != UINT32_MAX && !(nth == 0 && is_leaving(d, event))) {
            text_clear(&value);
            pipe_value(d, slot, &value);
            grid_putf(d->grid, row, at + 1, pipe->slot_cols + 2,
                      slot == d->moment->head ? STYLE_HERE : STYLE_VALUE, " %.*s ", 24,
                      text_string(&value));
        }
        if (i > 0)
            grid_put(d->grid, row, at, 1, STYLE_CHANNEL, grid_glyph(d->grid, "│", "|"));
    }
    text_release(&value);
}

void pipe_draw(const struct drawing *d, const struct pipe *pipe, int row, int col, bool tall)
{
    bool closed = scene_object(d->scene, pipe->chan)->closed;
    const char *shut = grid_glyph(d->grid, "╳", "x");
    const char *left = tall ? grid_glyph(d->grid, "│", "|") : grid_glyph(d->grid, "┤", "[");
    const char *right = tall ? grid_glyph(d->grid, "│", "|") : grid_glyph(d->grid, "├", "]");

    grid_fill(d->grid, (struct rect){row, col, 1, pipe->cols}, ' ', STYLE_PLAIN);
    hits_add(d->moment->hits, (struct rect){row - 1, col, 3, pipe->cols}, HIT_OBJECT, pipe->chan);
    grid_put(d->grid, row, col, 1, closed && !pipe->backward ? STYLE_NOTE : STYLE_CHANNEL,
             closed && !pipe->backward ? shut : left);
    draw_values(d, pipe, row, col);
    grid_put(d->grid, row, col + pipe->cols - 1, 1,
             closed && pipe->backward ? STYLE_NOTE : STYLE_CHANNEL,
             closed && pipe->backward ? shut : right);
}

int pipe_slot(const struct pipe *pipe, uint32_t nth)
{
    int slot = nth < (uint32_t)pipe->slots ? (int)nth : pipe->slots - 1;

    if (pipe->slots == 0)
        return pipe->cols / 2;
    if (!pipe->backward)
        slot = pipe->slots - 1 - slot;
    return slot * (pipe->slot_cols + 3) + 1 + (pipe->slot_cols + 1) / 2;
}

void pipe_draw_token(const struct drawing *d, int row, int col)
{
    struct text value = {0};
    int cols;

    pipe_value(d, d->moment->head, &value);
    cols = grid_width(text_string(&value));
    cols = cols > PIPE_VALUE ? PIPE_VALUE : cols;
    grid_putf(d->grid, row, col - (cols + 1) / 2, cols + 2, STYLE_SELECTED, " %s ",
              text_string(&value));
    text_release(&value);
}

static void draw_title(const struct drawing *d, struct rect area, uint32_t chan)
{
    const struct scene_object *object = scene_object(d->scene, chan);
    uint32_t cap = scene_cap(d->scene, chan), len = scene_len(d->scene, chan);
    int col = area.col, end = area.col + area.cols;

    col += grid_put(d->grid, area.row, col, end - col, STYLE_CHANNEL,
                    names_object(d->moment->names, chan));
    if (cap == 0)
        col += grid_put(d->grid, area.row, col, end - col, STYLE_DIM, "  unbuffered");
    else
        col += grid_putf(d->grid, area.row, col, end - col, STYLE_DIM, "  %u of %u%s", len, cap,
                         len >= cap ? ", full" : len == 0 ? ", empty" : "");
    if (object->closed)
        grid_put(d->grid, area.row, col, end - col, STYLE_NOTE, ", closed");
}

/* The value of the moment on its way along the row of a pipe that begins at a column. */
static void draw_travel(const struct drawing *d, const struct pipe *pipe, int row, int col)
{
    const struct event *event = pipe_transfer(d, pipe->chan);
    int from = col - 4, to = col + pipe->cols + 3;

    if (!event || event->flags & EVENT_CLOSED)
        return;
    if (pipe->slots && event->kind == EVENT_SEND && !event->other)
        to = col + pipe_slot(pipe, scene_len(d->scene, pipe->chan));
    else if (pipe->slots && event->kind == EVENT_RECV && !event->other)
        from = col + pipe_slot(pipe, 0);
    pipe_draw_token(d, row, from + (to - from) * (int)d->moment->frame / (int)d->moment->frames);
}

/* One row: who sends, the pipe, who receives. */
static void draw_flow(const struct drawing *d, struct rect area, const struct pipe *pipe, bool tall)
{
    int col = area.col + (area.cols - pipe->cols) / 2, right = col + pipe->cols - 1;

    pipe_draw(d, pipe, area.row, col, tall);
    draw_senders(d, area.row, col, col - area.col, pipe->chan);
    draw_receivers(d, area.row, right + 1, area.col + area.cols - right - 1, pipe->chan);
    if (d->moment->frame)
        draw_travel(d, pipe, area.row, col);
}

/* The upper or lower wall of a tall pipe. */
static void draw_wall(const struct drawing *d, struct rect area, const struct pipe *pipe,
                      bool upper)
{
    int col = area.col + (area.cols - pipe->cols) / 2;
    int step = pipe->slots ? pipe->slot_cols + 3 : pipe->cols - 1;

    for (int i = 0; i < pipe->cols; i++) {
        const char *wall = grid_glyph(d->grid, "─", "-");

        if (i == 0)
            wall = grid_glyph(d->grid, upper ? "┌" : "└", "+");
        else if (i == pipe->cols - 1)
            wall = grid_glyph(d->grid, upper ? "┐" : "┘", "+");
        else if (i % step == 0)
            wall = grid_glyph(d->grid, upper ? "┬" : "┴", "+");
        grid_put(d->grid, area.row, col + i, 1, STYLE_CHANNEL, wall);
    }
}

void pipe_draw_channel(const struct drawing *d, struct rect area, uint32_t chan, int name_cols)
{
    struct pipe pipe;

    if (area.rows == PIPE_ONE) {
        grid_put_short(d->grid, area.row, area.col, name_cols - 1, STYLE_CHANNEL,
                       names_object(d->moment->names, chan));
        area.col += name_cols;
        area.cols -= name_cols;
        pipe = pipe_measure(d, chan, area.cols * 4 / 10, 0);
        draw_flow(d, area, &pipe, false);
        return;
    }
    pipe = pipe_measure(d, chan, area.cols * 4 / 10, 0);
    draw_title(d, area, chan);
    area.row++;
    if (area.rows >= PIPE_TALL) {
        draw_wall(d, area, &pipe, true);
        area.row++;
    }
    draw_flow(d, area, &pipe, area.rows >= PIPE_TALL);
    if (area.rows >= PIPE_TALL) {
        area.row++;
        draw_wall(d, area, &pipe, false);
    }
}

