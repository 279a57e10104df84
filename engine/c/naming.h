/* naming.h -- names and values of the accesses that a C program's trace tells.
 *
 * The child that ran the program tells where memory is and which bits were there; what they are of is
 * said by the object, and for memory of the heap by the line of the program that made the access:
 * a block has no type, but "p->hits = 1" has, where some struct has a member of that name there.
 * For the parent: the object is read, never loaded.
 */
#ifndef BRAID_C_NAMING_H
#define BRAID_C_NAMING_H

#include "check/finding.h"
#include "rt/trace.h"

/* Names the ACCESSes of a trace whose lines are resolved, and the races among the findings that point
 * at them; the functions of PLACEs in frames too.  source: the main file's text. */
void naming_resolve(const char *object_path, const char *source, struct trace *trace,
                    struct findings *findings);

#endif
