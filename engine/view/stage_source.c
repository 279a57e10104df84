/* stage_source.c -- the learner's source, with a mark at each line a goroutine is at. */
#include "view/stage.h"

#include "base/text.h"
#include "view/highlight.h"

#include <stdlib.h>
#include <string.h>

enum { GUTTER = 7 };

/* The line of the moment: its own, else the last one before it in the program's file, and then
 * *current is false. */
static uint32_t current_line(const struct moment *moment, bool *current)
{
    const struct trace *trace = moment->trace;
    uint32_t i = moment->head < trace->count ? moment->head : scene_at(moment->scene);

    if (moment->line) {
        *current = true;
        return moment->line;
    }
    *current = i < trace->count && trace->events[i].g && trace->events[i].line &&
               !trace->events[i].file;
    if (*current)
        return trace->events[i].line;
    for (uint32_t looked = 0; i-- > 0 && looked < 1000; looked++)
        if (trace->events[i].line && !trace->events[i].file)
            return trace->events[i].line;
    return 1;
}

/* The first line shown: moves in strides of half the pane, so that it seldom moves and the
 * current line always has company above and below. */
static uint32_t first_line(uint32_t line, uint32_t nlines, uint32_t rows)
{
    uint32_t stride = rows / 2 ? rows / 2 : 1, first;

    if (nlines <= rows)
        return 1;
    first = (line - 1) / stride * stride;
    first = first > rows / 4 ? first - rows / 4 : 0;
    if (first + rows > nlines)
        first = nlines - rows;
    return first + 1;
}

/* Who is at a line, as many names as fit: "worker 1, worker 2 +3", and the state of the one that
 * matters most.  Returns how many there are. */
static uint32_t who_is_at(const struct moment *moment, uint32_t line, int cols, struct text *names,
                          enum scene_state *state)
{
    uint32_t count = 0, named = 0;

    *state = SCENE_UNBORN;
    for (uint32_t g = 1; g <= scene_goroutines(moment->scene); g++) {
        const struct scene_goroutine *goroutine = scene_goroutine(moment->scene, g);
        const char *name = names_goroutine(moment->names, g);
        enum scene_state now;

        if (goroutine->line != line || goroutine->file)
            continue;
        now = scene_state(moment->scene, g);
        if (now == SCENE_UNBORN || now == SCENE_ENDED)
            continue;
        if (named == count &&
            (count == 0 || grid_width(text_string(names)) + grid_width(name) + 6 <= cols)) {
            text_addf(names, "%s%s", count > 0 ? ", " : "", name);
            named++;
        }
        count++;
        if (now == SCENE_PANICKED || now == SCENE_RUNNING ||
            (*state != SCENE_RUNNING && *state != SCENE_PANICKED && now > *state))
            *state = now;
    }
    if (count > named)
        text_addf(names, " +%u", count - named);
    return count;
}

static void draw_line(const struct moment *moment, struct grid *grid, struct rect area,
                      uint32_t number, const uint8_t *styles, bool current)
{
    struct text names = {0};
    enum scene_state state;
    size_t len;
    const char *line = program_line(moment->program, number, &len);
    int code = area.cols - GUTTER - 1, free_cols = code - grid_width_n(line, len) - 2, width;
    uint32_t count;

    hits_add(moment->hits, area, HIT_LINE, number);
    if (free_cols < area.cols / 4)
        free_cols = area.cols / 4;
    count = who_is_at(moment, number, free_cols - 3, &names, &state);
    width = count > 0 ? grid_width(text_string(&names)) + 3 : 0;
    if (width > free_cols)
        width = free_cols;
    if (current) /* where the step was, also when who took it has moved on since */
        grid_put(grid, area.row, area.col, 1, STYLE_RUNNING, grid_glyph(grid, "▶", ">"));
    else if (count > 0)
        grid_put(grid, area.row, area.col, 1, stage_style(state), grid_glyph(grid, "▸", "."));
    grid_putf(grid, area.row, area.col + 1, 4, current ? STYLE_BOLD : STYLE_DIM, "%4u", number);
    grid_put(grid, area.row, area.col + GUTTER - 1, 1, STYLE_DIM,
             current ? grid_glyph(grid, "┃", "|") : grid_glyph(grid, "│", "|"));
    highlight_draw(grid, area.row, area.col + GUTTER + 1, code - width, line, len, styles);
    if (current)
        grid_style(grid, (struct rect){area.row, area.col + GUTTER, 1, area.cols - GUTTER - width},
                   STYLE_HERE);
    if (count > 0) {
        int end = area.col + area.cols, at = end - width;

        at += grid_put(grid, area.row, at, end - at, stage_style(state),
                       grid_glyph(grid, " ◂ ", " < "));
        grid_put_short(grid, area.row, at, end - at, stage_style(state), text_string(&names));
    }
    text_release(&names);
}

void stage_source(const struct moment *moment, struct grid *grid, struct rect area)
{
    const struct program *program = moment->program;
    uint32_t line, first, state = HIGHLIGHT_START;
    uint8_t *styles;
    bool current;

    if (area.rows <= 0 || area.cols < 20)
        return;
    if (!program) {
        grid_put(grid, area.row, area.col, area.cols, STYLE_DIM, "(the source is not at hand)");
        return;
    }
    line = current_line(moment, &current);
    if (line > program->nlines)
        line = program->nlines ? program->nlines : 1;
    first = first_line(line, program->nlines, (uint32_t)area.rows);
    styles = malloc(program->length + 1);
    if (!styles)
        return;
    /* from the top: a line may begin inside a comment that opened far above */
    for (uint32_t number = 1; number <= program->nlines && number < first + (uint32_t)area.rows;
         number++) {
        size_t len;
        const char *text = program_line(program, number, &len);

        state = highlight_line(program->language, state, text, len, styles);
        if (number >= first)
            draw_line(moment, grid,
                      (struct rect){area.row + (int)(number - first), area.col, 1, area.cols},
                      number, styles, current && number == line);
    }
    free(styles);
}
