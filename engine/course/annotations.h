/* annotations.h -- the vocabulary as LuaCATS annotations: an editor completes and explains it. */
#ifndef BRAID_COURSE_ANNOTATIONS_H
#define BRAID_COURSE_ANNOTATIONS_H

#include "base/text.h"
#include "course/reference.h"

/* First line of the file: whoever finds it at the top of a file knows it was made. */
#define ANNOTATIONS_MARK "---@meta braid"

/* Adds a whole Lua file, made from the entries in their order: a definition without a body for
 * each signature, its types and its meaning before it.  False: out of memory. */
bool annotations_lua(const struct reference *reference, struct text *out);

#endif
