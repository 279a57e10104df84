/* chance.h -- seeded numbers for strategies: the same seed, the same numbers, for ever.
 *
 * SplitMix64 (Steele, Lea & Flood, OOPSLA 2014): a counter and a mixing function, so
 * that each run of a seed has a stream of its own, found without the runs before it.
 */
#ifndef BRAID_EXPLORE_CHANCE_H
#define BRAID_EXPLORE_CHANCE_H

#include <stdint.h>

struct chance {
    uint64_t state;
};

static inline uint64_t chance_next(struct chance *chance)
{
    uint64_t z = chance->state += 0x9E3779B97F4A7C15u;

    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

/* The stream of run `run` (from 0) of a seed. */
static inline struct chance chance_of(uint64_t seed, uint64_t run)
{
    struct chance chance = {seed};

    /* mixed twice, or run k+1 of a seed would be run k shifted by one */
    chance.state = chance_next(&chance) + run;
    chance.state = chance_next(&chance);
    return chance;
}

/* Uniform in 0..n-1; n >= 1.  (Lemire, "Fast Random Integer Generation in an
 * Interval", 2019.) */
static inline uint32_t chance_below(struct chance *chance, uint32_t n)
{
    uint64_t product = (chance_next(chance) >> 32) * n;

    if ((uint32_t)product < n)
        while ((uint32_t)product < -n % n)
            product = (chance_next(chance) >> 32) * n;
    return (uint32_t)(product >> 32);
}

#endif
