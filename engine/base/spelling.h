/* spelling.h -- how far a name is from the one that was meant. */
#ifndef BRAID_BASE_SPELLING_H
#define BRAID_BASE_SPELLING_H

#include <stddef.h>

#define SPELLING_FAR 99u

/* 0: they differ in capitals and underscores only, as Go's names from those of Lua and C; else how
 * many letters must be changed, added, left out or swapped with their neighbour to make one of
 * the other (the optimal string alignment of Damerau, CACM 7:3, 1964); SPELLING_FAR: those are
 * more than a third, or a name is too long to say.  The names need not end at their lengths. */
unsigned spelling_distance(const char *a, size_t na, const char *b, size_t nb);

#endif
