/* shared.c -- the memory a judge's child shares with its parent. */
#include "grade/shared.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
    EVENTS = 2 * 1024 * 1024,
    TEXT = 32 * 1024 * 1024,
    FILE_NAMES = 16 * 1024, /* room the parent needs for names of files */
};

/* Sizes are multiples of a page, so that each trace is aligned. */
static size_t round_up(size_t size)
{
    return (size + 4095) & ~(size_t)4095;
}

static size_t whole(void)
{
    return round_up(sizeof(struct shared)) + 3 * round_up(trace_size(EVENTS, TEXT));
}

static struct trace *trace_at(struct shared *shared, uint32_t i)
{
    return (struct trace *)((char *)shared + round_up(sizeof *shared) +
                            i * round_up(trace_size(EVENTS, TEXT)));
}

struct trace *shared_trace(struct shared *shared)
{
    return trace_at(shared, 0);
}

struct shared_kept *shared_kept(struct shared *shared)
{
    return &shared->kept[__atomic_load_n(&shared->best, __ATOMIC_ACQUIRE) & 1];
}

struct trace *shared_kept_trace(struct shared *shared)
{
    return trace_at(shared, 1 + (__atomic_load_n(&shared->best, __ATOMIC_ACQUIRE) & 1));
}

void shared_keep(struct shared *shared, const struct trace *trace, const struct shared_kept *kept)
{
    uint32_t other = !(shared->best & 1);
    struct trace *to = trace_at(shared, 1 + other);

    shared->kept[other] = *kept;
    trace_clear(to);
    for (uint32_t i = 0; i < trace->count; i++)
        trace_add(to, &trace->events[i]);
    memcpy(to->events + to->cap, trace->events + trace->cap, trace->text_len);
    to->text_len = trace->text_len;
    to->dropped = trace->dropped;
    to->text_dropped = trace->text_dropped;
    __atomic_store_n(&shared->best, other, __ATOMIC_RELEASE);
}

struct shared *shared_new(void)
{
    struct shared *shared = mmap(NULL, whole(), PROT_READ | PROT_WRITE,
                                 MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (shared == MAP_FAILED)
        return NULL;
    for (uint32_t i = 0; i < WORKERS_MAX; i++)
        sem_init(&shared->work.start[i], 1, 0);
    for (uint32_t i = 0; i < 3; i++)
        trace_init(trace_at(shared, i), EVENTS, TEXT);
    return shared;
}

void shared_free(struct shared *shared)
{
    if (shared)
        munmap(shared, whole());
}

struct trace *shared_copy(const struct trace *trace)
{
    uint32_t count = __atomic_load_n(&trace->count, __ATOMIC_ACQUIRE);
    uint32_t text_len = trace->text_len;
    const char *text = (const char *)(trace->events + EVENTS);
    struct trace *copy;

    if (count > EVENTS)
        count = EVENTS;
    if (text_len > TEXT)
        text_len = TEXT;
    copy = trace_new(count, text_len + 1 + FILE_NAMES);
    if (!copy)
        return NULL;
    for (uint32_t i = 0; i < count; i++) {
        struct event event = trace->events[i];

        if (event.kind >= EVENT_KIND_COUNT)
            event.kind = EVENT_NONE;
        if (event.text >= text_len)
            event.text = 0;
        if (event.file >= text_len)
            event.file = 0;
        if (event.value_kind == VALUE_TEXT && (event.value < 0 || event.value >= (int64_t)text_len))
            event.value = 0;
        trace_add(copy, &event);
    }
    memcpy(copy->events + copy->cap, text, text_len);
    ((char *)(copy->events + copy->cap))[text_len] = '\0';
    copy->text_len = text_len + 1;
    copy->dropped = trace->dropped;
    copy->text_dropped = trace->text_dropped;
    return copy;
}
