/* reach.c -- what of a run can still be reached. */
#include "rt/reach.h"

#include "base/memory.h"
#include "rt/run.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_MARKS = 256 }; /* a power of two */

void reach_release(struct reach *reach)
{
    free(reach->parts);
    free(reach->marks);
    free(reach->todo);
    *reach = (struct reach){0};
}

/* --- the set of marks ------------------------------------------------------ */

/* Where it is, or would be put. */
static size_t slot_of(const struct reach *reach, uintptr_t mark)
{
    size_t mask = reach->marks_cap - 1;
    size_t at = (size_t)((uint64_t)mark * 0x9E3779B97F4A7C15u >> 32) & mask;

    while (reach->marks[at] && reach->marks[at] != mark)
        at = (at + 1) & mask;
    return at;
}

static bool grow(struct reach *reach)
{
    size_t cap = reach->marks_cap ? 2 * reach->marks_cap : FIRST_MARKS, old = reach->marks_cap;
    uintptr_t *marks = memory_zeroed(cap, sizeof *marks), *before = reach->marks;

    if (!marks)
        return false;
    reach->marks = marks;
    reach->marks_cap = cap;
    for (size_t i = 0; i < old; i++)
        if (before[i])
            marks[slot_of(reach, before[i])] = before[i];
    free(before);
    return true;
}

bool reach_first(struct reach *reach, const void *at)
{
    size_t slot;

    if (reach->all)
        return false;
    if (2 * reach->nmarks >= reach->marks_cap && !grow(reach)) {
        reach->all = true;
        return false;
    }
    slot = slot_of(reach, (uintptr_t)at);
    if (reach->marks[slot])
        return false;
    reach->marks[slot] = (uintptr_t)at;
    reach->nmarks++;
    return true;
}

/* --- blocks of the run ----------------------------------------------------- */

static int by_address(const void *a, const void *b)
{
    const struct region_part *x = a, *y = b;

    return (x->start > y->start) - (x->start < y->start);
}

static bool note_parts(struct reach *reach)
{
    const struct region *objects = &reach->run->objects;
    struct region_part part;

    reach->nparts = 0;
    for (part = region_first(objects); part.chunk; part = region_next(objects, part)) {
        if (reach->nparts == reach->parts_cap) {
            size_t cap = reach->parts_cap ? 2 * reach->parts_cap : 8;
            struct region_part *more = memory_resize(reach->parts, cap * sizeof *more);

            if (!more)
                return false;
            reach->parts = more;
            reach->parts_cap = cap;
        }
        reach->parts[reach->nparts++] = part;
    }
    if (reach->nparts > 1)
        qsort(reach->parts, reach->nparts, sizeof *reach->parts, by_address);
    return true;
}

/* The part that an address lies in; NULL: none. */
static const struct region_part *part_of(const struct reach *reach, uintptr_t at)
{
    size_t low = 0, high = reach->nparts;

    if (high == 0 || at < (uintptr_t)reach->parts[0].start ||
        at >= (uintptr_t)reach->parts[high - 1].end)
        return NULL;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;

        if (at >= (uintptr_t)reach->parts[middle].start)
            low = middle;
        else
            high = middle;
    }
    return at < (uintptr_t)reach->parts[low].end ? &reach->parts[low] : NULL;
}

/* --- marking --------------------------------------------------------------- */

static void later(struct reach *reach, const void *at, size_t size, bool block)
{
    if (reach->ntodo == reach->todo_cap) {
        size_t cap = reach->todo_cap ? 2 * reach->todo_cap : 64;
        struct reach_span *more = memory_resize(reach->todo, cap * sizeof *more);

        if (!more) {
            reach->all = true;
            return;
        }
        reach->todo = more;
        reach->todo_cap = cap;
    }
    reach->todo[reach->ntodo++] = (struct reach_span){at, size, block};
}

void reach_later(struct reach *reach, const void *at, size_t size)
{
    later(reach, at, size, false);
}

void reach_word(struct reach *reach, uintptr_t word)
{
    const struct region_part *part = part_of(reach, word);
    const void *block;
    size_t size;

    reach->work++;
    if (!part) {
        if (reach->face->word)
            reach->face->word(reach, word);
        return;
    }
    block = region_block(*part, (const void *)word, &size);
    if (reach_first(reach, block))
        later(reach, block, size, true);
}

/* Stacks are read whole, between variables too. */
__attribute__((no_sanitize("address")))
void reach_words(struct reach *reach, const void *from, const void *to)
{
    uintptr_t at = ((uintptr_t)from + sizeof at - 1) & ~(uintptr_t)(sizeof at - 1);

    for (; at + sizeof at <= (uintptr_t)to && !reach->all; at += sizeof at)
        reach_word(reach, *(const uintptr_t *)at);
}

static void read_all(struct reach *reach)
{
    while (reach->ntodo > 0 && !reach->all) {
        struct reach_span span = reach->todo[--reach->ntodo];

        if (span.block && reach->face->block)
            reach->face->block(reach, span.at, span.size);
        reach_words(reach, span.at, span.at + span.size);
    }
}

void reach_begin(struct reach *reach, struct run *run)
{
    reach->run = run;
    reach->face = run->reaches;
    reach->all = false;
    reach->nmarks = reach->ntodo = 0;
    if (reach->marks)
        memset(reach->marks, 0, reach->marks_cap * sizeof *reach->marks);
    if (!note_parts(reach))
        reach->all = true;
    if (reach->face->begin)
        reach->face->begin(reach);
    for (const struct goroutine *g = run->live; g; g = g->next)
        reach_first(reach, g);
    for (const struct goroutine *g = run->dead; g; g = g->next_ready)
        reach_first(reach, g);
    for (size_t i = 0; i < run->timers.count; i++)
        reach_word(reach, (uintptr_t)run->timers.at[i]);
    reach_word(reach, (uintptr_t)run->signals);
    reach_word(reach, (uintptr_t)run->network);
    reach->face->globals(reach);
    read_all(reach);
}

void reach_end(struct reach *reach)
{
    if (reach->face->end)
        reach->face->end(reach);
}

void reach_goroutine(struct reach *reach, struct goroutine *g)
{
    reach_word(reach, (uintptr_t)g->entry);
    reach_word(reach, (uintptr_t)g->arg);
    reach_word(reach, (uintptr_t)g->face);
    reach_word(reach, (uintptr_t)g->deferred);
    reach_word(reach, (uintptr_t)g->panic);
    reach->face->goroutine(reach, g);
    read_all(reach);
}

bool reach_has(const struct reach *reach, const void *at)
{
    const struct region_part *part = part_of(reach, (uintptr_t)at);
    size_t size;

    if (part)
        at = region_block(*part, at, &size);
    return reach->all || (reach->marks && reach->marks[slot_of(reach, (uintptr_t)at)]);
}
