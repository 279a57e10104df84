/* bounds.c -- whether what a library function reads or writes stays in the variable it begins in.
 *
 * An index is the compiler's to check (undefined.c), blocks of the heap have their shadow; what is
 * left are arrays handed to strcpy, memcpy, read and the like:
 *
 *     variable of the program   must end before its symbol does
 *     local variable            no write may go over the end of its function's frame
 *
 *     | buffer ... | saved frame pointer | return address | caller's variables ...
 *          write ------------->|
 */
#include "c/inside.h"

#include <dlfcn.h>
#include <string.h>

enum { FRAMES_MAX = 256 };

static void check_variable(struct run *run, const void *at, size_t size, bool write)
{
    struct c_face *face = c_face_of(run);
    uintptr_t offset = (uintptr_t)at - face->image.base;
    const struct object_symbol *symbol =
        object_symbol_at(&face->image.symbols, (uint32_t)offset);

    if (symbol && !symbol->function && size > symbol->start + symbol->size - offset)
        c_overflow(run, at, size, write, "the variable '%.*s' of %u byte%s",
                   (int)strcspn(symbol->name, "."), symbol->name, symbol->size,
                   symbol->size == 1 ? "" : "s");
}

/* With -fomit-frame-pointer among the user's flags anything may lie where a record should. */
static bool is_code(uintptr_t at)
{
    Dl_info about;

    return dladdr((const void *)at, &about) != 0;
}

/* Frame records of the learner's functions hang together; the last one returns to the engine. */
static void check_frames(struct run *run, const void *at, size_t size)
{
    const struct c_face *face = c_face_of(run);
    uintptr_t from = (uintptr_t)at, record = *(const uintptr_t *)face->sp, below = face->sp;

    for (int i = 0; i < FRAMES_MAX && record > below; i++) {
        const uintptr_t *words = (const uintptr_t *)record;

        if (record % sizeof record != 0 || !c_on_stack(run->self, record, 2 * sizeof record))
            return;
        if (from < record) {
            if (from >= below + 2 * sizeof record && size > record - from && is_code(words[1]))
                c_overflow(run, at, size, true, "the variables of its function");
            return;
        }
        if (!image_pc(&face->image, (const void *)words[1]))
            return;
        below = record;
        record = words[0];
    }
}

void c_bounds(struct run *run, const void *at, size_t size, bool write)
{
    const struct image *image = &c_face_of(run)->image;

    if (size == 0)
        return;
    if (image_pc(image, at))
        check_variable(run, at, size, write);
    else if (write && c_on_stack(run->self, (uintptr_t)at, 1))
        check_frames(run, at, size);
}
