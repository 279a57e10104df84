/* probe.h -- the answers to a question about a demo, tried by the engine one after the other.
 *
 * For each it looks for a run that makes the answer true, and counts them all.
 */
#ifndef BRAID_UI_PROBE_H
#define BRAID_UI_PROBE_H

#include "grade/wish.h"
#include "ui/app.h"

/* Zeroed: nothing is tried. */
struct probe {
    const struct lesson_step *step;
    char *path;                    /* of the demo; NULL: not begun */
    char *typed;                   /* the only answer; NULL: those of the step */
    size_t count;
    struct judged *found[COURSE_ANSWERS]; /* what came of each; NULL: not known yet */
    size_t first;                  /* the one that is tried before all others */
    size_t asked;                  /* the one the job is about */
    struct job job;
};

/* Begins with the answer `first` of the step, which must outlive the probe; typed (NULL: none) is
 * tried instead of the step's.  false: out of memory. */
bool probe_begin(struct probe *probe, const struct lesson_step *step, const char *path,
                 const char *typed, size_t first, const char *const *cflags);
void probe_release(struct probe *probe);

/* While probe_wait is not -1, to be called after so many ms.  True: there is something new. */
bool probe_tick(struct probe *probe, const char *const *cflags);
int probe_wait(const struct probe *probe);

struct wish probe_wish(const struct probe *probe, size_t answer);

/* The judge came to no answer: the program does not compile, say. */
bool probe_failed(const struct judged *judged);

/* "in 3 of all 20 interleavings", or how it failed. */
void probe_outcome(const struct judged *judged, bool ascii, struct text *out);

/* Opens a run with the answer, or says why there is none. */
void probe_watch(struct app *app, const struct probe *probe, size_t answer);

#endif
