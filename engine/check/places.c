/* places.c -- a hash from places to numbers that forgets at once.
 *
 * Invariants: no more than half of the slots are filled; a slot is of the current
 * run only if slot.run == places.run, and places.run is never 0.
 */
#include "check/places.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

struct place_slot {
    uint64_t key;
    uint32_t run;
    uint32_t number;
};

enum { FIRST_BITS = 10 };

void places_clear(struct places *places)
{
    places->count = 0;
    if (++places->run == 0) {
        /* the stamp came round: a slot of 2^32 runs ago would look filled */
        if (places->slots)
            memset(places->slots, 0, sizeof *places->slots << places->bits);
        places->run = 1;
    }
}

void places_release(struct places *places)
{
    free(places->slots);
    *places = (struct places){0};
}

/* The slot of a key, or the empty one where it belongs. */
static struct place_slot *slot_of(struct place_slot *slots, uint32_t bits, uint32_t run,
                                  uint64_t key)
{
    uint64_t mask = ((uint64_t)1 << bits) - 1;
    /* Fibonacci hashing (Knuth 6.4): neighbours spread */
    uint64_t at = key * 0x9E3779B97F4A7C15u >> (64 - bits);

    while (slots[at].run == run && slots[at].key != key)
        at = (at + 1) & mask;
    return &slots[at];
}

static int grow(struct places *places)
{
    uint32_t bits = places->slots ? places->bits + 1 : FIRST_BITS;
    struct place_slot *slots = memory_zeroed((size_t)1 << bits, sizeof *slots);

    if (!slots)
        return -1;
    if (places->run == 0)
        places->run = 1;
    for (size_t i = 0; places->slots && i < (size_t)1 << places->bits; i++) {
        const struct place_slot *old = &places->slots[i];
        if (old->run == places->run)
            *slot_of(slots, bits, places->run, old->key) = *old;
    }
    free(places->slots);
    places->slots = slots;
    places->bits = bits;
    return 0;
}

int64_t places_number(struct places *places, uint64_t key)
{
    struct place_slot *slot;

    if (!places->slots && grow(places) < 0)
        return PLACE_NONE;
    slot = slot_of(places->slots, places->bits, places->run, key);
    if (slot->run == places->run)
        return slot->number;
    if (places->count >= (uint32_t)1 << (places->bits - 1)) {
        if (grow(places) < 0)
            return PLACE_NONE;
        slot = slot_of(places->slots, places->bits, places->run, key);
    }
    *slot = (struct place_slot){.key = key, .run = places->run, .number = places->count};
    return places->count++;
}
