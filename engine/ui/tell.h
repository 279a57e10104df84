/* tell.h -- a verdict as a learner reads it in the app: a headline, and Markdown.
 */
#ifndef BRAID_UI_TELL_H
#define BRAID_UI_TELL_H

#include "base/text.h"
#include "course/course.h"
#include "ui/job.h"

#include <stdbool.h>

/* One line: "✓ passed: all 1,248 interleavings end well", "✗ leak: worker 2 ...". */
void tell_headline(const struct judged *judged, struct text *out, bool ascii);

/* What happened, why, and the story of the failing run, for so many columns (heap); NULL: out of
 * memory.  where: the lesson step that explains it, as a phrase; NULL: none. */
char *tell_markdown(const struct judged *judged, const char *where, int cols);

/* The line of the source the first finding is about; 0: none. */
uint32_t tell_line(const struct judged *judged);

/* Appends text so that Markdown shows it as it is. */
void tell_escape(struct text *out, const char *plain);

#endif
