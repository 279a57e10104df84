/* prefer.h -- a lesson's text in one language. */
#ifndef BRAID_COURSE_PREFER_H
#define BRAID_COURSE_PREFER_H

#include "course/course.h"

/* The Markdown with, where a ```lua and a ```c block stand one after the other, only the one of
 * the language; blocks that stand alone stay.  On the heap; NULL: out of memory. */
char *prefer_language(const char *markdown, enum course_language language);

#endif
