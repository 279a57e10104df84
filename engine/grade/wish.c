/* wish.c -- what a run is asked to do. */
#include "grade/wish.h"

#include "base/text.h"
#include "rt/run.h"

#include <stdlib.h>
#include <string.h>

static const char blank[] = " \t\r\n\v\f";

static const struct {
    const char *word;
    enum finding_kind kind;
} faults[] = {
    {"deadlock", FINDING_DEADLOCK}, {"race", FINDING_RACE},         {"leak", FINDING_LEAK},
    {"panic", FINDING_PANIC},       {"livelock", FINDING_LIVELOCK},
};

struct wishing {
    struct watcher watcher; /* first: a watcher's address is its own */
    const struct wish *wish;
    const struct findings *findings;
    struct text output;
    bool marked;
    bool cut_off; /* the run was, as redundant: what it would have shown is not known */
};

struct wish wish_of_words(const char *words)
{
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (strcmp(words, faults[i].word) == 0)
            return (struct wish){.fault = faults[i].kind};
    if (strncmp(words, "print ", 6) == 0)
        return (struct wish){.output = words + 6};
    return (struct wish){.part = words};
}

static void begin(struct watcher *watcher, struct run *run)
{
    struct wishing *self = (struct wishing *)watcher;

    (void)run;
    text_clear(&self->output);
    self->marked = self->cut_off = false;
}

static void end(struct watcher *watcher, struct run *run)
{
    ((struct wishing *)watcher)->cut_off = run->end == RUN_REDUNDANT;
}

static void see(struct wishing *self, const struct trace *trace, const struct event *event)
{
    if (event->flags & EVENT_AFTERMATH)
        return;
    if (event->kind == EVENT_PRINT)
        text_add(&self->output, trace_text(trace, event->text));
    else if (event->kind == EVENT_MARK && self->wish->mark)
        self->marked |= strcmp(trace_text(trace, event->text), self->wish->mark) == 0;
}

static const uint8_t wanted[] = {EVENT_PRINT, EVENT_MARK, EVENT_NONE};

static void event(struct watcher *watcher, struct run *run, const struct event *event)
{
    if (run->trace)
        see((struct wishing *)watcher, run->trace, event);
}

struct watcher *wish_new(const struct wish *wish, const struct findings *findings)
{
    struct wishing *self = calloc(1, sizeof *self);

    if (!self)
        return NULL;
    self->watcher = (struct watcher){
        .begin = begin, .event = event, .wants = wanted, .end = end};
    self->wish = wish;
    self->findings = findings;
    return &self->watcher;
}

void wish_free(struct watcher *watcher)
{
    if (watcher)
        text_release(&((struct wishing *)watcher)->output);
    free(watcher);
}

/* Takes the words of `with` from the beginning of a text.  NULL: it begins with others. */
static const char *after_words(const char *text, const char *with)
{
    for (;;) {
        size_t n, m;

        with += strspn(with, blank);
        m = strcspn(with, blank);
        if (m == 0)
            return text;
        text += strspn(text, blank);
        n = strcspn(text, blank);
        if (n != m || memcmp(text, with, n) != 0)
            return NULL;
        text += n;
        with += m;
    }
}

bool wish_same_words(const char *a, const char *b)
{
    const char *rest = after_words(a, b);

    return rest && rest[strspn(rest, blank)] == '\0';
}

bool wish_has_words(const char *text, const char *part)
{
    for (;;) {
        text += strspn(text, blank);
        if (after_words(text, part))
            return true;
        if (*text == '\0')
            return false;
        text += strcspn(text, blank);
    }
}

static bool is_found(const struct findings *findings, enum finding_kind kind)
{
    for (uint32_t i = 0; i < findings->count; i++)
        if (findings->at[i].kind == kind)
            return true;
    return false;
}

bool wish_came_true(const struct watcher *watcher)
{
    const struct wishing *self = (const struct wishing *)watcher;
    const struct wish *wish = self->wish;
    const char *output = text_string(&self->output);

    return (!wish->mark || self->marked) &&
           (!wish->output || wish_same_words(wish->output, output)) &&
           (!wish->part || wish_has_words(output, wish->part)) &&
           (!wish->fault || is_found(self->findings, wish->fault)) &&
           (!wish->clean || (self->findings->count == 0 && !self->cut_off));
}

bool wish_met(const struct wish *wish, const struct trace *trace, const struct findings *findings)
{
    struct wishing self = {.wish = wish, .findings = findings};
    bool met;

    for (uint32_t i = 0; i < trace->count; i++)
        see(&self, trace, &trace->events[i]);
    met = wish_came_true(&self.watcher);
    text_release(&self.output);
    return met;
}
