/* face.c -- a face's life, and one run of its main. */
#include "c/face.h"
#include "c/inside.h"
#include "c/roots.h"

#include <alloca.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* What the race detector is lent for the variables and the heap. */
static bool add_words(struct c_face *face)
{
    const struct image *image = &face->image;
    uintptr_t low = image->data & ~(uintptr_t)(SHADOW_GRANULE - 1);
    size_t granules = (image->data_end - low) / SHADOW_GRANULE + 1;
    uint64_t *words = heap_reserve(NULL, granules * (sizeof *words + sizeof(uint32_t)));

    if (!words)
        return false;
    face->words.spans[C_WORDS_IMAGE] = (struct shadow_span){
        .low = low,
        .where = C_PLACE_IMAGE + (low - image->base),
        .size = image->data_end - low,
        .words = words,
        .cells = (uint32_t *)(words + granules),
    };
    face->words.spans[C_WORDS_HEAP] = (struct shadow_span){
        .low = (uintptr_t)face->heap.arena,
        .where = C_PLACE_HEAP,
        .size = face->heap.reserved,
        .words = face->heap.words,
        .cells = face->heap.cells,
    };
    return true;
}

static void drop_words(struct c_face *face)
{
    struct shadow_span *image = &face->words.spans[C_WORDS_IMAGE];
    size_t granules = image->size / SHADOW_GRANULE + 1;

    if (image->words)
        munmap(image->words, granules * (sizeof *image->words + sizeof *image->cells));
}

struct c_face *c_face_new(const char *object_path, size_t memory_limit, char *error, size_t size)
{
    struct c_face *face = calloc(1, sizeof *face);

    if (!face) {
        snprintf(error, size, "out of memory");
        return NULL;
    }
    if (!image_load(&face->image, object_path, error, size))
        goto free_face;
    face->names = calloc(face->image.symbols.count + 1, sizeof *face->names);
    if (!face->names || !heap_init(&face->heap, memory_limit) || !add_words(face)) {
        snprintf(error, size, "out of memory");
        goto release_heap;
    }
    if (!trap_begin(face)) {
        snprintf(error, size, "out of memory");
        goto release_heap;
    }
    return face;
release_heap:
    drop_words(face);
    heap_release(&face->heap);
    free(face->names);
    image_release(&face->image);
free_face:
    free(face);
    return NULL;
}

void c_face_free(struct c_face *face)
{
    if (!face)
        return;
    trap_end(face);
    drop_words(face);
    heap_release(&face->heap);
    image_release(&face->image);
    places_release(&face->atomics);
    roots_free(face->roots);
    free(face->names);
    free(face);
}

const struct c_fault *c_face_fault(const struct c_face *face)
{
    return &face->fault;
}

_Noreturn void c_leave_main(struct run *run, uintptr_t sp)
{
    struct c_face *face = c_face_of(run);

    face->main_sp = sp;
    face->main_frame = face->main_high - sp;
    c_run_at_exit(face);
    face->main_made = face->heap.nmade;
    c_returned(run, (const void *)face->image.main);
    run_return(run);
}

/* What the last run left where main's frame will lie says nothing of this one. */
static __attribute__((noinline)) void wipe(size_t size)
{
    volatile char *below = alloca(size);

    memset((char *)below, 0, size);
}

static void enter_main(void *arg)
{
    struct c_face *face = arg;
    struct run *run = run_current;
    char name[] = "program", *argv[] = {name, NULL};
    volatile char *gap;

    face->race = run->points ? NULL : race_alone(run);
    if (face->race)
        face->race->shadow.words = &face->words;
    face->main_low = (uintptr_t)run->self->fiber.stack;
    face->main_high = face->main_low + run->self->fiber.stack_size;
    if (face->main_frame)
        wipe(face->main_frame);
    run->exit_code = face->image.main(1, argv) & 0xff;
    /* Goroutines that are still there may hold pointers to main's variables: what we call
     * from now on is kept far below main's frame.  No call may come before this. */
    gap = alloca(run->self->fiber.stack_size / 2);
    gap[0] = 0;
    c_leave_main(run, face->sp);
}

