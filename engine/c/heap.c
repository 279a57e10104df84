/* heap.c -- the heap of a learner's program, in one run. */
#include "c/heap.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
    CHUNK = 256 * 1024,
    LARGE = CHUNK / 4,    /* with the largest alignment it still fits into a chunk */
    PAGE = 64 * 1024,     /* the largest any supported system has */
    GAP = 16,             /* at least, after each block */
    CLEAR_BY_HAND = 256 * 1024,
    FILL_MOST = 64 * 1024,
};

enum { LIVE = 0x6c697665, DEAD = 0x64656164 };

_Static_assert(sizeof(struct heap_block) % 16 == 0, "blocks are aligned to 16");

static const size_t reserve_most = (size_t)64 << 30, reserve_least = (size_t)64 << 20;

static void *fixed_address(void)
{
    return (void *)(uintptr_t)(sizeof(void *) == 8 ? 0x200000000000ULL : 0);
}

void *heap_reserve(void *at, size_t size)
{
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    void *got = mmap(at, size, PROT_READ | PROT_WRITE, flags, -1, 0);

    return got == MAP_FAILED ? NULL : got;
}

static void unmap(struct heap *heap)
{
    if (heap->arena)
        munmap(heap->arena, heap->reserved);
    if (heap->shadow)
        munmap(heap->shadow, heap->reserved / 8);
    if (heap->written)
        munmap(heap->written, heap->reserved / 8);
    if (heap->words)
        munmap(heap->words, heap->reserved);
    if (heap->cells)
        munmap(heap->cells, heap->reserved / 2);
    heap->arena = heap->shadow = heap->written = NULL;
    heap->words = NULL;
    heap->cells = NULL;
}

bool heap_init(struct heap *heap, size_t limit)
{
    *heap = (struct heap){.limit = limit, .chunk = SIZE_MAX};
    for (heap->reserved = reserve_most; heap->reserved >= reserve_least; heap->reserved /= 2) {
        heap->arena = heap_reserve(fixed_address(), heap->reserved);
        heap->shadow = heap_reserve(NULL, heap->reserved / 8);
        heap->written = heap_reserve(NULL, heap->reserved / 8);
        heap->words = heap_reserve(NULL, heap->reserved);
        heap->cells = heap_reserve(NULL, heap->reserved / 2);
        if (heap->arena && heap->shadow && heap->written && heap->words && heap->cells)
            break;
        unmap(heap);
    }
    if (heap->arena)
        heap->lives = calloc(heap->reserved / CHUNK, sizeof *heap->lives);
    if (heap->lives)
        return true;
    heap_release(heap);
    return false;
}

void heap_release(struct heap *heap)
{
    unmap(heap);
    free(heap->lives);
    *heap = (struct heap){0};
}

/* Zeroes memory of a mapping; a large one by giving its pages back. */
static void clear(unsigned char *at, size_t size)
{
    size_t by_hand = size < CLEAR_BY_HAND ? size : CLEAR_BY_HAND;

    memset(at, 0, by_hand);
    if (size > by_hand)
        madvise(at + by_hand, size - by_hand, MADV_DONTNEED);
}

void heap_reset(struct heap *heap)
{
    /* of the last chunk only what was filled; `used` counts it whole */
    size_t used = heap->used;

    if (heap->chunk != SIZE_MAX && heap->chunk + CHUNK == used)
        used = heap->chunk + ((heap->fill + 63) & ~(size_t)63);
    clear(heap->arena, used);
    clear(heap->shadow, used / 8);
    clear(heap->written, used / 8);
    memset(heap->lives, 0, (heap->used + CHUNK - 1) / CHUNK * sizeof *heap->lives);
    heap->used = heap->resident = heap->fill = heap->nlive = heap->nmade = 0;
    heap->chunk = SIZE_MAX;
}

/* --- blocks -------------------------------------------------------------- */

static size_t up(size_t n, size_t to)
{
    return (n + to - 1) & ~(to - 1);
}

static struct heap_block *header_of(void *block)
{
    return (struct heap_block *)block - 1;
}

static uint32_t check_of(const struct heap *heap, const void *block, uint32_t state)
{
    return state ^ (uint32_t)(((uintptr_t)block - (uintptr_t)heap->arena) >> 4);
}

static void set_shadow(struct heap *heap, size_t offset, size_t size)
{
    memset(heap->shadow + offset / 8, 8, size / 8);
    if (size % 8)
        heap->shadow[(offset + size) / 8] = size % 8;
}

