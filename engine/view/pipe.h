/* pipe.h -- channels as pipes: what lies in them, who stands at their ends, what moves through.
 *
 * While the moment is on its way (moment->frame) the scene is the one before it, and the value that
 * moves is drawn by who draws its way.
 */
#ifndef BRAID_VIEW_PIPE_H
#define BRAID_VIEW_PIPE_H

#include "base/text.h"
#include "view/stage.h"

enum { PIPE_VALUE = 6 }; /* columns of a value at most */

/* What all parts of one picture need. */
struct drawing {
    const struct moment *moment;
    const struct scene *scene;
    struct grid *grid;
};

struct pipe {
    uint32_t chan;
    int slots;      /* drawn; 0: unbuffered */
    int slot_cols;  /* of a value */
    int cols;
    bool backward;  /* values go in at the right and out at the left */
};

/* A pipe of at most so many columns (at least 5), for values of at least so many. */
struct pipe pipe_measure(const struct drawing *d, uint32_t chan, int most, int value_cols);

/* One row of it; tall: there are walls above and below. */
void pipe_draw(const struct drawing *d, const struct pipe *pipe, int row, int col, bool tall);

/* Columns from the pipe's left end to the middle of where the nth oldest value lies. */
int pipe_slot(const struct pipe *pipe, uint32_t nth);

/* The whole channel: its name, the pipe, and who stands before and behind it. */
void pipe_draw_channel(const struct drawing *d, struct rect area, uint32_t chan, int name_cols);

/* The event if it moves a value through this channel in this moment, else NULL. */
const struct event *pipe_transfer(const struct drawing *d, uint32_t chan);

/* A value as it is shown: of a SEND or RECV event, of a FIRE. */
void pipe_value(const struct drawing *d, uint32_t event, struct text *out);

/* "worker 2 +1": who waits for obj in this way; returns how many. */
uint32_t pipe_crowd(const struct drawing *d, uint32_t obj, enum wait_kind wait, struct text *out);

/* How the first of them looks. */
enum style pipe_waiting_style(const struct drawing *d, uint32_t obj, enum wait_kind wait);

/* The value of the moment on its way, its middle here. */
void pipe_draw_token(const struct drawing *d, int row, int col);

#endif
