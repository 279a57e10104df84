/* wish.h -- what a run is asked to do: print something, pass a marker. */
#ifndef BRAID_GRADE_WISH_H
#define BRAID_GRADE_WISH_H

#include "rt/hook.h"

/* All that is not NULL must come true before main returns. */
struct wish {
    const char *output; /* all that is printed, compared word by word */
    const char *mark;   /* passed by somebody: go.mark("name"), MARK("name") */
};

/* A watcher that knows after each run.  The wish is borrowed.  NULL: out of memory. */
struct watcher *wish_new(const struct wish *wish);
void wish_free(struct watcher *watcher);

/* Whether the last run did. */
bool wish_came_true(const struct watcher *watcher);

/* Whether two texts have the same words between white space. */
bool wish_same_words(const char *a, const char *b);

#endif
