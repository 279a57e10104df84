/* turns.h -- the round robin that other strategies fall back on.
 *
 * The goroutine that took the last step goes on while it can, else the next by id.
 * Fair: after TURNS_MAX steps in a row it is somebody else's turn, so that one who
 * could go on for ever does not keep the others from running.
 */
#ifndef BRAID_EXPLORE_TURNS_H
#define BRAID_EXPLORE_TURNS_H

#include "rt/hook.h"

enum { TURNS_MAX = 1000 };

/* Zeroed at the begin of a run. */
struct turns {
    uint32_t last;  /* the goroutine chosen last; 0 = none */
    uint32_t taken; /* steps it was given in a row, while others could have had them */
};

/* Whose turn it is, for CHOICE_GOROUTINE; the first option for the other kinds. */
uint32_t turns_choose(struct turns *turns, const struct choice *choice);

/* Somebody else answered the choice: takes note of it. */
void turns_note(struct turns *turns, const struct choice *choice, uint32_t answer);

#endif
