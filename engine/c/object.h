/* object.h -- reads a compiled object file: its sections and its symbols.
 *
 * The file was made from a learner's program and may say anything: nothing in it is
 * believed before it was held against the file's length.
 */
#ifndef BRAID_C_OBJECT_H
#define BRAID_C_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct object {
    const unsigned char *bytes; /* the whole file */
    size_t length;
};

struct object_bytes {
    const unsigned char *at;    /* into the object; NULL when size is 0 */
    size_t size;
};

struct object_symbol {
    uint32_t start, size;       /* offset in the image, bytes */
    bool function;              /* else a variable */
    const char *name;
};

struct object_symbols {
    struct object_symbol *at;   /* ascending by start */
    size_t count;
    char *names;
};

/* false: not there, or not an object of this machine's word size and byte order. */
bool object_open(struct object *object, const char *path);
void object_close(struct object *object);

/* A section's bytes; empty when there is none. */
struct object_bytes object_section(const struct object *object, const char *name);

/* Whether it uses a function that is defined elsewhere. */
bool object_uses(const struct object *object, const char *function);

/* Its functions and variables, in memory of their own; false: out of memory. */
bool object_symbols(const struct object *object, struct object_symbols *symbols);
void object_symbols_release(struct object_symbols *symbols);

/* The symbol that covers an offset; NULL: none. */
const struct object_symbol *object_symbol_at(const struct object_symbols *symbols, uint32_t offset);

#endif
