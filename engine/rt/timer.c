/* timer.c -- a binary heap of timers, each knowing its place. */
#include "rt/timer.h"

#include "base/memory.h"

#include <stdlib.h>

static bool before(const struct timer *a, const struct timer *b)
{
    return a->when != b->when ? a->when < b->when : a->order < b->order;
}

static void put(struct timer_heap *heap, size_t at, struct timer *timer)
{
    heap->at[at] = timer;
    timer->index = at + 1;
}

static void sift_up(struct timer_heap *heap, size_t at, struct timer *timer)
{
    while (at > 0 && before(timer, heap->at[(at - 1) / 2])) {
        put(heap, at, heap->at[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    put(heap, at, timer);
}

static void sift_down(struct timer_heap *heap, size_t at, struct timer *timer)
{
    for (;;) {
        size_t child = 2 * at + 1;

        if (child + 1 < heap->count && before(heap->at[child + 1], heap->at[child]))
            child++;
        if (child >= heap->count || !before(heap->at[child], timer))
            break;
        put(heap, at, heap->at[child]);
        at = child;
    }
    put(heap, at, timer);
}

bool timer_arm(struct timer_heap *heap, struct timer *timer, int64_t when)
{
    if (heap->count == heap->cap) {
        size_t cap = heap->cap ? 2 * heap->cap : 16;
        struct timer **at = memory_resize(heap->at, cap * sizeof(struct timer *));

        if (!at)
            return false;
        heap->at = at;
        heap->cap = cap;
    }
    timer->when = when;
    timer->order = heap->order++;
    sift_up(heap, heap->count++, timer);
    return true;
}

bool timer_disarm(struct timer_heap *heap, struct timer *timer)
{
    size_t at;
    struct timer *last;

    if (timer->index == 0)
        return false;
    at = timer->index - 1;
    timer->index = 0;
    last = heap->at[--heap->count];
    if (last == timer)
        return true;
    if (at > 0 && before(last, heap->at[(at - 1) / 2]))
        sift_up(heap, at, last);
    else
        sift_down(heap, at, last);
    return true;
}

struct timer *timer_first(const struct timer_heap *heap)
{
    return heap->count ? heap->at[0] : NULL;
}

void timer_heap_clear(struct timer_heap *heap)
{
    heap->count = 0;
    heap->order = 0;
}

void timer_heap_release(struct timer_heap *heap)
{
    free(heap->at);
    *heap = (struct timer_heap){0};
}
