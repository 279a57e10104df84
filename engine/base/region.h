/* region.h -- memory that is freed all at once.
 *
 * Bump allocation from chunks; clearing keeps the chunks for the next use, so
 * a run that follows another allocates nothing.
 */
#ifndef BRAID_BASE_REGION_H
#define BRAID_BASE_REGION_H

#include <stddef.h>

struct region_chunk;

struct region {
    struct region_chunk *first, *current;
    size_t used; /* of current */
};

/* A zeroed region is ready to use. */

/* Zeroed memory, aligned for anything; NULL: out of memory. */
void *region_alloc(struct region *region, size_t size);

/* Tells of all memory that was given out, in few pieces, each aligned for anything. */
void region_visit(const struct region *region, void (*piece)(void *arg, const void *at, size_t size),
                  void *arg);

void region_clear(struct region *region);
void region_release(struct region *region);

#endif
