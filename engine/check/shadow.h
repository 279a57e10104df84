/* shadow.h -- what the race detector remembers of each granule of memory.
 *
 * A granule is eight bytes, aligned.  Its cell holds marks: who touched which of
 * its bytes, when, and how.  Three marks fit in the cell (one cache line); more
 * move to an array of their own:
 *
 *     granule 0x1238   b0 b1 b2 b3 b4 b5 b6 b7
 *       mark           [goroutine 2 wrote]             mask 0x0f
 *       mark                       [goroutine 3 wrote] mask 0xf0
 *
 * so two goroutines that fill neighbouring elements of an array never meet.
 *
 * A cell is valid until the next shadow_clear.  All memory is kept between runs;
 * clearing costs nothing.
 */
#ifndef BRAID_CHECK_SHADOW_H
#define BRAID_CHECK_SHADOW_H

#include "base/region.h"
#include "check/places.h"

#include <stdbool.h>
#include <stdint.h>

enum { SHADOW_GRANULE = 8 };

/* A granule remembers that many marks; plain reads, when there are more, as a crowd (crowd.h).  When
 * there are more others, the last mark is replaced. */
enum { SHADOW_MARKS_MAX = 64, SHADOW_MARKS_FEW = 16, SHADOW_MARKS_INSIDE = 3 };

enum shadow_kind {
    SHADOW_WRITE = 1,
    SHADOW_ATOMIC = 2,
    SHADOW_LINE = 4,  /* its spot is a line, not a pc */
    SHADOW_CLEAN = 8, /* it raced with nothing that was there */
};

struct shadow_mark {
    uint32_t g;
    uint32_t tick;  /* of g when it touched the granule */
    uint32_t spot;  /* its line or pc */
    uint32_t seen;  /* how many events of the run had happened */
    uint8_t mask;   /* bytes touched, bit 0 the lowest; never 0 */
    uint8_t kind;   /* enum shadow_kind, any of them */
};

/* Packed, or the pointers' alignment would make a cell longer than a cache line. */
struct shadow_outside {
    struct shadow_mark *marks;
    struct shadow_crowd *crowd; /* the plain reads; NULL: they are among the marks */
} __attribute__((packed, aligned(4)));

struct shadow_cell {
    union {
        struct shadow_mark inside[SHADOW_MARKS_INSIDE]; /* cap == SHADOW_MARKS_INSIDE */
        struct shadow_outside outside;                  /* else */
    };
    uint8_t count, cap;
    uint16_t recent : 13;   /* the row of the shadow's `recent` it has entries in, from 1; 0: none */
    uint16_t contested : 2; /* enum shadow_contested, of those entries */
};

_Static_assert(sizeof(struct shadow_cell) == 64, "a cell is one cache line");

/* Memory of the program for which a face lends room, so that what is remembered of it is found by
 * a subtraction: for each granule the number of its cell, and a word.  It says of which accesses
 * nothing is left to do: one goroutine did the same there since the last event, and nobody has
 * changed its marks since.
 *
 *     word   | epoch, 46 bits | 0 | bytes written, 8 | 0 | bytes read or written, 8 |
 *
 * An epoch is what one goroutine does between two events; none is used again, so words of earlier
 * ones and of earlier runs say nothing, and nobody clears them. */
struct shadow_span {
    uintptr_t low;    /* where it lies, at a multiple of a granule */
    uint64_t where;   /* ... as a place, at another */
    uint64_t size;    /* in bytes */
    uint64_t *words;  /* zeroed at first */
    uint32_t *cells;  /* of each granule the number of its cell, if that cell says so */
};

enum { SHADOW_SPANS = 2, SHADOW_WROTE = 9, SHADOW_EPOCH = 18 };

struct shadow_words {
    struct shadow_span spans[SHADOW_SPANS];
    uint64_t epoch;   /* the last that was used, at its place in a word */
};

struct shadow_chunk;

