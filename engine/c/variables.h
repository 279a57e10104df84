/* variables.h -- which variable, field and element a byte of a compiled program's memory is.
 *
 * Reads DWARF's description of variables and types (.debug_info), versions 4 and 5, as gcc and clang
 * write it for C, of one object file that need not be loaded.  What it does not understand it
 * leaves out: a byte then has no name.
 */
#ifndef BRAID_C_VARIABLES_H
#define BRAID_C_VARIABLES_H

#include "base/text.h"
#include "c/object.h"

struct variables;

/* What a byte is part of, as far as its value is shown. */
enum variable_kind {
    VARIABLE_OTHER, /* a pointer, or not known */
    VARIABLE_SIGNED,
    VARIABLE_UNSIGNED,
    VARIABLE_BOOL,
    VARIABLE_FLOAT,
};

struct variable {
    enum variable_kind kind;
    uint64_t size; /* bytes; 0: not known */
};

/* NULL: out of memory, or an object without a description.  The object is borrowed. */
struct variables *variables_new(const struct object *object);
void variables_free(struct variables *variables);

/* Appends the name of the byte so far from the start of the image: "counts[2]", "stats.total".
 * False: none is known, and nothing was appended. */
bool variables_global(const struct variables *variables, uint64_t address, struct text *out,
                      struct variable *variable);

/* The same of a byte in the frame of the function at `pc`, so far from the frame's canonical
 * address (its caller's stack pointer). */
bool variables_local(const struct variables *variables, uint64_t pc, int64_t offset,
                     struct text *out, struct variable *variable);

/* Whether in a block of `size` bytes that holds one or more of some struct, the byte at `offset` can
 * belong to a member of that name; appends what is inside of it: "[2].x", or nothing. */
bool variables_member(const struct variables *variables, uint64_t size, uint64_t offset,
                      const char *member, struct text *out, struct variable *variable);

#endif
