/* places.h -- numbers the places a run touches: 0, 1, 2, ... in order of first touch.
 *
 * An open-addressing hash from a 64-bit key to its number.  Every slot says in
 * which run it was filled, so a new run starts empty at once, whatever the last
 * one touched.  Numbers depend on the order of touching alone, never on the keys.
 */
#ifndef BRAID_CHECK_PLACES_H
#define BRAID_CHECK_PLACES_H

#include <stdint.h>

enum { PLACE_NONE = -1 };

struct place_slot;

/* Zeroed places are empty and ready. */
struct places {
    struct place_slot *slots;
    uint32_t bits;  /* 1 << bits slots; valid while slots != NULL */
    uint32_t run;   /* slots of another run are empty */
    uint32_t count;
};

void places_clear(struct places *places);   /* forgets all, keeps the memory */
void places_release(struct places *places);

/* The number of a key, the next free one when it is new (count has grown then);
 * PLACE_NONE: memory ran out. */
int64_t places_number(struct places *places, uint64_t key);

#endif
