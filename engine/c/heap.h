/* heap.h -- the heap of a learner's program, in one run.
 *
 * An arena at a fixed address where the system allows it, so that addresses are the
 * same in every run and every process.  Memory once given out is not given out again
 * in the same run: a use after free is always seen, and two blocks are never one
 * place to the race detector.  The pages of freed memory go back to the system.
 *
 *     arena:   | chunk 0 | chunk 1 | ...             chunks of 256 KiB
 *     chunk:   | header block gap | header block gap | ...
 *     shadow:  one byte for each 8 of the arena: how many of them may be used, or
 *              why none may
 *     written: one bit for each byte of the arena: whether it is known to be written
 *     words, cells: one for each 8 bytes, of the race detector (check/shadow.h)
 *
 * A block larger than a quarter of a chunk has chunks of its own, whose first bytes are
 * a copy of its header; it needs no shadow.
 */
#ifndef BRAID_C_HEAP_H
#define BRAID_C_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A byte of the shadow: 1 to 8, that many bytes may be used from the front; or: */
enum heap_shadow {
    HEAP_UNUSED = 0, /* never given out, or a header or gap */
    HEAP_FREED = 9,
};

#define HEAP_LARGE ((uint32_t)1 << 31)

enum { HEAP_ALIGN_MAX = 64 * 1024 };

/* Who asked for something, and where. */
struct heap_spot {
    uint32_t g, pc;
};

struct heap_block {
    size_t size;
    struct heap_spot made, freed; /* freed: all zero while it is live */
    uint32_t check;       /* whether it is live, mixed with its address; else: no header */
    uint32_t align;
    uint32_t number;      /* in order of being made, from 0 */
    uint32_t next;        /* of c/lost.c, while it looks; else 0 */
    uint32_t reserved[2]; /* the block that follows is aligned to 16 */
};

struct heap {
    unsigned char *arena, *shadow, *written;
    uint64_t *words;
    uint32_t *cells;
    size_t reserved;      /* bytes of the arena */
    size_t limit;         /* bytes of blocks and of the chunks they lie in */
    size_t used;          /* bytes given out from the front, whole chunks and large blocks */
    size_t resident;      /* bytes of `used` that were not given back to the system */
    size_t chunk;         /* offset of the chunk being filled; SIZE_MAX: none */
    size_t fill;          /* offset in it */
    size_t nlive;         /* blocks */
    uint32_t nmade;
    uint32_t *lives;      /* of each chunk: its live blocks, or HEAP_LARGE + the number of the
                             large block's first chunk */
};

enum heap_fault { HEAP_OK, HEAP_BAD_FREE, HEAP_DOUBLE_FREE, HEAP_BROKEN };

/* Zeroed memory that costs only what is touched of it, at an address if that is free; NULL: there
 * is no room for addresses.  It goes by munmap. */
void *heap_reserve(void *at, size_t size);

bool heap_init(struct heap *heap, size_t limit); /* false: no room for addresses */
void heap_release(struct heap *heap);

/* Empties it: as after heap_init, byte for byte. */
void heap_reset(struct heap *heap);

/* A block aligned to `align` (a power of two up to HEAP_ALIGN_MAX), zeroed, or filled with
 * a pattern that shows what was not set.  NULL: over the limit. */
void *heap_take(struct heap *heap, size_t size, size_t align, bool zeroed, struct heap_spot who);

/* Gives a block back; it must not be NULL. */
enum heap_fault heap_give(struct heap *heap, void *block, struct heap_spot who);

/* The words of a live block are zero from now on. */
void heap_unsay(struct heap *heap, const void *block, size_t size);

/* Whether it is the start of a live block; its size in *size. */
bool heap_size(const struct heap *heap, const void *block, size_t *size);

static inline bool heap_has(const struct heap *heap, uintptr_t at)
{
    return at - (uintptr_t)heap->arena < heap->reserved;
}

/* Whether all of [at, at + size) lies in one live block.  at must be in the arena. */
bool heap_live(const struct heap *heap, uintptr_t at, size_t size);

/* What a malloc'ed byte holds until somebody writes it, near the front of its block. */
enum { HEAP_PATTERN = 0xa5 };

void heap_wrote_range(struct heap *heap, uintptr_t at, size_t size);

/* Bytes of the arena are about to be written. */
static inline void heap_wrote(struct heap *heap, uintptr_t at, size_t size)
{
    size_t offset = at - (uintptr_t)heap->arena;

    if (offset % 8 + size <= 8)
        heap->written[offset / 8] |= (unsigned char)(((1u << size) - 1) << offset % 8);
    else
        heap_wrote_range(heap, at, size);
}

/* Whether none of 1 to 8 bytes of a live block was ever written: they hold the pattern, and nobody
 * is known to have put it there.  (Library functions write without our seeing it.) */
bool heap_unset(const struct heap *heap, uintptr_t at, size_t size);

/* A block's first bytes are a copy of another's, written or not. */
void heap_copied(struct heap *heap, void *to, const void *from, size_t size);

/* Whether the address lies in a block that was freed. */
bool heap_freed(const struct heap *heap, uintptr_t at);

/* The block, live or freed, that holds an address of the arena, or else lies nearest to it; NULL:
 * none known. */
const struct heap_block *heap_near(const struct heap *heap, uintptr_t at, uintptr_t *start);

/* The live block that holds an address, or ends there; NULL: none does. */
struct heap_block *heap_holding(struct heap *heap, uintptr_t at);

/* The live blocks in order of their addresses: the first behind `after`, NULL: the first of all;
 * NULL: there are no more.  Those of no bytes are left out. */
struct heap_block *heap_next(struct heap *heap, const struct heap_block *after);

#endif
