/* signal.c -- package os/signal. */
#include "sync/signal.h"

#include "base/text.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* Who asked for signals: a channel, or a context to be cancelled. */
struct subscriber {
    struct chan *chan;       /* NULL: a context's */
    void (*encode)(uint32_t number, void *element);
    struct context *context;
    uint64_t set;            /* 0: none any more */
    struct subscriber *next;
};

/* Of a run. */
struct signals {
    struct subscriber *first, *last; /* in the order in which they asked */
    uint64_t ignored;
};

static const struct {
    uint32_t number;
    const char *name, *words;
    bool ends;
} known[] = {
#define X(name, number, words, ends) {number, #name, words, ends},
    SIGNALS(X)
#undef X
};

enum { KNOWN = sizeof known / sizeof *known };

const char *signal_words(uint32_t number)
{
    for (size_t i = 0; i < KNOWN; i++)
        if (known[i].number == number)
            return known[i].words;
    return NULL;
}

uint32_t signal_number(const char *name)
{
    for (size_t i = 0; i < KNOWN; i++)
        if (strcmp(known[i].name, name) == 0 || strcmp(known[i].words, name) == 0)
            return known[i].number;
    return 0;
}

static bool ends_program(uint32_t number)
{
    for (size_t i = 0; i < KNOWN; i++)
        if (known[i].number == number)
            return known[i].ends;
    return false;
}

static struct signals *signals_of(struct run *run)
{
    if (!run->signals && !(run->signals = region_alloc(&run->objects, sizeof *run->signals)))
        run_stop(run, RUN_MEMORY);
    return run->signals;
}

/* "interrupt, terminated"; "all signals" */
static uint32_t set_text(struct run *run, uint64_t set)
{
    struct text text = {0};
    uint32_t at;

    for (size_t i = 0; i < KNOWN && set != SIGNAL_ALL; i++)
        if (set & SIGNAL_BIT(known[i].number))
            text_addf(&text, "%s%s", text.len ? ", " : "", known[i].words);
    if (!text.len)
        text_add(&text, "all signals");
    at = run_text(run, text_string(&text), text.len);
    text_release(&text);
    return at;
}

static void tell(struct run *run, enum event_kind kind, uint32_t obj, uint64_t set)
{
    struct event event = event_make(run, kind, run->self, obj);

    event.text = set_text(run, set);
    event_emit(run, &event);
}

/* --- to ask for signals ------------------------------------------------------ */

static struct subscriber *subscribe(struct run *run, struct chan *chan, struct context *context)
{
    struct signals *signals = signals_of(run);
    struct subscriber *s = signals->first;

    while (s && !(s->chan == chan && s->context == context))
        s = s->next;
    if (s)
        return s;
    s = region_alloc(&run->objects, sizeof *s);
    if (!s)
        run_stop(run, RUN_MEMORY);
    s->chan = chan;
    s->context = context;
    if (signals->last)
        signals->last->next = s;
    else
        signals->first = s;
    return signals->last = s;
}

void signal_notify(struct run *run, struct chan *chan, uint64_t set,
                   void (*encode)(uint32_t number, void *element))
{
    struct subscriber *s;

    /* Raising a signal commutes with nothing; two that ask for the same get it at once. */
    sched_step(run, chan->id, TOUCH_CHANGE);
    s = subscribe(run, chan, NULL);
    s->encode = encode;
    s->set |= set;
    signals_of(run)->ignored &= ~set;
    tell(run, EVENT_NOTIFY, chan->id, set);
}

struct context *signal_notify_context(struct run *run, struct context *parent, uint64_t set)
{
    struct context *context = context_with_cancel(run, parent);

    if (!context)
        return NULL;
    sched_step(run, context->id, TOUCH_CHANGE);
    subscribe(run, NULL, context)->set = set;
    signals_of(run)->ignored &= ~set;
    tell(run, EVENT_NOTIFY, context->id, set);
    return context;
}

static void unsubscribe(struct run *run, struct chan *chan, struct context *context)
{
    uint32_t obj = chan ? chan->id : context->id;

    sched_step(run, obj, TOUCH_CHANGE);
    for (struct subscriber *s = signals_of(run)->first; s; s = s->next)
        if (s->chan == chan && s->context == context)
            s->set = 0;
    tell(run, EVENT_NOTIFY_STOP, obj, SIGNAL_ALL);
}

