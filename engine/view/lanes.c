/* lanes.c -- the whole run at a glance: a lane for each goroutine, time from left to right.
 *
 * Where several moments share a column the liveliest state is shown; where a moment takes several
 * columns its state lasts until the next one.
 */
#include "view/lanes.h"

#include "view/stage.h"

#include <stdlib.h>
#include <string.h>

enum { NOTHING = 0xFF };

struct lanes {
    int count, cols;
    uint8_t state[]; /* count * cols of enum scene_state, NOTHING */
};

int lanes_column(const struct lines *lines, uint32_t moment, int cols)
{
    uint32_t last = lines->count - 1;

    return last == 0 ? 0 : (int)((uint64_t)moment * (uint64_t)(cols - 1) / last);
}

/* The more, the sooner it is shown. */
static int weight(uint8_t state)
{
    static const int weights[] = {
        [SCENE_UNBORN] = 0, [SCENE_ENDED] = 1, [SCENE_READY] = 2, [SCENE_BLOCKED] = 3,
        [SCENE_RUNNING] = 4, [SCENE_PANICKED] = 5,
    };

    return state == NOTHING ? -1 : weights[state];
}

struct lanes *lanes_new(const struct trace *trace, const struct lines *lines, int count, int cols)
{
    struct lanes *lanes = malloc(sizeof *lanes + (size_t)count * (size_t)cols);
    struct scene *scene = scene_new(trace);

    if (!lanes || !scene) {
        free(lanes);
        scene_free(scene);
        return NULL;
    }
    lanes->count = count;
    lanes->cols = cols;
    memset(lanes->state, NOTHING, (size_t)count * (size_t)cols);
    for (uint32_t m = 0; m < lines->count; m++) {
        int col = lanes_column(lines, m, cols);

        scene_go(scene, m == 0 ? 0 : lines->first[m + 1]);
        for (int g = 0; g < count; g++) {
            uint8_t *cell = &lanes->state[g * cols + col];
            uint8_t state = (uint8_t)scene_state(scene, (uint32_t)g + 1);
            uint32_t first = m > 0 ? lines->first[m] : UINT32_MAX;

            /* who acted and came to wait in the same moment was alive in it */
            if (first < trace->count && trace->events[first].g == (uint32_t)g + 1 &&
                state != SCENE_PANICKED)
                state = SCENE_RUNNING;
            if (weight(state) > weight(*cell))
                *cell = state;
        }
    }
    for (int i = 0; i < count * cols; i++)
        if (lanes->state[i] == NOTHING)
            lanes->state[i] = i % cols ? lanes->state[i - 1] : (uint8_t)SCENE_UNBORN;
    scene_free(scene);
    return lanes;
}

void lanes_free(struct lanes *lanes)
{
    free(lanes);
}

int lanes_cols(const struct lanes *lanes)
{
    return lanes->cols;
}

int lanes_count(const struct lanes *lanes)
{
    return lanes->count;
}

void lanes_draw(const struct lanes *lanes, struct grid *grid, int row, int col, int g, int here)
{
    static const struct { const char *glyph, *ascii; } looks[] = {
        [SCENE_UNBORN] = {" ", " "}, [SCENE_READY] = {"░", "."}, [SCENE_RUNNING] = {"█", "#"},
        [SCENE_BLOCKED] = {"─", "-"}, [SCENE_ENDED] = {" ", " "}, [SCENE_PANICKED] = {"✗", "X"},
    };

    for (int i = 0; i < lanes->cols; i++) {
        uint8_t state = lanes->state[(g - 1) * lanes->cols + i];

        grid_put(grid, row, col + i, 1, i == here ? STYLE_HERE : stage_style(state),
                 grid_glyph(grid, looks[state].glyph, looks[state].ascii));
    }
}
