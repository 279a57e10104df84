/* crowd.c -- the plain reads of one granule by many goroutines: a hash. */
#include "check/crowd.h"

enum { LEAST_BITS = 6 };

static struct shadow_crowd *of_bits(struct region *region, uint32_t bits)
{
    size_t size = sizeof(struct shadow_crowd) + (sizeof(struct shadow_mark) << bits);
    struct shadow_crowd *crowd = region_alloc(region, size);

    if (crowd)
        crowd->bits = bits;
    return crowd;
}

struct shadow_crowd *crowd_new(struct region *region)
{
    return of_bits(region, LEAST_BITS);
}

void crowd_add(struct shadow_crowd *crowd, const struct shadow_mark *mark)
{
    uint32_t last = (1u << crowd->bits) - 1, slot = crowd_slot(crowd, mark->g);

    while (crowd->slots[slot].g != 0 &&
           (crowd->slots[slot].g != mark->g || crowd->slots[slot].mask != 0))
        slot = (slot + 1) & last;
    crowd->used += crowd->slots[slot].g == 0;
    crowd->slots[slot] = *mark;
    crowd->mask |= mark->mask;
}

/* Takes out every mark and puts those back that are not gone.  Each finds a slot that lies no
 * farther than the one it had, for all between its own first one and that have been gone through,
 * as it begins behind an empty one. */
static void sweep(struct shadow_crowd *crowd)
{
    uint32_t last = (1u << crowd->bits) - 1, begin = 0;

    while (crowd->slots[begin].g != 0)
        begin++;
    crowd->used = crowd->mask = 0;
    for (uint32_t i = 1; i <= last; i++) {
        struct shadow_mark *slot = &crowd->slots[(begin + i) & last], mark = *slot;

        *slot = (struct shadow_mark){0};
        if (mark.mask != 0)
            crowd_add(crowd, &mark);
    }
}

bool crowd_settle(struct region *region, struct shadow_crowd **crowd)
{
    struct shadow_crowd *old = *crowd;
    uint32_t live = 0, slots = 1u << old->bits, bits = LEAST_BITS;

    for (uint32_t i = 0; i < slots; i++)
        live += old->slots[i].mask != 0;
    while (live > (1u << bits) / 2)
        bits++;
    if (live == 0) {
        *crowd = NULL;
    } else if (bits == old->bits || (bits < old->bits && live >= slots / 8)) {
        sweep(old);
    } else {
        if (!(*crowd = of_bits(region, bits)))
            return false;
        for (uint32_t i = 0; i < slots; i++)
            if (old->slots[i].mask != 0)
                crowd_add(*crowd, &old->slots[i]);
    }
    return true;
}
