/* shadow.c -- cells of marks, found by granule. */
#include "check/shadow.h"

#include "base/memory.h"
#include "check/crowd.h"

#include <stdlib.h>
#include <string.h>

enum { CHUNK_BITS = 8, CHUNK = 1 << CHUNK_BITS };

struct shadow_chunk {
    struct shadow_cell cells[CHUNK];
};

void shadow_clear(struct shadow *shadow)
{
    memset(shadow->near, 0, (shadow->near_mask + 1) * sizeof shadow->near[0]);
    shadow->near_mask = 0;
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
        cell->count = 0;
        cell->cap = SHADOW_MARKS_INSIDE;
        cell->recent = cell->contested = 0;
    }
    return cell;
}

struct shadow_cell *shadow_find_near(struct shadow *shadow, uint64_t granule)
{
    struct shadow_cell *cell = shadow_find(shadow, granule);
    uint32_t slots = shadow->near_mask + 1, at;

    if (shadow->granules.count > slots && slots < SHADOW_NEAR) {
        uint32_t more = slots < SHADOW_NEAR_LEAST ? SHADOW_NEAR_LEAST : 2 * slots;

        memset(shadow->near + slots, 0, (more - slots) * sizeof shadow->near[0]);
        shadow->near_mask = more - 1;
    }
    at = shadow_near_slot(shadow, granule);
    shadow->near[at].granule = granule;
    shadow->near[at].cell = cell;
    return cell;
}

static bool make_room(struct shadow *shadow, struct shadow_cell *cell)
{
    uint8_t cap = (uint8_t)(cell->cap == SHADOW_MARKS_INSIDE ? 8 : 2 * cell->cap);
    struct shadow_mark *marks = region_alloc(&shadow->outside, cap * sizeof *marks);
    struct shadow_crowd *crowd = shadow_crowd(cell);

    if (!marks)
        return false;
    memcpy(marks, shadow_marks(cell), cell->count * sizeof *marks);
    cell->outside = (struct shadow_outside){marks, crowd};
    cell->cap = cap;
    return true;
}

/* The cell's plain reads become a crowd. */
static bool gather(struct shadow *shadow, struct shadow_cell *cell)
{
    struct shadow_crowd *crowd = crowd_new(&shadow->outside);
    struct shadow_mark *marks = shadow_marks(cell);

    if (!crowd)
        return false;
    cell->outside.crowd = crowd;
    for (uint32_t i = cell->count; i-- > 0;)
        if (shadow_plain_read(&marks[i])) {
            crowd_add(crowd, &marks[i]);
            shadow_remove(cell, i);
        }
    return true;
}

bool shadow_add(struct shadow *shadow, struct shadow_cell *cell, const struct shadow_mark *mark)
{
    if (shadow_plain_read(mark)) {
        if (cell->count >= SHADOW_MARKS_FEW && !shadow_crowd(cell) && !gather(shadow, cell))
            return false;
        if (shadow_crowd(cell)) {
            crowd_add(cell->outside.crowd, mark);
            return true;
        }
    }
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
