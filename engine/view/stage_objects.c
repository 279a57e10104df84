/* stage_objects.c -- channels as pipes, and the other objects as a row each.
 *
 *     results   2 of 3
 *     worker 1 ─▶┤   │ 9 │ 4 ├▷ main
 *
 * Values go in at the left and out at the right: the oldest stands at the right end.  A filled
 * arrow is a value on its way in this very moment, a hollow one somebody who waits.
 */
#include "view/stage.h"

#include "base/text.h"
#include "grade/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VALUE_COLS = 6, NAME_COLS = 11 };

/* Rows a channel takes, from generous to tight. */
enum { PIPE_BIG = 5, PIPE_TALL = 4, PIPE_LOOSE = 3, PIPE_TWO = 2, PIPE_ONE = 1 };

struct drawing {
    const struct moment *moment;
    const struct scene *scene;
    struct grid *grid;
};

static void value_of(const struct drawing *d, uint32_t event, struct text *out)
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

static int value_cols(const struct drawing *d, uint32_t event)
{
    struct text text = {0};
    int cols;

    value_of(d, event, &text);
    cols = grid_width(text_string(&text));
    text_release(&text);
    return cols > VALUE_COLS ? VALUE_COLS : cols < 1 ? 1 : cols;
}

/* The event if it moves a value through this channel in this moment, else NULL. */
static const struct event *transfer(const struct drawing *d, uint32_t chan)
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
static uint32_t crowd(const struct drawing *d, uint32_t obj, enum wait_kind wait, struct text *out)
{
    uint32_t first[1], n = scene_waiters(d->scene, obj, wait, first, 1);

    if (n > 0)
        text_add(out, names_goroutine(d->moment->names, first[0]));
    if (n > 1)
        text_addf(out, " +%u", n - 1);
    return n;
}

static enum style waiting_style(const struct drawing *d, uint32_t obj, enum wait_kind wait)
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
    const struct event *event = transfer(d, chan);
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
    } else if (crowd(d, chan, WAIT_SEND, &names) == 0) {
        return;
    }
    put_right(d->grid, row, right - 2, cols - 2,
              sender ? STYLE_RUNNING : waiting_style(d, chan, WAIT_SEND), text_string(&names));
    grid_put(d->grid, row, right - 2, 2, sender ? STYLE_VALUE : waiting_style(d, chan, WAIT_SEND),
             arrow);
    text_release(&names);
}

static void draw_receivers(const struct drawing *d, int row, int col, int cols, uint32_t chan)
{
    const struct event *event = transfer(d, chan);
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
        else if (scene_cap(d->scene, chan) > 0)
            value_of(d, d->moment->head, &value);
        col += grid_put(d->grid, row, col, end - col, STYLE_VALUE, grid_glyph(d->grid, "━", "="));
        if (value.len > 0)
            col += grid_putf(d->grid, row, col, event->flags & EVENT_CLOSED ? 8 : VALUE_COLS + 2,
                             STYLE_VALUE, " %s ", text_string(&value));
        col += grid_put(d->grid, row, col, end - col, STYLE_VALUE, grid_glyph(d->grid, "▶ ", "> "));
        grid_put_short(d->grid, row, col, end - col, STYLE_RUNNING, text_string(&names));
    } else if (crowd(d, chan, WAIT_RECV, &names) > 0) {
        enum style style = waiting_style(d, chan, WAIT_RECV);

        col += grid_put(d->grid, row, col, end - col, style, grid_glyph(d->grid, "▷ ", "> "));
        grid_put_short(d->grid, row, col, end - col, style, text_string(&names));
    }
    text_release(&names);
    text_release(&value);
}

/* --- pipes --------------------------------------------------------------- */

struct pipe {
    uint32_t chan;
    int slots;      /* drawn; 0: unbuffered */
    int slot_cols;  /* of a value */
    int cols;
};

static struct pipe measure(const struct drawing *d, uint32_t chan, int cols)
{
    struct pipe pipe = {.chan = chan, .slot_cols = 1};
    uint32_t cap = scene_cap(d->scene, chan), len = scene_len(d->scene, chan);
    int most = cols * 4 / 10;

