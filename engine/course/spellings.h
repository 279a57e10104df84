/* spellings.h -- how Go, Lua and C spell the calls that a lesson's code makes. */
#ifndef BRAID_COURSE_SPELLINGS_H
#define BRAID_COURSE_SPELLINGS_H

#include "base/text.h"

#include <stdbool.h>

/* Adds a table in Markdown with a row for each call in the ```lua and ```c blocks of a text, from
 * the reference below root.  language: only this face beside Go (enum course_language), -1: both.
 * False: nothing was added: there is no code, none of it has a word of Go's, or no reference. */
bool spellings_table(const char *root, const char *markdown, int language, struct text *out);

#endif
