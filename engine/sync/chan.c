/* chan.c -- channels and select. */
#include "sync/chan.h"

#include <string.h>

struct chan *chan_make(struct run *run, const struct chan_type *type, uint32_t cap,
                       uint32_t other, const char *name)
{
    struct chan *chan = region_alloc(&run->objects, sizeof *chan + (size_t)cap * type->size);

    if (!chan)
        return NULL;
    chan->type = type;
    chan->cap = cap;
    chan->buffer = (unsigned char *)(chan + 1);
    chan->id = run_object(run, OBJECT_CHAN, other, cap, name);
    return chan;
}

uint32_t chan_len(const struct chan *chan)
{
    return chan ? chan->len : 0;
}

uint32_t chan_look(struct run *run, const struct chan *chan)
{
    struct event event;

    if (!chan)
        return 0;
    sched_step(run);
    event = event_make(run, EVENT_LOOK, run->self, chan->id);
    event.value = chan->len;
    event.value_kind = VALUE_INT;
    event_emit(run, &event);
    return chan->len;
}

uint32_t chan_cap(const struct chan *chan)
{
    return chan ? chan->cap : 0;
}

/* --- queues -------------------------------------------------------------- */

static struct clause_queue *queue_of(const struct clause *clause)
{
    return clause->send ? &clause->chan->senders : &clause->chan->receivers;
}

