/* export.c -- the formats by name, and a run moment by moment. */
#include "view/export.h"

#include "grade/lines.h"
#include "grade/names.h"
#include "view/scene.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *word;
    bool (*write)(struct text *out, const struct trace *trace, const struct program *program,
                  const struct findings *findings);
} formats[] = {
    {"", NULL},
#define X(name, word, write) {word, write},
    EXPORT_FORMATS(X)
#undef X
};

enum export_format export_format(const char *word)
{
    for (size_t i = 1; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].word, word) == 0)
            return (enum export_format)i;
    return EXPORT_NONE;
}

bool export_run(struct text *out, enum export_format format, const struct trace *trace,
                const struct program *program, const struct findings *findings)
{
    return formats[format].write && formats[format].write(out, trace, program, findings) &&
           !out->failed;
}

bool export_begin(struct export *e, const struct trace *trace, const struct program *program)
{
    *e = (struct export){.trace = trace};
    e->lines = calloc(1, sizeof *e->lines);
    if (e->lines && !lines_init(e->lines, trace)) {
        free(e->lines);
        e->lines = NULL;
    }
    e->names = names_new(trace, program);
    e->scene = scene_new(trace);
    if (!e->lines || !e->names || !e->scene) {
        export_end(e);
        return false;
    }
    e->goroutines = scene_goroutines(e->scene);
    e->moments = e->lines->count;
    return true;
}

void export_end(struct export *e)
{
    if (e->lines)
        lines_release(e->lines);
    free(e->lines);
    names_free(e->names);
    scene_free(e->scene);
    *e = (struct export){0};
}

const struct event *export_arrow(const struct export *e, uint32_t moment, uint32_t *from,
                                 uint32_t *to)
{
    for (uint32_t i = e->lines->first[moment]; i < e->lines->first[moment + 1]; i++) {
        const struct event *event = &e->trace->events[i];
        bool backward = event->kind == EVENT_RECV;

        if (event->kind != EVENT_GO && event->kind != EVENT_SEND && !backward)
            continue;
        if (!event->g || !event->other)
            continue;
        *from = backward ? event->other : event->g;
        *to = backward ? event->g : event->other;
        return event;
    }
    return NULL;
}

const char *export_sentence(const struct export *e, uint32_t moment, struct text *text)
{
    text_clear(text);
    lines_sentence(text, e->lines, e->trace, e->names, moment, false);
    return text_string(text);
}
