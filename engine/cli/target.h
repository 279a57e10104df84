/* target.h -- what the words of a command line mean: a program, an exercise. */
#ifndef BRAID_CLI_TARGET_H
#define BRAID_CLI_TARGET_H

#include "cli/options.h"
#include "course/course.h"
#include "course/progress.h"
#include "grade/program.h"

struct target {
    struct course course;
    bool has_course;
    struct progress *progress;
    const struct exercise *exercise;   /* NULL: a free-standing program */
    enum course_language language;
    struct program program;
};

/* Loads the course and the progress.  False: said why on standard error. */
bool target_course(struct target *target);

/* word: a file, or the name of an exercise, which means the learner's own copy of it.  Without a
 * word: the first exercise that has not been passed.  False: said why. */
bool target_open(struct target *target, const struct options *options, const char *word);

/* Only the exercise, its program need not exist; as target_open otherwise. */
bool target_exercise(struct target *target, const struct options *options, const char *word);

void target_release(struct target *target);

/* The learner's workspace: the current folder when it is marked as one, else the one progress
 * remembers; NULL when there is none, said on standard error. */
const char *target_workspace(const struct target *target);

#endif
