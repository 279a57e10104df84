/* mutants.h -- the wrong programs that a learner's check is to catch.
 *
 * A check is a program that holds another one, its subject, and asks questions of it:
 *
 *     -- [subject]                          (in C: // [subject])
 *     local function double(jobs) ... end
 *     -- [end of subject]
 *
 *     if double({1})[1] ~= 2 then panic("1 is not doubled") end
 *
 * A mutant is another text for what stands between the two lines; its first line is a comment that
 * says what is wrong with it.
 */
#ifndef BRAID_COURSE_MUTANTS_H
#define BRAID_COURSE_MUTANTS_H

#include <stddef.h>

struct mutants {
    const char *right; /* path of a program that holds the right subject */
    char **paths;      /* of the wrong ones */
    size_t count;
};

#endif
