/* words_release.c -- what could have ended a wait: who was to do it and what became of them.
 *
 * All is read off the trace: what a sentence says is so in this run.
 */
#include "grade/words_release.h"

#include <inttypes.h>
#include <string.h>

/* --- what became of somebody --------------------------------------------- */

/* " and then returned", " and is blocked itself now", or nothing. */
static void and_then(const struct telling *t, uint32_t g)
{
    for (uint32_t i = t->trace->count; i-- > 0;) {
        const struct event *event = &t->trace->events[i];
        bool partner =
            event->other == g && (event->kind == EVENT_SEND || event->kind == EVENT_RECV);

        if (event->g != g && !partner)
            continue;
        if (event->kind == EVENT_STUCK)
            continue;
        if (event->kind == EVENT_END)
            text_add(t->out, " and then returned");
        else if (!partner && (event->kind == EVENT_BLOCK || event->kind == EVENT_BLOCK_CASE))
            text_add(t->out, " and is blocked itself now");
        return;
    }
}

/* "main locked mu at pool.lua:7" */
static void did(const struct telling *t, const struct event *event, const char *what)
{
    text_addf(t->out, "%s %s %s ", telling_who(t, event->g), what, telling_what(t, event->obj));
    telling_at(t, event);
}

int64_t release_balance(const struct telling *t, uint32_t obj, uint32_t g, uint32_t up,
                        uint32_t down)
{
    int64_t sum = 0;

    for (uint32_t i = 0; i < t->trace->count; i++) {
        const struct event *event = &t->trace->events[i];
        int64_t n = event->kind == EVENT_ACQUIRE || event->kind == EVENT_RELEASE ? event->value : 1;

        if (event->obj == obj && (!g || event->g == g))
            sum += event->kind == up ? n : event->kind == down ? -n : 0;
    }
    return sum;
}

/* The last to do one thing to an object who has not undone it; NULL: nobody. */
static const struct event *keeper(const struct telling *t, uint32_t obj, uint32_t up, uint32_t down)
{
    uint32_t no = 0;

    for (uint32_t i = t->trace->count; i-- > 0;) {
        const struct event *event = &t->trace->events[i];

        if (event->kind != up || event->obj != obj || event->g == no)
            continue;
        if (release_balance(t, obj, event->g, up, down) > 0)
            return event;
        no = event->g;
    }
    return NULL;
}

/* --- channels ------------------------------------------------------------ */

static void last_receiver(const struct telling *t, uint32_t chan, uint32_t blocked)
{
    for (uint32_t i = t->trace->count; i-- > 0;) {
        const struct event *event = &t->trace->events[i], *spot = event;
        uint32_t g;

        if (event->obj != chan || event->flags & EVENT_CLOSED)
            continue;
        if (event->kind == EVENT_RECV)
            g = event->g;
        else if (event->kind == EVENT_SEND && event->other)
            g = event->other;
        else
            continue;
        if (g == blocked)
            continue;
        if (event->kind == EVENT_SEND) /* the receiver's line is where it had come to wait */
            spot = telling_last(t, i, EVENT_BLOCK, g, 0);
        text_addf(t->out, "%s received from %s last", telling_who(t, g), telling_what(t, chan));
        if (spot && spot->line) {
            text_add(t->out, " ");
            telling_at(t, spot);
        }
        and_then(t, g);
        text_add(t->out, ". ");
        return;
    }
    text_addf(t->out, "Nobody ever received from %s. ", telling_what(t, chan));
}

static void last_sender(const struct telling *t, uint32_t chan, uint32_t blocked)
{
    const struct event *sent = NULL;

    for (uint32_t i = t->trace->count; i-- > 0 && !sent;) {
        const struct event *event = &t->trace->events[i];

        if (event->obj == chan && event->kind == EVENT_SEND && event->g != blocked)
            sent = event;
        else if (event->obj == chan && event->kind == EVENT_RECV && event->other &&
                 event->other != blocked)
            sent = event; /* the sender had come first */
    }
    if (!sent) {
        text_addf(t->out, "Nobody ever sent on %s or closed it. ", telling_what(t, chan));
        return;
    }
    if (sent->kind == EVENT_SEND) {
        text_addf(t->out, "%s sent on %s last ", telling_who(t, sent->g), telling_what(t, chan));
        telling_at(t, sent);
        and_then(t, sent->g);
    } else {
        text_addf(t->out, "%s sent on %s last", telling_who(t, sent->other), telling_what(t, chan));
        and_then(t, sent->other);
    }
    text_addf(t->out, ", and nobody closed it. ");
}

