/* chan_free.c -- channels and select in free mode: who can go on does, who cannot waits, and is
 * completed by whoever comes next.  First come, first served, as Go's runtime does.
 *
 * The events are those of explored mode, so that it can replay the run: what it might have chosen
 * otherwise is flagged as chosen.  In a quiet run nobody reads them, and steps are only counted.
 */
#include "rt/free.h"
#include "sync/chan_inside.h"

/* Who takes part in an operation: a goroutine, by which case of what. */
struct party {
    const struct goroutine *g;
    uint32_t index;
    bool in_select;
    bool several; /* there were other cases, be it told as a select or not */
};

static struct party waiting(const struct clause *clause)
{
    return (struct party){clause->g, clause->index, clause->g->wait == WAIT_SELECT,
                          clause->g->nclauses > 1};
}

/* --- telling ------------------------------------------------------------- */

static inline void describe(struct event *event, struct party party)
{
    event->extra = party.index;
    if (party.in_select)
        event->flags |= EVENT_IN_SELECT;
    if (party.in_select || party.several) /* others may have come by when it is replayed */
        event->flags |= EVENT_CASE_CHOSEN;
}

static inline struct event *told(struct run *run, enum event_kind kind, const struct chan *chan,
                                 struct party party)
{
    struct event *event = event_open(run, kind, party.g, chan->id);

    describe(event, party);
    return event;
}

static void tell_element(struct run *run, enum event_kind kind, const struct chan *chan,
                         struct party party, const void *element, uint32_t seq)
{
    struct event *event = told(run, kind, chan, party);

    chan_show(run, event, chan, element);
    event->seq = seq;
    event_close_step(run, event);
}

static void tell_closed(struct run *run, const struct chan *chan, struct party party)
{
    struct event *event = told(run, EVENT_RECV, chan, party);

    event->flags |= EVENT_CLOSED;
    event_close_step(run, event);
}

static void tell_hand_off(struct run *run, enum event_kind kind, const struct chan *chan,
                          struct party party, const struct goroutine *other, const void *element)
{
    struct event *event = told(run, kind, chan, party);

    event->flags |= EVENT_PARTNER_CHOSEN;
    chan_show(run, event, chan, element);
    event->seq = chan->received;
    event->other = other->id;
    event->other_line = other->line;
    event->other_pc = other->pc;
    event_close_step(run, event);
}

/* --- one operation that can go on ----------------------------------------- */

/* A waiting goroutine's clause was performed by somebody else. */
static inline void fire(struct run *run, struct clause *clause)
{
    struct goroutine *g = clause->g;

    g->fired = (int32_t)clause->index;
    if (g->nclauses == 1)
        chan_dequeue(clause);
    else
        chan_dequeue_all(g);
    free_wake(run, g);
}

/* Copies an unbuffered element from hand to hand. */
static inline void hand_over(struct chan *chan, const void *from, void *to)
{
    if (to)
        chan_copy(to, from, chan->type->size);
    chan->sent++;
    chan->received++;
}

/* The step of who has waited longest to receive; polls: it is the sender's, who never waits. */
static inline void give(struct run *run, struct chan *chan, const void *element, struct party self,
                        bool polls)
{
    struct clause *to = chan->receivers.first;

    hand_over(chan, element, to->element);
    to->ok = true;
    fire(run, to);
    if (run->quiet)
        run_count_step(run);
    else if (polls)
        tell_hand_off(run, EVENT_SEND, chan, self, to->g, element);
    else
        tell_hand_off(run, EVENT_RECV, chan, waiting(to), self.g, element);
}

static inline void take(struct run *run, struct chan *chan, void *element, struct party self)
{
    struct clause *from = chan->senders.first;

    hand_over(chan, from->element, element);
    from->ok = true;
    fire(run, from);
    if (run->quiet)
        run_count_step(run);
    else
        tell_hand_off(run, EVENT_RECV, chan, self, from->g, from->element);
}

static inline void put(struct run *run, struct chan *chan, const void *element, struct party party)
{
    chan->sent++;
    chan_push(chan, element);
    if (run->quiet)
        run_count_step(run);
    else
        tell_element(run, EVENT_SEND, chan, party, element, chan->sent);
}

static inline void get(struct run *run, struct chan *chan, void *element, struct party party)
{
    const void *slot = chan_slot(chan, 0);

    chan->received++;
    if (run->quiet)
        run_count_step(run);
    else /* before it leaves the slot, which keeps nothing of it */
        tell_element(run, EVENT_RECV, chan, party, slot, chan->received);
    chan_pop(chan, element);
}

static inline void get_zero(struct run *run, struct chan *chan, void *element, struct party party)
{
    if (element)
        memset(element, 0, chan->type->size);
    if (run->quiet)
        run_count_step(run);
    else
        tell_closed(run, chan, party);
}

/* The buffer has something for who waits to receive, or room for who waits to send. */
static void settle_buffer(struct run *run, struct chan *chan)
{
    for (;;) {
        struct clause *c;

        if (chan->len > 0 && (c = chan->receivers.first)) {
            fire(run, c);
            get(run, chan, c->element, waiting(c));
        } else if (chan->len < chan->cap && !chan->closed && (c = chan->senders.first)) {
            fire(run, c);
            put(run, chan, c->element, waiting(c));
        } else {
            return;
        }
        c->ok = true;
    }
}

