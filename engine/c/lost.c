/* lost.c -- blocks of the heap that nobody can free any more when all is over.
 *
 * Whatever looks like an address of a block, or of its end, keeps the block, as in LeakSanitizer:
 * a number that happens to look so hides a leak, but no program that is right is accused.
 * (Boehm & Weiser, "Garbage Collection in an Uncooperative Environment", 1988, section 2.)
 */
#include "c/lost.h"
#include "base/memory.h"
#include "c/inside.h"

#include <stdlib.h>

/* Blocks that were reached hang in a list by their `next`: offsets in the arena / UNIT.  No block
 * begins at 1, where only a header can be. */
enum { UNIT = 16, LAST = 1 };

struct lost {
    struct watcher watcher; /* first: a watcher's address is its lost's */
    struct findings *findings;
    struct heap *heap;      /* while it looks: */
    uint32_t first;         /* of the blocks reached that were not looked through; LAST: none */
};

static void reach(struct lost *lost, struct heap_block *block)
{
    if (block->next)
        return;
    block->next = lost->first;
    lost->first = (uint32_t)(((uintptr_t)(block + 1) - (uintptr_t)lost->heap->arena) / UNIT);
}

/* All words of memory that may be addresses.  The engine's and the stack's may be anything. */
__attribute__((no_sanitize("address"))) static void scan(struct lost *lost, const void *from, size_t size)
{
    uintptr_t at = ((uintptr_t)from + sizeof at - 1) & ~(sizeof at - 1);
    uintptr_t end = (uintptr_t)from + size;

    for (; at < end && end - at >= sizeof at; at += sizeof at) {
        uintptr_t word = *(const uintptr_t *)at;
        struct heap_block *block;

        if (heap_has(lost->heap, word) && (block = heap_holding(lost->heap, word)))
            reach(lost, block);
    }
}

static void scan_reached(struct lost *lost)
{
    while (lost->first != LAST) {
        struct heap_block *block =
            (struct heap_block *)(lost->heap->arena + (size_t)lost->first * UNIT) - 1;

        lost->first = block->next;
        block->next = LAST;
        scan(lost, block + 1, block->size);
    }
}

/* Who was still there when the program ended without them: all stand at an operation. */
static void scan_goroutine(struct lost *lost, const struct goroutine *g)
{
    const unsigned char *sp = g->fiber.sp, *end = (const unsigned char *)g->fiber.stack +
                                                  g->fiber.stack_size;
    const void *held[] = {g->arg, g->deferred, g->panic};

    scan(lost, sp, (size_t)(end - sp));
    scan(lost, held, sizeof held);
}

static void scan_roots(struct lost *lost, const struct run *run, const struct c_face *face)
{
    struct region_part part;
    const void *locals;
    size_t size;

    for (size_t i = 0; i < face->image.nsegments; i++) {
        const struct image_segment *segment = &face->image.segments[i];

        if (segment->writable)
            scan(lost, (const void *)segment->start, segment->end - segment->start);
    }
    if ((locals = image_thread_locals(&face->image, &size)))
        scan(lost, locals, size);
    if (face->main_sp)
        scan(lost, (const void *)face->main_sp, face->main_high - face->main_sp);
    for (const struct goroutine *g = run->live; g; g = g->next)
        scan_goroutine(lost, g);
    for (part = region_first(&run->objects); part.chunk; part = region_next(&run->objects, part))
        scan(lost, part.start, (size_t)(part.end - part.start));
}

/* The finding of those made at the same place; NULL: none yet. */
static struct finding *found_at(struct findings *findings, uint32_t pc)
{
    for (uint32_t i = 0; i < findings->count; i++)
        if (findings->at[i].kind == FINDING_LOST && findings->at[i].at.pc == pc)
            return &findings->at[i];
    return NULL;
}

static void tell(struct lost *lost, const struct heap_block *block)
{
    struct finding *finding = found_at(lost->findings, block->made.pc);

    if (!finding) {
        struct finding fresh = {.kind = FINDING_LOST, .event = UINT32_MAX};

        fresh.at = (struct finding_place){.g = block->made.g, .pc = block->made.pc,
                                          .event = UINT32_MAX};
        fresh.other.event = fresh.made.event = UINT32_MAX;
        finding_add(lost->findings, &fresh);
        if (!(finding = found_at(lost->findings, block->made.pc)))
            return; /* no room */
    }
    finding->value++;
    finding->size += block->size;
}

/* How many blocks the program had made when it ended: by main's return, or by exit or a signal; 0:
 * it did not end so, or not all of its roots are known. */
static uint32_t made_by_the_end(const struct run *run, const struct c_face *face)
{
    if (face->image.entrusts)
        return 0;
    if (run->end == RUN_EXIT)
        return face->heap.nmade;
    return run->end == RUN_DONE && !run->live && face->main_sp ? face->main_made : 0;
}

static void lost_end(struct watcher *watcher, struct run *run)
{
    struct lost *lost = (struct lost *)watcher;
    struct c_face *face = c_face_of(run);
    uint32_t made = made_by_the_end(run, face);

    if (made == 0 || lost->findings->count > 0 || face->heap.nlive == 0)
        return;
    c_forget_results(run);
    lost->heap = &face->heap;
    lost->first = LAST;
    scan_roots(lost, run, face);
    scan_reached(lost);
    for (struct heap_block *block = heap_next(lost->heap, NULL); block;
         block = heap_next(lost->heap, block))
        if (!block->next && block->number < made)
            tell(lost, block);
}

struct watcher *lost_new(struct findings *findings)
{
    struct lost *lost = memory_zeroed(1, sizeof *lost);

    if (!lost)
        return NULL;
    lost->watcher.end = lost_end;
    lost->findings = findings;
    return &lost->watcher;
}

void lost_free(struct watcher *watcher)
{
    free(watcher);
}
