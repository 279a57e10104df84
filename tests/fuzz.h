/* fuzz.h -- what the drivers that feed readers with broken texts share.
 *
 * Texts are drawn from a seed, so a number names one for ever.  `-seconds N` in place of a count goes on
 * so long: the only clock in the tests, for who looks for more than the suite has time for.
 */
#ifndef BRAID_TESTS_FUZZ_H
#define BRAID_TESTS_FUZZ_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint64_t fuzz_state;

/* A number below n; 0 for n = 0 (Marsaglia, Xorshift RNGs, 2003). */
static inline size_t draw(size_t n)
{
    fuzz_state ^= fuzz_state << 13;
    fuzz_state ^= fuzz_state >> 7;
    fuzz_state ^= fuzz_state << 17;
    return n ? (size_t)(fuzz_state % n) : 0;
}

struct fuzz {
    unsigned long count, seed; /* count 0: until the deadline */
    time_t deadline;
    unsigned long done;
};

/* Reads "[-seconds] N SEED" at argv[1]; how many arguments they were. */
static inline int fuzz_begin(struct fuzz *fuzz, char **argv)
{
    bool timed = strcmp(argv[1], "-seconds") == 0;

    *fuzz = (struct fuzz){.seed = strtoul(argv[2 + timed], NULL, 10)};
    if (timed)
        fuzz->deadline = time(NULL) + atol(argv[2]);
    else
        fuzz->count = strtoul(argv[1], NULL, 10);
    return 2 + timed;
}

/* Whether there is another text to be drawn; its number in *number. */
static inline bool fuzz_next(struct fuzz *fuzz, unsigned long *number)
{
    if (fuzz->deadline ? fuzz->done % 64 == 0 && time(NULL) >= fuzz->deadline
                       : fuzz->done >= fuzz->count)
        return false;
    *number = fuzz->seed + fuzz->done++;
    fuzz_state = *number * 0x9e3779b97f4a7c15u + 1;
    return true;
}

#endif
