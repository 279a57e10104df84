/* watch_state.h -- what the files of the watch view share: watch.c moves, watch_draw.c draws. */
#ifndef BRAID_VIEW_WATCH_STATE_H
#define BRAID_VIEW_WATCH_STATE_H

#include "view/watch.h"

#include "base/text.h"
#include "view/braid.h"
#include "view/flow.h"
#include "view/lanes.h"
#include "view/stage.h"

enum mark { MARK_BLOCK = 1, MARK_FAULT = 2, MARK_SUBJECT = 4 };

/* Who or what is followed. */
struct subject {
    enum watch_jump kind; /* WATCH_BLOCK: nobody */
    uint32_t id;          /* of a goroutine or object */
};

struct watch {
    const struct trace *trace;
    const struct program *program;
    const struct findings *findings;
    struct names *names;
    struct scene *scene;
    struct lines lines;
    uint8_t *marks;      /* enum mark by moment */
    uint32_t at;
    struct subject subject; /* whose moments are marked */
    bool following;         /* came to the moment by following it */
    uint8_t *timeline;   /* the marks by column, made when first drawn; NULL = to be made */
    int timeline_cols;
    bool prints;         /* the run prints at all: there is a row for output */
    bool sleeps;         /* somebody sleeps: they are counted */
    struct text sentence;
    struct text line_name; /* of watch_subject */
    struct lanes *lanes; /* made when first drawn, for the width drawn last */
    enum watch_look look;
    struct braid *braid; /* made when first drawn */
    struct flow *flow, *folded; /* where everything stands; NULL: not to be shown so */
    struct hits hits;       /* of the picture drawn last */
    uint32_t frame, frames; /* on its way to the moment: which picture of how many; 0: there */
};

/* The first finding that shows at this moment; at the end the first of all.  NULL: none. */
const struct finding *watch_finding(const struct watch *watch);

/* What the parts of the stage draw from. */
struct moment watch_moment(struct watch *watch);

/* The braid, made at its first use; NULL: out of memory. */
struct braid *watch_braid(struct watch *watch);

#endif
