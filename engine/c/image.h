/* image.h -- a learner's shared object in memory: its segments, its symbols, and the
 * state every run starts from.
 *
 * After loading, the writable segments (and the thread's copy of _Thread_local
 * variables) are set aside; image_reset puts them back.  A pc is told as an offset
 * from the object's first byte, the same in every process that loads it.
 */
#ifndef BRAID_C_IMAGE_H
#define BRAID_C_IMAGE_H

#include "c/object.h"

struct image_segment {
    uintptr_t start, end;   /* the part that is read-write, or the whole */
    bool writable;
    unsigned char *saved;   /* writable: its bytes after loading */
    uintptr_t zero_from;    /* writable: from this page on it was all zero and is no part of
                               the file; = end when there is no such part worth the name */
};

struct image {
    void *handle;
    uintptr_t base, end;    /* addresses: [base, end) holds all segments */
    uintptr_t text, text_end; /* the executable segment */
    struct image_segment *segments;
    size_t nsegments;
    uintptr_t data, data_end; /* the largest writable segment */
    struct object_symbols symbols;
    const unsigned char *tls; /* initial bytes of _Thread_local variables */
    size_t tls_file, tls_size;
    int (*main)(int argc, char **argv);
    bool counts;              /* calls go_num_goroutine */
    bool by_clang;            /* compiled by it */
    bool entrusts;            /* gives pointers to a library that keeps them: what is still
                                 reachable there cannot be known */
    bool exits;               /* calls exit, or raises signals */
};

/* Loads the object.  false: error (size bytes) says what is missing in it. */
bool image_load(struct image *image, const char *path, char *error, size_t size);
void image_release(struct image *image);

/* Variables have again the values they had after loading. */
void image_reset(struct image *image);

/* The calling thread's copy of its _Thread_local variables; NULL: none, or not made yet. */
void *image_thread_locals(const struct image *image, size_t *size);

/* The offset of a code address; 0 when it is not in the image. */
static inline uint32_t image_pc(const struct image *image, const void *code)
{
    uintptr_t at = (uintptr_t)code;

    return at >= image->base && at < image->end ? (uint32_t)(at - image->base) : 0;
}

/* The segment that holds [at, at + size); NULL: none. */
const struct image_segment *image_segment(const struct image *image, uintptr_t at, size_t size);

#endif
