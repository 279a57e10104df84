/* load.h -- what the files that load content share. */
#ifndef BRAID_COURSE_LOAD_H
#define BRAID_COURSE_LOAD_H

#include "course/course.h"

struct loading {
    struct course *course;
    course_complaint *complain;
    void *context;
    bool failed; /* out of memory */
};

/* Into the course's memory.  NULL, and failed, when there is none. */
void *load_alloc(struct loading *loading, size_t size);
char *load_string(struct loading *loading, const char *string);
char *load_string_n(struct loading *loading, const char *string, size_t len);

/* root/a/b/c (c may be NULL): the path when there is such a file, else NULL. */
char *load_path(struct loading *loading, const char *a, const char *b, const char *c);

/* Says `place:line: what 'subject'`; place is relative to the root, subject may be NULL. */
void load_complain(struct loading *loading, const char *place, uint32_t line, const char *what,
                   const char *subject);

/* lesson.c: title and steps from lessons/ID/lesson.md; a missing file is a complaint.
 * A lesson without id is the glossary, lessons/glossary.md. */
void lesson_read(struct loading *loading, struct lesson *lesson);

/* topic.c: exercises from exercises/ID/topic.lua.  A lesson may have none. */
void topic_read(struct loading *loading, struct lesson *lesson);

#endif