/* The pages of a chunk without live blocks go back. */
static void drop(struct heap *heap, size_t chunk)
{
    heap->resident -= CHUNK;
    madvise(heap->arena + chunk, CHUNK, MADV_DONTNEED);
    madvise(heap->shadow + chunk / 8, CHUNK / 8, MADV_DONTNEED);
    madvise(heap->written + chunk / 8, CHUNK / 8, MADV_DONTNEED);
    madvise(heap->words + chunk / 8, CHUNK, MADV_DONTNEED);
    madvise(heap->cells + chunk / 8, CHUNK / 2, MADV_DONTNEED);
}

static bool dropped(const struct heap *heap, size_t offset)
{
    size_t chunk = offset & ~(size_t)(CHUNK - 1);

    return offset < heap->used && chunk != heap->chunk && heap->lives[chunk / CHUNK] == 0;
}

/* Room for a header, an aligned block and a gap; the offset of the block, 0 when over limit. */
static size_t place_small(struct heap *heap, size_t size, size_t align)
{
    size_t at = up(heap->fill + sizeof(struct heap_block), align);

    if (heap->chunk == SIZE_MAX || at + up(size + GAP, 16) > CHUNK) {
        if (heap->chunk != SIZE_MAX && heap->lives[heap->chunk / CHUNK] == 0)
            drop(heap, heap->chunk);
        heap->chunk = SIZE_MAX;
        if (heap->resident + CHUNK > heap->limit || heap->used + CHUNK > heap->reserved)
            return 0;
        heap->chunk = heap->used;
        heap->used += CHUNK;
        heap->resident += CHUNK;
        at = up(sizeof(struct heap_block), align);
    }
    heap->fill = at + up(size + GAP, 16);
    heap->lives[heap->chunk / CHUNK]++;
    return heap->chunk + at;
}

static size_t pages_of_large(size_t size, size_t align)
{
    return up(up(sizeof(struct heap_block), align) + size + GAP, PAGE);
}

static size_t place_large(struct heap *heap, size_t size, size_t align)
{
    size_t at = heap->used, bytes;
    uint32_t first = (uint32_t)(at / CHUNK);

    if (size > heap->limit)
        return 0;
    bytes = pages_of_large(size, align);
    if (bytes > heap->limit - heap->resident || up(bytes, CHUNK) > heap->reserved - heap->used)
        return 0;
    for (; heap->used < at + up(bytes, CHUNK); heap->used += CHUNK)
        heap->lives[heap->used / CHUNK] = HEAP_LARGE + first;
    heap->resident += bytes;
    return at + up(sizeof(struct heap_block), align);
}

static bool is_large(size_t size)
{
    return size > LARGE;
}

/* The large block whose chunks hold an offset; NULL: none. */
static const struct heap_block *large_at(const struct heap *heap, size_t offset)
{
    const struct heap_block *copy;
    uint32_t mark = heap->lives[offset / CHUNK];

    if (offset >= heap->used || !(mark & HEAP_LARGE))
        return NULL;
    copy = (const void *)(heap->arena + (size_t)(mark - HEAP_LARGE) * CHUNK);
    return (const void *)((const unsigned char *)copy + up(sizeof *copy, copy->align) -
                          sizeof *copy);
}

void *heap_take(struct heap *heap, size_t size, size_t align, bool zeroed, struct heap_spot who)
{
    struct heap_block *header;
    unsigned char *block;
    size_t offset;

    if (align < 16)
        align = 16;
    offset = is_large(size) ? place_large(heap, size, align)
                                   : place_small(heap, size, align);
    if (offset == 0)
        return NULL;
    block = heap->arena + offset;
    header = header_of(block);
    *header = (struct heap_block){.size = size, .made = who, .align = (uint32_t)align,
                                   .number = heap->nmade++};
    header->check = check_of(heap, block, LIVE);
    if (is_large(size))
        *(struct heap_block *)(heap->arena + offset - up(sizeof *header, align)) = *header;
    else
        set_shadow(heap, offset, size);
    heap->nlive++;
    /* memory never used is zero; the rest of a very large block is left so */
    if (!zeroed)
        memset(block, HEAP_PATTERN, size < FILL_MOST ? size : FILL_MOST);
    return block;
}

bool heap_size(const struct heap *heap, const void *block, size_t *size)
{
    const struct heap_block *header = (const struct heap_block *)block - 1;

    if (!heap_has(heap, (uintptr_t)block) || (uintptr_t)block % 16 != 0 ||
        (uintptr_t)block - (uintptr_t)heap->arena < sizeof *header ||
        header->check != check_of(heap, block, LIVE))
        return false;
    *size = header->size;
    return true;
}

