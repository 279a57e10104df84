/* chan.c -- channels and select; their operations in explored mode (in free mode: chan_free.c). */
#include "sync/chan_inside.h"

#include "sync/waiters.h"

/* The capacity a channel made here gets instead of its own. */
static uint32_t resized(const struct run *run, uint32_t cap, uint32_t other)
{
    const struct goroutine *g = run->self;
    bool here = g && !other && (run->resized.pc ? g->pc == run->resized.pc
                                                : g->line == run->resized.line);

    return here && run->resized.cap < cap ? run->resized.cap : cap;
}

struct chan *chan_make(struct run *run, const struct chan_type *type, uint32_t cap,
                       uint32_t other, const char *name)
{
    struct chan *chan;

    if (run->resized.line || run->resized.pc)
        cap = resized(run, cap, other);
    chan = region_alloc(&run->objects, sizeof *chan + (size_t)cap * type->size);
    if (!chan)
        return NULL;
    chan->type = type;
    chan->cap = cap;
    chan->buffer = (unsigned char *)(chan + 1);
    chan->id = run_object(run, OBJECT_CHAN, other, cap, name);
    return chan;
}

static struct touch_state state_of(const struct chan *chan)
{
    return (struct touch_state){(int32_t)chan->len, chan->sent, chan->received, chan->closed};
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
    run->self->touch.before = state_of(chan);
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

void chan_tell_cases(struct run *run, struct goroutine *g)
{
    if (g->wait != WAIT_SELECT)
        return;
    for (uint32_t i = 0; i < g->nclauses; i++) {
        const struct clause *clause = &g->clauses[i];
        struct event *event = event_open(run, EVENT_BLOCK_CASE, g,
                                         clause->chan ? clause->chan->id : 0);

        event->extra = clause->chan ? (clause->send ? WAIT_SEND : WAIT_RECV)
                                    : (clause->send ? WAIT_NIL_SEND : WAIT_NIL_RECV);
        event->value = i;
        if (clause->name)
            event->text = run_text(run, clause->name, strlen(clause->name));
        event_close_fact(run, event);
    }
}

/* --- performing ---------------------------------------------------------- */

/* A waiting goroutine's clause was performed by somebody else. */
static void fire(struct run *run, struct clause *clause)
{
    struct goroutine *g = clause->g;

    g->nfollows = 0; /* it has had a part in a step */
    g->fired = (int32_t)clause->index;
    chan_dequeue_all(g);
    sched_wake(run, g);
}

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

    chan_show(run, &event, chan, from->element);
    if (to->element)
        chan_copy(to->element, from->element, chan->type->size);
    to->ok = true;
    ++chan->sent;
    event.seq = ++chan->received;
    event.other = other->id;
    event.other_line = other->line;
    event.other_pc = other->pc;
    event_emit(run, &event);
}

static enum fault perform_send(struct run *run, struct clause *clause, struct event event)
{
    struct chan *chan = clause->chan;

    if (chan->closed)
        return run_fail_as(run, FAULT_SEND_CLOSED, &event);
    if (chan->cap == 0) {
        /* only a poll gets here: it is nobody's partner, for it does not wait in the queue */
        struct clause *to = choose_partner(run, &chan->receivers, run->self, &event);

        fire(run, to);
        hand_over(run, event, clause, to, to->g);
        return FAULT_NONE;
    }
    chan_show(run, &event, chan, clause->element);
    event.seq = ++chan->sent;
    chan_push(chan, clause->element);
    event_emit(run, &event);
    return FAULT_NONE;
}

