/* allocate.c -- malloc and its kin, as the learner's code calls them. */
#include "c/inside.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Only the beginning of a block counts as written by free: to mark it all would cost more
 * than the program itself. */
enum { FREE_MOST = 64 };

static struct heap_spot who(const struct run *run)
{
    return (struct heap_spot){run->self->id, run->self->pc};
}

static void *take(size_t size, size_t align, bool zeroed, const void *caller)
{
    struct run *run = c_enter(caller);
    void *block;

    run_tick(run, 1);
    block = heap_take(&c_face_of(run)->heap, size, align, zeroed, who(run));
    if (!block)
        run_stop(run, RUN_MEMORY);
    return block;
}

static void give(void *block, const void *caller)
{
    struct run *run = c_enter(caller);
    struct heap *heap = &c_face_of(run)->heap;
    size_t size;

    if (!block)
        return;
    /* who frees writes: nobody else may use the block at that time */
    if (heap_size(heap, block, &size)) {
        c_access(run, block, size < FREE_MOST ? size : FREE_MOST, true, false);
        if (c_face_of(run)->race)
            heap_unsay(heap, block, size);
    }
    switch (heap_give(heap, block, who(run))) {
    case HEAP_OK:
        return;
    case HEAP_DOUBLE_FREE:
        c_wild(run, C_FAULT_DOUBLE_FREE, block, 0, true);
    case HEAP_BROKEN:
        c_wild(run, C_FAULT_BROKEN_HEAP, block, 0, true);
    case HEAP_BAD_FREE:
        c_wild(run, C_FAULT_BAD_FREE, block, 0, true);
    }
}

#define CALLER __builtin_return_address(0)

static void *resize(void *block, size_t size, const void *caller)
{
    struct run *run = c_enter(caller);
    size_t old = 0;
    void *fresh;

    if (block && !heap_size(&c_face_of(run)->heap, block, &old))
        give(block, caller); /* does not return: it cannot be freed */
    fresh = take(size, 16, false, caller);
    if (block) {
        memcpy(fresh, block, old < size ? old : size);
        heap_copied(&c_face_of(run)->heap, fresh, block, old < size ? old : size);
        give(block, caller);
    }
    return fresh;
}

static bool overflows(size_t n, size_t size)
{
    return size != 0 && n > SIZE_MAX / size;
}

C_WRAP(void *, malloc, size_t size)
{
    return take(size, 16, false, CALLER);
}

C_WRAP(void *, calloc, size_t n, size_t size)
{
    return take(overflows(n, size) ? SIZE_MAX : n * size, 16, true, CALLER);
}

C_WRAP(void *, realloc, void *block, size_t size)
{
    return resize(block, size, CALLER);
}

C_WRAP(void *, reallocarray, void *block, size_t n, size_t size)
{
    return resize(block, overflows(n, size) ? SIZE_MAX : n * size, CALLER);
}

C_WRAP(void, free, void *block)
{
    give(block, CALLER);
}

static bool is_alignment(size_t n)
{
    return n != 0 && (n & (n - 1)) == 0 && n <= HEAP_ALIGN_MAX;
}

C_WRAP(void *, aligned_alloc, size_t align, size_t size)
{
    return is_alignment(align) ? take(size, align, false, CALLER) : NULL;
}

C_WRAP(void *, memalign, size_t align, size_t size)
{
    return is_alignment(align) ? take(size, align, false, CALLER) : NULL;
}

C_WRAP(int, posix_memalign, void **block, size_t align, size_t size)
{
    struct run *run = c_enter(CALLER);

    c_access(run, block, sizeof *block, true, false);
    if (!is_alignment(align) || align % sizeof(void *) != 0)
        return EINVAL;
    *block = take(size, align, false, CALLER);
    return 0;
}

static char *copy(const char *text, size_t len, const void *caller)
{
    char *block = take(len + 1, 16, false, caller);

    memcpy(block, text, len);
    block[len] = '\0';
    heap_wrote(&c_face_of(run_current)->heap, (uintptr_t)block, len + 1);
    return block;
}

C_WRAP(char *, strdup, const char *text)
{
    struct run *run = c_enter(CALLER);
    size_t len = strlen(text);

    c_access(run, text, len + 1, false, false);
    return copy(text, len, CALLER);
}

C_WRAP(char *, strndup, const char *text, size_t most)
{
    struct run *run = c_enter(CALLER);
    size_t len = strnlen(text, most);

    c_access(run, text, len, false, false);
    return copy(text, len, CALLER);
}

static int format_new(char **to, const char *format, va_list args, const void *caller)
{
    struct run *run = c_enter(caller);
    char small[1024];
    size_t len;
    char *text = c_format(run, small, sizeof small, &len, format, args);

    c_access(run, to, sizeof *to, true, false);
    *to = copy(text, len, caller);
    return (int)len;
}

C_WRAP(int, vasprintf, char **to, const char *format, va_list args)
{
    return format_new(to, format, args, CALLER);
}

C_WRAP(int, asprintf, char **to, const char *format, ...)
{
    va_list args;
    int n;

    va_start(args, format);
    n = format_new(to, format, args, CALLER);
    va_end(args);
    return n;
}
