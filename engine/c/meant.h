/* meant.h -- the names of go.h that a C program's unknown ones were meant to be. */
#ifndef BRAID_C_MEANT_H
#define BRAID_C_MEANT_H

#include "base/text.h"
#include "c/compile.h"

/* A line for each function or type the compiler did not know and go.h, in the directory, has under
 * another name, or under this one when it was not included: "pool.c:7: go.h has no 'chan_send'; did
 * you mean 'go_send'?" */
void meant_in_messages(struct text *out, const struct compile_result *result, const char *include);

#endif
