/* scratch.h -- a folder below $TMPDIR for one program, gone with whoever made it.
 *
 * Its name is braid-XXXXXX.  Who uses it, the compiler too, holds a lock on it, which goes with the
 * process, however that ends; so what a killed process left there is known as such, and the first
 * folder that a process makes removes those.
 */
#ifndef BRAID_C_SCRATCH_H
#define BRAID_C_SCRATCH_H

#include <stdbool.h>

/* Zeroed: none. */
struct scratch {
    char *path;
    int lock; /* a descriptor; valid with path */
};

/* False with errno, and *scratch zeroed; the path that could not be made is in *path (heap), if not
 * NULL and there is memory. */
bool scratch_make(struct scratch *scratch, char **path);

/* With the files named program.so, program.c and program.lua that may be in it. */
void scratch_remove(struct scratch *scratch);

/* Removes what dead processes of this user left below a folder. */
void scratch_sweep(const char *folder);

#endif