void chan_free_settle(struct run *run, struct chan *chan)
{
    struct clause *c;

    if (!chan->closed) {
        settle_buffer(run, chan);
        return;
    }
    while ((c = chan->receivers.first)) {
        c->ok = false;
        fire(run, c);
        get_zero(run, chan, c->element, waiting(c));
    }
    while ((c = chan->senders.first)) {
        c->ok = false;
        fire(run, c);
    }
}

/* --- send, receive --------------------------------------------------------- */

static inline bool can_send(const struct chan *chan)
{
    return chan->len < chan->cap || chan->receivers.first || chan->closed;
}

static inline bool can_receive(const struct chan *chan)
{
    return chan->len > 0 || chan->senders.first || chan->closed;
}

/* can_send has said yes. */
static inline enum fault send(struct run *run, struct chan *chan, const void *element,
                              struct party self, bool polls)
{
    if (__builtin_expect(chan->closed, 0)) {
        struct event event = event_make(run, EVENT_SEND, self.g, chan->id);

        describe(&event, self);
        return run_fail_as(run, FAULT_SEND_CLOSED, &event);
    }
    if (chan->cap == 0) {
        give(run, chan, element, self, polls);
    } else {
        put(run, chan, element, self);
        if (chan->receivers.first)
            settle_buffer(run, chan);
    }
    return FAULT_NONE;
}

/* can_receive has said yes; whether it got an element. */
static inline bool receive(struct run *run, struct chan *chan, void *element, struct party self)
{
    if (chan->len > 0) {
        get(run, chan, element, self);
        if (chan->senders.first)
            settle_buffer(run, chan);
    } else if (chan->senders.first && !chan->closed) {
        take(run, chan, element, self);
    } else {
        get_zero(run, chan, element, self);
        return false;
    }
    return true;
}

static inline void wait_at(struct run *run, struct clause *clause, enum wait_kind wait)
{
    struct goroutine *g = run->self;

    g->clauses = clause;
    g->nclauses = 1;
    chan_enqueue(clause, g, 0);
    free_wait(run, g, wait, clause->chan->id, chan_ready, NULL, NULL);
}

enum fault chan_free_send(struct run *run, struct chan *chan, void *element)
{
    struct clause clause;

    free_step(run);
    if (can_send(chan))
        return send(run, chan, element, (struct party){.g = run->self}, false);
    clause.chan = chan;
    clause.send = true;
    clause.element = element;
    wait_at(run, &clause, WAIT_SEND);
    return clause.ok ? FAULT_NONE : run_fault(run, FAULT_SEND_CLOSED, chan->id);
}

void chan_free_recv(struct run *run, struct chan *chan, void *element, bool *ok)
{
    struct clause clause;

    free_step(run);
    if (can_receive(chan)) {
        *ok = receive(run, chan, element, (struct party){.g = run->self});
        return;
    }
    clause.chan = chan;
    clause.send = false;
    clause.element = element;
    wait_at(run, &clause, WAIT_RECV);
    *ok = clause.ok;
}

/* --- select ---------------------------------------------------------------- */

/* One of the cases that can be performed, -1: none. */
static int32_t choose_case(struct run *run, const struct clause *cases, uint32_t n)
{
    uint32_t ready = 0, *options = run_scratch(run, n);

    for (uint32_t i = 0; i < n; i++) {
        const struct chan *chan = cases[i].chan;

        if (chan && (cases[i].send ? can_send(chan) : can_receive(chan)))
            options[ready++] = i;
    }
    if (ready == 0)
        return -1;
    /* options is scratch: the strategy is asked before it is used again */
    return (int32_t)options[ready == 1 ? 0 : run_choose(run, CHOICE_CASE, ready, options)];
}

static enum fault perform(struct run *run, struct clause *clause, struct party self, bool polls)
{
    if (clause->send)
        return send(run, clause->chan, clause->element, self, polls);
    clause->ok = receive(run, clause->chan, clause->element, self);
    return FAULT_NONE;
}

static enum fault take_default(struct run *run, uint32_t n, int32_t *chosen)
{
    struct event event = event_make(run, EVENT_DEFAULT, run->self, 0);

    event.extra = n;
    event_emit(run, &event);
    sched_polled(run);
    *chosen = CHAN_DEFAULT;
    return FAULT_NONE;
}

enum fault chan_free_select(struct run *run, struct clause *cases, uint32_t n, bool has_default,
                            bool is_select, int32_t *chosen)
{
    struct goroutine *g = run->self;

    if (has_default)
        sched_poll(run, TOUCH_NOTHING, TOUCH_CHANGE);
    else
        free_step(run);
    *chosen = choose_case(run, cases, n);
    if (*chosen >= 0)
        return perform(run, &cases[*chosen],
                       (struct party){g, (uint32_t)*chosen, is_select, n > 1}, has_default);
    if (has_default)
        return take_default(run, n, chosen);
    for (uint32_t i = 0; i < n; i++) {
        cases[i].queued = false;
        if (cases[i].chan)
            chan_enqueue(&cases[i], g, i);
    }
    g->clauses = cases;
    g->nclauses = n;
    free_wait(run, g, chan_wait_of(cases, n, is_select),
              is_select || !cases[0].chan ? 0 : cases[0].chan->id, chan_ready, chan_tell_cases,
              NULL);
    *chosen = g->fired;
    if (cases[*chosen].send && !cases[*chosen].ok)
        return run_fault(run, FAULT_SEND_CLOSED, cases[*chosen].chan->id);
    return FAULT_NONE;
}
