/* stage_objects.c -- channels as pipes, and the other objects as a row each. */
#include "view/stage.h"

#include "view/object.h"

#include <stdlib.h>
#include <string.h>

enum { NAME_COLS = 14, OTHER_COLS = 36, OTHERS_MOST = 300, TREE_MOST = 100 };

/* Rows a channel takes at most. */
enum { PIPE_BIG = 5 };

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
        busy[obj] = pipe_transfer(d, obj) || scene_len(d->scene, obj) > 0 ||
                    scene_object(d->scene, obj)->owner;
    for (uint32_t g = 1; g <= scene_goroutines(d->scene); g++) {
        const struct scene_goroutine *goroutine = scene_goroutine(d->scene, g);

        if (goroutine->state == SCENE_BLOCKED && goroutine->obj <= n)
            busy[goroutine->obj] = true;
    }
    return busy;
}

/* --- the list ------------------------------------------------------------ */

/* One that is shown, in its place. */
struct item {
    uint32_t obj;
    bool is_chan;
    int depth;   /* contexts: below so many others */
};

struct items {
    struct item *at;
    int n, channels;
};

/* The context a context comes from that is shown, too; -1: there is none. */
static int parent_of(const struct drawing *d, const struct items *items, uint32_t obj)
{
    const struct trace *trace = d->moment->trace;
    uint32_t index = names_object_event(d->moment->names, obj);

    for (int up = 0; up < TREE_MOST && index < trace->count; up++) {
        const struct event *make = &trace->events[index];

        if (make->extra != OBJECT_CONTEXT || make->other == 0 || make->other >= obj)
            return -1;
        obj = make->other;
        for (int i = items->channels; i < items->n; i++)
            if (items->at[i].obj == obj)
                return i;
        index = names_object_event(d->moment->names, obj);
    }
    return -1;
}

/* Channels first; then the others, each context behind the one it comes from.  False: out of
 * memory, or more than `most`. */
static bool list_items(const struct drawing *d, struct items *items, int most)
{
    bool is_chan;

    *items = (struct items){.at = calloc((size_t)most + 1, sizeof *items->at)};
    if (!items->at)
        return false;
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t obj = 1; obj <= scene_objects(d->scene); obj++) {
            int at = items->n, parent;

            if (!is_shown(d, obj, &is_chan) || is_chan != (pass == 0))
                continue;
            if (items->n == most)
                return false;
            parent = is_chan ? -1 : parent_of(d, items, obj);
            if (parent >= 0)
                for (at = parent + 1; at < items->n &&
                     items->at[at].depth > items->at[parent].depth; at++)
                    ;
            memmove(items->at + at + 1, items->at + at,
                    (size_t)(items->n - at) * sizeof *items->at);
            items->at[at] = (struct item){obj, is_chan,
                                          parent < 0 ? 0 : items->at[parent].depth + 1};
            items->n++;
            items->channels += is_chan;
        }
    return true;
}

/* The branch before a context: "  └ ". */
static void add_branch(const struct drawing *d, const struct items *items, int i, struct text *out)
{
    int depth = items->at[i].depth;

    for (int k = 1; k <= depth; k++) {
        int next = i + 1;

        while (next < items->n && items->at[next].depth > k)
            next++;
        bool more = next < items->n && items->at[next].depth == k; /* another child of that one */
        text_add(out, k < depth ? (more ? grid_glyph(d->grid, "│ ", "| ") : "  ")
                      : more    ? grid_glyph(d->grid, "├ ", "|-")
                                : grid_glyph(d->grid, "└ ", "`-"));
    }
}

/* Columns for the names of some items. */
static int name_columns(const struct drawing *d, const struct items *items, int from, int to)
{
    int widest = 1;

    for (int i = from; i < to && widest < NAME_COLS; i++) {
        int width = grid_width(names_object(d->moment->names, items->at[i].obj)) +
                    2 * items->at[i].depth;

        widest = width > widest ? width : widest;
    }
    return (widest < NAME_COLS ? widest : NAME_COLS) + 2;
}

static void draw_item(const struct drawing *d, const struct items *items, int i, struct rect area,
                      int name_cols)
{
    struct text branch = {0};

    add_branch(d, items, i, &branch);
    object_draw(d, area, items->at[i].obj, text_string(&branch), name_cols);
    text_release(&branch);
}

/* --- all of them --------------------------------------------------------- */

static void draw_one(const struct drawing *d, struct rect area, uint32_t obj, bool is_chan,
                     int name_cols)
{
    if (is_chan && scene_object(d->scene, obj)->kind != OBJECT_NONE)
        pipe_draw_channel(d, area, obj, name_cols);
    else if (!is_chan)
        object_draw(d, area, obj, "", name_cols);
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
    int height = PIPE_BIG, row = area.row, name_cols;
    struct items items;
    bool fits;

    if (area.rows <= 0 || area.cols < 24)
        return;
    fits = list_items(&d, &items, area.rows);
    while (fits && height > 0 &&
           items.channels * height + items.n - items.channels > area.rows)
        height--;
    if (!fits || height == 0) {
        free(items.at);
        draw_some(&d, area);
        return;
    }
    name_cols = name_columns(&d, &items, 0, items.channels);
    for (int i = 0; i < items.channels; i++, row += height)
        draw_one(&d, (struct rect){row, area.col, height, area.cols}, items.at[i].obj, true,
                 name_cols);
    name_cols = name_columns(&d, &items, items.channels, items.n);
    for (int i = items.channels; i < items.n; i++, row++)
        draw_item(&d, &items, i, (struct rect){row, area.col, 1, area.cols}, name_cols);
    free(items.at);
}

/* --- all but channels ---------------------------------------------------- */

/* Two columns where there is room, but a tree is not taken apart. */
static int columns_for(const struct items *items, int cols)
{
    for (int i = 0; i < items->n; i++)
        if (items->at[i].depth > 0)
            return 1;
    return cols >= 2 * OTHER_COLS ? 2 : 1;
}

int stage_others_rows(const struct moment *moment, int cols)
{
    struct drawing d = {moment, moment->scene, NULL};
    struct items items;
    int columns, rows = OTHERS_MOST;

    if (list_items(&d, &items, OTHERS_MOST)) {
        columns = columns_for(&items, cols);
        rows = (items.n - items.channels + columns - 1) / columns;
    }
    free(items.at);
    return rows;
}

void stage_others(const struct moment *moment, struct grid *grid, struct rect area)
{
    struct drawing d = {moment, moment->scene, grid};
    int columns, cols, name_cols, n, left, each;
    struct items items;

    if (area.rows <= 0 || area.cols < 24)
        return;
    if (list_items(&d, &items, OTHERS_MOST)) {
        n = items.n - items.channels;
        columns = columns_for(&items, area.cols);
        if (n > columns * area.rows && area.cols >= 2 * OTHER_COLS)
            columns = 2;
        cols = area.cols / columns;
        each = (n + columns - 1) / columns < area.rows ? (n + columns - 1) / columns : area.rows;
        left = n - each * columns;
        name_cols = name_columns(&d, &items, items.channels, items.n);
        for (int i = 0; i < n && i < each * columns - (left > 0); i++)
            draw_item(&d, &items, items.channels + i,
                      (struct rect){area.row + i % each, area.col + i / each * cols, 1, cols - 1},
                      name_cols);
        if (left > 0)
            grid_putf(grid, area.row + area.rows - 1, area.col + (columns - 1) * cols, cols - 1,
                      STYLE_DIM, "and %d more locks and timers", left + 1);
    }
    free(items.at);
}
