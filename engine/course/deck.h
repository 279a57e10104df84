/* deck.h -- a lesson as slides: one thing on each, with what the presenter says to it.
 *
 * The first slide is the cover: the steps and how long each takes.  Then come the parts of each
 * step in the order of the file.  Text is cut at its empty lines; what introduces a list, a table or
 * code (its last line ends in a colon) stays with it, and so do the two languages of one example.
 * A short paragraph before a question shares its slide.  Notes belong to the slide above them.
 */
#ifndef BRAID_COURSE_DECK_H
#define BRAID_COURSE_DECK_H

#include "course/course.h"

enum slide_kind {
    SLIDE_COVER,
    SLIDE_TEXT,
    SLIDE_QUESTION,   /* its answers are not in the markdown */
    SLIDE_GOALS,
    SLIDE_WATCH,
    SLIDE_EXERCISE,
    SLIDE_CHECKPOINT, /* the markdown is its sentence */
};

struct slide {
    enum slide_kind kind;
    uint32_t step;        /* of the lesson; the cover: 0 */
    uint32_t checkpoint;  /* of a checkpoint: which, from 0 */
    char *markdown;       /* WATCH and EXERCISE: only what to say about it */
    char *notes;          /* Markdown; "" : none */
};

/* Zeroed: no deck. */
struct deck {
    struct region memory;
    const struct lesson *lesson; /* must outlive it */
    struct slide *slides;
    uint32_t count, checkpoints;
    uint32_t minutes;     /* of all steps that say them */
};

/* false: out of memory, and *deck is zeroed. */
bool deck_make(struct deck *deck, const struct lesson *lesson);
void deck_release(struct deck *deck);

/* The first slide of the step before or after that of a slide (direction -1, 1); back from within a
 * step is to its beginning.  Never outside of the deck. */
uint32_t deck_seek(const struct deck *deck, uint32_t slide, int direction);

/* The exercise a slide opens, NULL: none. */
const struct exercise *deck_exercise(const struct deck *deck, uint32_t slide);

#endif
