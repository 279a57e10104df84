/* workspace.h -- the learner's own folder of exercises.
 *
 * Its files are DIR/NN-topic/name.lua and name.c, copied from the starters and never
 * overwritten without a backup: `name.lua` goes to `name.lua.bak`, `.bak2`, ... first.
 * A workspace is marked by a file `.braid`.  Beside it lie files for editors (editors.h).
 */
#ifndef BRAID_COURSE_WORKSPACE_H
#define BRAID_COURSE_WORKSPACE_H

#include "course/course.h"

/* Makes (or completes) a workspace: copies starters that are not there yet, and puts the files for
 * editors beside them.  Returns the number of starters copied, -1 with a message in error. */
int workspace_init(const struct course *course, const char *dir, char *error, size_t size);

/* Path of the learner's copy (heap), made from the starter when missing; NULL with error. */
char *workspace_file(const struct course *course, const char *dir, const struct exercise *exercise,
                     enum course_language language, char *error, size_t size);

/* Back to the starter.  *backup (heap) = where the old text went, NULL when there was
 * nothing to keep: no file, or the starter unchanged.  Without a backup nothing is reset. */
bool workspace_reset(const struct course *course, const char *dir, const struct exercise *exercise,
                     enum course_language language, char **backup, char *error, size_t size);

#endif