static void perform_recv(struct run *run, struct clause *clause, struct event event)
{
    struct chan *chan = clause->chan;

    clause->ok = true;
    if (chan->len > 0) {
        chan_show(run, &event, chan, chan_slot(chan, 0));
        chan_pop(chan, clause->element);
        event.seq = ++chan->received;
        event_emit(run, &event);
    } else if (chan->closed) {
        chan_receive_zero(clause);
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

enum ready chan_ready(struct goroutine *g)
{
    enum ready best = READY_NO;

    for (uint32_t i = 0; i < g->nclauses; i++) {
        enum ready ready = clause_ready(&g->clauses[i], g);

        if (ready > best)
            best = ready;
        if (g->clauses[i].chan && i < g->touches.n)
            g->touches.at[i].before = state_of(g->clauses[i].chan);
    }
    return best;
}

/* How many clauses of the same goroutine wait before this one. */
static uint32_t nth_of(const struct clause *clause)
{
    uint32_t nth = 0;

    for (const struct clause *c = clause->prev; c; c = c->prev)
        nth += c->g == clause->g;
    return nth;
}

/* See struct goroutine. */
static uint32_t ways_of(const struct goroutine *g, struct way *ways)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < g->nclauses; i++) {
        const struct clause *clause = &g->clauses[i];
        const struct chan *chan = clause->chan;

        if (clause_ready(clause, g) != READY_YES)
            continue;
        if (chan->cap > 0 || chan->closed) {
            if (ways)
                ways[n] = (struct way){.index = i};
            n++;
            continue;
        }
        for (const struct clause *c = chan->senders.first; c; c = c->next) {
            if (c->g == g)
                continue;
            if (ways)
                ways[n] = (struct way){i, c->g->id, nth_of(c)};
            n++;
        }
    }
    return n;
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
    if (ready == 0 || (ready == 1 && !run->self->ways))
        return only;
    *several = ready > 1;
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
                          bool is_select)
{
    struct clause *clause = &cases[index];
    struct event event = event_make(run, clause->send ? EVENT_SEND : EVENT_RECV, run->self,
                                    clause->chan->id);

    event.extra = (uint32_t)index;
    if (is_select)
        event.flags |= EVENT_IN_SELECT;
    if (several)
        event.flags |= EVENT_CASE_CHOSEN;
    if (clause->send)
        return perform_send(run, clause, event);
    perform_recv(run, clause, event);
    return FAULT_NONE;
}

enum wait_kind chan_wait_of(const struct clause *cases, uint32_t n, bool is_select)
{
    if (is_select)
        return n ? WAIT_SELECT : WAIT_EMPTY_SELECT;
    if (!cases[0].chan)
        return cases[0].send ? WAIT_NIL_SEND : WAIT_NIL_RECV;
    return cases[0].send ? WAIT_SEND : WAIT_RECV;
}

/* Whether somebody at the other end waits for certain.  That a goroutine comes to
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

    for (uint32_t i = 0; i < n; i++) {
        const struct chan *chan = cases[i].chan;

        if (clause_ready(&cases[i], run->self) != READY_YES)
            continue;
        if (chan->cap > 0 || chan->closed || has_settled_partner(run, &cases[i]))
            return false;
        ready = true;
    }
    return ready;
}

/* What a step that is about to perform the clause touches. */
static struct touch taken(const struct clause *clause)
{
    const struct chan *chan = clause->chan;
    struct touch touch = {.obj = chan->id, .cap = chan->cap, .before = state_of(chan)};

    if (chan->cap == 0 && !chan->closed)
        touch.mode = TOUCH_HAND;
    else if (clause->send)
        touch.mode = chan->closed ? TOUCH_FAIL : TOUCH_SEND;
    else
        touch.mode = chan->len > 0 ? TOUCH_RECV : TOUCH_DRAINED;
    return touch;
}

/* A select with default: never waits, so nobody ever finds it waiting.  When it may be early that is
 * one more case to choose, numbered n. */
static enum fault poll(struct run *run, struct clause *cases, uint32_t n, int32_t *chosen)
{
    struct touch touch;
    struct event event;
    bool several;

    sched_poll(run, n == 0 ? TOUCH_NOTHING : n == 1 && cases[0].chan ? cases[0].chan->id : TOUCH_ALL,
               TOUCH_CHANGE);
    if (n == 1 && cases[0].chan)
        run->self->touch.before = state_of(cases[0].chan);
    *chosen = choose_case(run, cases, n, may_be_early(run, cases, n), &several);
    if (*chosen >= 0 && *chosen < (int32_t)n) {
        touch = taken(&cases[*chosen]);
        sched_touched(run, &touch);
        return perform(run, cases, *chosen, several, true);
    }
    event = event_make(run, EVENT_DEFAULT, run->self, 0);
    if (several)
        event.flags |= EVENT_CASE_CHOSEN;
    event.extra = n;
    *chosen = CHAN_DEFAULT;
    event_emit(run, &event);
    sched_polled(run);
    return FAULT_NONE;
}

