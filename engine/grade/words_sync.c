/* words_sync.c -- the rest of the vocabulary in words. */
#include "grade/words_sync.h"

#include "grade/words.h"

enum { MOST_VALUE = 40 }; /* characters of a value that are shown */

static uint32_t kind_of(const struct trace *trace, const struct names *names, uint32_t obj)
{
    uint32_t index = names_object_event(names, obj);

    return index < trace->count ? trace->events[index].extra : OBJECT_NONE;
}

/* Whether it is a semaphore of POSIX: it has no size, what is told is its value. */
static bool is_posted(const struct trace *trace, const struct names *names, uint32_t obj)
{
    uint32_t index = names_object_event(names, obj);

    return index < trace->count && trace->events[index].extra == OBJECT_SEMAPHORE &&
           trace->events[index].value < 0;
}

/* The last LOCK, CLAIM or UNLOCK of an RWMutex before an index; NULL: none. */
static const struct event *last_writer(const struct trace *trace, uint32_t before, uint32_t obj)
{
    for (uint32_t i = before, looked = 0; i-- > 0 && looked < 20000; looked++) {
        const struct event *event = &trace->events[i];

        if (event->obj == obj && (event->kind == EVENT_LOCK || event->kind == EVENT_CLAIM ||
                                  event->kind == EVENT_UNLOCK))
            return event;
    }
    return NULL;
}

static void plural(struct text *out, long long n, const char *word)
{
    text_addf(out, "%lld %s%s", n, word, n == 1 ? "" : "s");
}

static void add_value(struct text *out, const struct trace *trace, const struct event *event)
{
    size_t before = out->len;

    words_value(out, trace, event->value_kind, event->value);
    if (out->len == before)
        text_add(out, "a value");
}

/* --- atomics and Maps ----------------------------------------------------- */

static void loads(struct text *out, const struct trace *trace, const char *object,
                  const struct event *event)
{
    bool map = event->seq || event->extra == CELL_RANGE;

    if (event->extra == CELL_RANGE) {
        text_addf(out, " goes through %s", object);
    } else if (event->extra == CELL_CAS) {
        text_addf(out, " compares %s%s: it is not what was expected", map ? "a key of " : "",
                  object);
    } else if (map) {
        text_addf(out, event->extra == CELL_DELETE ? " deletes " : " looks up ");
        words_safe(out, trace_text(trace, event->text), MOST_VALUE);
        text_addf(out, " in %s: ", object);
        if (event->value_kind == VALUE_NIL)
            text_add(out, "it is not there");
        else
            add_value(out, trace, event);
    } else {
        text_add(out, " reads ");
        add_value(out, trace, event);
        text_addf(out, " from %s", object);
    }
}

static void stores(struct text *out, const struct trace *trace, const char *object,
                   const struct event *event)
{
    if (event->seq) {
        text_add(out, event->extra == CELL_DELETE ? " deletes " : " stores ");
        if (event->extra != CELL_DELETE) {
            add_value(out, trace, event);
            text_add(out, " under ");
        }
        words_safe(out, trace_text(trace, event->text), MOST_VALUE);
        text_addf(out, event->extra == CELL_DELETE ? " from %s" : " in %s", object);
        return;
    }
    switch (event->extra) {
    case CELL_ADD: text_addf(out, " adds to %s, which is now ", object); break;
    case CELL_SWAP: text_addf(out, " swaps %s, which is now ", object); break;
    case CELL_CAS: text_addf(out, " compares %s and sets it to ", object); break;
    default: text_addf(out, " sets %s to ", object); break;
    }
    add_value(out, trace, event);
}

/* --- events ---------------------------------------------------------------- */

