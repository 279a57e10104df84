/* ui.h -- the app: lessons, exercises and the watch view in a terminal.
 *
 * The terminal is left as it was found, whatever happens: q, Ctrl-C, SIGTERM,
 * SIGHUP, a crash of ours.  A learner's code never runs in this process.
 */
#ifndef BRAID_UI_UI_H
#define BRAID_UI_UI_H

#include "course/course.h"

#include <stdbool.h>
#include <stddef.h>

struct ui_options {
    const char *root;      /* the folder that holds lessons/, exercises/, solutions/ */
    enum course_language language; /* shown first where both exist */
    bool ascii;            /* 7-bit characters; also by BRAID_ASCII=1, a locale without UTF-8 */
    bool no_color;         /* also by NO_COLOR */
    bool still;            /* nothing moves between two steps; also by BRAID_STILL=1 */

    /* The first screen: at most one of these; all NULL: the list of lessons. */
    const char *exercise;  /* as course_find takes it */
    const char *program;   /* path of a program to watch ... */
    const char *schedule;  /* ... along this schedule; NULL: one plain run */
    const char *lesson;    /* to present */
    bool notes;            /* show its notes instead, beside a terminal that presents it */

    const char *const *cflags; /* to the C compiler, NULL-terminated; NULL: none */
};

/* Runs the app until the learner leaves it.  Returns the exit status: 0; 2 when this terminal or
 * the options do not allow it, with the reason and the next step in error (size bytes); 128 + the
 * signal that ended it.  Every option is borrowed. */
int ui_run(const struct ui_options *options, char *error, size_t size);

#endif