static enum fault wait_for_turn(struct run *run, struct clause *cases, uint32_t n, bool is_select,
                                int32_t *chosen)
{
    struct goroutine *g = run->self;
    struct touch touches[n ? n : 1];
    bool several;

    for (uint32_t i = 0; i < n; i++) {
        cases[i].queued = false;
        touches[i] = (struct touch){.obj = TOUCH_NOTHING};
        if (!cases[i].chan)
            continue;
        chan_enqueue(&cases[i], g, i);
        touches[i] = (struct touch){.obj = cases[i].chan->id, .cap = cases[i].chan->cap,
                                    .mode = cases[i].send ? TOUCH_SEND : TOUCH_RECV};
        if (cases[i].chan->cap == 0)
            sched_touch(run, cases[i].chan->id, TOUCH_ARRIVE);
    }
    g->clauses = cases;
    g->nclauses = n;
    g->fired = -1;
    g->ways = ways_of;
    sched_wait(run, chan_wait_of(cases, n, is_select), !is_select && cases[0].chan ? cases[0].chan->id : 0,
               chan_ready, chan_tell_cases, NULL, (struct touches){touches, n});
    if (g->fired >= 0) {
        g->ways = NULL;
        *chosen = g->fired;
        if (cases[*chosen].send && !cases[*chosen].ok)
            return run_fault(run, FAULT_SEND_CLOSED, cases[*chosen].chan->id);
        return FAULT_NONE;
    }
    /* picked while it stands in the queues: one of its cases can be performed */
    *chosen = choose_case(run, cases, n, false, &several);
    g->ways = NULL;
    chan_dequeue_all(g);
    touches[0] = taken(&cases[*chosen]);
    g->touches.n = 1;
    return perform(run, cases, *chosen, several, is_select);
}

enum fault chan_select(struct run *run, struct clause *cases, uint32_t n, bool has_default,
                       bool is_select, int32_t *chosen)
{
    if (!run->explored)
        return chan_free_select(run, cases, n, has_default, is_select, chosen);
    return has_default ? poll(run, cases, n, chosen)
                       : wait_for_turn(run, cases, n, is_select, chosen);
}

enum fault chan_send(struct run *run, struct chan *chan, void *element)
{
    struct clause clause;
    int32_t chosen;

    if (!run->explored && chan)
        return chan_free_send(run, chan, element);
    clause = (struct clause){.chan = chan, .send = true, .element = element};
    return chan_select(run, &clause, 1, false, false, &chosen);
}

void chan_recv(struct run *run, struct chan *chan, void *element, bool *ok)
{
    struct clause clause;
    int32_t chosen;

    if (!run->explored && chan) {
        chan_free_recv(run, chan, element, ok);
        return;
    }
    clause = (struct clause){.chan = chan, .element = element};
    chan_select(run, &clause, 1, false, false, &chosen);
    *ok = clause.ok;
}

/* --- close --------------------------------------------------------------- */

void chan_close_quietly(struct run *run, struct chan *chan)
{
    chan->closed = true;
    chan->own_size = 0;
    if (!run->explored) /* else who waits is ready now */
        chan_free_settle(run, chan);
}

enum fault chan_close(struct run *run, struct chan *chan)
{
    struct event event;

    if (!chan)
        return run_fault(run, FAULT_CLOSE_NIL, 0);
    sched_step(run, chan->id, TOUCH_CLOSE);
    sched_turned_out(run, chan->closed ? TOUCH_FAIL : TOUCH_CLOSE, chan->len, chan->closed);
    if (chan->closed)
        return run_fail(run, FAULT_CLOSE_CLOSED, chan->id);
    event = event_make(run, EVENT_CLOSE, run->self, chan->id);
    event_emit(run, &event);
    chan_close_quietly(run, chan);
    return FAULT_NONE;
}

/* The first who waits in a queue for certain; NULL: nobody does. */
static struct clause *settled(const struct run *run, const struct clause_queue *queue)
{
    struct clause *c = queue->first;

    while (c && c->g->came == run->lulls)
        c = c->next;
    return c;
}

bool chan_offer(struct run *run, struct chan *chan, const void *element)
{
    struct event event = event_make(run, EVENT_SEND, NULL, chan->id);
    struct clause *to = chan->cap == 0 ? settled(run, &chan->receivers) : NULL;

    if (chan->cap > 0 ? chan->len == chan->cap : !to)
        return false;
    chan_show(run, &event, chan, element);
    event.seq = ++chan->sent;
    if (to) {
        ++chan->received;
        event.other = to->g->id;
        event.extra = to->index;
        if (to->element)
            chan_copy(to->element, element, chan->type->size);
        to->ok = true;
        fire(run, to);
    } else {
        chan_push(chan, element);
    }
    event_emit(run, &event);
    if (!run->explored)
        chan_free_settle(run, chan);
    return true;
}

bool chan_tick(struct run *run, struct chan *chan, const void *element)
{
    if (chan->len == chan->cap)
        return false;
    chan_push(chan, element);
    ++chan->sent;
    if (!run->explored)
        chan_free_settle(run, chan);
    return true;
}