static bool wakes(struct text *out, const struct trace *trace, const struct names *names,
                  const struct event *event)
{
    const char *object = names_object(names, event->obj);

    switch (kind_of(trace, names, event->obj)) {
    case OBJECT_CONTEXT: text_addf(out, " gives up: %s is cancelled", object); break;
    case OBJECT_SEMAPHORE: text_addf(out, " has what it wanted of %s", object); break;
    case OBJECT_FLIGHT: text_addf(out, " has the result of %s", object); break;
    case OBJECT_COND: text_addf(out, " is woken at %s", object); break;
    case OBJECT_PROCESSORS:
        text_addf(out,
                  event->value ? " leaves P%u to who waits, with " : " has done its work on P%u",
                  event->seq);
        if (event->value) {
            words_duration(out, event->value);
            text_add(out, " of work left");
        }
        break;
    default: text_add(out, " wakes up"); break;
    }
    return true;
}

bool words_sync_clause(struct text *out, const struct trace *trace, const struct names *names,
                       uint32_t index)
{
    const struct event *event = &trace->events[index];
    const char *object = names_object(names, event->obj);
    bool flight = event->seq != 0; /* ONCE_BEGIN, ONCE_END */

    switch (event->kind) {
    case EVENT_WAKE: return wakes(out, trace, names, event);
    case EVENT_RLOCK:
        text_addf(out, " locks %s for reading", object);
        if (event->extra > 1)
            text_addf(out, ", with %u others", event->extra - 1);
        break;
    case EVENT_RUNLOCK:
        text_addf(out, " unlocks %s for reading", object);
        if (event->extra > 0)
            text_addf(out, ": %u still read", event->extra);
        break;
    case EVENT_CLAIM:
        text_addf(out, " wants to lock %s and waits for ", object);
        plural(out, event->extra, "reader");
        text_add(out, ": no new one gets in");
        break;
    case EVENT_ONCE_BEGIN:
        text_addf(out,
                  flight ? " makes the call of %s" : " is the first at %s: it runs the function",
                  object);
        break;
    case EVENT_ONCE_END:
        text_addf(out, flight ? " ends the call of %s" : " has run the function of %s", object);
        break;
    case EVENT_ONCE_PASS: text_addf(out, " passes %s: its function has run", object); break;
    case EVENT_JOIN: text_addf(out, " joins the call that %s makes already", object); break;
    case EVENT_FORGET: text_addf(out, " lets %s forget a call", object); break;
    case EVENT_SIGNAL:
        if (event->other)
            text_addf(out, " signals %s and wakes %s", object,
                      names_goroutine(names, event->other));
        else
            text_addf(out, " signals %s: nobody waits, so it is lost", object);
        break;
    case EVENT_BROADCAST:
        if (event->extra)
            text_addf(out, " wakes all that wait at %s: %u", object, event->extra);
        else
            text_addf(out, " broadcasts at %s: nobody waits", object);
        break;
    case EVENT_ACQUIRE:
        if (is_posted(trace, names, event->obj)) {
            text_addf(out, " takes one of %s: %u left", object, event->extra);
            break;
        }
        text_add(out, " takes ");
        plural(out, event->value, "unit");
        text_addf(out, " of %s: %u in use", object, event->extra);
        break;
    case EVENT_QUEUE:
        text_add(out, " queues up for ");
        plural(out, event->value, "unit");
        text_addf(out, " of %s: %u in use", object, event->extra);
        break;
    case EVENT_RELEASE:
        if (is_posted(trace, names, event->obj)) {
            text_addf(out, " posts %s, which is now %u", object, event->extra);
            break;
        }
        text_add(out, " gives ");
        if (kind_of(trace, names, event->obj) == OBJECT_LIMITER) {
            plural(out, event->value, "token");
            text_addf(out, " back to %s", object);
        } else {
            plural(out, event->value, "unit");
            text_addf(out, " back to %s: %u in use", object, event->extra);
        }
        break;
    case EVENT_READ: text_addf(out, " reads %s", object); break;
    case EVENT_WRITE: text_addf(out, " writes %s", object); break;
    case EVENT_LOAD: loads(out, trace, object, event); break;
    case EVENT_STORE: stores(out, trace, object, event); break;
    case EVENT_PUT: text_addf(out, " puts an item into %s", object); break;
    case EVENT_GET:
        text_addf(out, event->seq ? " gets an item back from %s" : " gets a new item from %s",
                  object);
        break;
    case EVENT_ERROR:
        text_add(out, event->extra ? " fails: " : " fails as well: ");
        words_safe(out, trace_text(trace, event->text), MOST_VALUE);
        if (event->extra)
            text_addf(out, " (the first error of %s)", object);
        break;
    case EVENT_TAKE:
        text_add(out, " takes ");
        plural(out, event->value, "token");
        text_addf(out, " of %s", object);
        if (event->extra) {
            text_add(out, ", there in ");
            words_duration(out, (int64_t)event->extra * 1000);
        }
        break;
    case EVENT_TIMER_RESET:
        text_addf(out, " sets %s anew: ", object);
        words_duration(out, event->value);
        break;
    case EVENT_NOTIFY:
        text_addf(out, " asks for signals on %s: %s", object, trace_text(trace, event->text));
        break;
    case EVENT_NOTIFY_STOP:
        if (event->obj)
            text_addf(out, " wants no more signals on %s", object);
        else
            text_addf(out, " resets signals: %s", trace_text(trace, event->text));
        break;
    case EVENT_NOTIFY_IGNORE:
        text_addf(out, " ignores signals: %s", trace_text(trace, event->text));
        break;
    case EVENT_RAISE:
        text_addf(out, " raises a signal: %s", trace_text(trace, event->text));
        break;
    case EVENT_LISTEN:
        text_addf(out, event->obj ? " listens on '%s'" : " cannot listen on '%s': somebody does",
                  trace_text(trace, event->text));
        break;
    case EVENT_DIAL:
        text_addf(out, event->obj ? " dials '%s'" : " dials '%s': nobody listens there",
                  trace_text(trace, event->text));
        break;
    case EVENT_REQUEST:
        text_addf(out, event->obj ? " asks for %s" : " asks for %s: nobody answers that",
                  trace_text(trace, event->text));
        if (event->value > 0) {
            text_add(out, ", the answer takes ");
            words_duration(out, event->value);
        }
        break;
    case EVENT_DEADLINE:
        text_addf(out,
                  event->value ? " sets the deadline of %s to " : " takes the deadline off %s",
                  object);
        if (event->value)
            words_duration(out, event->value);
        break;
    case EVENT_WORK:
        text_add(out, " works ");
        words_duration(out, event->value);
        text_addf(out, " on P%u", event->seq);
        break;
    case EVENT_PROCESSORS:
        text_addf(out, " sets GOMAXPROCS to %lld", (long long)event->value);
        break;
    default: return false;
    }
    return true;
}

