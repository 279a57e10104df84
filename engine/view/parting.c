/* parting.c -- where two runs of one program part, told side by side. */
#include "view/parting.h"

#include "base/text.h"
#include "grade/lines.h"
#include "grade/names.h"
#include "grade/words.h"

#include <stdlib.h>
#include <string.h>

enum { BEFORE = 4, NUMBER = 6 }; /* moments before they part that are told; columns of a number */

struct side {
    const struct trace *trace;
    struct names *names;
    struct lines lines;
    uint32_t moment; /* at which they part */
};

struct parting {
    const struct findings *findings;
    struct side failing, passing;
    bool nearest; /* no run that passes goes along longer with the one that fails */
};

static bool same(const struct trace *one, const struct event *a, const struct trace *other,
                 const struct event *b)
{
    return a->kind == b->kind && a->g == b->g && a->obj == b->obj && a->other == b->other &&
           a->extra == b->extra &&
           (a->kind != EVENT_PRINT ||
            strcmp(trace_text(one, a->text), trace_text(other, b->text)) == 0);
}

void parting_find(const struct trace *one, const struct trace *other, uint32_t *in_one,
                  uint32_t *in_other)
{
    uint32_t i = 0, j = 0;

    for (;; i++, j++) {
        while (i < one->count && one->events[i].kind == EVENT_OPTION)
            i++;
        while (j < other->count && other->events[j].kind == EVENT_OPTION)
            j++;
        if (i == one->count || j == other->count ||
            !same(one, &one->events[i], other, &other->events[j]))
            break;
    }
    *in_one = i;
    *in_other = j;
}

static bool side_init(struct side *side, const struct trace *trace, const struct program *program)
{
    side->trace = trace;
    side->names = names_new(trace, program);
    return side->names && lines_init(&side->lines, trace);
}

static void side_release(struct side *side)
{
    names_free(side->names);
    lines_release(&side->lines);
}

/* The moment an event belongs to; behind the last one at the end. */
static uint32_t moment_of(const struct side *side, uint32_t event)
{
    return event >= side->trace->count ? side->lines.count : lines_of_event(&side->lines, event);
}

struct parting *parting_new(const struct trace *failing, const struct findings *findings,
                            const struct trace *passing, bool nearest,
                            const struct program *program)
{
    struct parting *parting = calloc(1, sizeof *parting);
    uint32_t here, there;

    if (!parting)
        return NULL;
    parting->findings = findings;
    parting->nearest = nearest;
    if (!side_init(&parting->failing, failing, program) ||
        !side_init(&parting->passing, passing, program)) {
        parting_free(parting);
        return NULL;
    }
    parting_find(failing, passing, &here, &there);
    parting->failing.moment = moment_of(&parting->failing, here);
    parting->passing.moment = moment_of(&parting->passing, there);
    return parting;
}

void parting_free(struct parting *parting)
{
    if (!parting)
        return;
    side_release(&parting->failing);
    side_release(&parting->passing);
    free(parting);
}

uint32_t parting_event(const struct parting *parting, bool passing)
{
    const struct side *side = passing ? &parting->passing : &parting->failing;

    return side->lines.first[side->moment];
}

/* --- drawing ------------------------------------------------------------- */

/* What scrolls: rows are counted from the first, whether they are seen or not. */
struct scroll {
    struct grid *grid;
    struct rect area;
    int first;
};

static void put_row(const struct scroll *s, int row, int col, int cols, enum style style,
                    const char *text, size_t len)
{
    if (row >= s->first && row < s->first + s->area.rows)
        grid_put_n(s->grid, s->area.row + row - s->first, col, cols, style, text, len);
}

/* A text over as many rows as it needs; returns their number. */
static int put_text(const struct scroll *s, int row, int col, int cols, enum style style,
                    const char *text)
{
    int rows = 0;

    while (*text) {
        size_t fit = grid_wrap(text, cols);

        put_row(s, row + rows++, col, cols, style, text, fit);
        text += fit;
        text += strspn(text, " ");
    }
    return rows;
}

