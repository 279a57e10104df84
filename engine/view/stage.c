/* stage.c -- goroutines as boxes or rows.
 *
 * Where all goroutines of the whole run find room each keeps its place from beginning to end.
 * Where they do not, those that ended become one row, then those of one name do, the largest
 * group first; main and who takes part in the moment stay on their own.
 */
#include "view/stage.h"

#include "view/cell.h"
#include "view/flow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BOX_ROWS = CELL_BOX_ROWS, BOX_COLS = 29, ROW_COLS = 36, GROUPS_MAX = 64,
       STATES = CELL_STATES };

const struct event *moment_transfer(const struct moment *moment)
{
    const struct event *event;

    if (moment->at_rest || moment->head >= moment->trace->count)
        return NULL;
    event = &moment->trace->events[moment->head];
    return event->kind == EVENT_SEND || event->kind == EVENT_RECV ? event : NULL;
}

/* --- folding ------------------------------------------------------------- */

/* Who must not disappear in a group. */
static bool stands_out(const struct moment *moment, uint32_t g)
{
    const struct event *event = moment->head < moment->trace->count
                                    ? &moment->trace->events[moment->head] : NULL;

    return g == 1 || (event && (event->g == g || (event->other == g &&
           (event->kind == EVENT_SEND || event->kind == EVENT_RECV || event->kind == EVENT_GO)))) ||
           scene_state(moment->scene, g) == SCENE_PANICKED;
}

/* Groups of the goroutines that may be folded, by base name, in order of first id; the last
 * one takes in all further names.  Returns their number. */
static uint32_t group_all(const struct moment *moment, struct cell_group *groups)
{
    uint32_t n = 0;

    for (uint32_t g = 1; g <= scene_goroutines(moment->scene); g++) {
        enum scene_state state = scene_state(moment->scene, g);
        char base[sizeof groups->base];
        uint32_t i = 0;

        if (state == SCENE_UNBORN || state == SCENE_ENDED || stands_out(moment, g))
            continue;
        flow_base_name(names_goroutine(moment->names, g), base, sizeof base);
        while (i < n && strcmp(groups[i].base, base) != 0)
            i++;
        if (i == n && n < GROUPS_MAX)
            memcpy(groups[n++].base, base, sizeof base);
        else if (i == n)
            memcpy(groups[--i].base, "others", sizeof "others");
        groups[i].count[state]++;
    }
    return n;
}

/* Which groups to fold so that `rows` hold everything. */
static void choose_folds(struct cell_group *groups, uint32_t n, uint32_t single, uint32_t rows,
                         bool *folded)
{
    for (;;) {
        uint32_t need = single, largest = n;

        for (uint32_t i = 0; i < n; i++) {
            need += folded[i] ? 1 : cell_group_size(&groups[i]);
            if (!folded[i] && cell_group_size(&groups[i]) > 1 &&
                (largest == n || cell_group_size(&groups[i]) > cell_group_size(&groups[largest])))
                largest = i;
        }
        if (need <= rows || largest == n)
            return;
        folded[largest] = true;
    }
}

/* Room for `slots` rows, side by side in columns. */
struct columns {
    struct rect area;
    int columns, drawn, name_cols;
};

static struct rect next_slot(struct columns *c)
{
    int cols = c->area.cols / c->columns, row = c->drawn % c->area.rows,
        col = c->drawn / c->area.rows;

    c->drawn++;
    return (struct rect){c->area.row + row, c->area.col + col * cols, 1,
                         cols - (c->columns > 1 && col + 1 < c->columns ? 2 : 0)};
}

static void draw_folded(const struct moment *moment, struct grid *grid, struct columns *c)
{
    struct cell_group *groups = calloc(GROUPS_MAX, sizeof *groups), ended = {.base = "ended"};
    bool folded[GROUPS_MAX] = {false}, drawn[GROUPS_MAX] = {false};
    uint32_t single = 0, n, rows = (uint32_t)(c->columns * c->area.rows), left = 0;

    if (!groups)
        return;
    n = group_all(moment, groups);
    for (uint32_t g = 1; g <= scene_goroutines(moment->scene); g++) {
        enum scene_state state = scene_state(moment->scene, g);

        if (state != SCENE_UNBORN && stands_out(moment, g))
            single++;
        else if (state == SCENE_ENDED)
            ended.count[SCENE_ENDED]++;
    }
    if (ended.count[SCENE_ENDED] > 0)
        rows--;
    choose_folds(groups, n, single, rows, folded);
    for (uint32_t g = 1; g <= scene_goroutines(moment->scene); g++) {
        enum scene_state state = scene_state(moment->scene, g);
        char base[sizeof groups->base];
        uint32_t i = 0;

        if (state == SCENE_UNBORN)
            continue;
        if (!stands_out(moment, g)) {
            if (state == SCENE_ENDED)
                continue;
            flow_base_name(names_goroutine(moment->names, g), base, sizeof base);
            while (i + 1 < n && strcmp(groups[i].base, base) != 0)
                i++;
            if (folded[i] && drawn[i])
                continue;
            if ((uint32_t)c->drawn >= rows) {
                left++;
                continue;
            }
            drawn[i] = true;
            if (folded[i])
                cell_draw_group(grid, next_slot(c), &groups[i]);
            else
                cell_draw_row(moment, grid, next_slot(c), g, c->name_cols);
        } else if ((uint32_t)c->drawn < rows) {
            cell_draw_row(moment, grid, next_slot(c), g, c->name_cols);
        } else {
            left++;
        }
    }
    if (ended.count[SCENE_ENDED] > 0) {
        struct rect slot = next_slot(c);
        int used = grid_putf(grid, slot.row, slot.col, slot.cols, STYLE_ENDED, "%s %u ended",
                             stage_mark(grid, SCENE_ENDED), ended.count[SCENE_ENDED]);

        if (left > 0)
            grid_putf(grid, slot.row, slot.col + used, slot.cols - used, STYLE_DIM,
                      ", %u more not shown", left);
    }
    free(groups);
}

