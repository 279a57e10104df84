/* fault.c -- what was done wrong with memory: how the run ends of it, and how it is said. */
#include "c/inside.h"

#include <inttypes.h>
#include <stdio.h>

/* What is wrong with an access of the heap that is not to live memory, of `size` bytes at `at`. */
static enum c_fault_kind heap_kind(const struct heap *heap, uintptr_t at)
{
    uintptr_t start;

    if (heap_freed(heap, at))
        return C_FAULT_FREED;
    if (!heap_near(heap, at, &start))
        return C_FAULT_OUTSIDE;
    return at < start ? C_FAULT_UNDERFLOW : C_FAULT_OVERFLOW;
}

/* The heap's block an address belongs to, or is nearest to. */
static void add_block(struct c_fault *fault, const struct heap *heap, uintptr_t at)
{
    const struct heap_block *block;
    uintptr_t start;

    if (!heap_has(heap, at) || !(block = heap_near(heap, at, &start)))
        return;
    fault->block_size = block->size;
    fault->offset = (int64_t)(at - start);
    fault->made_g = block->made.g;
    fault->made_pc = block->made.pc;
    fault->freed_g = block->freed.g;
    fault->freed_pc = block->freed.pc;
}

_Noreturn void c_wild(struct run *run, enum c_fault_kind kind, const void *at, size_t size,
                      bool write)
{
    struct c_face *face = c_face_of(run);

    face->fault = (struct c_fault){.kind = kind, .write = write, .size = size, .g = run->self->id,
                                   .pc = run->self->pc, .address = c_place(run, (uintptr_t)at)};
    add_block(&face->fault, &face->heap, (uintptr_t)at);
    run_stop(run, kind == C_FAULT_STACK ? RUN_STACK : RUN_WILD);
}

_Noreturn void c_wild_heap(struct run *run, const void *at, size_t size, bool write)
{
    c_wild(run, heap_kind(&c_face_of(run)->heap, (uintptr_t)at), at, size, write);
}

_Noreturn void c_stack_over(struct run *run)
{
    c_wild(run, C_FAULT_STACK, NULL, 0, true);
}

_Noreturn void c_overflow(struct run *run, const void *at, size_t size, bool write,
                          const char *format, ...)
{
    struct c_fault *fault = &c_face_of(run)->fault;
    va_list args;

    *fault = (struct c_fault){.kind = C_FAULT_BUFFER, .write = write, .size = size,
                              .g = run->self->id, .pc = run->self->pc,
                              .address = c_place(run, (uintptr_t)at)};
    va_start(args, format);
    vsnprintf(fault->what, sizeof fault->what, format, args);
    va_end(args);
    run_stop(run, RUN_WILD);
}

_Noreturn void c_undefined(struct run *run, const char *format, ...)
{
    struct c_fault *fault = &c_face_of(run)->fault;
    va_list args;

    *fault = (struct c_fault){.kind = C_FAULT_UNDEFINED, .g = run->self->id, .pc = run->self->pc};
    va_start(args, format);
    vsnprintf(fault->what, sizeof fault->what, format, args);
    va_end(args);
    run_stop(run, RUN_UNDEFINED);
}

/* --- words ---------------------------------------------------------------- */

static const struct {
    const char *title, *what;
} words[] = {
#define X(name, title, noun) {title, noun},
    C_FAULTS(X)
#undef X
};

static const char *plural(uint64_t n)
{
    return n == 1 ? "" : "s";
}

static int block_text(const struct c_fault *f, char *text, size_t size)
{
    return snprintf(text, size, "the block of %" PRIu64 " byte%s", f->block_size,
                    plural(f->block_size));
}

/* What was accessed, as seen from the block. */
static void where_text(const struct c_fault *f, char *text, size_t size)
{
    int64_t end = (int64_t)f->block_size, last = f->offset + (int64_t)f->size;
    int64_t apart = f->offset < 0 ? -last : f->offset - end;
    const char *side = f->offset < 0 ? "before" : "after";

    if (f->offset >= 0 && f->offset < end)
        snprintf(text, size, ", %" PRId64 " of them after", last - end);
    else if (apart < 0)
        snprintf(text, size, ", beginning %" PRId64 " byte%s before", -f->offset,
                 plural((uint64_t)-f->offset));
    else if (apart == 0)
        snprintf(text, size, " right %s", side);
    else
        snprintf(text, size, ", %" PRId64 " byte%s %s", apart, plural((uint64_t)apart), side);
}

/* What was done with a block of the heap. */
static int with_block(const struct c_fault *f, char *text, size_t size)
{
    const char *title = words[f->kind].title, *does = f->write ? "writes" : "reads";
    char block[64], where[64];

    block_text(f, block, sizeof block);
    where_text(f, where, sizeof where);
    switch (f->kind) {
    case C_FAULT_FREED:
        return snprintf(text, size, "%s: %s %" PRIu64 " byte%s of %s", title, does, f->size,
                        plural(f->size), block);
    case C_FAULT_OVERFLOW:
    case C_FAULT_UNDERFLOW:
        return snprintf(text, size, "%s: %s %" PRIu64 " byte%s%s %s", title, does, f->size,
                        plural(f->size), where, block);
    case C_FAULT_DOUBLE_FREE:
        return snprintf(text, size, "%s: frees once more %s", title, block);
    case C_FAULT_BAD_FREE:
        if (f->offset > 0 && f->offset < (int64_t)f->block_size)
            return snprintf(text, size, "%s: frees an address %" PRId64 " byte%s into %s", title,
                            f->offset, plural((uint64_t)f->offset), block);
        return snprintf(text, size, "%s: frees %s", title, words[f->kind].what);
    case C_FAULT_BROKEN_HEAP:
        return snprintf(text, size, "%s: something was written over the edge of %s", title, block);
    default:
        return -1;
    }
}

int c_fault_text(const struct c_fault *fault, char *text, size_t size)
{
    const char *title = words[fault->kind].title, *what = words[fault->kind].what;
    const char *does = fault->write ? "writes" : "reads";
    int n = fault->made_g ? with_block(fault, text, size) : -1;

    if (n >= 0)
        return n;
    switch (fault->kind) {
    case C_FAULT_NONE:
        return snprintf(text, size, "nothing");
    case C_FAULT_UNDEFINED:
        return snprintf(text, size, "%s: %s", title, fault->what);
    case C_FAULT_BUFFER:
        return snprintf(text, size, "%s: %s %" PRIu64 " byte%s, beyond the end of %s", title, does,
                        fault->size, plural(fault->size), fault->what);
    case C_FAULT_STACK:
        does = "overflows";
        break;
    case C_FAULT_DOUBLE_FREE:
    case C_FAULT_BAD_FREE:
    case C_FAULT_BROKEN_HEAP:
        does = "frees";
        break;
    case C_FAULT_NOT_CHAN:
    case C_FAULT_NOT_CONTEXT:
        does = "uses";
        break;
    case C_FAULT_NULL:
        return snprintf(text, size, "%s: %s through %s", title, does, what);
    default:
        break;
    }
    return snprintf(text, size, "%s: %s %s", title, does, what);
}
