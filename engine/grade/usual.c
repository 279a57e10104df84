/* usual.c -- the outputs of some runs, and one that is none of them. */
#include "grade/usual.h"

#include "base/text.h"
#include "rt/run.h"

#include <stdlib.h>
#include <string.h>

enum { OUTPUTS_MAX = 64 };

struct usual {
    struct watcher watcher; /* first: a watcher's address is its own */
    struct findings *findings;
    uint32_t beside, learnt; /* kinds of findings that are no news, a bit each; learnt: unless
                                learning */
    bool learning;
    bool full;              /* more outputs than there is room for: none is news */
    char *outputs[OUTPUTS_MAX];
    uint32_t noutputs;
    struct text output;     /* of this run */
    struct finding_place last; /* of main's last event */
};

static void begin(struct watcher *watcher, struct run *run)
{
    struct usual *self = (struct usual *)watcher;

    (void)run;
    text_clear(&self->output);
    self->last = (struct finding_place){.g = 1, .event = UINT32_MAX};
}

static void event(struct watcher *watcher, struct run *run, const struct event *event)
{
    struct usual *self = (struct usual *)watcher;

    if (event->kind == EVENT_PRINT && !(event->flags & EVENT_AFTERMATH))
        text_add(&self->output, trace_text(run->trace, event->text));
    if (event->g == 1)
        self->last = (struct finding_place){.g = 1, .line = event->line, .file = event->file,
                                            .pc = event->pc, .event = run->trace->count - 1};
}

/* Whether a finding of this kind is a wrong result, and not of the search's own making. */
static bool counts(const struct usual *self, uint32_t kind)
{
    switch (kind) {
    case FINDING_WILD:
    case FINDING_UNDEFINED:
    case FINDING_PANIC:
    case FINDING_DEADLOCK:
    case FINDING_WRONG_ANSWER:
    case FINDING_LEAK:
    case FINDING_LOST:
    case FINDING_LIVELOCK:
    case FINDING_STACK:
        return !((self->beside | (self->learning ? 0 : self->learnt)) >> kind & 1);
    default: return false;
    }
}

static void leave_news(struct usual *self)
{
    struct findings *findings = self->findings;
    uint32_t kept = 0;

    for (uint32_t i = 0; i < findings->count; i++)
        if (counts(self, findings->at[i].kind))
            findings->at[kept++] = findings->at[i];
    findings->count = kept;
    findings->more = 0;
}

/* --- outputs -------------------------------------------------------------- */

static int compare_lines(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The lines of a text that is cut up for it.  NULL: out of memory. */
static char **lines_of(char *text, size_t *n)
{
    size_t most = 1;
    char **lines;

    for (const char *at = text; *at; at++)
        most += *at == '\n';
    lines = malloc(most * sizeof *lines);
    *n = 0;
    for (char *line = strtok(text, "\n"); lines && line; line = strtok(NULL, "\n"))
        lines[(*n)++] = line;
    return lines;
}

/* Orders the lines of this run's output. */
static void sort_output(struct usual *self)
{
    char *copy = strdup(text_string(&self->output));
    size_t n = 0;
    char **lines = copy ? lines_of(copy, &n) : NULL;

    if (lines) {
        qsort(lines, n, sizeof *lines, compare_lines);
        text_clear(&self->output);
        for (size_t i = 0; i < n; i++)
            text_addf(&self->output, "%s\n", lines[i]);
    }
    free(lines);
    free(copy);
}

/* The next line at *at that `other`, of the same order, does not have as its next; moves both on
 * over what they share.  Returns its length. */
static size_t first_other(const char **at, const char **other, bool any_order)
{
    for (;;) {
        size_t n = strcspn(*at, "\n"), m = strcspn(*other, "\n");
        bool same = n == m && memcmp(*at, *other, n) == 0;

        if (!**at || (!same && (!any_order || !**other || strcmp(*at, *other) < 0)))
            return n;
        if (same)
            *at += n + ((*at)[n] == '\n');
        *other += m + ((*other)[m] == '\n');
    }
}

static void quote(struct text *out, const char *line, size_t len)
{
    text_add_char(out, '\'');
    text_add_n(out, line, len > 60 ? 60 : len);
    text_add(out, len > 60 ? "...'" : "'");
}

/* "prints 'n = 1' instead of 'n = 2'" */
static void differ(struct text *out, const char *usual, const char *output, bool any_order)
{
    const char *got = output, *without = usual, *want = usual, *against = output;
    size_t more = first_other(&got, &without, any_order);
    size_t less = first_other(&want, &against, any_order);

    if (*got) {
        text_add(out, "prints ");
        quote(out, got, more);
        if (*want) {
            text_add(out, " instead of ");
            quote(out, want, less);
        }
    } else {
        text_add(out, "does not print ");
        quote(out, want, less);
    }
}

static bool is_usual(const struct usual *self)
{
    for (uint32_t i = 0; i < self->noutputs; i++)
        if (strcmp(self->outputs[i], text_string(&self->output)) == 0)
            return true;
    return false;
}

static void learn(struct usual *self)
{
    char *copy;

    if (is_usual(self))
        return;
    copy = self->noutputs < OUTPUTS_MAX ? strdup(text_string(&self->output)) : NULL;
    if (copy)
        self->outputs[self->noutputs++] = copy;
    else
        self->full = true;
}

static void add_other(struct usual *self, struct run *run)
{
    struct finding finding = {.kind = FINDING_WRONG_ANSWER, .event = self->last.event,
                              .at = self->last};
    struct text words = {0};

    text_add(&words, "it ");
    differ(&words, self->outputs[0], text_string(&self->output), !run->ordered_output);
    finding.text = run_text(run, words.at, words.len);
    finding_add(self->findings, &finding);
    text_release(&words);
}

static void end(struct watcher *watcher, struct run *run)
{
    struct usual *self = (struct usual *)watcher;
    bool first = self->noutputs == 0;

    leave_news(self);
    for (uint32_t i = 0; self->learning && i < self->findings->count; i++)
        self->learnt |= 1u << (self->findings->at[i].kind & 31);
    if (run->end != RUN_DONE && run->end != RUN_EXIT)
        return;
    if (!run->ordered_output)
        sort_output(self);
    if (!first && self->findings->count == 0 &&
        (self->learning ? strcmp(self->outputs[0], text_string(&self->output)) != 0
                        : !self->full && !is_usual(self)))
        add_other(self, run);
    if (self->learning)
        learn(self);
}

struct watcher *usual_new(const struct findings *beside, struct findings *findings)
{
    struct usual *self = calloc(1, sizeof *self);

    if (!self)
        return NULL;
    self->watcher = (struct watcher){.begin = begin, .event = event, .end = end};
    self->findings = findings;
    for (uint32_t i = 0; i < beside->count && i < FINDINGS_MAX; i++)
        self->beside |= 1u << (beside->at[i].kind & 31);
    return &self->watcher;
}

void usual_free(struct watcher *watcher)
{
    struct usual *self = (struct usual *)watcher;

    if (!self)
        return;
    for (uint32_t i = 0; i < self->noutputs; i++)
        free(self->outputs[i]);
    text_release(&self->output);
    free(self);
}

void usual_learn(struct watcher *watcher, bool learning)
{
    ((struct usual *)watcher)->learning = learning;
}
