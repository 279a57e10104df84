/* shadow.c -- cells of marks, found by granule. */
#include "check/shadow.h"

#include "base/memory.h"
#include "check/crowd.h"

#include <stdlib.h>
#include <string.h>

enum { CHUNK_BITS = 8, CHUNK = 1 << CHUNK_BITS };

struct shadow_chunk {
    uint64_t granules[CHUNK]; /* of which granule each cell is */
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
    shadow->hashed.count = shadow->direct.count = 0;
    region_clear(&shadow->outside);
    shadow->words = NULL;
}

static void free_cells(struct shadow_cells *cells)
{
    for (uint32_t i = 0; i < cells->nchunks; i++)
        free(cells->chunks[i]);
    free(cells->chunks);
}

void shadow_release(struct shadow *shadow)
{
    free_cells(&shadow->hashed);
    free_cells(&shadow->direct);
    places_release(&shadow->granules);
    region_release(&shadow->outside);
    *shadow = (struct shadow){0};
}

static bool add_chunk(struct shadow_cells *cells)
{
    /* one array of pointers for every power of two of chunks */
    if ((cells->nchunks & (cells->nchunks - 1)) == 0) {
        size_t room = cells->nchunks ? 2 * (size_t)cells->nchunks : 1;
        struct shadow_chunk **chunks = memory_resize(cells->chunks, room * sizeof *chunks);
        if (!chunks)
            return false;
        cells->chunks = chunks;
    }
    cells->chunks[cells->nchunks] = aligned_alloc(64, sizeof(struct shadow_chunk));
    if (!cells->chunks[cells->nchunks])
        return false;
    cells->nchunks++;
    return true;
}

/* The granule's cell if that is its number, or the next number. */
static struct shadow_cell *cell_of(struct shadow_cells *cells, uint32_t number, uint64_t granule)
{
    struct shadow_chunk *chunk = cells->chunks[number >> CHUNK_BITS];
    struct shadow_cell *cell = &chunk->cells[number & (CHUNK - 1)];
    uint64_t *is = &chunk->granules[number & (CHUNK - 1)];

    if (number < cells->count)
        return *is == granule ? cell : NULL;
    cells->count++;
    *is = granule;
    cell->count = 0;
    cell->cap = SHADOW_MARKS_INSIDE;
    cell->recent = cell->contested = 0;
    return cell;
}

/* Numbers of earlier runs are still there: a number is right when its cell says so (Briggs &
 * Torczon, "An Efficient Representation for Sparse Sets", 1993). */
static struct shadow_cell *find_direct(struct shadow_cells *cells, uint32_t *number,
                                       uint64_t granule)
{
    struct shadow_cell *cell = *number < cells->count ? cell_of(cells, *number, granule) : NULL;

    return cell ? cell : cell_of(cells, *number = cells->count, granule);
}

struct shadow_cell *shadow_find(struct shadow *shadow, uint64_t granule)
{
    const struct shadow_span *span = shadow_span(shadow, granule * SHADOW_GRANULE);
    struct shadow_cells *cells = span ? &shadow->direct : &shadow->hashed;
    int64_t number;

    if (cells->count >> CHUNK_BITS >= cells->nchunks && !add_chunk(cells))
        return NULL;
    if (span)
        return find_direct(cells, &span->cells[granule - span->where / SHADOW_GRANULE], granule);
    number = places_number(&shadow->granules, granule);
    return number == PLACE_NONE ? NULL : cell_of(cells, (uint32_t)number, granule);
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
