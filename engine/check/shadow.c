/* shadow.c -- cells of marks, found by granule. */
#include "check/shadow.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { CHUNK_BITS = 8, CHUNK = 1 << CHUNK_BITS };

struct shadow_chunk {
    uint64_t granules[CHUNK]; /* of which granule each cell is */
    struct shadow_cell cells[CHUNK];
};

void shadow_clear(struct shadow *shadow)
{
    memset(shadow->near, 0, sizeof shadow->near);
    for (uint32_t i = 0; i < SHADOW_RECENT / 64; i++)
        for (; shadow->rows[i]; shadow->rows[i] &= shadow->rows[i] - 1)
            memset(shadow->recent[64 * i + (uint32_t)__builtin_ctzll(shadow->rows[i])], 0,
                   sizeof shadow->recent[0]);
    places_clear(&shadow->granules);
    region_clear(&shadow->outside);
    shadow->words = NULL;
}

void shadow_release(struct shadow *shadow)
{
    for (uint32_t i = 0; i < shadow->nchunks; i++)
        free(shadow->chunks[i]);
    free(shadow->chunks);
    places_release(&shadow->granules);
    region_release(&shadow->outside);
    *shadow = (struct shadow){0};
}

static bool add_chunk(struct shadow *shadow)
{
    /* one array of pointers for every power of two of chunks */
    if ((shadow->nchunks & (shadow->nchunks - 1)) == 0) {
        size_t room = shadow->nchunks ? 2 * (size_t)shadow->nchunks : 1;
        struct shadow_chunk **chunks = memory_resize(shadow->chunks, room * sizeof *chunks);
        if (!chunks)
            return false;
        shadow->chunks = chunks;
    }
    shadow->chunks[shadow->nchunks] = aligned_alloc(64, sizeof(struct shadow_chunk));
    if (!shadow->chunks[shadow->nchunks])
        return false;
    shadow->nchunks++;
    return true;
}

struct shadow_cell *shadow_find(struct shadow *shadow, uint64_t granule)
{
    uint32_t before = shadow->granules.count;
    struct shadow_chunk *chunk;
    struct shadow_cell *cell;
    int64_t number;

    if (before >> CHUNK_BITS >= shadow->nchunks && !add_chunk(shadow))
        return NULL;
    number = places_number(&shadow->granules, granule);
    if (number == PLACE_NONE)
        return NULL;
    chunk = shadow->chunks[number >> CHUNK_BITS];
    cell = &chunk->cells[number & (CHUNK - 1)];
    if (before != shadow->granules.count) {
        chunk->granules[number & (CHUNK - 1)] = granule;
        cell->count = 0;
        cell->cap = SHADOW_MARKS_INSIDE;
        cell->recent = cell->contested = 0;
    }
    return cell;
}

static bool make_room(struct shadow *shadow, struct shadow_cell *cell)
{
    uint8_t cap = (uint8_t)(cell->cap == SHADOW_MARKS_INSIDE ? 8 : 2 * cell->cap);
    struct shadow_mark *marks = region_alloc(&shadow->outside, cap * sizeof *marks);

    if (!marks)
        return false;
    memcpy(marks, shadow_marks(cell), cell->count * sizeof *marks);
    cell->outside.marks = marks;
    cell->cap = cap;
    return true;
}

bool shadow_add(struct shadow *shadow, struct shadow_cell *cell, const struct shadow_mark *mark)
{
    if (cell->count == SHADOW_MARKS_MAX)
        cell->count--;
    else if (cell->count == cell->cap && !make_room(shadow, cell))
        return false;
    shadow_marks(cell)[cell->count++] = *mark;
    return true;
}

void shadow_remove(struct shadow_cell *cell, uint32_t i)
{
    struct shadow_mark *marks = shadow_marks(cell);

    marks[i] = marks[--cell->count];
}

static void forget_bytes(struct shadow *shadow, uint64_t granule, struct shadow_cell *cell,
                         uint8_t mask)
{
    struct shadow_mark *marks = shadow_marks(cell);

    shadow_unlearn(shadow, cell);
    shadow_unsay(shadow, granule);
    for (uint32_t i = cell->count; i-- > 0;) {
        marks[i].mask &= (uint8_t)~mask;
        if (marks[i].mask == 0)
            shadow_remove(cell, i);
    }
}

static struct shadow_cell *cell_number(const struct shadow *shadow, uint64_t number)
{
    return &shadow->chunks[number >> CHUNK_BITS]->cells[number & (CHUNK - 1)];
}

void shadow_forget(struct shadow *shadow, uint64_t where, uint64_t size)
{
    uint64_t first = where / SHADOW_GRANULE, last, end = where + size;

    if (size == 0)
        return;
    last = (end - 1) / SHADOW_GRANULE;
    if (last - first >= shadow->granules.count) {
        /* a large block: cheaper to look at every cell there is */
        for (uint64_t i = 0; i < shadow->granules.count; i++) {
            uint64_t granule = shadow->chunks[i >> CHUNK_BITS]->granules[i & (CHUNK - 1)];
            if (granule >= first && granule <= last)
                forget_bytes(shadow, granule, cell_number(shadow, i),
                             shadow_bytes(granule, where, end));
        }
        return;
    }
    for (uint64_t granule = first; granule <= last; granule++) {
        int64_t number = places_find(&shadow->granules, granule);
        if (number != PLACE_NONE)
            forget_bytes(shadow, granule, cell_number(shadow, (uint64_t)number),
                         shadow_bytes(granule, where, end));
    }
}
