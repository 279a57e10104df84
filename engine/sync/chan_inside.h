/* chan_inside.h -- what chan.c (explored mode) and chan_free.c (free mode) share; of no use to
 * anybody else.
 */
#ifndef BRAID_SYNC_CHAN_INSIDE_H
#define BRAID_SYNC_CHAN_INSIDE_H

#include "sync/chan.h"

#include <string.h>

/* --- queues -------------------------------------------------------------- */

static inline struct clause_queue *chan_queue_of(const struct clause *clause)
{
    return clause->send ? &clause->chan->senders : &clause->chan->receivers;
}

static inline void chan_enqueue(struct clause *clause, struct goroutine *g, uint32_t index)
{
    struct clause_queue *queue = chan_queue_of(clause);

    clause->g = g;
    clause->index = index;
    clause->next = NULL;
    clause->prev = queue->last;
    if (queue->last)
        queue->last->next = clause;
    else
        queue->first = clause;
    queue->last = clause;
    clause->queued = true;
}

static inline void chan_dequeue(struct clause *clause)
{
    struct clause_queue *queue = chan_queue_of(clause);

    if (clause->prev)
        clause->prev->next = clause->next;
    else
        queue->first = clause->next;
    if (clause->next)
        clause->next->prev = clause->prev;
    else
        queue->last = clause->prev;
    clause->queued = false;
}

static inline void chan_dequeue_all(struct goroutine *g)
{
    for (uint32_t i = 0; i < g->nclauses; i++)
        if (g->clauses[i].queued)
            chan_dequeue(&g->clauses[i]);
}

/* --- elements ------------------------------------------------------------ */

/* Most elements are an int, a pointer or a Lua value: those need no call. */
static inline void chan_copy(void *to, const void *from, uint32_t size)
{
    switch (size) {
    case 1: memcpy(to, from, 1); break;
    case 2: memcpy(to, from, 2); break;
    case 4: memcpy(to, from, 4); break;
    case 8: memcpy(to, from, 8); break;
    case 16: memcpy(to, from, 16); break;
    default: memcpy(to, from, size); break;
    }
}

static inline void *chan_slot(const struct chan *chan, uint32_t at)
{
    uint32_t i = chan->head + at;

    return chan->buffer + (size_t)(i >= chan->cap ? i - chan->cap : i) * chan->type->size;
}

static inline void chan_push(struct chan *chan, const void *element)
{
    chan_copy(chan_slot(chan, chan->len), element, chan->type->size);
    chan->len++;
}

/* Takes the buffer's first element; `to` may be NULL: thrown away.  As in Go the channel holds no
 * pointer any more to what was taken: its slot is zeroed. */
static inline void chan_pop(struct chan *chan, void *to)
{
    void *slot = chan_slot(chan, 0);

    if (to)
        chan_copy(to, slot, chan->type->size);
    if (chan->type->size == sizeof(void *))
        memset(slot, 0, sizeof(void *));
    else if (chan->type->size > sizeof(void *))
        memset(slot, 0, chan->type->size);
    chan->head = chan->head + 1 == chan->cap ? 0 : chan->head + 1;
    chan->len--;
}

/* What a receive from a closed and empty channel gets. */
static inline void chan_receive_zero(struct clause *clause)
{
    clause->ok = false;
    if (clause->element)
        memset(clause->element, 0, clause->chan->type->size);
}

/* --- telling ------------------------------------------------------------- */

static inline void chan_show(struct run *run, struct event *event, const struct chan *chan,
                             const void *element)
{
    enum value_kind kind = VALUE_NONE;

    event->value = chan->type->show(run, element, &kind);
    event->value_kind = (uint8_t)kind;
}

/* For sched_wait and free_wait: tells the cases of a select after BLOCK. */
void chan_tell_cases(struct run *run, struct goroutine *g);

/* Whether one of the clauses that g waits at could be performed now. */
enum ready chan_ready(struct goroutine *g);

/* For what a goroutine waits that waits at these cases. */
enum wait_kind chan_wait_of(const struct clause *cases, uint32_t n, bool is_select);

/* --- free mode ----------------------------------------------------------- */

enum fault chan_free_send(struct run *run, struct chan *chan, void *element);
void chan_free_recv(struct run *run, struct chan *chan, void *element, bool *ok);
enum fault chan_free_select(struct run *run, struct clause *cases, uint32_t n, bool has_default,
                            bool is_select, int32_t *chosen);

/* A channel was closed, or got an element from the clock: completes who can be. */
void chan_free_settle(struct run *run, struct chan *chan);

#endif
