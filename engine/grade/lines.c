/* lines.c -- a run as moments, one sentence each. */
#include "grade/lines.h"

#include "grade/words.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_CLAUSES = 4 }; /* facts told in one moment; the others are counted */

static bool begins_moment(const struct event *event)
{
    switch (event->kind) {
    case EVENT_GO:
    case EVENT_TIME:
    case EVENT_PANIC:
    case EVENT_RECOVER:
    case EVENT_ACCESS:
        return true;
    case EVENT_END:
        return event->g == 1;
    default:
        return event->kind < EVENT_KIND_COUNT && event_is_step(event);
    }
}

bool lines_init(struct lines *lines, const struct trace *trace)
{
    uint32_t count = 1;

    for (uint32_t i = 0; i < trace->count; i++)
        count += i == 0 || begins_moment(&trace->events[i]);
    lines->first = malloc(((size_t)count + 1) * sizeof *lines->first);
    if (!lines->first)
        return false;
    lines->count = count;
    lines->first[0] = 0;
    count = 1;
    for (uint32_t i = 0; i < trace->count; i++)
        if (i == 0 || begins_moment(&trace->events[i]))
            lines->first[count++] = i;
    lines->first[count] = trace->count;
    return true;
}

void lines_release(struct lines *lines)
{
    free(lines->first);
    *lines = (struct lines){0};
}

uint32_t lines_of_event(const struct lines *lines, uint32_t event)
{
    uint32_t low = 0, high = lines->count - 1;

    while (low < high) { /* the last moment that begins at or before the event */
        uint32_t middle = low + (high - low + 1) / 2;

        if (lines->first[middle] <= event)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

/* Facts that are told; the others are seen, or told by the step that caused them. */
static bool worth_telling(const struct event *event, bool alone)
{
    switch (event->kind) {
    case EVENT_MAKE: return alone;
    case EVENT_BLOCK: case EVENT_STUCK: case EVENT_END: case EVENT_WAKE: case EVENT_CANCEL: case EVENT_FIRE:
    case EVENT_RAISE: case EVENT_SEND: case EVENT_LOST: case EVENT_EXIT: case EVENT_MARK:
        return true;
    default: return false;
    }
}

static void add_place(struct text *out, const struct trace *trace, const struct names *names,
                      const struct event *event)
{
    if (!event->line)
        return;
    text_add(out, " (");
    words_place(out, trace, names_program(names), event->file, event->line);
    text_add(out, ")");
}

bool lines_sentence(struct text *out, const struct lines *lines, const struct trace *trace,
                    const struct names *names, uint32_t moment, bool places)
{
    uint32_t first, end, told = 0, left = 0, subject = UINT32_MAX;
    const struct event *last = NULL; /* the event the last place was given for */

    if (moment == 0 || moment >= lines->count)
        return false;
    first = lines->first[moment];
    end = lines->first[moment + 1];
    for (uint32_t i = first; i < end; i++) {
        const struct event *event = &trace->events[i];
        bool head = i == first && begins_moment(event);
        bool anew = words_own_subject(event) || event->g != subject;
        size_t before = out->len;

        if (!head && !worth_telling(event, !begins_moment(&trace->events[first])))
            continue;
        if (told >= MOST_CLAUSES) {
            left++;
            continue;
        }
        if (told > 0)
            text_add(out, anew ? "; " : event->kind == EVENT_MAKE ? "," : " and");
        if (!words_clause(out, trace, names, i, told == 0 || anew)) {
            if (out->at) {
                out->len = before;
                out->at[before] = '\0';
            }
            continue;
        }
        told++;
        subject = words_own_subject(event) ? UINT32_MAX : event->g;
        if (places && (!last || last->line != event->line || last->file != event->file))
            add_place(out, trace, names, event);
        last = event;
    }
    if (left > 0)
        text_addf(out, "; and %u more", left);
    return told > 0;
}