void signal_stop(struct run *run, struct chan *chan)
{
    unsubscribe(run, chan, NULL);
}

void signal_stop_context(struct run *run, struct context *context)
{
    unsubscribe(run, NULL, context);
    context_cancel(run, context);
}

static void forget(struct run *run, uint64_t set, bool ignore)
{
    struct signals *signals = signals_of(run);

    sched_step(run, TOUCH_ALL, TOUCH_CHANGE);
    for (struct subscriber *s = signals->first; s; s = s->next)
        s->set &= ~set;
    signals->ignored = ignore ? signals->ignored | set : signals->ignored & ~set;
    tell(run, ignore ? EVENT_NOTIFY_IGNORE : EVENT_NOTIFY_STOP, 0, set);
}

void signal_ignore(struct run *run, uint64_t set)
{
    forget(run, set, true);
}

void signal_reset(struct run *run, uint64_t set)
{
    forget(run, set, false);
}

/* --- to send one ---------------------------------------------------------------- */

static void tell_raise(struct run *run, const struct goroutine *by, uint32_t number)
{
    const char *words = signal_words(number);
    struct event event = event_make(run, EVENT_RAISE, by, 0);

    event.value = number;
    event.value_kind = VALUE_INT;
    event.text = run_text(run, words, strlen(words));
    event_emit(run, &event);
}

static void tell_lost(struct run *run, const struct chan *chan, uint32_t number)
{
    const char *words = signal_words(number);
    struct event event = event_make(run, EVENT_LOST, NULL, chan->id);

    event.text = run_text(run, words, strlen(words));
    event_emit(run, &event);
}

/* FAULT_SEND_CLOSED: the channel is closed. */
static enum fault deliver(struct run *run, const struct subscriber *to, uint32_t number)
{
    _Alignas(max_align_t) unsigned char element[SIGNAL_ELEMENT_MAX] = {0};

    if (to->context) {
        context_cancel_quietly(run, to->context);
        return FAULT_NONE;
    }
    if (to->chan->closed)
        return run_fault(run, FAULT_SEND_CLOSED, to->chan->id);
    to->encode(number, element);
    if (!chan_offer(run, to->chan, element))
        tell_lost(run, to->chan, number);
    return FAULT_NONE;
}

static _Noreturn void end_program(struct run *run, uint32_t number)
{
    struct event event = event_make(run, EVENT_EXIT, NULL, 0);
    char text[64];
    int len = snprintf(text, sizeof text, "signal: %s", signal_words(number));

    run->exit_code = SIGNAL_EXIT_CODE;
    event.value = SIGNAL_EXIT_CODE;
    event.value_kind = VALUE_INT;
    event.text = run_text(run, text, (size_t)len);
    event_emit(run, &event);
    run_stop(run, RUN_EXIT);
}

/* Sends a signal to all who asked for it; by: NULL: the world. */
static enum fault send(struct run *run, const struct goroutine *by, uint32_t number)
{
    struct signals *signals = signals_of(run);
    enum fault fault = FAULT_NONE, last;
    bool meant = false;

    tell_raise(run, by, number);
    for (struct subscriber *s = signals->first; s && number != SIGNAL_KILL; s = s->next) {
        if (!(s->set & SIGNAL_BIT(number)))
            continue;
        meant = true;
        last = deliver(run, s, number);
        fault = last ? last : fault;
    }
    if (!meant && ends_program(number) && !(signals->ignored & SIGNAL_BIT(number)))
        end_program(run, number);
    return fault;
}

enum fault signal_raise(struct run *run, uint32_t number)
{
    sched_step(run, TOUCH_ALL, TOUCH_CHANGE);
    if (run->main_done)
        run_goexit(run); /* too late: the program was gone already */
    return send(run, run->self, number);
}

struct coming {
    struct timer timer; /* first: a timer's address is its own */
    uint32_t number;
};

static void arrive(struct run *run, struct timer *timer)
{
    if (!run->main_done)
        send(run, NULL, ((struct coming *)timer)->number);
}

bool signal_at(struct run *run, int64_t when, uint32_t number)
{
    struct coming *coming = region_alloc(&run->objects, sizeof *coming);

    if (!coming)
        return false;
    coming->timer.fire = arrive;
    coming->number = number;
    return timer_arm(&run->timers, &coming->timer, when < run->now ? run->now : when);
}
