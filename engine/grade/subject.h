/* subject.h -- the program under test inside a check, and another one put in its place (the marks:
 * course/mutants.h).
 */
#ifndef BRAID_GRADE_SUBJECT_H
#define BRAID_GRADE_SUBJECT_H

#include "c/scratch.h"
#include "grade/program.h"

/* Whether a check holds the same subject as the program at the path `right`.  False: *error (heap,
 * NULL: out of memory) says where it does not and what to do. */
bool subject_kept(const struct program *check, const char *right, char **error);

/* Makes *out (release it) the check with the text of the file `path` as its subject; it lies in
 * *scratch (remove it).  *what (heap): the comment that the file begins with.  On false only *error
 * (heap, NULL: out of memory) is set: what failed on our side. */
bool subject_replace(struct program *out, struct scratch *scratch, char **what,
                     const struct program *check, const char *path, char **error);

#endif
