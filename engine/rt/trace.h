/* trace.h -- the events of one run, in memory that outlives the run.
 *
 * One flat block without pointers, so that it can lie in memory shared with the
 * parent process: the child appends, the parent may read at any time, and what
 * a killed child had appended is intact (an event is counted only after it is
 * written).  A trace is the only truth about a run: a view is a pure function
 * of (trace, position).
 */
#ifndef BRAID_RT_TRACE_H
#define BRAID_RT_TRACE_H

#include "rt/event.h"

#include <stddef.h>
#include <stdint.h>

struct trace {
    uint32_t count;      /* events written */
    uint32_t cap;        /* events there is room for */
    uint32_t text_len;   /* bytes of text used; offset 0 is the empty string */
    uint32_t text_cap;
    uint32_t steps;      /* how many of the events are steps */
    uint32_t dropped;    /* events that found no room */
    uint32_t text_dropped; /* texts that found no room */
    uint32_t reserved;
    struct event events[]; /* cap of them, then text_cap bytes of text */
};

/* Bytes needed for a trace of so many events and bytes of text. */
size_t trace_size(uint32_t events, uint32_t text);

/* Makes an empty trace in `memory` of trace_size(events, text) bytes, aligned
 * for struct event.  Touches only the header. */
struct trace *trace_init(void *memory, uint32_t events, uint32_t text);

/* A trace of its own on the heap, big enough for `events` and `text`; NULL when
 * memory ran out.  Free with free(). */
struct trace *trace_new(uint32_t events, uint32_t text);

/* A copy on the heap with just enough room; NULL when memory ran out. */
struct trace *trace_dup(const struct trace *trace);

/* Forgets all events and text. */
void trace_clear(struct trace *trace);

/* The event behind the last is whole, and there was room for it. */
static inline void trace_count(struct trace *trace, bool is_step)
{
    trace->steps += is_step;
    /* the process may be killed at any point */
    __atomic_store_n(&trace->count, trace->count + 1, __ATOMIC_RELEASE);
}

/* Appends a copy of *event.  When there is no room, counts it as dropped. */
static inline void trace_add(struct trace *trace, const struct event *event)
{
    if (trace->count == trace->cap) {
        trace->dropped++;
        return;
    }
    trace->events[trace->count] = *event;
    trace_count(trace, event_is_step(event));
}

/* Stores len bytes and a NUL; returns their offset, 0 when len is 0 or there is
 * no room.  The same bytes as the text stored last are not stored twice. */
uint32_t trace_text_add(struct trace *trace, const char *text, size_t len);

/* The text at an offset; "" for 0 or for an offset out of range. */
const char *trace_text(const struct trace *trace, uint32_t offset);

#endif