/* Whether a small block begins there, by the shadow. */
static bool begins(const struct heap *heap, size_t offset)
{
    const unsigned char *shadow = heap->shadow + offset / 8;

    return shadow[0] != HEAP_UNUSED && shadow[-1] == HEAP_UNUSED;
}

enum heap_fault heap_give(struct heap *heap, void *block, struct heap_spot who)
{
    struct heap_block *header = header_of(block);
    size_t offset = (uintptr_t)block - (uintptr_t)heap->arena, size, align, chunk;

    if (offset >= heap->reserved || offset % 16 != 0 || offset < sizeof *header)
        return HEAP_BAD_FREE;
    if (heap_freed(heap, (uintptr_t)block))
        return HEAP_DOUBLE_FREE;
    if (header->check == check_of(heap, block, DEAD))
        return HEAP_DOUBLE_FREE; /* a block of no bytes has no shadow */
    if (header->check != check_of(heap, block, LIVE))
        /* a live block begins where the shadow does: somebody wrote over its header */
        return large_at(heap, offset) == header || begins(heap, offset) ? HEAP_BROKEN
                                                                        : HEAP_BAD_FREE;
    size = header->size;
    align = header->align;
    header->check = check_of(heap, block, DEAD);
    header->freed = who;
    heap->nlive--;
    if (is_large(size)) {
        size_t bytes = pages_of_large(size, align), first = up(offset, PAGE);
        size_t end = (offset - up(sizeof *header, align)) + bytes;

        /* the page with the header stays, for reports */
        heap->resident -= bytes;
        if (first < end)
            madvise(heap->arena + first, end - first, MADV_DONTNEED);
        return HEAP_OK;
    }
    memset(heap->shadow + offset / 8, HEAP_FREED, (size + 7) / 8);
    chunk = offset & ~(size_t)(CHUNK - 1);
    if (--heap->lives[chunk / CHUNK] == 0 && chunk != heap->chunk)
        drop(heap, chunk);
    return HEAP_OK;
}

void heap_unsay(struct heap *heap, const void *block, size_t size)
{
    size_t offset = (uintptr_t)block - (uintptr_t)heap->arena, by_hand = up(size, 8), page;

    if (is_large(size)) {
        page = up(offset, PAGE);
        by_hand = page - offset;
        madvise(heap->words + page / 8, up(offset + size, PAGE) - page, MADV_DONTNEED);
    }
    memset(heap->words + offset / 8, 0, by_hand);
}

/* --- what was written ----------------------------------------------------- */

void heap_wrote_range(struct heap *heap, uintptr_t at, size_t size)
{
    size_t first = at - (uintptr_t)heap->arena, end = first + size;

    for (; first % 8 != 0 && first < end; first++)
        heap->written[first / 8] |= (unsigned char)(1u << first % 8);
    memset(heap->written + first / 8, 0xff, (end - first) / 8);
    if ((end - first) % 8)
        heap->written[end / 8] |= (unsigned char)((1u << end % 8) - 1);
}

bool heap_unset(const struct heap *heap, uintptr_t at, size_t size)
{
    static const unsigned char pattern[8] = {
        HEAP_PATTERN, HEAP_PATTERN, HEAP_PATTERN, HEAP_PATTERN,
        HEAP_PATTERN, HEAP_PATTERN, HEAP_PATTERN, HEAP_PATTERN,
    };
    size_t offset = at - (uintptr_t)heap->arena;

    if (memcmp((const void *)at, pattern, size) != 0)
        return false;
    for (; size > 0; size--, offset++)
        if (heap->written[offset / 8] >> offset % 8 & 1)
            return false;
    return true;
}

void heap_copied(struct heap *heap, void *to, const void *from, size_t size)
{
    memcpy(heap->written + ((unsigned char *)to - heap->arena) / 8,
           heap->written + ((const unsigned char *)from - heap->arena) / 8, (size + 7) / 8);
}

/* --- questions ----------------------------------------------------------- */

bool heap_live(const struct heap *heap, uintptr_t at, size_t size)
{
    size_t offset = at - (uintptr_t)heap->arena, last;
    const unsigned char *shadow = heap->shadow + offset / 8;
    const struct heap_block *large;

    if (size == 0)
        return true;
    if (size > heap->reserved - offset)
        return false;
    if ((large = large_at(heap, offset)))
        return large->check == check_of(heap, large + 1, LIVE) && at >= (uintptr_t)(large + 1) &&
               at - (uintptr_t)(large + 1) <= large->size &&
               size <= large->size - (at - (uintptr_t)(large + 1));
    last = (offset + size - 1) / 8 - offset / 8;
    for (size_t i = 0; i < last; i++)
        if (shadow[i] != 8)
            return false;
    return shadow[last] <= 8 && shadow[last] > (offset + size - 1) % 8;
}

