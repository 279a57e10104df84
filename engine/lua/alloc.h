/* alloc.h -- memory of one Lua state, which goes back to a kept image in one copy.
 *
 *     [ strings, closures, arrays, ...: size classes, freed blocks are reused ]
 *     [ tables: one slot after the other, never reused before alloc_reset      ]
 *
 * Both are reservations touched lazily.  A run starts with alloc_reset, which puts
 * the bytes back that alloc_keep found: a state is prepared once, and neither
 * opened nor closed again.  Since no table ever gets another's slot within a run,
 * its slot is a number for it that the race detector can trust.
 */
#ifndef BRAID_LUA_ALLOC_H
#define BRAID_LUA_ALLOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* 16, 32, ... 1024 bytes, then four classes for each doubling. */
enum { ALLOC_SMALL = 64, ALLOC_CLASSES = ALLOC_SMALL + 4 * 32 };

/* Slots for tables, and bytes of one: a Table of Lua 5.4 has 56. */
enum { ALLOC_TABLES = 4 << 20, ALLOC_TABLE = 64 };

/* What changes while a state lives. */
struct alloc_marks {
    size_t top;               /* bytes handed out so far, ever */
    uint32_t table_top;       /* slots handed out so far, ever */
    size_t used;              /* bytes live now */
    void *free[ALLOC_CLASSES];
};

struct alloc {
    unsigned char *base;      /* `reserved` bytes */
    size_t reserved;
    unsigned char *tables;    /* `table_slots` slots */
    uint32_t table_slots;
    size_t limit;             /* bytes that may be live at once */
    struct alloc_marks now, kept;
    unsigned char *image;     /* heap: kept.top bytes of base, then kept.table_top slots */
};

/* False: no address space. */
bool alloc_init(struct alloc *alloc, size_t limit);
void alloc_release(struct alloc *alloc);

/* Remembers all that is there now.  Once; false: out of memory. */
bool alloc_keep(struct alloc *alloc);

/* Goes back to that. */
void alloc_reset(struct alloc *alloc);

/* A lua_Alloc; `context` is the struct alloc. */
void *alloc_lua(void *context, void *block, size_t old, size_t size);

/* The number, from 1, of a table of this state (as lua_topointer gives it), in order of
 * creation; 0: not a table of it, or made when the slots (4 million) were used up. */
static inline uint32_t alloc_table_id(const struct alloc *alloc, const void *table)
{
    size_t at = (size_t)((uintptr_t)table - (uintptr_t)alloc->tables);

    return at < (size_t)ALLOC_TABLES * ALLOC_TABLE ? (uint32_t)(at / ALLOC_TABLE) + 1 : 0;
}

/* Where an object lies in this state: the same in every run.  For sorting. */
uint64_t alloc_order(const struct alloc *alloc, const void *object);

#endif
