/* submission.h -- the programs that a class has handed in, found in a folder.
 *
 * Each folder in it is a student's; with a topic's name among them it is one student's alone.  Inside,
 * at any depth a person would make, a file named after an exercise (basic_pool.lua) is a submission;
 * one in a folder named after the topic is preferred to one elsewhere.  Links are not followed: what
 * is graded is what was handed in.
 */
#ifndef BRAID_GRADE_SUBMISSION_H
#define BRAID_GRADE_SUBMISSION_H

#include "base/region.h"
#include "course/course.h"

struct submission {
    const char *student; /* the folder's name; "." where there is only one */
    const struct exercise *exercise;
    enum course_language language;
    const char *path;    /* NULL: nothing was handed in for the exercise */
};

struct submissions {
    struct region memory;
    struct submission *at; /* by student, then in the order of the course, Lua before C */
    size_t count;
    size_t students;
};

/* Called with what was passed over, and why: "ann/notes.c: ...". */
typedef void submissions_note(void *context, const char *message);

/* Finds all in a folder, of the exercises asked for (0: of all); for those asked for, what is missing,
 * too.  The course must outlive them.  False with errno: the folder cannot be read, or no memory. */
bool submissions_find(struct submissions *submissions, const struct course *course,
                      const char *folder, const struct exercise *const *asked, size_t nasked,
                      submissions_note *note, void *context);
void submissions_release(struct submissions *submissions);

#endif
