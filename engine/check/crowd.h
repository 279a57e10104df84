/* crowd.h -- the plain reads of one granule by more goroutines than a cell has room for.
 *
 * A variable that is not written any more may be read by every goroutine there is.  Two reads are
 * no race: a reader looks for its own marks alone, and only the next write looks at all, and takes
 * them away.  So a read costs the same beside 20 readers and beside 100,000.  (FastTrack keeps a
 * vector of reads for that, Flanagan & Freund, PLDI 2009; ours has an entry for who did read.)
 *
 * A hash by goroutine with linear probing, at most three quarters full.  The mark of a slot is gone
 * when its mask is 0; the slot is empty when its g is, too.
 */
#ifndef BRAID_CHECK_CROWD_H
#define BRAID_CHECK_CROWD_H

#include "check/shadow.h"

struct shadow_crowd {
    uint32_t bits;  /* 1 << bits slots */
    uint32_t used;  /* that are not empty */
    uint8_t mask;   /* bytes that were read, perhaps others */
    struct shadow_mark slots[];
};

/* One of no marks; NULL: memory ran out. */
struct shadow_crowd *crowd_new(struct region *region);

/* Whether it takes no mark more before it is settled. */
static inline bool crowd_full(const struct shadow_crowd *crowd)
{
    return crowd->used >= (3u << crowd->bits) / 4;
}

/* Where a goroutine's slots may begin: Fibonacci hashing (Knuth 6.4). */
static inline uint32_t crowd_slot(const struct shadow_crowd *crowd, uint32_t g)
{
    return g * 0x9E3779B1u >> (32 - crowd->bits);
}

/* Adds a copy; it must not be full. */
void crowd_add(struct shadow_crowd *crowd, const struct shadow_mark *mark);

/* After marks went, or when it is full: gets rid of their slots, and has a fitting number of them;
 * *crowd is another then, or NULL when no mark is left.  False: memory ran out. */
bool crowd_settle(struct region *region, struct shadow_crowd **crowd);

/* The slots of a goroutine, one after the other, of marks that are gone, too; NULL: no more. */
static inline struct shadow_mark *crowd_from(struct shadow_crowd *crowd, uint32_t slot, uint32_t g)
{
    uint32_t last = (1u << crowd->bits) - 1;

    for (slot &= last; crowd->slots[slot].g != 0; slot = (slot + 1) & last)
        if (crowd->slots[slot].g == g)
            return &crowd->slots[slot];
    return NULL;
}

static inline struct shadow_mark *crowd_first(struct shadow_crowd *crowd, uint32_t g)
{
    return crowd_from(crowd, crowd_slot(crowd, g), g);
}

static inline struct shadow_mark *crowd_next(struct shadow_crowd *crowd,
                                             const struct shadow_mark *mark)
{
    return crowd_from(crowd, (uint32_t)(mark - crowd->slots) + 1, mark->g);
}

#endif