/* Rows for 32 KiB of memory, a multiple of 64 below 1 << 13; slots for cells, powers of two. */
enum { SHADOW_NEAR_LEAST = 256, SHADOW_NEAR = 8192, SHADOW_RECENT = 4096, SHADOW_WAYS = 8 };

/* Goroutines with higher ids have no recent accesses. */
enum { SHADOW_KEYED_BITS = 12, SHADOW_KEYED = 1 << SHADOW_KEYED_BITS };

/* An access that was no race, and can be none again until somebody else does there what is not
 * among the recent accesses: the same one, by the same goroutine, only renews its mark.  Or one
 * that a mark of its goroutine's covers: it leaves nothing to be told in that mark's tick. */
struct shadow_recent {
    uintptr_t key;           /* shadow_key; 0: none */
    struct shadow_mark *own;
};

/* Of a granule's recent accesses, whether marks of others were there that might race with them,
 * had they not happened before.  Several may read then, or one write: else each would have to see
 * when another comes. */
enum shadow_contested { SHADOW_UNCONTESTED, SHADOW_READ_AFTER_WRITE, SHADOW_WRITE_AFTER_ANY };

/* Cells by number; they never move. */
struct shadow_cells {
    struct shadow_chunk **chunks;
    uint32_t nchunks;
    uint32_t count;   /* in this run */
};

/* A zeroed shadow is empty and ready. */
struct shadow {
    /* cells looked for lately, each at a slot its granule says; NULL: none.  As many slots are in
     * use as there are cells, that short runs have few to clear */
    struct { uint64_t granule; struct shadow_cell *cell; } near[SHADOW_NEAR];
    uint32_t near_mask; /* slots in use - 1 */
    struct shadow_recent recent[SHADOW_RECENT][SHADOW_WAYS]; /* by address; by goroutine */
    uint64_t rows[SHADOW_RECENT / 64];                       /* which of them are not empty */
    struct places granules;      /* outside of spans: the numbers of their cells */
    struct shadow_cells hashed, direct; /* cells outside of spans, and in them */
    struct region outside;
    struct shadow_words *words; /* borrowed until the next shadow_clear; NULL: there are none */
};

void shadow_clear(struct shadow *shadow);
void shadow_release(struct shadow *shadow);

/* The span that a place lies in; NULL: none. */
static inline const struct shadow_span *shadow_span(const struct shadow *shadow, uint64_t where)
{
    const struct shadow_words *words = shadow->words;

    for (uint32_t i = 0; words && i < SHADOW_SPANS; i++)
        if (where - words->spans[i].where < words->spans[i].size)
            return &words->spans[i];
    return NULL;
}

/* The cell of a granule (address / SHADOW_GRANULE); NULL: memory ran out. */
struct shadow_cell *shadow_find(struct shadow *shadow, uint64_t granule);

/* the same local variable of different goroutines must not share a slot: c/access.c */
static inline uint32_t shadow_near_slot(const struct shadow *shadow, uint64_t granule)
{
    return (uint32_t)(granule ^ granule >> 21) & shadow->near_mask;
}

/* The cell if it was looked for a short time ago, else NULL. */
static inline struct shadow_cell *shadow_near(const struct shadow *shadow, uint64_t granule)
{
    uint32_t at = shadow_near_slot(shadow, granule);

    return shadow->near[at].granule == granule ? shadow->near[at].cell : NULL;
}

/* The same as shadow_find; from now on the cell is near. */
struct shadow_cell *shadow_find_near(struct shadow *shadow, uint64_t granule);

/* The same, quick when it was looked for a short time ago. */
static inline struct shadow_cell *shadow_cell(struct shadow *shadow, uint64_t granule)
{
    struct shadow_cell *cell = shadow_near(shadow, granule);

    return cell ? cell : shadow_find_near(shadow, granule);
}

/* What names an access of 1 to 8 bytes by g, below SHADOW_KEYED, at an address, which must mean the
 * same place as long as g lives; never 0. */
