/* roots.h -- what a C program can still reach, found by a conservative scan (rt/reach.h).
 *
 * Every aligned word of the program's memory may be an address.  Read are its global and
 * thread-local variables; the stack of a goroutine, from where it waits (with the registers it
 * saved) up to where it began; and each block of the heap, object of the run (the buffer of a
 * channel, the argument of a timer, a deferred call) or stack that a word read points into.  As
 * LeakSanitizer does, and Boehm & Weiser ("Garbage collection in an uncooperative environment",
 * 1988).  It errs to one side only: a number that looks like an address keeps its block.
 *
 * What is done by pthread calls knows its variables by number and not by address: all of it counts
 * as reached.
 */
#ifndef BRAID_C_ROOTS_H
#define BRAID_C_ROOTS_H

#include "rt/reach.h"

/* For run->reaches.  Marked are, of a live block of the heap, its first byte: whether it has been
 * reached says reach_has. */
extern const struct reach_face c_reaches;

#endif