static void enqueue(struct clause *clause, struct goroutine *g, uint32_t index)
{
    struct clause_queue *queue = queue_of(clause);

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

static void dequeue(struct clause *clause)
{
    struct clause_queue *queue = queue_of(clause);

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

static void dequeue_all(struct goroutine *g)
{
    for (uint32_t i = 0; i < g->nclauses; i++)
        if (g->clauses[i].queued)
            dequeue(&g->clauses[i]);
}

/* A waiting goroutine's clause was performed by somebody else. */
static void fire(struct run *run, struct clause *clause)
{
    struct goroutine *g = clause->g;

    g->fired = (int32_t)clause->index;
    dequeue_all(g);
    sched_wake(run, g);
}

/* --- elements ------------------------------------------------------------ */

static void *slot(const struct chan *chan, uint32_t at)
{
    uint32_t i = chan->head + at;

    return chan->buffer + (size_t)(i >= chan->cap ? i - chan->cap : i) * chan->type->size;
}

static void push(struct chan *chan, const void *element)
{
    memcpy(slot(chan, chan->len), element, chan->type->size);
    chan->len++;
}

static void drop_head(struct chan *chan)
{
    chan->head = chan->head + 1 == chan->cap ? 0 : chan->head + 1;
    chan->len--;
}

static void receive_into(const struct clause *clause, const void *element)
{
    if (clause->element)
        memcpy(clause->element, element, clause->chan->type->size);
}

/* --- telling ------------------------------------------------------------- */

static struct event told(struct run *run, enum event_kind kind, const struct clause *clause,
                         const struct goroutine *g, uint32_t index, bool in_select)
{
    struct event event = event_make(run, kind, g, clause->chan->id);

    event.extra = index;
    if (in_select)
        event.flags |= EVENT_IN_SELECT;
    return event;
}

static void show(struct run *run, struct event *event, const struct chan *chan, const void *element)
{
    enum value_kind kind = VALUE_NONE;

    event->value = chan->type->show(run, element, &kind);
    event->value_kind = (uint8_t)kind;
}

static void tell_cases(struct run *run, struct goroutine *g)
{
    if (g->wait != WAIT_SELECT)
        return;
    for (uint32_t i = 0; i < g->nclauses; i++) {
        const struct clause *clause = &g->clauses[i];
        struct event event = event_make(run, EVENT_BLOCK_CASE, g,
                                        clause->chan ? clause->chan->id : 0);

        event.extra = clause->chan ? (clause->send ? WAIT_SEND : WAIT_RECV)
                                   : (clause->send ? WAIT_NIL_SEND : WAIT_NIL_RECV);
        event.value = i;
        if (clause->name)
            event.text = run_text(run, clause->name, strlen(clause->name));
        event_emit(run, &event);
    }
}

/* --- performing ---------------------------------------------------------- */

/* The first clause of each goroutine but g that waits in the queue. */
static uint32_t partners(const struct clause_queue *queue, const struct goroutine *g)
{
    uint32_t n = 0;

    for (struct clause *c = queue->first; c; c = c->next)
        n += c->g != g;
    return n;
}

static struct clause *choose_partner(struct run *run, const struct clause_queue *queue,
                                     const struct goroutine *g, struct event *event)
{
    uint32_t n = 0, *options, chosen;
    struct clause *c;

    if (!run->explored)
        return queue->first; /* first come, first served, as Go's runtime does */
    options = run_scratch(run, partners(queue, g));
    for (c = queue->first; c; c = c->next)
        if (c->g != g)
            options[n++] = c->g->id;
    chosen = run_choose(run, CHOICE_PARTNER, n, options);
    if (n > 1)
        event->flags |= EVENT_PARTNER_CHOSEN;
    for (c = queue->first; c; c = c->next)
        if (c->g != g && chosen-- == 0)
            break;
    return c;
}

/* Free mode: a buffered channel's state changed; completes who can be. */
static void settle(struct run *run, struct chan *chan)
{
    for (;;) {
        struct clause *c;
        struct event event;

        if (chan->len > 0 && (c = chan->receivers.first)) {
            event = told(run, EVENT_RECV, c, c->g, c->index, c->g->wait == WAIT_SELECT);
            show(run, &event, chan, slot(chan, 0));
            receive_into(c, slot(chan, 0));
            drop_head(chan);
            c->ok = true;
            event.seq = ++chan->received;
        } else if (chan->len < chan->cap && !chan->closed && (c = chan->senders.first)) {
            event = told(run, EVENT_SEND, c, c->g, c->index, c->g->wait == WAIT_SELECT);
            show(run, &event, chan, c->element);
            push(chan, c->element);
            c->ok = true;
            event.seq = ++chan->sent;
        } else {
            return;
        }
        fire(run, c);
        event_emit(run, &event);
    }
}

static enum fault perform_send(struct run *run, struct clause *clause, struct event event)
{
    struct chan *chan = clause->chan;

    if (chan->closed)
        return FAULT_SEND_CLOSED;
    show(run, &event, chan, clause->element);
    event.seq = ++chan->sent;
    if (chan->cap == 0) {
        struct clause *to = choose_partner(run, &chan->receivers, run->self, &event);

        receive_into(to, clause->element);
        to->ok = true;
        event.other = to->g->id;
        ++chan->received;
        fire(run, to);
        event_emit(run, &event);
        return FAULT_NONE;
    }
    push(chan, clause->element);
    event_emit(run, &event);
    if (!run->explored)
        settle(run, chan);
    return FAULT_NONE;
}

static void perform_recv(struct run *run, struct clause *clause, struct event event)
{
    struct chan *chan = clause->chan;

    clause->ok = true;
    if (chan->len > 0) {
        show(run, &event, chan, slot(chan, 0));
        receive_into(clause, slot(chan, 0));
        drop_head(chan);
        event.seq = ++chan->received;
        event_emit(run, &event);
        if (!run->explored)
            settle(run, chan);
    } else if (chan->closed) {
        clause->ok = false;
        if (clause->element)
            memset(clause->element, 0, chan->type->size);
        event.flags |= EVENT_CLOSED;
        event_emit(run, &event);
    } else {
        struct clause *from = choose_partner(run, &chan->senders, run->self, &event);

        show(run, &event, chan, from->element);
        receive_into(clause, from->element);
        from->ok = true;
        event.other = from->g->id;
        event.seq = ++chan->received;
        ++chan->sent;
        fire(run, from);
        event_emit(run, &event);
    }
}

/* Whether g could perform the clause now. */
static bool clause_ready(const struct clause *clause, const struct goroutine *g)
{
    const struct chan *chan = clause->chan;

    if (!chan)
        return false;
    if (chan->closed || (clause->send ? chan->len < chan->cap : chan->len > 0))
        return true;
    if (chan->cap > 0)
        return false;
    return partners(clause->send ? &chan->receivers : &chan->senders, g) > 0;
}

static bool goroutine_ready(struct goroutine *g)
{
    for (uint32_t i = 0; i < g->nclauses; i++)
        if (clause_ready(&g->clauses[i], g))
            return true;
    return false;
}

/* One of the ready cases, -1 when none is; *several: it was a choice. */
static int32_t choose_case(struct run *run, const struct clause *cases, uint32_t n, bool *several)
{
    uint32_t ready = 0, *options;
    int32_t only = -1;

    *several = false;
    for (uint32_t i = 0; i < n; i++)
        if (clause_ready(&cases[i], run->self)) {
            ready++;
            only = (int32_t)i;
        }
    if (ready <= 1)
        return only;
    *several = true;
    options = run_scratch(run, ready);
    ready = 0;
    for (uint32_t i = 0; i < n; i++)
        if (clause_ready(&cases[i], run->self))
            options[ready++] = i;
    /* options is scratch: the strategy is asked before it is used again */
    return (int32_t)options[run_choose(run, CHOICE_CASE, ready, options)];
}

static enum fault perform(struct run *run, struct clause *cases, int32_t index, bool several,
                          bool is_select)
{
    struct clause *clause = &cases[index];
    struct event event = told(run, clause->send ? EVENT_SEND : EVENT_RECV, clause, run->self,
                              (uint32_t)index, is_select);

    if (several)
        event.flags |= EVENT_CASE_CHOSEN;
    if (clause->send)
        return perform_send(run, clause, event);
    perform_recv(run, clause, event);
    return FAULT_NONE;
}

static enum wait_kind wait_of(const struct clause *cases, uint32_t n, bool is_select)
{
    if (is_select)
        return n ? WAIT_SELECT : WAIT_EMPTY_SELECT;
    if (!cases[0].chan)
        return cases[0].send ? WAIT_NIL_SEND : WAIT_NIL_RECV;
    return cases[0].send ? WAIT_SEND : WAIT_RECV;
}

/* A select with default: never waits, so nobody ever finds it waiting. */
static enum fault poll(struct run *run, struct clause *cases, uint32_t n, int32_t *chosen)
{
    struct event event;
    bool several;

    sched_step(run);
    *chosen = choose_case(run, cases, n, &several);
    if (*chosen >= 0)
        return perform(run, cases, *chosen, several, true);
    event = event_make(run, EVENT_DEFAULT, run->self, 0);
    event_emit(run, &event);
    sched_polled(run);
    return FAULT_NONE;
}

enum fault chan_select(struct run *run, struct clause *cases, uint32_t n, bool has_default,
                       bool is_select, int32_t *chosen)
{
    struct goroutine *g = run->self;
    bool several;

    if (has_default)
        return poll(run, cases, n, chosen);
    if (!run->explored) {
        sched_step(run);
        *chosen = choose_case(run, cases, n, &several);
        if (*chosen >= 0)
            return perform(run, cases, *chosen, several, is_select);
    }
    for (uint32_t i = 0; i < n; i++) {
        cases[i].queued = false;
        if (cases[i].chan)
            enqueue(&cases[i], g, i);
    }
    g->clauses = cases;
    g->nclauses = n;
    g->fired = -1;
    sched_wait(run, wait_of(cases, n, is_select), !is_select && cases[0].chan ? cases[0].chan->id : 0,
               goroutine_ready, tell_cases, NULL);
    if (g->fired >= 0) {
        *chosen = g->fired;
        return cases[*chosen].send && !cases[*chosen].ok ? FAULT_SEND_CLOSED : FAULT_NONE;
    }
    dequeue_all(g);
    *chosen = choose_case(run, cases, n, &several);
    return perform(run, cases, *chosen, several, is_select);
}

enum fault chan_send(struct run *run, struct chan *chan, void *element)
{
    struct clause clause = {.chan = chan, .send = true, .element = element};
    int32_t chosen;

    return chan_select(run, &clause, 1, false, false, &chosen);
}

void chan_recv(struct run *run, struct chan *chan, void *element, bool *ok)
{
    struct clause clause = {.chan = chan, .element = element};
    int32_t chosen;

    chan_select(run, &clause, 1, false, false, &chosen);
    *ok = clause.ok;
}

/* --- close --------------------------------------------------------------- */

void chan_close_quietly(struct run *run, struct chan *chan)
{
    struct clause *c;

    chan->closed = true;
    if (run->explored)
        return; /* who waits is ready now */
    while ((c = chan->receivers.first)) {
        struct event event = told(run, EVENT_RECV, c, c->g, c->index, c->g->wait == WAIT_SELECT);

        event.flags |= EVENT_CLOSED;
        c->ok = false;
        if (c->element)
            memset(c->element, 0, chan->type->size);
        fire(run, c);
        event_emit(run, &event);
    }
    while ((c = chan->senders.first)) {
        c->ok = false;
        fire(run, c);
    }
}

enum fault chan_close(struct run *run, struct chan *chan)
{
    struct event event;

    if (!chan)
        return FAULT_CLOSE_NIL;
    sched_step(run);
    if (chan->closed)
        return FAULT_CLOSE_CLOSED;
    event = event_make(run, EVENT_CLOSE, run->self, chan->id);
    event_emit(run, &event);
    chan_close_quietly(run, chan);
    return FAULT_NONE;
}

bool chan_tick(struct run *run, struct chan *chan, const void *element)
{
    if (chan->len == chan->cap)
        return false;
    push(chan, element);
    ++chan->sent;
    if (!run->explored)
        settle(run, chan);
    return true;
}
