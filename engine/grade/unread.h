/* unread.h -- errors that a program's text drops: set and never looked at, or returned to nobody.
 *
 * Read off the tokens of either language, without its grammar, so it names only what is plain.  An
 * error is what a function of the vocabulary returns as one, or one of the program's own that returns
 * such (or what it calls err...), or what comes from a channel on which one is sent.  Told are a
 * call of which nothing takes the error, and a variable that was given one and that nothing in its block
 * reads, whatever it is called.
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
