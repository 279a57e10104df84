/* watch.h -- the watch view: one run, to be played, stepped and scrubbed.
 *
 * A pure function of (trace, position): goroutines with their state and line, channels with their
 * buffers and who is blocked on them, the source, a timeline, and the sentence of the step.
 */
#ifndef BRAID_VIEW_WATCH_H
#define BRAID_VIEW_WATCH_H

#include "grade/names.h"
#include "grade/program.h"
#include "grade/result.h"
#include "view/grid.h"
#include "view/hits.h"

struct watch;

/* Borrows trace, program (may be NULL) and findings (may be NULL) as long as it lives.
 * NULL: out of memory. */
struct watch *watch_new(const struct trace *trace, const struct program *program,
                        const struct findings *findings);
void watch_free(struct watch *watch);

/* Positions are moments: 0 = before the first event, watch_moments() - 1 = the end.  A moment is a
 * step with the facts that follow from it. */
uint32_t watch_moments(const struct watch *watch);
uint32_t watch_at(const struct watch *watch);
void watch_go(struct watch *watch, uint32_t moment); /* clamped */

/* Pictures that lead to the moment from the one before it: a value on its way, one cancelling
 * after the other; 0: none.  frame 1 .. watch_frames() shows one of them, 0 the moment itself,
 * as does every watch_go. */
uint32_t watch_frames(const struct watch *watch);
void watch_set_frame(struct watch *watch, uint32_t frame);

/* How many events of the trace have happened; to the moment after the first so many. */
uint32_t watch_events(const struct watch *watch);
void watch_go_events(struct watch *watch, uint32_t events);

/* To the next or previous moment at which somebody blocks or a fault shows (clamped); or in
 * which the goroutine that acts in the current moment takes part; or its channel, lock or other
 * object; or that is at the same line of the program.  Who is followed stays the same until
 * another watch_go, and stands out in the timeline.  False: there is no such moment, and the
 * position stays. */
enum watch_jump { WATCH_BLOCK, WATCH_GOROUTINE, WATCH_OBJECT, WATCH_LINE };

bool watch_jump(struct watch *watch, enum watch_jump jump, int direction);

/* What it is called, until asked again; NULL: the current moment has none. */
const char *watch_subject(struct watch *watch, enum watch_jump jump);

/* To the next moment in which this goroutine takes part, or that is on this object; as
 * watch_jump. */
bool watch_follow(struct watch *watch, enum watch_jump jump, uint32_t id);

/* What was drawn last at a cell of the grid: a goroutine, an object, a line, a moment. */
enum hit watch_hit(const struct watch *watch, int row, int col, uint32_t *id);

/* The cursor in the source: to the next moment at a line of the program, else the last one at it
 * before; and that for the next line below or above at which there is a moment.  False: there is
 * none, and the position stays. */
bool watch_go_line(struct watch *watch, uint32_t line);
bool watch_move_line(struct watch *watch, int direction);

/* The sentence of the current moment.  Valid until the next watch_go. */
const char *watch_sentence(const struct watch *watch);

/* What goroutines and objects are called in it; lives as long as the watch. */
const struct names *watch_names(const struct watch *watch);

/* Draws into an area of at least 60 x 12; below that says so. */
void watch_draw(struct watch *watch, struct grid *grid, struct rect area);

/* The current moment alone, without a word of what comes later, into at least 60 x 5. */
void watch_draw_now(struct watch *watch, struct grid *grid, struct rect area);

/* How the run is looked at: the stage by default.  The braid shows on demand what happened before
 * the current moment and after it. */
enum watch_look { WATCH_STAGE, WATCH_BRAID, WATCH_ORDER, WATCH_LOOKS };

enum watch_look watch_look(const struct watch *watch);
void watch_set_look(struct watch *watch, enum watch_look look);

/* The braid of the whole run as text; NULL: out of memory. */
char *watch_plain_braid(struct watch *watch, bool ascii);

/* The whole run as text for --plain: one numbered sentence a line with its place. */
char *watch_plain(const struct watch *watch);

#endif
