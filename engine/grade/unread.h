/* unread.h -- errors that a program's text drops: set and never looked at, or returned to nobody.
 *
 * Read off the tokens of either language, without its grammar, so it names only what is plain: a
 * variable called err... that nothing in its block reads; a call of one of the program's own
 * functions that returns an error where no variable takes it.
 */
#ifndef BRAID_GRADE_UNREAD_H
#define BRAID_GRADE_UNREAD_H

#include "grade/program.h"

#include <stddef.h>
#include <stdint.h>

struct unread {
    uint32_t line;
    bool call;         /* name is that of the function; else of the variable */
    char name[40];
};

/* In order of the text; returns how many there are, at most `most`.  0 also without memory. */
size_t unread_errors(const struct program *program, struct unread *out, size_t most);

#endif