void stage_goroutines(const struct moment *moment, struct grid *grid, struct rect area)
{
    int all = (int)scene_goroutines(moment->scene);
    int across = area.cols / BOX_COLS, boxes = across * (area.rows / BOX_ROWS);
    struct columns c = {area, area.cols / ROW_COLS, 0, 0};

    if (area.rows <= 0 || area.cols < 10)
        return;
    if (all <= boxes) {
        if (across > all)
            across = all;
        if (area.cols / across > 2 * BOX_COLS)
            across = area.cols / (2 * BOX_COLS);
        for (int i = 0; i < all; i++) {
            int cols = area.cols / across;
            struct rect box = {area.row + i / across * BOX_ROWS, area.col + i % across * cols,
                               BOX_ROWS, cols - 1};

            cell_draw(moment, grid, box, (uint32_t)i + 1);
        }
        return;
    }
    if (c.columns < 1 || all <= area.rows)
        c.columns = 1;
    c.name_cols = cell_name_columns(moment, area.cols / c.columns);
    if (all <= c.columns * area.rows) {
        for (uint32_t g = 1; g <= (uint32_t)all; g++)
            cell_draw_row(moment, grid, next_slot(&c), g, c.name_cols);
        return;
    }
    draw_folded(moment, grid, &c);
}

/* From left to right; STATES stands for those asleep. */
static const uint8_t count_order[] = {
    SCENE_RUNNING, SCENE_READY, SCENE_BLOCKED, STATES, SCENE_ENDED, SCENE_PANICKED,
};

/* One entry of the counts, "■ 3 blocked". */
struct count {
    const char *mark, *word;
    enum style style;
    uint32_t n;
    bool shown;
};

static int count_words(const struct count *count, bool with_words, char *out, size_t size)
{
    snprintf(out, size, "%s %u%s%s", count->mark, count->n, with_words ? " " : "",
             with_words ? count->word : "");
    return grid_width(out);
}

void stage_counts(const struct moment *moment, struct grid *grid, int row, int right, int cols)
{
    static const struct { int gap; bool with_words; } ways[] = {{2, true}, {1, true}, {2, false}};
    struct count counts[STATES + 1] = {{0}}, *asleep = &counts[STATES];
    char words[64];
    size_t way = 0;

    for (int state = 0; state < STATES; state++)
        counts[state] = (struct count){stage_mark(grid, state), cell_word(state),
                                       stage_style(state), 0, state != SCENE_UNBORN};
    *asleep = (struct count){grid_glyph(grid, "◔", "z"), "asleep", STYLE_DIM, 0, moment->sleeps};
    for (uint32_t g = 1; g <= scene_goroutines(moment->scene); g++) {
        if (cell_is_asleep(scene_goroutine(moment->scene, g)))
            asleep->n++;
        else
            counts[scene_state(moment->scene, g)].n++;
    }
    counts[SCENE_PANICKED].shown = counts[SCENE_PANICKED].n > 0;
    for (; way + 1 < sizeof ways / sizeof ways[0]; way++) {
        int need = -ways[way].gap;

        for (int i = 0; i <= STATES; i++)
            if (counts[i].shown)
                need += count_words(&counts[i], ways[way].with_words, words, sizeof words) +
                        ways[way].gap;
        if (need <= cols)
            break;
    }
    for (size_t i = sizeof count_order / sizeof count_order[0]; i-- > 0;) {
        const struct count *count = &counts[count_order[i]];
        int width;

        if (!count->shown)
            continue;
        width = count_words(count, ways[way].with_words, words, sizeof words);
        right -= width;
        grid_put(grid, row, right, width, count->n ? count->style : STYLE_DIM, words);
        right -= ways[way].gap;
    }
}
