/* wish.h -- what a run is asked to do: print something, pass a marker, show a fault. */
#ifndef BRAID_GRADE_WISH_H
#define BRAID_GRADE_WISH_H

#include "check/finding.h"
#include "rt/hook.h"
#include "rt/trace.h"

/* All that is not 0 must come true; what is printed and passed, before main returns. */
struct wish {
    const char *output; /* all that is printed, compared word by word */
    const char *part;   /* words that are printed one right after the other */
    const char *mark;   /* passed by somebody: go.mark("name"), MARK("name") */
    enum finding_kind fault; /* a finding of this kind */
    bool clean;         /* no finding at all */
};

/* As authors write it: "deadlock", "race", "leak", "panic", "livelock" is that fault; "print 2 1" all
 * that is printed; anything else a part of it.  The words are borrowed. */
struct wish wish_of_words(const char *words);

/* A watcher that knows after each run, of which the findings are.  Both are borrowed.  NULL: out of
 * memory. */
struct watcher *wish_new(const struct wish *wish, const struct findings *findings);
void wish_free(struct watcher *watcher);

/* Whether the last run did. */
bool wish_came_true(const struct watcher *watcher);

/* The same of a run that was kept. */
bool wish_met(const struct wish *wish, const struct trace *trace, const struct findings *findings);

/* Whether two texts have the same words between white space. */
bool wish_same_words(const char *a, const char *b);

/* Whether the words of `part` stand in a text, one right after the other. */
bool wish_has_words(const char *text, const char *part);

#endif
