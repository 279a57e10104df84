/* place.h -- where braid's own files lie. */
#ifndef BRAID_BASE_PLACE_H
#define BRAID_BASE_PLACE_H

#include <stdbool.h>
#include <stddef.h>

/* The folder that holds lessons/, exercises/, solutions/ and engine/go.h: $BRAID_ROOT, else found
 * from where the executable lies (the checkout's build/, or PREFIX/bin with PREFIX/share/braid).
 * False when there is none: `out` then names the folder looked at last. */
bool place_root(char *out, size_t size);

#endif
