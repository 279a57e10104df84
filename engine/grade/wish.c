/* wish.c -- what a run is asked to do. */
#include "grade/wish.h"

#include "base/text.h"
#include "rt/run.h"

#include <stdlib.h>
#include <string.h>

struct wishing {
    struct watcher watcher; /* first: a watcher's address is its own */
    const struct wish *wish;
    struct text output;
    bool marked;
};

static void begin(struct watcher *watcher, struct run *run)
{
    struct wishing *self = (struct wishing *)watcher;

    (void)run;
    text_clear(&self->output);
    self->marked = false;
}

static void event(struct watcher *watcher, struct run *run, const struct event *event)
{
    struct wishing *self = (struct wishing *)watcher;

    if (event->flags & EVENT_AFTERMATH || !run->trace)
        return;
    if (event->kind == EVENT_PRINT)
        text_add(&self->output, trace_text(run->trace, event->text));
    else if (event->kind == EVENT_MARK && self->wish->mark)
        self->marked |= strcmp(trace_text(run->trace, event->text), self->wish->mark) == 0;
}

struct watcher *wish_new(const struct wish *wish)
{
    struct wishing *self = calloc(1, sizeof *self);

    if (!self)
        return NULL;
    self->watcher = (struct watcher){.begin = begin, .event = event};
    self->wish = wish;
    return &self->watcher;
}

void wish_free(struct watcher *watcher)
{
    if (watcher)
        text_release(&((struct wishing *)watcher)->output);
    free(watcher);
}

bool wish_same_words(const char *a, const char *b)
{
    static const char blank[] = " \t\r\n\v\f";

    for (;;) {
        size_t n, m;

        a += strspn(a, blank);
        b += strspn(b, blank);
        n = strcspn(a, blank);
        m = strcspn(b, blank);
        if (n != m || memcmp(a, b, n) != 0)
            return false;
        if (n == 0)
            return true;
        a += n;
        b += n;
    }
}

bool wish_came_true(const struct watcher *watcher)
{
    const struct wishing *self = (const struct wishing *)watcher;
    const struct wish *wish = self->wish;

    return (!wish->mark || self->marked) &&
           (!wish->output || wish_same_words(wish->output, text_string(&self->output)));
}
