/* roots.c -- what a C program can still reach. */
#include "c/roots.h"

#include "base/memory.h"
#include "c/inside.h"

#include <stdlib.h>
#include <string.h>

enum { WIPED = 2048 }; /* more than an operation needs until it waits */

/* Where a stack is in use. */
struct roots_stack {
    uintptr_t low, high;
};

struct roots {
    struct roots_stack *stacks; /* ascending */
    size_t nstacks, cap;
};

/* (As Boehm's collector does, GC_clear_stack.) */
__attribute__((noinline)) void c_wipe_stack(void)
{
    char room[WIPED];

    memset(room, 0, sizeof room);
    __asm__ volatile("" : : "r"(room) : "memory");
}

static uintptr_t stack_end(const struct goroutine *g)
{
    return (uintptr_t)g->fiber.stack + g->fiber.stack_size;
}

static int by_address(const void *a, const void *b)
{
    const struct roots_stack *x = a, *y = b;

    return (x->low > y->low) - (x->low < y->low);
}

/* Who looks may do so from a goroutine's stack: then it is in use down to here. */
static __attribute__((noinline)) uintptr_t stack_top(const struct goroutine *g)
{
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);

    return c_on_stack(g, here, 1) ? here : (uintptr_t)g->fiber.sp;
}

/* Goroutines that have ended left nothing; but main's variables stay (face.c). */
static void note_stacks(struct reach *reach, struct roots *roots)
{
    const struct run *run = reach->run;
    const struct c_face *face = c_face_of(run);
    size_t want = run->nlive + 1;

    roots->nstacks = 0;
    if (roots->cap < want) {
        struct roots_stack *more = memory_resize(roots->stacks, 2 * want * sizeof *more);

        if (!more) {
            reach->all = true;
            return;
        }
        roots->stacks = more;
        roots->cap = 2 * want;
    }
    if (face->main_sp)
        roots->stacks[roots->nstacks++] = (struct roots_stack){face->main_sp, face->main_high};
    for (const struct goroutine *g = run->live; g; g = g->next)
        roots->stacks[roots->nstacks++] =
            (struct roots_stack){stack_top(g), stack_end(g)};
    qsort(roots->stacks, roots->nstacks, sizeof *roots->stacks, by_address);
}

static void begin(struct reach *reach)
{
    struct c_face *face = c_face_of(reach->run);

    if (!face->roots && !(face->roots = memory_zeroed(1, sizeof *face->roots)))
        reach->all = true;
    else
        note_stacks(reach, face->roots);
    reach->all |= face->image.entrusts;
}

void roots_free(struct roots *roots)
{
    if (roots)
        free(roots->stacks);
    free(roots);
}

static void globals(struct reach *reach)
{
    const struct c_face *face = c_face_of(reach->run);
    size_t size;
    const unsigned char *locals = image_thread_locals(&face->image, &size);

    for (size_t i = 0; i < face->image.nsegments; i++) {
        const struct image_segment *segment = &face->image.segments[i];

        if (segment->writable)
            reach_words(reach, (const void *)segment->start, (const void *)segment->end);
    }
    if (locals)
        reach_words(reach, locals, locals + size);
    reach_word(reach, (uintptr_t)face->entries);
    reach_word(reach, (uintptr_t)face->threads);
}

static void goroutine(struct reach *reach, struct goroutine *g)
{
    __builtin_unwind_init(); /* puts what registers hold on the stack of who calls */
    reach_words(reach, (const void *)stack_top(g), (const void *)stack_end(g));
}

/* The stack in use that an address lies in; NULL: none. */
static const struct roots_stack *stack_at(const struct roots *roots, uintptr_t at)
{
    size_t low = 0, high = roots->nstacks;

    if (high == 0 || at < roots->stacks[0].low)
        return NULL;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;

        if (at >= roots->stacks[middle].low)
            low = middle;
        else
            high = middle;
    }
    return at < roots->stacks[low].high ? &roots->stacks[low] : NULL;
}

static void word(struct reach *reach, uintptr_t at)
{
    struct c_face *face = c_face_of(reach->run);
    const struct roots_stack *stack;
    struct heap_block *block;

    if (heap_has(&face->heap, at)) {
        if ((block = heap_holding(&face->heap, at)) && reach_first(reach, block + 1))
            reach_later(reach, block + 1, block->size);
    } else if ((stack = stack_at(face->roots, at))) {
        if (reach_first(reach, (const void *)(stack->high - 1)))
            reach_later(reach, (const void *)stack->low, stack->high - stack->low);
    }
}

const struct reach_face c_reaches = {
    .begin = begin, .globals = globals, .goroutine = goroutine, .word = word};
