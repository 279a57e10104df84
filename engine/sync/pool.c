/* pool.c -- sync.Pool. */
#include "sync/pool.h"

struct sync_pool_item {
    uint32_t number;
    struct sync_pool_item *next;
};

struct sync_pool *sync_pool_make(struct run *run, const char *name)
{
    struct sync_pool *pool = region_alloc(&run->objects, sizeof *pool);

    if (pool)
        pool->id = run_object(run, OBJECT_POOL, 0, 0, name);
    return pool;
}

uint32_t sync_pool_put(struct run *run, struct sync_pool *pool)
{
    struct sync_pool_item *item = pool->spare;
    struct event event;

    if (item)
        pool->spare = item->next;
    else if (!(item = region_alloc(&run->objects, sizeof *item)))
        return 0;
    sched_step(run, pool->id, TOUCH_CHANGE);
    item->number = ++pool->last;
    item->next = pool->items;
    pool->items = item;
    event = event_make(run, EVENT_PUT, run->self, pool->id);
    event.seq = item->number;
    event_emit(run, &event);
    return event.seq;
}

/* 0: the one put last; 1: the one before; ...; after all of them: a new one. */
static uint32_t choose(struct run *run, const struct sync_pool *pool, struct event *event)
{
    uint32_t n = 1, *options;

    if (!pool->items)
        return 0;
    event->flags |= EVENT_CASE_CHOSEN;
    if (!run->explored)
        return 0;
    for (const struct sync_pool_item *item = pool->items; item; item = item->next)
        n++;
    options = run_scratch(run, n);
    for (uint32_t i = 0; i < n; i++)
        options[i] = i;
    return run_choose(run, CHOICE_CASE, n, options);
}

uint32_t sync_pool_get(struct run *run, struct sync_pool *pool)
{
    struct sync_pool_item **link = &pool->items, *item;
    struct event event;

    sched_step(run, pool->id, TOUCH_CHANGE);
    event = event_make(run, EVENT_GET, run->self, pool->id);
    event.extra = choose(run, pool, &event);
    for (uint32_t i = 0; i < event.extra && *link; i++)
        link = &(*link)->next;
    if ((item = *link)) {
        *link = item->next;
        item->next = pool->spare;
        pool->spare = item;
        event.seq = item->number;
    }
    event_emit(run, &event);
    return event.seq;
}
