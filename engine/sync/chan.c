/* chan.c -- channels and select. */
#include "sync/chan.h"

#include "sync/waiters.h"

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
    uint32_t len;
    bool vain;

    if (!chan)
        return 0;
    sched_poll(run, chan->id, TOUCH_LOOK);
    len = chan->len; /* before who polls gives way */
    vain = sched_looked(run, chan->id, PATIENCE_SPIN);
    event = event_make(run, EVENT_LOOK, run->self, chan->id);
    event.value = len;
    event.value_kind = VALUE_INT;
    if (vain)
        event.flags |= EVENT_IN_VAIN;
    event_emit(run, &event);
    if (vain)
        sched_polled(run);
    return len;
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

    for (uint32_t i = 0; i < g->touches.n; i++)
        sched_touch(run, g->touches.at[i].obj, g->touches.at[i].mode);
    g->fired = (int32_t)clause->index;
    dequeue_all(g);
    sched_wake(run, g);
}

/* --- elements ------------------------------------------------------------ */

/* Most elements are an int, a pointer or a Lua value: those need no call. */
static inline void copy_element(void *to, const void *from, uint32_t size)
{
    switch (size) {
    case 4: memcpy(to, from, 4); break;
    case 8: memcpy(to, from, 8); break;
    case 16: memcpy(to, from, 16); break;
    default: memcpy(to, from, size); break;
    }
}

static void *slot(const struct chan *chan, uint32_t at)
{
    uint32_t i = chan->head + at;

    return chan->buffer + (size_t)(i >= chan->cap ? i - chan->cap : i) * chan->type->size;
}

