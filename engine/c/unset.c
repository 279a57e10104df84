/* unset.c -- memory of the heap that is read before anybody has written it.
 *
 * Told are reads of a number, a pointer or a character of which no byte was written: a struct that
 * is copied with its gaps, or a library function that writes unseen, gives no alarm.
 */
#include "c/inside.h"

static bool told(const struct c_face *face, uint32_t pc)
{
    for (uint32_t i = 0; i < face->nunset; i++)
        if (face->unset[i].pc == pc)
            return true;
    return false;
}

static void tell(struct c_face *face, const struct c_unset *unset)
{
    if (face->nunset < C_UNSET_MAX && !told(face, unset->pc))
        face->unset[face->nunset++] = *unset;
}

/* clang writes a bit-field by reading all that lies around it: only a read that is not followed by
 * the write of the same place was meant. */
static void decide(struct c_face *face, uint32_t writer, const void *at, size_t size)
{
    const struct c_unset *read = &face->doubtful;

    if (writer != read->g || (uintptr_t)at != read->at || size != read->size)
        tell(face, read);
    face->doubtful.size = 0;
}

static void read_unset(struct run *run, const void *at, size_t size)
{
    struct c_face *face = c_face_of(run);
    struct c_unset unset = {.at = (uintptr_t)at, .g = run->self->id, .pc = run->self->pc,
                            .size = (uint32_t)size};
    uintptr_t start;
    const struct heap_block *block = heap_near(&face->heap, (uintptr_t)at, &start);

    if (block) {
        unset.made_g = block->made.g;
        unset.made_pc = block->made.pc;
    }
    if (face->image.by_clang)
        face->doubtful = unset;
    else
        tell(face, &unset);
}

void c_unset_look(struct run *run, const void *at, size_t size, bool write)
{
    struct c_face *face = c_face_of(run);

    if (face->doubtful.size)
        decide(face, write ? run->self->id : 0, at, size);
    if (!write && size <= 8 && !face->copies && heap_unset(&face->heap, (uintptr_t)at, size) &&
             face->nunset < C_UNSET_MAX)
        read_unset(run, at, size);
}

const struct c_unset *c_face_unset(struct c_face *face, uint32_t *count)
{
    if (face->doubtful.size)
        decide(face, 0, NULL, 0);
    *count = face->nunset;
    return face->unset;
}
