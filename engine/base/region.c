/* region.c -- memory that is freed all at once. */
#include "base/region.h"

#include "base/memory.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

struct region_chunk {
    struct region_chunk *next;
    size_t size; /* of bytes */
    size_t used; /* valid once another has become the current one */
    alignas(max_align_t) unsigned char bytes[];
};

enum { CHUNK_SIZE = 64 * 1024 };

void *region_alloc(struct region *region, size_t size)
{
    struct region_chunk *chunk = region->current;
    size_t want = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    void *at;

    if (memory_refused())
        return NULL;
    while (chunk && chunk->size - region->used < want && chunk->next) {
        chunk->used = region->used;
        chunk = region->current = chunk->next;
        region->used = 0;
    }
    if (!chunk || chunk->size - region->used < want) {
        size_t bytes = want > CHUNK_SIZE ? want : CHUNK_SIZE;
        struct region_chunk *fresh = malloc(sizeof *fresh + bytes);

        if (!fresh)
            return NULL;
        fresh->size = bytes;
        fresh->next = NULL;
        if (chunk) {
            chunk->used = region->used;
            chunk->next = fresh;
        } else {
            region->first = fresh;
        }
        region->current = fresh;
        region->used = 0;
    }
    at = region->current->bytes + region->used;
    region->used += want;
    return memset(at, 0, want);
}

void region_visit(const struct region *region, void (*piece)(void *arg, const void *at, size_t size),
                  void *arg)
{
    const struct region_chunk *chunk = region->first;

    if (!chunk)
        return;
    for (; chunk != region->current; chunk = chunk->next)
        piece(arg, chunk->bytes, chunk->used);
    piece(arg, chunk->bytes, region->used);
}

void region_clear(struct region *region)
{
    region->current = region->first;
    region->used = 0;
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