static void push(struct chan *chan, const void *element)
{
    copy_element(slot(chan, chan->len), element, chan->type->size);
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
        copy_element(clause->element, element, clause->chan->type->size);
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

/* Free mode: the step of a waiting goroutine, made for it. */
static struct event told_waiting(struct run *run, enum event_kind kind, const struct clause *clause)
{
    bool in_select = clause->g->wait == WAIT_SELECT;
    struct event event = told(run, kind, clause, clause->g, clause->index, in_select);

    if (in_select)
        event.flags |= EVENT_CASE_CHOSEN; /* others may have come by when it is replayed */
    return event;
}

static void show(struct run *run, struct event *event, const struct chan *chan, const void *element)
{
    enum value_kind kind = VALUE_NONE;

    if (run->quiet)
        return;
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

/* Whether somebody other than g waits in the queue. */
static bool has_partner(const struct clause_queue *queue, const struct goroutine *g)
{
    const struct clause *c = queue->first;

    while (c && c->g == g)
        c = c->next;
    return c != NULL;
}

/* How many clauses of goroutines other than g wait in the queue. */
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

    if (!run->explored) {
        event->flags |= EVENT_PARTNER_CHOSEN;
        return queue->first; /* first come, first served, as Go's runtime does */
    }
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

/* An unbuffered hand-off, told as `event` of one party; `other` is the other's goroutine. */
static void hand_over(struct run *run, struct event event, const struct clause *from,
                      struct clause *to, const struct goroutine *other)
{
    struct chan *chan = from->chan;

    show(run, &event, chan, from->element);
    receive_into(to, from->element);
    to->ok = true;
    ++chan->sent;
    event.seq = ++chan->received;
    event.other = other->id;
    event.other_line = other->line;
    event.other_pc = other->pc;
    event_emit(run, &event);
}

/* Free mode: a buffered channel's state changed; completes who can be. */
static void settle(struct run *run, struct chan *chan)
{
    for (;;) {
        struct clause *c;
        struct event event;

        if (chan->len > 0 && (c = chan->receivers.first)) {
            event = told_waiting(run, EVENT_RECV, c);
            show(run, &event, chan, slot(chan, 0));
            receive_into(c, slot(chan, 0));
            drop_head(chan);
            c->ok = true;
            event.seq = ++chan->received;
        } else if (chan->len < chan->cap && !chan->closed && (c = chan->senders.first)) {
            event = told_waiting(run, EVENT_SEND, c);
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

/* Free mode, unbuffered: somebody already waits to receive; the step is the receiver's. */
static void give(struct run *run, struct clause *clause)
{
    struct clause *to = clause->chan->receivers.first;
    struct event event = told_waiting(run, EVENT_RECV, to);

    event.flags |= EVENT_PARTNER_CHOSEN;
    fire(run, to);
    hand_over(run, event, clause, to, run->self);
}

static enum fault perform_send(struct run *run, struct clause *clause, struct event event, bool polls)
{
    struct chan *chan = clause->chan;

    if (chan->closed)
        return run_fail_as(run, FAULT_SEND_CLOSED, &event);
    if (chan->cap == 0) {
        if (polls) {
            struct clause *to = choose_partner(run, &chan->receivers, run->self, &event);

            fire(run, to);
            hand_over(run, event, clause, to, to->g);
        } else {
            give(run, clause);
        }
        return FAULT_NONE;
    }
    show(run, &event, chan, clause->element);
    event.seq = ++chan->sent;
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

        from->ok = true;
        fire(run, from);
        hand_over(run, event, from, clause, from->g);
    }
}

/* Whether g could perform the clause now. */
static enum ready clause_ready(const struct clause *clause, const struct goroutine *g)
{
    const struct chan *chan = clause->chan;

    if (!chan)
        return READY_NO;
    if (chan->closed || (clause->send ? chan->len < chan->cap : chan->len > 0))
        return READY_YES;
    if (chan->cap > 0 || !has_partner(clause->send ? &chan->receivers : &chan->senders, g))
        return READY_NO;
    /* while it waits in the queue, its receiver makes the step */
    return clause->send && clause->queued ? READY_PARTNER : READY_YES;
}

static enum ready goroutine_ready(struct goroutine *g)
{
    enum ready best = READY_NO;

    for (uint32_t i = 0; i < g->nclauses && best != READY_YES; i++) {
        enum ready ready = clause_ready(&g->clauses[i], g);

        if (ready > best)
            best = ready;
    }
    return best;
}

/* One of the cases the running goroutine can perform, -1 when there is none; with or_none also n. */
static int32_t choose_case(struct run *run, const struct clause *cases, uint32_t n, bool or_none,
                           bool *several)
{
    uint32_t ready = or_none, *options;
    int32_t only = -1;

    *several = false;
    for (uint32_t i = 0; i < n; i++)
        if (clause_ready(&cases[i], run->self) == READY_YES) {
            ready++;
            only = (int32_t)i;
        }
    if (ready <= 1)
        return only;
    *several = true;
    options = run_scratch(run, ready);
    ready = 0;
    for (uint32_t i = 0; i < n; i++)
        if (clause_ready(&cases[i], run->self) == READY_YES)
            options[ready++] = i;
    if (or_none)
        options[ready++] = n;
    /* options is scratch: the strategy is asked before it is used again */
    return (int32_t)options[run_choose(run, CHOICE_CASE, ready, options)];
}

static enum fault perform(struct run *run, struct clause *cases, int32_t index, bool several,
                          bool is_select, bool polls)
{
    struct clause *clause = &cases[index];
    struct event event = told(run, clause->send ? EVENT_SEND : EVENT_RECV, clause, run->self,
                              (uint32_t)index, is_select);

    /* in free mode others may have come by when the schedule is replayed */
    if (several || (is_select && !run->explored))
        event.flags |= EVENT_CASE_CHOSEN;
    if (clause->send)
        return perform_send(run, clause, event, polls);
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

/* Explored mode: whether somebody at the other end waits for certain.  That a goroutine comes to
 * wait is no step; until time has gone on it may not have come that far. */
static bool has_settled_partner(const struct run *run, const struct clause *clause)
{
    const struct clause_queue *queue = clause->send ? &clause->chan->receivers : &clause->chan->senders;

    for (const struct clause *c = queue->first; c; c = c->next)
        if (c->g != run->self && c->g->came != run->lulls)
            return true;
    return false;
}

/* Whether a poll may come too early: what is ready only is because somebody waits, who may just
 * not be there yet. */
static bool may_be_early(const struct run *run, const struct clause *cases, uint32_t n)
{
    bool ready = false;

    for (uint32_t i = 0; i < n && run->explored; i++) {
        const struct chan *chan = cases[i].chan;

        if (clause_ready(&cases[i], run->self) != READY_YES)
            continue;
        if (chan->cap > 0 || chan->closed || has_settled_partner(run, &cases[i]))
            return false;
        ready = true;
    }
    return ready;
}

/* A select with default: never waits, so nobody ever finds it waiting.  When it may be early that is
 * one more case to choose, numbered n. */
static enum fault poll(struct run *run, struct clause *cases, uint32_t n, int32_t *chosen)
{
    struct event event;
    bool several;

    sched_poll(run, n == 0 ? TOUCH_NOTHING : n == 1 && cases[0].chan ? cases[0].chan->id : TOUCH_ALL,
               TOUCH_CHANGE);
    *chosen = choose_case(run, cases, n, may_be_early(run, cases, n), &several);
    if (*chosen >= 0 && *chosen < (int32_t)n)
        return perform(run, cases, *chosen, several, true, true);
    event = event_make(run, EVENT_DEFAULT, run->self, 0);
    if (several)
        event.flags |= EVENT_CASE_CHOSEN;
    event.extra = n;
    *chosen = CHAN_DEFAULT;
    event_emit(run, &event);
    sched_polled(run);
    return FAULT_NONE;
}

enum fault chan_select(struct run *run, struct clause *cases, uint32_t n, bool has_default,
                       bool is_select, int32_t *chosen)
{
    struct goroutine *g = run->self;
    struct touch touches[n ? n : 1];
    bool several;

    if (has_default)
        return poll(run, cases, n, chosen);
    if (!run->explored) {
        sched_step(run, TOUCH_NOTHING, TOUCH_CHANGE);
        *chosen = choose_case(run, cases, n, false, &several);
        if (*chosen >= 0)
            return perform(run, cases, *chosen, several, is_select, false);
    }
    for (uint32_t i = 0; i < n; i++) {
        cases[i].queued = false;
        touches[i] = (struct touch){cases[i].chan ? cases[i].chan->id : TOUCH_NOTHING, TOUCH_CHANGE};
        if (!cases[i].chan)
            continue;
        enqueue(&cases[i], g, i);
        /* its arrival gives those at the other end of an unbuffered channel one more partner */
        if (cases[i].chan->cap == 0)
            sched_touch(run, cases[i].chan->id, TOUCH_CHANGE);
    }
    g->clauses = cases;
    g->nclauses = n;
    g->fired = -1;
    sched_wait(run, wait_of(cases, n, is_select), !is_select && cases[0].chan ? cases[0].chan->id : 0,
               goroutine_ready, tell_cases, NULL, (struct touches){touches, n});
    if (g->fired >= 0) {
        *chosen = g->fired;
        if (cases[*chosen].send && !cases[*chosen].ok)
            return run_fault(run, FAULT_SEND_CLOSED, cases[*chosen].chan->id);
        return FAULT_NONE;
    }
    /* picked while it stands in the queues: one of its cases can be performed */
    *chosen = choose_case(run, cases, n, false, &several);
    dequeue_all(g);
    return perform(run, cases, *chosen, several, is_select, false);
}

/* --- one case, nobody watching ------------------------------------------------
 *
 * The same as above for a quiet run (free mode, no events), where nothing is told and nobody is
 * asked: what is left are the copies and the queues. */

/* Gives the element to who has waited longest to receive. */
static void give_quietly(struct run *run, struct chan *chan, const void *element)
{
    struct clause *to = chan->receivers.first;

    receive_into(to, element);
    to->ok = true;
    chan->sent++;
    chan->received++;
    fire(run, to);
}

/* Whether the send was done: false when it must wait, or is a fault. */
static bool send_quietly(struct run *run, struct chan *chan, const void *element)
{
    if (chan->closed)
        return false;
    if (chan->receivers.first) {
        give_quietly(run, chan, element); /* a buffer they wait on is empty */
        run->steps += chan->cap > 0;      /* a send and a receive, where a hand-off is one step */
    } else if (chan->len < chan->cap) {
        push(chan, element);
        chan->sent++;
    } else {
        return false;
    }
    run_count_step(run);
    return true;
}

/* Whether the receive was done: false when it must wait. */
static bool recv_quietly(struct run *run, struct chan *chan, void *element, bool *ok)
{
    struct clause receiver = {.chan = chan, .element = element};
    struct clause *from = chan->senders.first;

    *ok = true;
    if (chan->len > 0) {
        receive_into(&receiver, slot(chan, 0));
        drop_head(chan);
        chan->received++;
    } else if (from && chan->cap == 0) {
        receive_into(&receiver, from->element);
        chan->sent++;
        chan->received++;
    } else {
        return false;
    }
    run_count_step(run);
    if (from && !chan->closed) {
        if (chan->cap > 0) {
            push(chan, from->element);
            chan->sent++;
            run_count_step(run);
        }
        from->ok = true;
        fire(run, from);
    }
    return true;
}

static void wait_quietly(struct run *run, struct clause *clause)
{
    struct goroutine *g = run->self;

    enqueue(clause, g, 0);
    g->clauses = clause;
    g->nclauses = 1;
    g->fired = -1;
    sched_wait(run, clause->send ? WAIT_SEND : WAIT_RECV, clause->chan->id, goroutine_ready, tell_cases,
               NULL, (struct touches){0});
}

enum fault chan_send(struct run *run, struct chan *chan, void *element)
{
    struct clause clause = {.chan = chan, .send = true, .element = element};
    int32_t chosen;

    if (run->quiet && chan && !chan->closed) {
        sched_step(run, TOUCH_NOTHING, TOUCH_CHANGE);
        if (send_quietly(run, chan, element))
            return FAULT_NONE;
        wait_quietly(run, &clause);
        return clause.ok ? FAULT_NONE : run_fault(run, FAULT_SEND_CLOSED, chan->id);
    }
    return chan_select(run, &clause, 1, false, false, &chosen);
}

void chan_recv(struct run *run, struct chan *chan, void *element, bool *ok)
{
    struct clause clause = {.chan = chan, .element = element};
    int32_t chosen;

    if (run->quiet && chan && !chan->closed) {
        sched_step(run, TOUCH_NOTHING, TOUCH_CHANGE);
        if (recv_quietly(run, chan, element, ok))
            return;
        wait_quietly(run, &clause);
    } else {
        chan_select(run, &clause, 1, false, false, &chosen);
    }
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
        struct event event = told_waiting(run, EVENT_RECV, c);

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
        return run_fault(run, FAULT_CLOSE_NIL, 0);
    sched_step(run, chan->id, TOUCH_CHANGE);
    if (chan->closed)
        return run_fail(run, FAULT_CLOSE_CLOSED, chan->id);
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