bool heap_freed(const struct heap *heap, uintptr_t at)
{
    size_t offset = at - (uintptr_t)heap->arena;
    const struct heap_block *large = large_at(heap, offset);

    if (large)
        return large->check == check_of(heap, large + 1, DEAD);
    return heap->shadow[offset / 8] == HEAP_FREED || dropped(heap, offset);
}

/* The header of the block that begins at an offset, known by its check; NULL: none does. */
static const struct heap_block *header_at(const struct heap *heap, size_t offset)
{
    const unsigned char *block = heap->arena + offset;
    const struct heap_block *header = (const struct heap_block *)block - 1;

    return offset <= heap->used && (header->check == check_of(heap, block, LIVE) ||
                                    header->check == check_of(heap, block, DEAD)) ? header : NULL;
}

/* The block at or before an offset; NULL: none known. */
static const struct heap_block *block_before(const struct heap *heap, size_t offset)
{
    size_t low = offset > CHUNK ? offset - CHUNK : 0;
    const struct heap_block *block;

    for (; offset >= low + sizeof(struct heap_block); offset -= 16)
        if ((block = header_at(heap, offset)))
            return block;
    return NULL;
}

const struct heap_block *heap_near(const struct heap *heap, uintptr_t at, uintptr_t *start)
{
    size_t offset = at - (uintptr_t)heap->arena, even = offset & ~(size_t)15;
    const struct heap_block *block, *next = NULL;
    uintptr_t end;

    if (offset >= heap->used)
        return NULL;
    if (!(block = large_at(heap, offset))) {
        block = block_before(heap, even);
        end = block ? (uintptr_t)(block + 1) + block->size : 0;
        for (size_t ahead = 16; at >= end && !next && ahead <= sizeof *next + GAP; ahead += 16)
            next = header_at(heap, even + ahead);
        if (next && (!block || (uintptr_t)(next + 1) - at <= at - end))
            block = next;
    }
    if (block)
        *start = (uintptr_t)(block + 1);
    return block;
}

/* --- all live blocks ------------------------------------------------------ */

static bool is_live(const struct heap *heap, const struct heap_block *block)
{
    return block->check == check_of(heap, block + 1, LIVE);
}

struct heap_block *heap_holding(struct heap *heap, uintptr_t at)
{
    size_t offset = at - (uintptr_t)heap->arena;
    const unsigned char *shadow = heap->shadow, *before;
    struct heap_block *block;

    if (offset >= heap->used || offset < sizeof *block)
        return NULL;
    if ((block = (struct heap_block *)large_at(heap, offset)))
        return is_live(heap, block) && at >= (uintptr_t)(block + 1) &&
               at - (uintptr_t)(block + 1) <= block->size ? block : NULL;
    if (shadow[offset / 8] == HEAP_UNUSED && offset % 8 == 0)
        offset--; /* perhaps the end of a block */
    if (shadow[offset / 8] == HEAP_UNUSED ||
        !(before = memrchr(shadow, HEAP_UNUSED, offset / 8)))
        return NULL;
    block = header_of(heap->arena + (size_t)(before + 1 - shadow) * 8);
    return is_live(heap, block) && at - (uintptr_t)(block + 1) <= block->size ? block : NULL;
}

struct heap_block *heap_next(struct heap *heap, const struct heap_block *after)
{
    size_t offset = 0;
    struct heap_block *block;

    if (after)
        offset = up((uintptr_t)(after + 1) + after->size - (uintptr_t)heap->arena, 8);
    while (offset < heap->used) {
        if ((block = (struct heap_block *)large_at(heap, offset))) {
            size_t bytes = up(pages_of_large(block->size, block->align), CHUNK);

            if ((uintptr_t)block >= (uintptr_t)heap->arena + offset && is_live(heap, block))
                return block;
            offset = (size_t)(heap->lives[offset / CHUNK] - HEAP_LARGE) * CHUNK + bytes;
        } else if (heap->lives[offset / CHUNK] == 0) {
            offset = up(offset + 1, CHUNK);
        } else if (offset > 0 && begins(heap, offset) &&
                   is_live(heap, block = header_of(heap->arena + offset))) {
            return block;
        } else {
            offset += 8;
        }
    }
    return NULL;
}