enum run_end c_face_run(struct c_face *face, struct run *run)
{
    image_reset(&face->image);
    heap_reset(&face->heap);
    memset(face->names, 0, face->image.symbols.count * sizeof *face->names);
    face->fault = (struct c_fault){0};
    run->stamp = ++face->stamp;
    face->near = NULL;
    face->probing = face->copies = false;
    face->nunset = face->doubtful.size = 0;
    face->main_low = face->main_high = face->main_sp = face->stacks_low = face->stacks_high = 0;
    face->entries = NULL;
    face->spare = NULL;
    face->threads = NULL;
    face->cells_cap = 0;
    face->held = (struct c_held){0};
    places_clear(&face->atomics);
    face->nat_exit = 0;
    face->watch_ticks = face->watch_steps = face->watch_still = 0;
    run->face = face;
    run->counted = face->image.counts;
    run->may_exit = face->image.exits;
    run->name_of = c_variable;
    run->witness = &c_witness;
    run->reaches = &c_reaches;
    return run_start(run, enter_main, face);
}

_Noreturn void c_no_run(void)
{
    fputs("go.h is of use only after main has begun\n", stderr);
    abort();
}

const struct object_symbol *c_function(const struct c_face *face, const void *function)
{
    const struct object_symbol *symbol =
        object_symbol_at(&face->image.symbols, image_pc(&face->image, function));

    return symbol && symbol->function ? symbol : NULL;
}

/* Without what the compiler adds: a copy that it made is called worker.constprop.0, a static
 * variable of a function n.1.  Returns its length. */
static size_t plain_name(const char *symbol, char *name, size_t size)
{
    size_t n = strcspn(symbol, ".");

    n = n < size ? n : size - 1;
    memcpy(name, symbol, n);
    name[n] = '\0';
    return n;
}

/* Names are made in each run: printf would take longer than what is named. */
static void add_index(char *name, size_t n, size_t size, size_t index)
{
    char digits[24];
    size_t first = sizeof digits, length;

    digits[--first] = ']';
    do
        digits[--first] = (char)('0' + index % 10);
    while ((index /= 10) > 0);
    digits[--first] = '[';
    length = sizeof digits - first;
    if (n + length < size) {
        memcpy(name + n, digits + first, length);
        name[n + length] = '\0';
    }
}

const char *c_function_name(const struct run *run, const void *function)
{
    struct c_face *face = c_face_of(run);

    if (face->named != function) { /* many goroutines run the same */
        const struct object_symbol *symbol = c_function(face, function);

        face->named = function;
        plain_name(symbol ? symbol->name : "", face->function_name, sizeof face->function_name);
    }
    return face->function_name[0] ? face->function_name : NULL;
}

const char *c_name(const struct run *run, const void *variable, size_t bytes, char *name,
                   size_t size)
{
    const struct image *image = &c_face_of(run)->image;
    const struct object_symbol *symbol;
    size_t offset, n;

    if ((uintptr_t)variable < image->base || (uintptr_t)variable >= image->end)
        return NULL;
    offset = (uintptr_t)variable - image->base;
    symbol = object_symbol_at(&image->symbols, (uint32_t)offset);
    if (!symbol || symbol->function)
        return NULL;
    offset -= symbol->start;
    n = plain_name(symbol->name, name, size);
    if (symbol->size > bytes && symbol->size % bytes == 0 && offset % bytes == 0)
        add_index(name, n, size, offset / bytes);
    return name;
}

void c_returned(struct run *run, const void *function)
{
    struct c_face *face = c_face_of(run);

    if (face->returned != function) {
        const struct object_symbol *symbol = c_function(face, function);

        face->returned = function;
        face->returned_pc = symbol ? symbol->start + symbol->size : 0;
    }
    run->self->pc = face->returned_pc;
}