    if (cap == 0) {
        if (transfer(d, chan))
            pipe.slot_cols = value_cols(d, d->moment->head);
        pipe.cols = pipe.slot_cols + 4;
        return pipe;
    }
    for (uint32_t i = 0; i < len && i < 16; i++) {
        int value = value_cols(d, scene_slot(d->scene, chan, i));

        if (value > pipe.slot_cols)
            pipe.slot_cols = value;
    }
    pipe.slots = (most - 1) / (pipe.slot_cols + 3);
    if (pipe.slots < 1)
        pipe.slots = 1;
    if ((uint32_t)pipe.slots > cap)
        pipe.slots = (int)cap;
    pipe.cols = pipe.slots * (pipe.slot_cols + 3) + 1;
    return pipe;
}

/* The values: the oldest in the last slot; more than fit are counted in the first. */
static void draw_values(const struct drawing *d, const struct pipe *pipe, int row, int col)
{
    uint32_t len = scene_len(d->scene, pipe->chan);
    const struct event *event = transfer(d, pipe->chan);

    if (pipe->slots == 0) {
        struct text value = {0};

        if (event && !(event->flags & EVENT_CLOSED))
            value_of(d, d->moment->head, &value);
        grid_put(d->grid, row, col + 2, pipe->slot_cols, STYLE_VALUE, text_string(&value));
        text_release(&value);
        return;
    }
    for (int i = 0; i < pipe->slots; i++) {
        uint32_t nth = (uint32_t)(pipe->slots - 1 - i);
        int at = col + i * (pipe->slot_cols + 3);
        uint32_t slot = scene_slot(d->scene, pipe->chan, nth);

        if (i == 0 && len > (uint32_t)pipe->slots) {
            grid_putf(d->grid, row, at + 1, pipe->slot_cols + 2, STYLE_VALUE, "+%u",
                      len - (uint32_t)pipe->slots + 1);
        } else if (nth < len && slot != UINT32_MAX) {
            struct text value = {0};
            bool fresh = slot == d->moment->head;

            value_of(d, slot, &value);
            grid_putf(d->grid, row, at + 1, pipe->slot_cols + 2, fresh ? STYLE_HERE : STYLE_VALUE,
                      " %.*s ", 24, text_string(&value));
            text_release(&value);
        }
        if (i > 0)
            grid_put(d->grid, row, at, 1, STYLE_CHANNEL, grid_glyph(d->grid, "│", "|"));
    }
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

/* One row: who sends, the pipe, who receives. */
static void draw_flow(const struct drawing *d, struct rect area, const struct pipe *pipe, bool tall)
{
    int col = area.col + (area.cols - pipe->cols) / 2, right = col + pipe->cols - 1;
    bool closed = scene_object(d->scene, pipe->chan)->closed;
    const char *left_end = closed ? grid_glyph(d->grid, "╳", "x")
                           : tall ? grid_glyph(d->grid, "│", "|")
                                  : grid_glyph(d->grid, "┤", "[");

    grid_put(d->grid, area.row, col, 1, closed ? STYLE_NOTE : STYLE_CHANNEL, left_end);
    draw_values(d, pipe, area.row, col);
    grid_put(d->grid, area.row, right, 1, STYLE_CHANNEL,
             tall ? grid_glyph(d->grid, "│", "|") : grid_glyph(d->grid, "├", "]"));
    draw_senders(d, area.row, col, col - area.col, pipe->chan);
    draw_receivers(d, area.row, right + 1, area.col + area.cols - right - 1, pipe->chan);
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

static void draw_channel(const struct drawing *d, struct rect area, uint32_t chan, int name_cols)
{
    struct pipe pipe;

    if (area.rows == PIPE_ONE) {
        grid_put_short(d->grid, area.row, area.col, name_cols - 1, STYLE_CHANNEL,
                       names_object(d->moment->names, chan));
        area.col += name_cols;
        area.cols -= name_cols;
        pipe = measure(d, chan, area.cols);
        draw_flow(d, area, &pipe, false);
        return;
    }
    pipe = measure(d, chan, area.cols);
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

/* --- the other objects --------------------------------------------------- */

static void describe_timer(const struct drawing *d, const struct scene_object *object,
                           const struct event *make, struct text *out)
{
    if (object->kind == OBJECT_TICKER) {
        text_add(out, object->closed ? "ticker, stopped" : "ticker, every ");
        if (!object->closed)
            words_duration(out, make->value);
    } else if (object->closed || object->fired) {
        text_add(out, object->closed ? "timer, stopped" : "timer, has fired");
    } else {
        text_add(out, "timer, fires at ");
        words_duration(out, make->value < make->time ? make->time + make->value : make->value);
    }
    (void)d;
}

static void describe_rwmutex(const struct drawing *d, const struct scene_object *object,
                             struct text *out)
{
    text_add(out, "RWMutex");
    if (object->owner)
        text_addf(out, " of %s", names_goroutine(d->moment->names, object->owner));
    else if (object->counter > 0)
        text_addf(out, ", read by %d", object->counter);
    else
        text_add(out, ", free");
    if (object->closed)
        text_add(out, ", claimed");
}

/* An object that is known by what happened to it last. */
static void describe_last(const struct drawing *d, const struct scene_object *object,
                          const struct event *make, struct text *out)
{
    const struct event *last = object->ended < d->moment->trace->count
                                   ? &d->moment->trace->events[object->ended] : NULL;

    if (object->kind == OBJECT_GROUP) {
        text_add(out, last ? "group, failed: " : "group");
        if (last)
            words_safe(out, trace_text(d->moment->trace, last->text), 30);
    } else if (object->kind == OBJECT_MAP) {
        text_add(out, last ? "Map, changed" : "Map, empty");
    } else {
        text_add(out, "atomic, ");
        if (last)
            words_value(out, d->moment->trace, last->value_kind, last->value);
        else
            text_addf(out, "%lld", (long long)make->value);
    }
}

static void describe_processors(const struct drawing *d, const struct scene_object *object,
                                const struct event *make, struct text *out)
{
    const struct event *set =
        object->ended < d->moment->trace->count ? &d->moment->trace->events[object->ended] : make;

    text_addf(out, "%d of %lld at work", object->counter, (long long)set->value);
}

static void draw_other(const struct drawing *d, struct rect area, uint32_t obj, int name_cols)
{
    const struct scene_object *object = scene_object(d->scene, obj);
    const struct event *make = &d->moment->trace->events[object->event];
    uint32_t awaited = obj;
    enum wait_kind wait = WAIT_RECV;
    enum style style = STYLE_PLAIN;
    struct text words = {0}, names = {0};
    int col, end = area.col + area.cols;

    switch (object->kind) {
    case OBJECT_MUTEX:
        wait = WAIT_LOCK;
        text_add(&words, object->owner ? "Mutex of " : "Mutex, free");
        if (object->owner)
            text_add(&words, names_goroutine(d->moment->names, object->owner));
        break;
    case OBJECT_RWMUTEX:
        wait = scene_waiters(d->scene, obj, WAIT_RLOCK, NULL, 0)  ? WAIT_RLOCK
               : scene_waiters(d->scene, obj, WAIT_LOCK, NULL, 0) ? WAIT_LOCK
                                                                  : WAIT_READERS;
        describe_rwmutex(d, object, &words);
        break;
    case OBJECT_ONCE:
        wait = WAIT_ONCE;
        text_add(&words, object->closed ? "Once, done" : object->owner ? "Once, run by " : "Once");
        if (object->owner)
            text_add(&words, names_goroutine(d->moment->names, object->owner));
        break;
    case OBJECT_COND:
        wait = WAIT_COND;
        text_add(&words, "Cond");
        break;
    case OBJECT_SEMAPHORE:
        wait = make->value < 0 ? WAIT_POST : WAIT_SEMAPHORE;
        if (make->value < 0)
            text_addf(&words, "semaphore at %d", object->counter);
        else
            text_addf(&words, "semaphore, %d of %lld in use", object->counter,
                      (long long)make->value);
        break;
    case OBJECT_THREAD:
        wait = WAIT_JOIN;
        text_add(&words, object->closed ? "thread, at its end" : "thread");
        break;
    case OBJECT_BARRIER:
        wait = WAIT_BARRIER;
        text_add(&words, "barrier");
        break;
    case OBJECT_LISTENER:
        awaited = scene_channel_of(d->scene, obj);
        text_addf(&words, scene_object(d->scene, awaited)->closed ? "listener, closed"
                          : scene_len(d->scene, awaited) ? "listener, %u wait to be accepted"
                                                         : "listener",
                  scene_len(d->scene, awaited));
        break;
    case OBJECT_PROCESSORS:
        wait = WAIT_PROCESSOR;
        describe_processors(d, object, make, &words);
        break;
    case OBJECT_POOL:
        text_addf(&words, "Pool, %d put aside", object->counter);
        break;
    case OBJECT_FLIGHT:
        wait = WAIT_FLIGHT;
        text_add(&words, "singleflight");
        break;
    case OBJECT_LIMITER:
        wait = WAIT_SLEEP;
        text_add(&words, "limiter");
        break;
    case OBJECT_ATOMIC:
    case OBJECT_MAP:
    case OBJECT_GROUP:
        describe_last(d, object, make, &words);
        break;
    case OBJECT_WAITGROUP:
        wait = WAIT_WG;
        text_addf(&words, "WaitGroup at %d", object->counter);
        break;
    case OBJECT_CONTEXT:
        awaited = scene_channel_of(d->scene, obj);
        if (object->closed) {
            const char *error = object->ended < d->moment->trace->count
                                    ? trace_text(d->moment->trace,
                                                 d->moment->trace->events[object->ended].text)
                                    : "";

            text_add(&words, strstr(error, "deadline") ? "context, deadline exceeded"
                                                       : "context, cancelled");
            style = STYLE_NOTE;
        } else if (make->value >= 0) {
            text_add(&words, "context, until ");
            words_duration(&words, make->value);
        } else {
            text_add(&words, "context");
        }
        break;
    default:
        awaited = scene_channel_of(d->scene, obj);
        describe_timer(d, object, make, &words);
        break;
    }
    grid_put(d->grid, area.row, area.col, name_cols - 1, STYLE_CHANNEL,
             names_object(d->moment->names, obj));
    col = area.col + name_cols;
    col += grid_put(d->grid, area.row, col, end - col, style, text_string(&words));
    if (awaited && crowd(d, awaited, wait, &names) > 0) {
        style = waiting_style(d, awaited, wait);
        col +=
            grid_put(d->grid, area.row, col, end - col, style, grid_glyph(d->grid, " ▷ ", " > "));
        grid_put_short(d->grid, area.row, col, end - col, style, text_string(&names));
    }
    text_release(&words);
    text_release(&names);
}

/* --- all of them --------------------------------------------------------- */

/* Objects that are shown: not those that are part of another, nor a context that can never be
 * cancelled.  By the whole trace, so that places do not change while it plays. */
static bool is_shown(const struct drawing *d, uint32_t obj, bool *is_chan)
{
    uint32_t index = names_object_event(d->moment->names, obj);
    const struct event *make;

    if (index >= d->moment->trace->count)
        return false;
    make = &d->moment->trace->events[index];
    *is_chan = make->extra == OBJECT_CHAN;
    if (*is_chan)
        return scene_owner_of(d->scene, obj) == 0;
    if (make->extra == OBJECT_CONN || make->extra == OBJECT_HOST)
        return false; /* what happens to them is seen at their streams, and at who asks */
    return make->extra != OBJECT_CONTEXT || scene_channel_of(d->scene, obj) != 0;
}

/* Marks the objects at which something goes on now: a byte each (heap); NULL: out of memory. */
static uint8_t *busy_objects(const struct drawing *d)
{
    uint32_t n = scene_objects(d->scene);
    uint8_t *busy = calloc((size_t)n + 1, 1);

    if (!busy)
        return NULL;
    for (uint32_t obj = 1; obj <= n; obj++)
        busy[obj] = transfer(d, obj) || scene_len(d->scene, obj) > 0 ||
                    scene_object(d->scene, obj)->owner;
    for (uint32_t g = 1; g <= scene_goroutines(d->scene); g++) {
        const struct scene_goroutine *goroutine = scene_goroutine(d->scene, g);

        if (goroutine->state == SCENE_BLOCKED && goroutine->obj <= n)
            busy[goroutine->obj] = true;
    }
    return busy;
}

/* Columns for the names of channels, or of the others, where each has one row. */
static int name_columns(const struct drawing *d, bool channels)
{
    int widest = 1;
    bool is_chan;

    for (uint32_t obj = 1; obj <= scene_objects(d->scene) && widest < NAME_COLS; obj++)
        if (is_shown(d, obj, &is_chan) && is_chan == channels) {
            int width = grid_width(names_object(d->moment->names, obj));

            widest = width > widest ? width : widest;
        }
    return (widest < NAME_COLS ? widest : NAME_COLS) + 2;
}

static void draw_one(const struct drawing *d, struct rect area, uint32_t obj, bool is_chan,
                     int name_cols)
{
    if (scene_object(d->scene, obj)->kind == OBJECT_NONE)
        return; /* not made yet: its place stays empty */
    if (is_chan)
        draw_channel(d, area, obj, name_cols);
    else
        draw_other(d, area, obj, name_cols);
}

/* More objects than rows: the busy ones first, one row each, in order of creation. */
static void draw_some(const struct drawing *d, struct rect area)
{
    uint8_t *busy = busy_objects(d);
    int idle = area.rows - 1, left = 0, row = area.row;
    bool is_chan;

    if (!busy)
        return;
    for (uint32_t obj = 1; obj <= scene_objects(d->scene); obj++) {
        if (!scene_object(d->scene, obj)->kind || !is_shown(d, obj, &is_chan))
            busy[obj] = false;
        idle -= busy[obj];
    }
    for (uint32_t obj = 1; obj <= scene_objects(d->scene); obj++) {
        if (!scene_object(d->scene, obj)->kind || !is_shown(d, obj, &is_chan))
            continue;
        if (row == area.row + area.rows - 1 || (!busy[obj] && idle-- <= 0)) {
            left++;
            continue;
        }
        draw_one(d, (struct rect){row++, area.col, 1, area.cols}, obj, is_chan, NAME_COLS);
    }
    free(busy);
    if (left > 0)
        grid_putf(d->grid, area.row + area.rows - 1, area.col, area.cols, STYLE_DIM,
                  "and %d more channels and locks", left);
}

void stage_objects(const struct moment *moment, struct grid *grid, struct rect area)
{
    struct drawing d = {moment, moment->scene, grid};
    int channels = 0, others = 0, height = PIPE_BIG, row = area.row, name_cols;
    bool is_chan;

    if (area.rows <= 0 || area.cols < 24)
        return;
    for (uint32_t obj = 1; obj <= scene_objects(d.scene); obj++)
        if (is_shown(&d, obj, &is_chan))
            *(is_chan ? &channels : &others) += 1;
    while (height > 0 && channels * height + others > area.rows)
        height--;
    if (height == 0) {
        draw_some(&d, area);
        return;
    }
    name_cols = name_columns(&d, false);
    for (uint32_t obj = 1; obj <= scene_objects(d.scene); obj++)
        if (is_shown(&d, obj, &is_chan) && is_chan) {
            draw_one(&d, (struct rect){row, area.col, height, area.cols}, obj, true,
                     name_columns(&d, true));
            row += height;
        }
    for (uint32_t obj = 1; obj <= scene_objects(d.scene); obj++)
        if (is_shown(&d, obj, &is_chan) && !is_chan)
            draw_one(&d, (struct rect){row++, area.col, 1, area.cols}, obj, false, name_cols);
}
