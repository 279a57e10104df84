/* numbering.h -- numbers of goroutines and objects that are the same in all runs.
 *
 * Ids go by the order of creation, so the same goroutine may have another id in another
 * interleaving; keys (run_object_key, run_goroutine_key) stay.  Numbers are given to keys in the
 * order in which they are first met, from 1, and never change.
 */
#ifndef BRAID_EXPLORE_NUMBERING_H
#define BRAID_EXPLORE_NUMBERING_H

#include <stdbool.h>
#include <stdint.h>

struct numbering {
    struct numbered { uint64_t key; uint32_t number; } *slots; /* a table of 2^n, open addressing */
    uint32_t room, count;
    uint32_t *by_id; /* of this run: number, 0: not met yet */
    uint32_t by_id_cap;
};

void numbering_release(struct numbering *self);

/* Another run begins: ids mean something else. */
void numbering_begin(struct numbering *self);

/* The number of the key that has this id in this run; 0: out of memory. */
uint32_t numbering_add(struct numbering *self, uint32_t id, uint64_t key);

/* The number of a key; 0: out of memory. */
uint32_t numbering_number(struct numbering *self, uint64_t key);

/* The number of an id met in this run before, or 0. */
static inline uint32_t numbering_met(const struct numbering *self, uint32_t id)
{
    return id < self->by_id_cap ? self->by_id[id] : 0;
}

#endif
