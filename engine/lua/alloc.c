/* alloc.c -- size classes over a reservation, and slots for tables. */
#include "lua/alloc.h"

#include "base/memory.h"

#include <lua.h>

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { GRAIN = 16 };

static void *reserve(size_t size)
{
    void *at = mmap(NULL, size, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    return at == MAP_FAILED ? NULL : at;
}

bool alloc_init(struct alloc *alloc, size_t limit)
{
    *alloc = (struct alloc){.limit = limit, .table_slots = ALLOC_TABLES};
    alloc->reserved = 4 * limit + (64 << 20); /* freed blocks of other classes lie idle */
    alloc->base = reserve(alloc->reserved);
    alloc->tables = reserve((size_t)ALLOC_TABLES * ALLOC_TABLE);
    if (!alloc->base || !alloc->tables) {
        alloc_release(alloc);
        return false;
    }
    return true;
}

void alloc_release(struct alloc *alloc)
{
    if (alloc->base)
        munmap(alloc->base, alloc->reserved);
    if (alloc->tables)
        munmap(alloc->tables, (size_t)ALLOC_TABLES * ALLOC_TABLE);
    free(alloc->image);
    *alloc = (struct alloc){0};
}

bool alloc_keep(struct alloc *alloc)
{
    size_t slots = (size_t)alloc->now.table_top * ALLOC_TABLE;

    alloc->image = malloc(alloc->now.top + slots);
    if (!alloc->image)
        return false;
    memcpy(alloc->image, alloc->base, alloc->now.top);
    memcpy(alloc->image + alloc->now.top, alloc->tables, slots);
    alloc->kept = alloc->now;
    return true;
}

void alloc_reset(struct alloc *alloc)
{
    alloc->now = alloc->kept;
    memcpy(alloc->base, alloc->image, alloc->kept.top);
    memcpy(alloc->tables, alloc->image + alloc->kept.top,
           (size_t)alloc->kept.table_top * ALLOC_TABLE);
}

/* The class of a size, and the bytes its blocks have. */
static unsigned class_of(size_t size, size_t *rounded)
{
    unsigned power, quarter;

    if (size <= (size_t)ALLOC_SMALL * GRAIN) {
        unsigned class = (unsigned)((size + GRAIN - 1) / GRAIN) - 1;

        *rounded = ((size_t)class + 1) * GRAIN;
        return class;
    }
    power = 63 - (unsigned)__builtin_clzll(size - 1);
    quarter = (unsigned)((size - 1) >> (power - 2)) & 3;
    *rounded = ((size_t)quarter + 5) << (power - 2);
    return ALLOC_SMALL + (power - 10) * 4 + quarter;
}

static void give(struct alloc *alloc, void *block, size_t size)
{
    size_t rounded;
    unsigned class;

    if (alloc_table_id(alloc, block))
        return; /* lest a new table be taken for this one */
    class = class_of(size, &rounded);
    *(void **)block = alloc->now.free[class];
    alloc->now.free[class] = block;
}

static void *take(struct alloc *alloc, size_t size)
{
    size_t rounded;
    unsigned class = class_of(size, &rounded);
    void *block = alloc->now.free[class];

    if (block) {
        alloc->now.free[class] = *(void **)block;
        return block;
    }
    if (rounded > alloc->reserved - alloc->now.top)
        return NULL;
    block = alloc->base + alloc->now.top;
    alloc->now.top += rounded;
    return block;
}

static void *take_slot(struct alloc *alloc)
{
    if (alloc->now.table_top == alloc->table_slots)
        return NULL;
    return alloc->tables + (size_t)alloc->now.table_top++ * ALLOC_TABLE;
}

void *alloc_lua(void *context, void *block, size_t old, size_t size)
{
    struct alloc *alloc = context;
    size_t type = block ? 0 : old, old_room, room;
    void *moved;

    if (!block)
        old = 0;
    if (size == 0) {
        if (block && old)
            give(alloc, block, old);
        alloc->now.used -= old;
        return NULL;
    }
    if (size > old && (size - old > alloc->limit - alloc->now.used || memory_refused()))
        return NULL;
    if (!block || !old) {
        moved = type == LUA_TTABLE && size <= ALLOC_TABLE ? take_slot(alloc) : NULL;
        if (!moved)
            moved = take(alloc, size);
        if (moved)
            alloc->now.used += size;
        return moved;
    }
    class_of(old, &old_room);
    class_of(size, &room);
    if (old_room != room) {
        moved = take(alloc, size);
        if (!moved && size > old)
            return NULL;
        if (moved) {
            memcpy(moved, block, old < size ? old : size);
            give(alloc, block, old);
            block = moved;
        } /* else it shrinks where it is, which must not fail */
    }
    alloc->now.used += size - old;
    return block;
}

uint64_t alloc_order(const struct alloc *alloc, const void *object)
{
    uint32_t table = alloc_table_id(alloc, object);

    if (table)
        return table;
    return (uint64_t)alloc->table_slots + (uint64_t)((uintptr_t)object - (uintptr_t)alloc->base);
}
