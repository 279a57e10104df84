/* region.c -- memory that is freed all at once. */
#include "base/region.h"

#include "base/memory.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_SIZE = 64 * 1024, ALIGN = alignof(max_align_t), PER_WORD = 64 * ALIGN };

/* size: a multiple of PER_WORD.  In starts are size / ALIGN bits.  Behind `used` all is zero: to
 * zero what was used at once is cheaper than each block by itself. */
struct region_chunk {
    struct region_chunk *next;
    size_t size, used;
    uint64_t *starts;
    alignas(max_align_t) unsigned char bytes[];
};

static void empty(struct region_chunk *chunk)
{
    memset(chunk->bytes, 0, chunk->used);
    memset(chunk->starts, 0, (chunk->used + PER_WORD - 1) / PER_WORD * sizeof *chunk->starts);
    chunk->used = 0;
}

static struct region_chunk *chunk_new(size_t want)
{
    size_t bytes = want > CHUNK_SIZE ? (want + PER_WORD - 1) / PER_WORD * PER_WORD : CHUNK_SIZE;
    struct region_chunk *chunk =
        calloc(1, sizeof *chunk + bytes + bytes / PER_WORD * sizeof *chunk->starts);

    if (!chunk)
        return NULL;
    chunk->size = bytes;
    chunk->starts = (uint64_t *)(chunk->bytes + bytes);
    return chunk;
}

/* The next chunk with room becomes the current one; NULL: out of memory. */
static struct region_chunk *next_chunk(struct region *region, size_t want)
{
    struct region_chunk *chunk = region->current, *fresh;

    while (chunk && chunk->size - chunk->used < want && chunk->next) {
        chunk = region->current = chunk->next;
        empty(chunk);
    }
    if (chunk && chunk->size - chunk->used >= want)
        return chunk;
    fresh = chunk_new(want);
    if (!fresh)
        return NULL;
    if (chunk)
        chunk->next = fresh;
    else
        region->first = fresh;
    return region->current = fresh;
}

void *region_alloc(struct region *region, size_t size)
{
    struct region_chunk *chunk = region->current;
    size_t want = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1), at;

    if (memory_refused())
        return NULL;
    if (!chunk || chunk->size - chunk->used < want) {
        chunk = next_chunk(region, want);
        if (!chunk)
            return NULL;
    }
    at = chunk->used;
    chunk->used += want;
    if (want)
        chunk->starts[at / PER_WORD] |= (uint64_t)1 << at % PER_WORD / ALIGN;
    return chunk->bytes + at;
}

void region_clear(struct region *region)
{
    region->current = region->first;
    if (region->first)
        empty(region->first);
}

void region_release(struct region *region)
{
    while (region->first) {
        struct region_chunk *next = region->first->next;

        free(region->first);
        region->first = next;
    }
    *region = (struct region){0};
}

/* --- what is where --------------------------------------------------------- */

static struct region_part part_of(const struct region_chunk *chunk)
{
    return chunk ? (struct region_part){chunk, chunk->bytes, chunk->bytes + chunk->used}
                 : (struct region_part){0};
}

struct region_part region_first(const struct region *region)
{
    return part_of(region->first);
}

struct region_part region_next(const struct region *region, struct region_part part)
{
    return part_of(part.chunk == region->current ? NULL : part.chunk->next);
}

/* The first bit that is set at or behind one; `end` when none is before that. */
static size_t next_start(const uint64_t *starts, size_t bit, size_t end)
{
    while (bit < end) {
        uint64_t rest = starts[bit / 64] >> bit % 64;

        if (rest) {
            bit += (size_t)__builtin_ctzll(rest);
            return bit < end ? bit : end;
        }
        bit = (bit / 64 + 1) * 64;
    }
    return end;
}

const void *region_block(struct region_part part, const void *at, size_t *size)
{
    const uint64_t *starts = part.chunk->starts;
    size_t bit = (size_t)((const unsigned char *)at - part.start) / ALIGN, word = bit / 64;
    uint64_t before = starts[word] & ~(uint64_t)0 >> (63 - bit % 64);

    while (!before) /* the first block begins with the chunk */
        before = starts[--word];
    bit = word * 64 + 63 - (size_t)__builtin_clzll(before);
    *size = (next_start(starts, bit + 1, (size_t)(part.end - part.start) / ALIGN) - bit) * ALIGN;
    return part.start + bit * ALIGN;
}