enum release_sender release_sender(const struct telling *t, uint32_t chan)
{
    const struct event *make = telling_make(t, chan);
    const struct event *of =
        make && make->extra == OBJECT_CHAN ? telling_make(t, make->other) : NULL;

    switch (of ? of->extra : OBJECT_NONE) {
    case OBJECT_CONTEXT: return BY_CONTEXT;
    case OBJECT_LISTENER: return BY_LISTENER;
    case OBJECT_TIMER:
    case OBJECT_TICKER: return BY_TIMER;
    default: break;
    }
    if (telling_stream(t, chan))
        return BY_CONNECTION;
    return telling_last(t, UINT32_MAX, EVENT_NOTIFY, 0, chan) ? BY_SIGNALS : BY_PROGRAM;
}

/* What became of the timer or ticker whose channel it is. */
static void timer_over(const struct telling *t, uint32_t chan)
{
    uint32_t timer = telling_make(t, chan)->other;
    const struct event *stop = telling_last(t, UINT32_MAX, EVENT_TIMER_STOP, 0, timer);
    const struct event *reset = telling_last(t, UINT32_MAX, EVENT_TIMER_RESET, 0, timer);

    if (stop && (!reset || stop > reset)) {
        text_addf(t->out, "%s stopped it ", telling_who(t, stop->g));
        telling_at(t, stop);
        text_add(t->out, ", and Stop does not close its channel. ");
    } else {
        text_add(t->out, "It sent its one value already: a timer fires once. ");
    }
}

/* Signals were asked for on the channel. */
static void no_signal(const struct telling *t, uint32_t chan)
{
    const struct event *asked = telling_last(t, UINT32_MAX, EVENT_NOTIFY, 0, chan);
    const struct event *stop = telling_last(t, UINT32_MAX, EVENT_NOTIFY_STOP, 0, chan);
    const struct event *lost = telling_last(t, UINT32_MAX, EVENT_LOST, 0, chan);

    if (lost) {
        text_addf(t->out, "The signal %s was lost, for %s had no room and nobody was receiving. ",
                  trace_text(t->trace, lost->text), telling_what(t, chan));
    } else if (stop && stop > asked) {
        text_addf(t->out, "%s wanted no more signals on it ", telling_who(t, stop->g));
        telling_at(t, stop);
        text_add(t->out, ". ");
    } else {
        text_addf(t->out, "It was to get signals (%s), and no more came. ",
                  trace_text(t->trace, asked->text));
    }
}

bool telling_is_sent_on(const struct telling *t, uint32_t chan)
{
    return release_sender(t, chan) == BY_PROGRAM || release_sender(t, chan) == BY_CONTEXT;
}

static void no_value(const struct telling *t, const struct event *block)
{
    switch (release_sender(t, block->obj)) {
    case BY_CONTEXT:
    case BY_LISTENER:
    case BY_CONNECTION: break; /* the fix says it */
    case BY_TIMER: timer_over(t, block->obj); break;
    case BY_SIGNALS: no_signal(t, block->obj); break;
    case BY_PROGRAM: last_sender(t, block->obj, block->g); break;
    }
}

/* --- locks and what is like them ------------------------------------------ */

void telling_holder(const struct telling *t, uint32_t mutex, uint32_t blocked)
{
    const struct event *lock = telling_last(t, UINT32_MAX, EVENT_LOCK, 0, mutex);
    const struct event *unlock = telling_last(t, UINT32_MAX, EVENT_UNLOCK, 0, mutex);

    if (!lock || (unlock && unlock > lock))
        return;
    text_addf(t->out, "%s locked %s ",
              lock->g == blocked ? "It had itself" : telling_who(t, lock->g),
              telling_what(t, mutex));
    telling_at(t, lock);
    text_add(t->out, lock->g == blocked ? ", and a lock cannot be taken twice. "
                                        : " and never unlocked it. ");
}

/* Who of an RWMutex' readers did not leave. */
static void reader(const struct telling *t, uint32_t rw, uint32_t blocked)
{
    const struct event *lock = keeper(t, rw, EVENT_RLOCK, EVENT_RUNLOCK);

    if (!lock)
        return;
    if (lock->g == blocked)
        text_addf(t->out, "It had itself locked %s for reading ", telling_what(t, rw));
    else
        text_addf(t->out, "%s locked %s for reading ", telling_who(t, lock->g),
                  telling_what(t, rw));
    telling_at(t, lock);
    text_add(t->out, " and never unlocked it. ");
}