bool words_sync_looks(struct text *out, const struct trace *trace, const struct names *names,
                      const struct event *event)
{
    const char *object = names_object(names, event->obj);

    switch (kind_of(trace, names, event->obj)) {
    case OBJECT_RWMUTEX: text_addf(out, " tries to lock %s: it is taken", object); break;
    case OBJECT_SEMAPHORE:
        if (event->value_kind != VALUE_NONE)
            return false;
        text_addf(out, is_posted(trace, names, event->obj)
                           ? " tries to take of %s: it is 0"
                           : " tries to take of %s: there is no room", object);
        break;
    case OBJECT_LIMITER: text_addf(out, " asks %s in vain: no token is left", object); break;
    case OBJECT_PROCESSORS:
        text_addf(out, " asks for GOMAXPROCS: %lld", (long long)event->value);
        break;
    default: return false;
    }
    return true;
}

/* --- blocking -------------------------------------------------------------- */

bool words_sync_blocks(struct text *out, const struct trace *trace, const struct names *names,
                       uint32_t index)
{
    const struct event *event = &trace->events[index], *last;
    const char *object = names_object(names, event->obj);

    switch (event->extra) {
    case WAIT_RLOCK:
    case WAIT_LOCK:
        last = last_writer(trace, index, event->obj);
        if (!last || last->kind == EVENT_UNLOCK)
            text_addf(out, " blocks: %s is locked", object);
        else if (last->g == event->g)
            text_addf(out, " blocks: it has locked %s itself", object);
        else if (last->kind == EVENT_CLAIM)
            text_addf(out, " blocks: %s waits to write %s, and comes first",
                      names_goroutine(names, last->g), object);
        else
            text_addf(out, " blocks: %s is locked by %s", object, names_goroutine(names, last->g));
        return true;
    case WAIT_ONCE: text_addf(out, " blocks: the function of %s still runs", object); return true;
    case WAIT_COND: text_addf(out, " waits at %s to be signalled", object); return true;
    case WAIT_POST: text_addf(out, " blocks: %s is 0", object); return true;
    case WAIT_BARRIER: text_addf(out, " waits at %s for the others", object); return true;
    case WAIT_JOIN:
        if (event->obj)
            text_addf(out, " waits for %s to end", object);
        else
            text_add(out, " waits for all others to end");
        return true;
    case WAIT_READERS:
    case WAIT_PROCESSOR: text_add(out, " waits for a processor"); return true;
    case WAIT_SEMAPHORE:
    case WAIT_WORK:
    case WAIT_FLIGHT: return false; /* CLAIM, QUEUE, WORK, JOIN said so */
    default: text_add(out, " blocks"); return true;
    }
}