/* A moment with its number. */
static int put_moment(const struct scroll *s, int row, int col, int cols, enum style style,
                      const struct side *side, uint32_t moment)
{
    struct text words = {0}, number = {0};
    int rows;

    lines_sentence(&words, &side->lines, side->trace, side->names, moment, true);
    text_addf(&number, "%4u", moment);
    put_row(s, row, col, NUMBER, STYLE_DIM, text_string(&number), number.len);
    rows = put_text(s, row, col + NUMBER, cols - NUMBER, style, text_string(&words));
    text_release(&words);
    text_release(&number);
    return rows > 0 ? rows : 1;
}

static void put_rule(const struct scroll *s, int row, const char *title)
{
    for (int i = 0; i < s->area.cols; i++)
        put_row(s, row, s->area.col + i, 1, STYLE_DIM, grid_glyph(s->grid, "─", "-"),
                strlen(grid_glyph(s->grid, "─", "-")));
    put_row(s, row, s->area.col + 3, s->area.cols - 3, STYLE_NOTE, title, strlen(title));
}

/* How a run comes to its end, below its last moment. */
static int put_end(const struct parting *parting, const struct scroll *s, int row, int col,
                   int cols, bool passing)
{
    struct text words = {0};
    int rows;

    if (passing)
        text_add(&words, "it ends without a fault");
    else if (parting->findings && parting->findings->count > 0)
        words_finding_title(&words, parting->failing.trace, parting->failing.names,
                            &parting->findings->at[0]);
    rows = put_text(s, row, col + NUMBER, cols - NUMBER, passing ? STYLE_GOOD : STYLE_BAD,
                    text_string(&words));
    text_release(&words);
    return rows;
}

/* A moment of each, or the end of who has none left; returns the rows, 0: both are told. */
static int put_pair(const struct parting *parting, const struct scroll *s, int row, uint32_t nth)
{
    const struct side *sides[] = {&parting->failing, &parting->passing};
    int cols = (s->area.cols - 3) / 2, most = 0;

    for (int i = 0; i < 2; i++) {
        uint32_t moment = sides[i]->moment + nth;
        int col = s->area.col + i * (cols + 3), rows = 0;

        if (moment < sides[i]->lines.count)
            rows = put_moment(s, row, col, cols, nth == 0 ? STYLE_BOLD : STYLE_PLAIN, sides[i],
                              moment);
        else if (moment == sides[i]->lines.count)
            rows = put_end(parting, s, row, col, cols, i == 1);
        most = rows > most ? rows : most;
    }
    for (int i = 0; i < most; i++)
        put_row(s, row + i, s->area.col + cols + 1, 1, STYLE_DIM, grid_glyph(s->grid, "│", "|"),
                strlen(grid_glyph(s->grid, "│", "|")));
    return most;
}

int parting_draw(const struct parting *parting, struct grid *grid, struct rect area, int first)
{
    const struct scroll s = {grid, area, first};
    uint32_t part = parting->failing.moment, from = part > BEFORE ? part - BEFORE : 1;
    struct text words = {0};
    int row = 0, rows;

    if (part > 2)
        text_addf(&words, "The first %u steps are the same in both runs.", part - 1);
    else
        text_add(&words, part == 2 ? "The first step is the same in both runs."
                                   : "Both runs part at their first step.");
    if (parting->nearest)
        text_add(&words, part > 1 ? " No run that passes has more in common with it."
                                  : " So does every run that passes.");
    row += put_text(&s, row, area.col, area.cols, STYLE_PLAIN, text_string(&words)) + 1;
    for (uint32_t m = from; m < part; m++)
        row += put_moment(&s, row, area.col, area.cols, STYLE_DIM, &parting->failing, m);
    put_rule(&s, row++, " here they part ");
    put_row(&s, row, area.col, area.cols / 2, STYLE_BAD, "the run that fails", 18);
    put_row(&s, row++, area.col + (area.cols - 3) / 2 + 3, area.cols / 2, STYLE_GOOD,
            parting->nearest ? "the nearest run that passes" : "a run that passes",
            parting->nearest ? 27 : 17);
    for (uint32_t nth = 0; (rows = put_pair(parting, &s, row, nth)) > 0; nth++)
        row += rows;
    text_release(&words);
    return row;
}
