/* linetable.h -- which line of which file an address of a compiled program came from.
 *
 * Reads DWARF's line table, versions 2 to 5, of one object file that need not be loaded.
 * libbacktrace looks at every library of the process first: 70 to 125 ms and 17 MB that
 * it never gives back, for each object; this takes a fraction of a millisecond.
 */
#ifndef BRAID_C_LINETABLE_H
#define BRAID_C_LINETABLE_H

#include "c/object.h"

struct linetable;

/* NULL: out of memory, or an object without a line table. */
struct linetable *linetable_new(const struct object *object);
void linetable_free(struct linetable *table);

/* The line of an address; 0 when unknown.  *file: as the compiler was told, without its
 * directory when that was not part of the name; lives as long as the table. */
uint32_t linetable_find(const struct linetable *table, uint64_t address, const char **file);

#endif
