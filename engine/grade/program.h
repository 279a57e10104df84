/* program.h -- a learner's source file: its language, its text, its lines. */
#ifndef BRAID_GRADE_PROGRAM_H
#define BRAID_GRADE_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum language { LANGUAGE_NONE, LANGUAGE_LUA, LANGUAGE_C };

struct program {
    char *path;          /* as the learner named it */
    const char *name;    /* its last component, inside path */
    enum language language;
    char *text;
    size_t length;
    const char **lines;  /* lines[i] starts line i + 1; not NUL-terminated */
    uint32_t nlines;
};

/* Reads a file.  false: *error (size bytes) says `path: what` and the next step;
 * a missing file, a directory, an empty file, a binary, an unknown ending, over 1 MiB. */
bool program_load(struct program *program, const char *path, char *error, size_t size);
void program_release(struct program *program);

/* The text of a line without its end of line; length in *len; "" when out of range. */
const char *program_line(const struct program *program, uint32_t line, size_t *len);

#endif
