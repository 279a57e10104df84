/* words_telling.c -- what the explanations of findings have in common. */
#include "grade/words_finding.h"

#include <string.h>

const char *telling_who(const struct telling *t, uint32_t g)
{
    return names_goroutine(t->names, g);
}

const char *telling_what(const struct telling *t, uint32_t obj)
{
    return names_object(t->names, obj);
}

void telling_place(const struct telling *t, uint32_t file, uint32_t line)
{
    words_place(t->out, t->trace, t->program, file, line);
}

void telling_at(const struct telling *t, const struct event *event)
{
    text_add(t->out, "at ");
    telling_place(t, event->file, event->line);
}

void telling_brackets(const struct telling *t, uint32_t file, uint32_t line)
{
    if (!line)
        return;
    text_add(t->out, " (");
    telling_place(t, file, line);
    text_add(t->out, ")");
}

void telling_text(const struct telling *t, uint32_t offset, bool lines)
{
    const char *text = trace_text(t->trace, offset);

    while (*text) {
        size_t len = strcspn(text, "\n");
        struct text line = {0};

        text_add_n(&line, text, len);
        words_safe(t->out, text_string(&line), 400);
        text_release(&line);
        text += len;
        if (*text == '\n') {
            text++;
            if (!lines || !*text)
                return;
            text_add_char(t->out, '\n');
        }
    }
}

const struct event *telling_last(const struct telling *t, uint32_t before, uint32_t kind,
                                      uint32_t g, uint32_t obj)
{
    if (before > t->trace->count)
        before = t->trace->count;
    for (uint32_t i = before; i-- > 0;) {
        const struct event *event = &t->trace->events[i];

        if (event->kind == kind && (!g || event->g == g) && (!obj || event->obj == obj))
            return event;
    }
    return NULL;
}

const struct event *telling_block(const struct telling *t)
{
    uint32_t at = t->finding->at.event;

    if (at < t->trace->count && t->trace->events[at].kind == EVENT_BLOCK)
        return &t->trace->events[at];
    if (t->finding->event < t->trace->count &&
        t->trace->events[t->finding->event].kind == EVENT_BLOCK)
        return &t->trace->events[t->finding->event];
    return telling_last(t, UINT32_MAX, EVENT_BLOCK, t->finding->at.g, 0);
}

const struct event *telling_make(const struct telling *t, uint32_t obj)
{
    uint32_t index = names_object_event(t->names, obj);

    return index < t->trace->count ? &t->trace->events[index] : NULL;
}

uint32_t telling_context(const struct telling *t, uint32_t obj)
{
    const struct event *make = telling_make(t, obj);
    const struct event *of =
        make && make->extra == OBJECT_CHAN ? telling_make(t, make->other) : NULL;

    return of && of->extra == OBJECT_CONTEXT ? of->obj : 0;
}

uint32_t telling_done(const struct telling *t)
{
    for (uint32_t i = t->trace->count; i-- > 0;) {
        const struct event *event = &t->trace->events[i];

        if (event->kind == EVENT_MAKE && event->extra == OBJECT_CHAN &&
            telling_context(t, event->obj))
            return event->obj;
    }
    return 0;
}

/* An end of a connection has three channels of its own, and the two streams are made right after
 * the second end's (sync/net.c); the name says which way they go. */
bool telling_stream(const struct telling *t, uint32_t chan)
{
    const struct event *make = telling_make(t, chan);

    if (!make || make->extra != OBJECT_CHAN || !strstr(trace_text(t->trace, make->text), "->"))
        return false;
    for (uint32_t before = 1; before <= 2 && before < chan; before++) {
        const struct event *of = telling_make(t, chan - before);

        of = of && of->other ? telling_make(t, of->other) : NULL;
        if (of && of->extra == OBJECT_CONN)
            return true;
    }
    return false;
}

uint32_t telling_counter(const struct telling *t, uint32_t wg)
{
    const struct event *add = telling_last(t, UINT32_MAX, EVENT_WG_ADD, 0, wg);

    return add ? add->extra : 0;
}

bool telling_closed(const struct telling *t, uint32_t obj)
{
    return telling_last(t, UINT32_MAX, EVENT_CLOSE, 0, obj) != NULL;
}

void telling_started(const struct telling *t, uint32_t g)
{
    uint32_t index = names_goroutine_event(t->names, g);

    if (g <= 1 || index >= t->trace->count)
        return;
    text_addf(t->out, "%s was started ", telling_who(t, g));
    telling_at(t, &t->trace->events[index]);
    text_add(t->out, ". ");
}
