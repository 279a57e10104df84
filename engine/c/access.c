/* access.c -- what memory the learner's code may use, and under which name the race
 * detector knows it.
 *
 * A place is the same number in every process and never names two things in one run:
 *
 *     variable   IMAGE + offset in the object
 *     heap       HEAP + offset in the arena (never given out twice in a run)
 *     stack      STACK + goroutine * STACK_SPAN + offset: stacks are reused by others
 *
 * Memory of anybody else (the C library's tables, stdio's, errno) is allowed and not
 * tracked: there the processor judges, see trap.c.  Never raise a false alarm.
 */
#include "c/inside.h"
#include "rt/point.h"

#include <string.h>

enum { NULL_SPAN = 64 * 1024, STACKS_SPAN = 1024 * 1024 * 1024 };

static bool within(uintptr_t at, size_t size, uintptr_t low, uintptr_t high)
{
    return at >= low && at < high && size <= high - at;
}

/* The goroutine on whose stack it lies; NULL: none that lives. */
static struct goroutine *owner(struct run *run, struct c_face *face, uintptr_t at, size_t size)
{
    struct goroutine *g = face->near;

    if (g && g->state != G_DEAD && c_on_stack(g, at, size))
        return g;
    for (g = run->live; g; g = g->next)
        if (c_on_stack(g, at, size))
            return face->near = g;
    return NULL;
}

/* Below where its stack is in use: a function's frame that is gone. */
static bool popped(const struct run *run, const struct goroutine *g, uintptr_t at)
{
    uintptr_t top = g == run->self ? c_face_of(run)->sp : (uintptr_t)g->fiber.sp;

    /* behind an operation that waited, the last hook was another goroutine's */
    return at < top && top - (uintptr_t)g->fiber.stack < g->fiber.stack_size;
}

/* See place: not on the running goroutine's stack. */
static uintptr_t far_place(struct run *run, struct c_face *face, const void *pointer, size_t size,
                           bool write)
{
    uintptr_t at = (uintptr_t)pointer;
    const struct image_segment *segment;
    struct goroutine *g;

    if (heap_has(&face->heap, at)) {
        if (!heap_live(&face->heap, at, size))
            c_wild_heap(run, pointer, size, write);
        return C_PLACE_HEAP + (at - (uintptr_t)face->heap.arena);
    }
    if (at >= face->image.base && at < face->image.end) {
        if (write && !within(at, size, face->image.data, face->image.data_end) &&
            (!(segment = image_segment(&face->image, at, size)) || !segment->writable))
            c_wild(run, segment ? C_FAULT_READ_ONLY : C_FAULT_WILD, pointer, size, write);
        return C_PLACE_IMAGE + (at - face->image.base);
    }
    if (at < NULL_SPAN)
        c_wild(run, C_FAULT_NULL, pointer, size, write);
    if (within(at, size, face->main_low, face->main_high)) {
        if (run->live && run->live->id == 1 && popped(run, run->live, at))
            c_wild(run, C_FAULT_RETURNED, pointer, size, write);
        return c_stack_place(1, at - face->main_low);
    }
    if ((g = owner(run, face, at, size))) {
        if (popped(run, g, at))
            c_wild(run, C_FAULT_RETURNED, pointer, size, write);
        return c_stack_place(g->id, at - (uintptr_t)g->fiber.stack);
    }
    /* between the stacks of one reservation lie only stacks; this one's owner has ended */
    if (at >= face->stacks_low && at < face->stacks_high &&
        face->stacks_high - face->stacks_low <= STACKS_SPAN)
        c_wild(run, C_FAULT_RETURNED, pointer, size, write);
    return 0;
}

/* The place of an access, 0 when it is not tracked; ends the run when it is wild. */
static inline uintptr_t place(struct run *run, struct c_face *face, const void *pointer,
                              size_t size, bool write)
{
    uintptr_t at = (uintptr_t)pointer;
    const struct goroutine *g = run->self;

    if (!c_on_stack(g, at, size))
        return far_place(run, face, pointer, size, write);
    if (at < face->sp && popped(run, g, at))
        c_wild(run, C_FAULT_RETURNED, pointer, size, write);
    return c_stack_place(g->id, at - (uintptr_t)g->fiber.stack);
}

uint32_t c_variable(struct run *run, uintptr_t where)
{
    struct c_face *face = c_face_of(run);
    const struct object_symbol *symbol;
    size_t i;

    if (where < C_PLACE_IMAGE || where >= C_PLACE_HEAP)
        return 0;
    symbol = object_symbol_at(&face->image.symbols, (uint32_t)(where - C_PLACE_IMAGE));
    if (!symbol)
        return 0;
    i = (size_t)(symbol - face->image.symbols.at);
    if (face->names[i] == 0)
        /* a static local is called count.0 in the object */
        face->names[i] = run_text(run, symbol->name, strcspn(symbol->name, "."));
    return face->names[i];
}

/* Live memory of the heap is about to be used. */
static inline void heap_used(struct run *run, struct c_face *face, const void *at, size_t size,
                             bool write)
{
    if (c_unset_may(face, at, write))
        c_unset_look(run, at, size, write);
    if (write)
        heap_wrote(&face->heap, (uintptr_t)at, size);
}

void c_access_slowly(struct run *run, const void *at, size_t size, bool write, bool atomic)
{
    struct c_face *face = c_face_of(run);
    uintptr_t common, where;

    run_tick(run, 1);
    if (size == 0)
        return;
    common = c_common_place(face, run->self, (uintptr_t)at, size);
    where = common ? common : place(run, face, at, size, write);
    if (where - C_PLACE_HEAP < face->heap.reserved)
        heap_used(run, face, at, size, write);
    if (where == 0 || !run->access_watchers)
        return;
    if (face->race && !atomic && size <= SHADOW_GRANULE)
        race_plain(face->race, run, where, size, write, common ? (uintptr_t)at : 0);
    else
        run_access(run, &(struct access){.where = where, .size = size, .write = write,
                                     .atomic = atomic, .g = run->self->id, .pc = run->self->pc});
}

void c_check_slowly(struct run *run, const void *at, size_t size, bool write)
{
    struct c_face *face = c_face_of(run);

    run_tick(run, 1);
    if (size > 0 && place(run, face, at, size, write) - C_PLACE_HEAP < face->heap.reserved && write)
        heap_wrote(&face->heap, (uintptr_t)at, size);
}

void c_point(struct run *run, const void *at, size_t size, bool write)
{
    struct c_face *face = c_face_of(run);
    uintptr_t where = place(run, face, at, size, write), sp = face->sp;
    uintptr_t own = c_stack_place(run->self->id, 0);
    const struct image_segment *segment = image_segment(&face->image, (uintptr_t)at, size);

    if (where == 0 || (where >= own && where - own < C_STACK_SPAN) || (segment && !segment->writable))
        return;
    /* by words of eight bytes: two accesses of one word may overlap */
    run_point(run, where & ~(uintptr_t)7, write, c_variable(run, where));
    face->sp = sp; /* others have run meanwhile */
}

uint64_t c_place(struct run *run, uintptr_t at)
{
    struct c_face *face = c_face_of(run);

    if (at < NULL_SPAN)
        return at;
    if (heap_has(&face->heap, at))
        return C_PLACE_HEAP + (at - (uintptr_t)face->heap.arena);
    if (at >= face->image.base && at < face->image.end)
        return C_PLACE_IMAGE + (at - face->image.base);
    return 0;
}
