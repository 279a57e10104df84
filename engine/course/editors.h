/* editors.h -- files of a workspace that make a learner's editor complete and explain.
 *
 *     braid.lua           annotations of the vocabulary; ours: made anew each time
 *     .luarc.json         settings of the Lua language server
 *     compile_flags.txt   where go.h lies, for clangd
 *
 * A file that the learner has is never touched, nor a braid.lua that is not ours.
 */
#ifndef BRAID_COURSE_EDITORS_H
#define BRAID_COURSE_EDITORS_H

#include <stdbool.h>
#include <stddef.h>

/* Puts them into an existing folder.  root: where engine/ lies; when it holds no reference there
 * is no braid.lua.  False: *error (size bytes) says why. */
bool editors_init(const char *root, const char *dir, char *error, size_t size);

#endif
