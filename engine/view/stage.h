/* stage.h -- goroutines and channels as a picture of one moment.
 *
 * The parts of the watch view share what they draw from.
 */
#ifndef BRAID_VIEW_STAGE_H
#define BRAID_VIEW_STAGE_H

#include "grade/lines.h"
#include "grade/names.h"
#include "grade/program.h"
#include "rt/trace.h"
#include "view/grid.h"
#include "view/hits.h"
#include "view/scene.h"

/* One moment of a run.  All borrowed. */
struct moment {
    const struct trace *trace;
    const struct program *program;  /* may be NULL */
    const struct names *names;
    const struct scene *scene;      /* at the end of the moment */
    uint32_t head;                  /* the event the moment is about; UINT32_MAX = none */
    uint32_t line;                  /* the line that matters, where it is not the head's; else 0 */
    bool sleeps;                    /* somebody sleeps somewhere in the run */
    bool at_rest;                   /* a fault is shown: who stands where, not what just moved */
    struct hits *hits;              /* takes what is drawn where; may be NULL */
    uint32_t frame, frames;         /* on its way to the moment: picture `frame` of so many, and the
                                       scene is still the one before; 0: it is there */
};

/* The moment's event if it moves a value between a goroutine and a channel; NULL: none does. */
const struct event *moment_transfer(const struct moment *moment);

struct flow;

/* Goroutines and channels where the flow of values puts them, and wires between.  False: there
 * is no room, and nothing was drawn. */
bool stage_flow(const struct moment *moment, struct grid *grid, struct rect area,
                const struct flow *flow);

/* Goroutines: a box each where there is room, else a row each, else folded. */
void stage_goroutines(const struct moment *moment, struct grid *grid, struct rect area);

/* Channels as pipes, with who stands before and behind them; then locks, WaitGroups, contexts
 * and timers. */
void stage_objects(const struct moment *moment, struct grid *grid, struct rect area);

/* All but channels, in as many columns as fit; and the rows that takes. */
void stage_others(const struct moment *moment, struct grid *grid, struct rect area);
int stage_others_rows(const struct moment *moment, int cols);

/* "● 1 running  ○ 2 ready ...", right-aligned before column `right`, without the words where it
 * would need more than so many columns. */
void stage_counts(const struct moment *moment, struct grid *grid, int row, int right, int cols);

/* The source around the current line, with a mark at each line a goroutine is at. */
void stage_source(const struct moment *moment, struct grid *grid, struct rect area);

/* How a state looks. */
const char *stage_mark(const struct grid *grid, enum scene_state state);
enum style stage_style(enum scene_state state);

#endif
