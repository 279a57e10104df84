/* talk.h -- where the presentation of a lesson is, in a file that a second terminal follows.
 *
 * present/ID in the user's data folder holds it as lines, written aside and renamed at each change:
 * `slide 12 of 40`, `began` and `step` (when, on the clock of app_now), `agreed` (a checkpoint),
 * `hands STEP ANSWER COUNT`.  present/ID.lock is locked by who presents, so that the lock goes with
 * the process, however it ends, and a file that was left behind is known as such.
 */
#ifndef BRAID_COURSE_TALK_H
#define BRAID_COURSE_TALK_H

#include "base/text.h"
#include "course/course.h"

enum {
    TALK_STEPS = 64,       /* whose hands are kept */
    TALK_CHECKPOINTS = 64, /* that can be agreed on */
    TALK_HANDS = 9999,     /* for an answer, at most */
};

struct talk {
    uint32_t slide, slides; /* which of how many; slides 0: nothing is known */
    int64_t began, step;    /* when the talk and the step of the slide began, ms */
    uint64_t agreed;        /* bit n: checkpoint n */
    uint16_t hands[TALK_STEPS][COURSE_ANSWERS]; /* raised for each answer of a step's question */
};

/* present/ID, heap; NULL: there is no data folder, or no memory. */
char *talk_path(const struct lesson *lesson);

/* Makes this process the one that presents: a descriptor to keep open.  -1 with errno; EAGAIN or
 * EACCES: somebody presents it already. */
int talk_lock(const char *path);

/* Whether somebody else presents it now. */
bool talk_is_held(const char *path);

/* False with errno: it cannot be written. */
bool talk_write(const char *path, const struct talk *talk);

/* False, *talk zeroed: there is no file, or it says nothing of use. */
bool talk_read(const char *path, struct talk *talk);

/* Adds "12:04  step 4:40 left", for a step that takes so many minutes (0: not said, then its time is
 * counted up).  now: on the clock of the talk. */
void talk_clock(const struct talk *talk, uint32_t minutes, int64_t now, struct text *out);

/* All hands of a question. */
uint32_t talk_hands(const struct talk *talk, uint32_t step);

#endif