/* A writer that waits keeps new readers and writers out. */
static void writer(const struct telling *t, const struct event *block)
{
    const struct event *claim = telling_last(t, UINT32_MAX, EVENT_CLAIM, 0, block->obj);
    const struct event *lock = telling_last(t, UINT32_MAX, EVENT_LOCK, 0, block->obj);

    if (!claim || (lock && lock > claim)) {
        telling_holder(t, block->obj, block->g);
        return;
    }
    text_addf(t->out, "%s waits to lock it ", telling_who(t, claim->g));
    telling_at(t, claim);
    text_add(t->out, " and comes first. ");
    reader(t, block->obj, block->g);
}

static void counter(const struct telling *t, uint32_t wg)
{
    const struct event *last = telling_last(t, UINT32_MAX, EVENT_WG_ADD, 0, wg);
    int64_t added = 0, done = 0;

    for (uint32_t i = 0; i < t->trace->count; i++) {
        const struct event *event = &t->trace->events[i];

        if (event->kind == EVENT_WG_ADD && event->obj == wg)
            *(event->value < 0 ? &done : &added) += event->value;
    }
    if (done == 0)
        text_add(t->out, "Nobody called Done. ");
    else if (last)
        text_addf(t->out, "%" PRId64 " %s added, Done came for %" PRId64 ". ", added,
                  added == 1 ? "was" : "were", -done);
}

static void signaller(const struct telling *t, uint32_t cond)
{
    const struct event *one = telling_last(t, UINT32_MAX, EVENT_SIGNAL, 0, cond);
    const struct event *all = telling_last(t, UINT32_MAX, EVENT_BROADCAST, 0, cond);
    const struct event *last = !one || (all && all > one) ? all : one;

    if (!last) {
        text_addf(t->out, "Nobody ever signalled %s. ", telling_what(t, cond));
        return;
    }
    text_addf(t->out, "%s signalled %s last ", telling_who(t, last->g), telling_what(t, cond));
    telling_at(t, last);
    if (last == one && last->other)
        text_addf(t->out, ", which woke %s alone. ", telling_who(t, last->other));
    else if (last == all && last->extra)
        text_add(t->out, ", before this wait. ");
    else
        text_add(t->out, " when nobody waited there: that signal is lost. ");
}

/* Who runs the function of a Once, or makes a flight's call. */
static void runner(const struct telling *t, const struct event *block, uint32_t key)
{
    const struct event *begin = NULL;

    for (uint32_t i = t->trace->count; i-- > 0 && !begin;)
        if (t->trace->events[i].kind == EVENT_ONCE_BEGIN &&
            t->trace->events[i].obj == block->obj && t->trace->events[i].seq == key)
            begin = &t->trace->events[i];
    if (!begin)
        return;
    if (begin->g == block->g) {
        text_add(t->out, "It runs that function itself, since ");
        telling_place(t, begin->file, begin->line);
        text_add(t->out, ": inside of it there is nobody to wait for. ");
        return;
    }
    text_addf(t->out, "%s runs that function since ", telling_who(t, begin->g));
    telling_place(t, begin->file, begin->line);
    and_then(t, begin->g);
    text_add(t->out, ". ");
}

/* A group's places are taken before its WaitGroup counts (sync/errgroup.c). */
uint32_t release_limited(const struct telling *t, uint32_t semaphore)
{
    for (uint32_t i = 0; i + 1 < t->trace->count; i++) {
        const struct event *event = &t->trace->events[i], *make;

        if (event->kind != EVENT_ACQUIRE || event->obj != semaphore)
            continue;
        make = event[1].kind == EVENT_WG_ADD && event[1].g == event->g
                   ? telling_make(t, event[1].obj) : NULL;
        return make && make->other && telling_make(t, make->other)->extra == OBJECT_GROUP
                   ? make->other : 0;
    }
    return 0;
}

int64_t release_wanted(const struct telling *t, const struct event *block)
{
    const struct event *queue = telling_last(t, (uint32_t)(block - t->trace->events), EVENT_QUEUE,
                                             block->g, block->obj);

    return queue ? queue->value : 0;
}