bool words_sync_wait(struct text *out, const struct names *names, const struct event *block)
{
    const char *object = names_object(names, block->obj);

    switch (block->extra) {
    case WAIT_RLOCK: text_addf(out, "to lock %s for reading", object); break;
    case WAIT_READERS: text_addf(out, "for the readers of %s to leave", object); break;
    case WAIT_ONCE: text_addf(out, "for the function of %s to end", object); break;
    case WAIT_COND: text_addf(out, "for a signal at %s", object); break;
    case WAIT_SEMAPHORE: text_addf(out, "for room in %s", object); break;
    case WAIT_FLIGHT: text_addf(out, "for the call of %s to end", object); break;
    case WAIT_POST: text_addf(out, "for a post of %s", object); break;
    case WAIT_PROCESSOR: text_add(out, "for a processor"); break;
    case WAIT_WORK: text_add(out, "for its work to be done"); break;
    case WAIT_BARRIER: text_addf(out, "at %s for the others to arrive", object); break;
    case WAIT_JOIN:
        if (block->obj)
            text_addf(out, "for %s to end", object);
        else
            text_add(out, "for all others to end");
        break;
    default: return false;
    }
    return true;
}

bool words_sync_waiting(struct text *out, const struct names *names, const struct event *block)
{
    const char *object = names_object(names, block->obj);

    switch (block->extra) {
    case WAIT_RLOCK: text_addf(out, "locking %s for reading", object); break;
    case WAIT_READERS: text_addf(out, "waiting for the readers of %s", object); break;
    case WAIT_ONCE: text_addf(out, "waiting for the function of %s", object); break;
    case WAIT_COND: text_addf(out, "waiting for a signal at %s", object); break;
    case WAIT_SEMAPHORE: text_addf(out, "acquiring %s", object); break;
    case WAIT_FLIGHT: text_addf(out, "waiting for the call of %s", object); break;
    case WAIT_POST: text_addf(out, "waiting for a post of %s", object); break;
    case WAIT_PROCESSOR: text_add(out, "waiting for a processor"); break;
    case WAIT_WORK: text_add(out, "at work"); break;
    case WAIT_BARRIER: text_addf(out, "waiting at %s", object); break;
    case WAIT_JOIN:
        if (block->obj)
            text_addf(out, "waiting for %s to end", object);
        else
            text_add(out, "waiting for all others to end");
        break;
    default: return false;
    }
    return true;
}
