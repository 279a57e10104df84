/* progress.h -- what the learner has done, in a plain file in the user's data folder.
 *
 * $XDG_DATA_HOME/braid/progress (or ~/.local/share/braid/progress): one line per
 * fact, `passed 05-worker-pool/basic_pool lua`, `read 05-worker-pool 3`, `hint
 * 05-worker-pool/basic_pool 2`, `predicted 05-worker-pool/pool panic`, `foretold
 * 05-worker-pool/pool right`, `workspace /path`; unknown lines are kept.  Written aside and renamed.
 * BRAID_DATA in the environment names another folder (tests).
 */
#ifndef BRAID_COURSE_PROGRESS_H
#define BRAID_COURSE_PROGRESS_H

#include "course/course.h"

struct progress;

/* What became of a prediction: open until the engine has said. */
enum foretold { FORETOLD_OPEN, FORETOLD_RIGHT, FORETOLD_WRONG };

/* The user's data folder, heap; NULL: there is no home, or no memory. */
char *progress_folder(void);

/* Reads the file; a missing one is an empty progress.  NULL only when memory ran out. */
struct progress *progress_open(void);
void progress_free(struct progress *progress);

bool progress_passed(const struct progress *progress, const struct exercise *exercise,
                     enum course_language language);
uint32_t progress_hints(const struct progress *progress, const struct exercise *exercise);
/* The furthest step read, from 1; 0: none. */
uint32_t progress_step(const struct progress *progress, const struct lesson *lesson);
/* What was answered to the question about a demo, in the answer's words (heap); NULL: nothing. */
char *progress_predicted(const struct progress *progress, const struct lesson *lesson,
                         const struct lesson_step *step);
enum foretold progress_foretold(const struct progress *progress, const struct lesson *lesson,
                                const struct lesson_step *step);
const char *progress_workspace(const struct progress *progress); /* NULL: none yet */

/* Each saves at once; false with errno when the file could not be written. */
bool progress_set_passed(struct progress *progress, const struct exercise *exercise,
                         enum course_language language);
bool progress_set_hints(struct progress *progress, const struct exercise *exercise, uint32_t hints);
bool progress_set_step(struct progress *progress, const struct lesson *lesson, uint32_t step);
bool progress_set_predicted(struct progress *progress, const struct lesson *lesson,
                            const struct lesson_step *step, const char *answer); /* and open */
bool progress_set_foretold(struct progress *progress, const struct lesson *lesson,
                           const struct lesson_step *step, enum foretold foretold);
bool progress_set_workspace(struct progress *progress, const char *path);

#endif