static void units(const struct telling *t, const struct event *block)
{
    const struct event *make = telling_make(t, block->obj);
    const struct event *last = telling_last(t, UINT32_MAX, EVENT_ACQUIRE, 0, block->obj);
    int64_t size = make ? make->value : 0, want = release_wanted(t, block);
    int64_t used = release_balance(t, block->obj, 0, EVENT_ACQUIRE, EVENT_RELEASE);
    uint32_t group = release_limited(t, block->obj);

    if (group) {
        text_addf(t->out, "As many functions of %s run as its limit lets: %" PRId64 ". ",
                  telling_what(t, group), used);
        return;
    }
    if (want > size) {
        text_addf(t->out, "It wants %" PRId64 ", and there are only %" PRId64 " in all: it can "
                          "never have them. ", want, size);
        return;
    }
    text_addf(t->out, "It wants %" PRId64 ", and of %" PRId64 " there %s %" PRId64 " in use", want,
              size, used == 1 ? "is" : "are", used);
    if (used > 0 && last) {
        text_addf(t->out, "; %s took the last ", telling_who(t, last->g));
        telling_at(t, last);
    }
    text_add(t->out, used + want <= size ? "; but somebody who wants more came first. " : ". ");
}

/* --- threads --------------------------------------------------------------- */

/* The goroutine that a thread is, which is started when it is made; 0: unknown. */
static uint32_t thread_of(const struct telling *t, uint32_t obj)
{
    const struct event *make = telling_make(t, obj);

    const struct event *end = t->trace->events + t->trace->count;

    for (const struct event *event = make; event && event < end; event++)
        if (event->kind == EVENT_GO && event->g == make->g)
            return event->other;
    return 0;
}

static void joined(const struct telling *t, const struct event *block)
{
    uint32_t g = block->obj ? thread_of(t, block->obj) : 0;
    const struct event *its = g ? telling_last(t, UINT32_MAX, EVENT_BLOCK, g, 0) : NULL;

    if (!its || telling_last(t, UINT32_MAX, EVENT_END, g, 0))
        return;
    text_addf(t->out, "%s waits itself, ", telling_who(t, g));
    telling_at(t, its);
    text_add_char(t->out, ' ');
    words_wait(t->out, t->trace, t->names, (uint32_t)(its - t->trace->events));
    text_add(t->out, ". ");
}

static void arrived(const struct telling *t, uint32_t barrier)
{
    const struct event *last = telling_last(t, UINT32_MAX, EVENT_STORE, 0, barrier);

    if (last && last->value_kind == VALUE_INT)
        text_addf(t->out, "%" PRId64 " %s come to it, and it waits for more. ", last->value,
                  last->value == 1 ? "has" : "have");
}

static void poster(const struct telling *t, uint32_t semaphore)
{
    const struct event *post = telling_last(t, UINT32_MAX, EVENT_RELEASE, 0, semaphore);
    const struct event *take = telling_last(t, UINT32_MAX, EVENT_ACQUIRE, 0, semaphore);

    if (!post)
        text_addf(t->out, "Nobody ever posted %s. ", telling_what(t, semaphore));
    else
        did(t, post, "posted");
    if (post && take) {
        text_addf(t->out, ", and %s took that ", telling_who(t, take->g));
        telling_at(t, take);
    }
    text_add(t->out, post ? ". " : "");
}

/* --- all ------------------------------------------------------------------- */

void telling_release(const struct telling *t, const struct event *block)
{
    const struct event *join;

    switch (block->extra) {
    case WAIT_SEND:
        if (!telling_stream(t, block->obj))
            last_receiver(t, block->obj, block->g);
        break;
    case WAIT_RECV: no_value(t, block); break;
    case WAIT_LOCK:
    case WAIT_RLOCK: writer(t, block); break;
    case WAIT_READERS: reader(t, block->obj, block->g); break;
    case WAIT_WG: counter(t, block->obj); break;
    case WAIT_COND: signaller(t, block->obj); break;
    case WAIT_ONCE: runner(t, block, 0); break;
    case WAIT_FLIGHT:
        join = telling_last(t, UINT32_MAX, EVENT_JOIN, block->g, block->obj);
        runner(t, block, join ? join->seq : 0);
        break;
    case WAIT_SEMAPHORE: units(t, block); break;
    case WAIT_JOIN: joined(t, block); break;
    case WAIT_BARRIER: arrived(t, block->obj); break;
    case WAIT_POST: poster(t, block->obj); break;
    default: break;
    }
}
