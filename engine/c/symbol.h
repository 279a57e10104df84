/* symbol.h -- puts lines and files where a C program's trace and findings have only pcs.
 *
 * For the parent of the judge's child: the object is read, never loaded.
 */
#ifndef BRAID_C_SYMBOL_H
#define BRAID_C_SYMBOL_H

#include "check/finding.h"
#include "check/review.h"
#include "rt/trace.h"

/* Fills in line and file of every event and place that has a pc and no line.  The file of
 * main is the program's own (0); others are named by the last part of their path.
 * findings may be NULL.  false: the object cannot be read. */
bool symbol_resolve(const char *object_path, struct trace *trace, struct findings *findings);

/* Fills in the lines of a review's places that have only pcs.  false: the object cannot be read. */
bool symbol_places(const char *object_path, struct review_place *places, size_t n);

/* The line of one pc; 0 when unknown. */
uint32_t symbol_line(const char *object_path, uint32_t pc);

#endif
