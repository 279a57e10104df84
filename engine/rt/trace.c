/* trace.c -- the events of one run, in memory that outlives the run. */
#include "rt/trace.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* The header and the two areas lie in one block:
 *
 *     | struct trace | event 0 | ... | event cap-1 | text: '\0' ... |
 */
static char *text_area(const struct trace *trace)
{
    return (char *)(trace->events + trace->cap);
}

size_t trace_size(uint32_t events, uint32_t text)
{
    return sizeof(struct trace) + (size_t)events * sizeof(struct event) + text;
}

struct trace *trace_init(void *memory, uint32_t events, uint32_t text)
{
    struct trace *trace = memory;

    *trace = (struct trace){.cap = events, .text_cap = text};
    trace_clear(trace);
    return trace;
}

struct trace *trace_new(uint32_t events, uint32_t text)
{
    void *memory = memory_alloc(trace_size(events, text));

    return memory ? trace_init(memory, events, text) : NULL;
}

struct trace *trace_dup(const struct trace *trace)
{
    struct trace *copy = trace_new(trace->count, trace->text_len);

    if (!copy)
        return NULL;
    copy->count = trace->count;
    copy->steps = trace->steps;
    copy->dropped = trace->dropped;
    copy->text_dropped = trace->text_dropped;
    copy->text_len = trace->text_len;
    memcpy(copy->events, trace->events, (size_t)trace->count * sizeof(struct event));
    memcpy(text_area(copy), text_area(trace), trace->text_len);
    return copy;
}

void trace_clear(struct trace *trace)
{
    trace->count = trace->steps = trace->dropped = trace->text_dropped = 0;
    trace->text_len = 0;
    if (trace->text_cap > 0) {
        text_area(trace)[0] = '\0';
        trace->text_len = 1;
    }
}

uint32_t trace_text_add(struct trace *trace, const char *text, size_t len)
{
    char *area = text_area(trace);
    uint32_t at = trace->text_len;

    if (len == 0 || trace->text_cap == 0)
        return 0;
    /* loops print and name the same things again and again */
    if (at > len + 1 && area[at - len - 2] == '\0' && memcmp(area + at - len - 1, text, len) == 0)
        return (uint32_t)(at - len - 1);
    if (len >= trace->text_cap - at) {
        trace->text_dropped++;
        return 0;
    }
    memcpy(area + at, text, len);
    area[at + len] = '\0';
    trace->text_len = at + (uint32_t)len + 1;
    return at;
}

const char *trace_text(const struct trace *trace, uint32_t offset)
{
    return offset < trace->text_len ? text_area(trace) + offset : "";
}