static inline uintptr_t shadow_key(uint32_t g, uintptr_t at, size_t size, bool write)
{
    return at << (SHADOW_KEYED_BITS + 5) | (size - 1) << (SHADOW_KEYED_BITS + 1) |
           (uintptr_t)write << SHADOW_KEYED_BITS | g;
}

/* Set in the key of an access that is only covered, by a mark that is not its own. */
#define SHADOW_COVERED ((uintptr_t)1 << (SHADOW_KEYED_BITS + 4))

static inline uint32_t shadow_recent_row(uintptr_t at)
{
    /* the same variable on the stacks of several goroutines must not share a row */
    return (uint32_t)(at / SHADOW_GRANULE ^ at >> 16) % SHADOW_RECENT;
}

/* Neither two int variables that share a granule, nor reads and writes of one. */
static inline uint32_t shadow_way(uint32_t g, uintptr_t at, bool write)
{
    return (2 * g + (at & 4) + write) % SHADOW_WAYS;
}

/* The word of a place; NULL: it has none. */
static inline uint64_t *shadow_word(const struct shadow *shadow, uint64_t where)
{
    const struct shadow_span *span = shadow_span(shadow, where);

    return span ? &span->words[(where - span->where) / SHADOW_GRANULE] : NULL;
}

/* Whatever its word says is not so any more. */
static inline void shadow_unsay(struct shadow *shadow, uint64_t granule)
{
    uint64_t *word = shadow_word(shadow, granule * SHADOW_GRANULE);

    if (word)
        *word = 0;
}

/* An access of 1 to 8 bytes as a word has it; one that goes beyond its granule as none does. */
static inline uint64_t shadow_access(uintptr_t at, size_t size, bool write)
{
    return (((uint64_t)1 << size) - 1) << at % SHADOW_GRANULE << (write ? SHADOW_WROTE : 0);
}

/* Whether the word says that the access was made in that epoch. */
static inline bool shadow_says(uint64_t word, uint64_t epoch, uint64_t access)
{
    return ((word ^ epoch) & (access | ~(uint64_t)0 << SHADOW_EPOCH)) == access;
}

/* Somebody else comes to the granule, or what is remembered of it changes. */
static inline void shadow_unlearn(struct shadow *shadow, struct shadow_cell *cell)
{
    for (uint32_t i = 0; cell->recent && i < SHADOW_WAYS; i++)
        shadow->recent[cell->recent - 1][i].key = 0;
    cell->recent = cell->contested = 0;
}

/* The bytes of a granule that lie in from..to-1, as a mark's mask. */
static inline uint8_t shadow_bytes(uint64_t granule, uint64_t from, uint64_t to)
{
    uint64_t first = granule * SHADOW_GRANULE, end = first + SHADOW_GRANULE;
    uint32_t low = from > first ? (uint32_t)(from - first) : 0;
    uint32_t high = to < end ? (uint32_t)(to - first) : SHADOW_GRANULE;

    return (uint8_t)(0xffu << low & 0xffu >> (SHADOW_GRANULE - high));
}

static inline struct shadow_mark *shadow_marks(struct shadow_cell *cell)
{
    return cell->cap == SHADOW_MARKS_INSIDE ? cell->inside : cell->outside.marks;
}

static inline struct shadow_crowd *shadow_crowd(const struct shadow_cell *cell)
{
    return cell->cap == SHADOW_MARKS_INSIDE ? NULL : cell->outside.crowd;
}

static inline bool shadow_plain_read(const struct shadow_mark *mark)
{
    return !(mark->kind & (SHADOW_WRITE | SHADOW_ATOMIC));
}

/* Adds a copy; false: memory ran out. */
bool shadow_add(struct shadow *shadow, struct shadow_cell *cell, const struct shadow_mark *mark);

/* Takes mark i out; the last one takes its place. */
void shadow_remove(struct shadow_cell *cell, uint32_t i);

#endif
