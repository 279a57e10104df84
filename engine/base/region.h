/* region.h -- memory that is freed all at once.
 *
 * Bump allocation from chunks; clearing keeps the chunks for the next use, so
 * a run that follows another allocates nothing.  Where each block begins is noted, a bit for each
 * place one could: so the block that an address lies in can be found.
 */
#ifndef BRAID_BASE_REGION_H
#define BRAID_BASE_REGION_H

#include <stddef.h>

struct region_chunk;

struct region {
    struct region_chunk *first, *current;
};

/* A zeroed region is ready to use. */

/* Zeroed memory, aligned for anything; NULL: out of memory. */
void *region_alloc(struct region *region, size_t size);

void region_clear(struct region *region);
void region_release(struct region *region);

/* The bytes of a region that are in use, chunk by chunk. */
struct region_part {
    const struct region_chunk *chunk; /* NULL: there are no more */
    const unsigned char *start, *end;
};

struct region_part region_first(const struct region *region);
struct region_part region_next(const struct region *region, struct region_part part);

/* The block that an address of a part lies in, and its size: never less than was asked for. */
const void *region_block(struct region_part part, const void *at, size_t *size);

#endif
