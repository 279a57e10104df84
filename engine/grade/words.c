/* words.c -- events as sentences a learner understands.
 *
 * A sentence is a subject and a clause: "worker 2" + " sends 9 on results to main".  Clauses
 * begin with their blank (or with "'s", as in "worker 2's select"), so that several of one
 * subject can be joined.
 */
#include "grade/words.h"

#include "grade/lines.h"
#include "grade/words_sync.h"

#include <string.h>

enum { MOST_VALUE = 40 }; /* characters of a value that are shown */

/* --- what the trace knows of an object ----------------------------------- */

static const struct event *made(const struct trace *trace, const struct names *names, uint32_t obj)
{
    static const struct event unknown;
    uint32_t index = names_object_event(names, obj);

    return index < trace->count ? &trace->events[index] : &unknown;
}

/* The object a done channel or a time channel belongs to; the zero event: none. */
static const struct event *owner(const struct trace *trace, const struct names *names, uint32_t obj)
{
    const struct event *make = made(trace, names, obj);

    return make->extra == OBJECT_CHAN ? made(trace, names, make->other) : made(trace, names, 0);
}

/* Whether a channel holds the connections that wait to be accepted. */
static bool is_listeners(const struct trace *trace, const struct names *names, uint32_t chan)
{
    return owner(trace, names, chan)->extra == OBJECT_LISTENER;
}

/* The last event of a kind on an object before an index, not too far back; NULL: none. */
static const struct event *last_of(const struct trace *trace, uint32_t before, uint32_t kind,
                                   uint32_t obj)
{
    for (uint32_t i = before, looked = 0; i-- > 0 && looked < 20000; looked++)
        if (trace->events[i].kind == kind && trace->events[i].obj == obj)
            return &trace->events[i];
    return NULL;
}

/* --- blocking ------------------------------------------------------------ */

static void add_case(struct text *out, const struct trace *trace, const struct names *names,
                     const struct event *event)
{
    (void)trace;
    switch (event->extra) {
    case WAIT_SEND: text_addf(out, "send on %s", names_object(names, event->obj)); break;
    case WAIT_RECV: text_addf(out, "receive from %s", names_object(names, event->obj)); break;
    case WAIT_NIL_SEND: text_add(out, "send on a nil channel"); break;
    case WAIT_NIL_RECV: text_add(out, "receive from a nil channel"); break;
    default: text_add(out, "?"); break;
    }
}

static void add_cases(struct text *out, const struct trace *trace, const struct names *names,
                      uint32_t block)
{
    uint32_t g = trace->events[block].g, n = 0;

    for (uint32_t i = block + 1; i < trace->count; i++) {
        const struct event *event = &trace->events[i];

        if (event->kind != EVENT_BLOCK_CASE || event->g != g)
            break;
        if (n++ > 0)
            text_add(out, ", ");
        if (n > 6) {
            text_add(out, "...");
            break;
        }
        add_case(out, trace, names, event);
    }
    if (n == 0)
        text_add(out, "none known");
}

/* "jobs or ctx.Done" */
static void add_channels(struct text *out, const struct trace *trace, const struct names *names,
                         uint32_t block)
{
    uint32_t n = 0;

    for (uint32_t i = block + 1; i < trace->count; i++) {
        const struct event *event = &trace->events[i];

        if (event->kind != EVENT_BLOCK_CASE || event->g != trace->events[block].g)
            break;
        if (n++ > 0)
            text_add(out, " or ");
        if (n > 6) {
            text_add(out, "others");
            return;
        }
        text_add(out, event->obj ? names_object(names, event->obj) : "a nil channel");
    }
    if (n == 0)
        text_add(out, "nothing known");
}

void words_wait(struct text *out, const struct trace *trace, const struct names *names,
                uint32_t block)
{
    const struct event *event = &trace->events[block];
    const char *object = names_object(names, event->obj);

    switch (event->extra) {
    case WAIT_SEND: text_addf(out, "to send on %s", object); break;
    case WAIT_RECV:
        text_addf(out, is_listeners(trace, names, event->obj) ? "to accept on '%s'"
                                                              : "to receive from %s", object);
        break;
    case WAIT_SELECT:
        text_add(out, "for one of its select's cases: ");
        add_cases(out, trace, names, block);
        break;
    case WAIT_LOCK: text_addf(out, "to lock %s", object); break;
    case WAIT_WG: text_addf(out, "for %s to reach 0", object); break;
    case WAIT_SLEEP: text_add(out, "for its sleep to end"); break;
    case WAIT_NIL_SEND: text_add(out, "to send on a nil channel"); break;
    case WAIT_NIL_RECV: text_add(out, "to receive from a nil channel"); break;
    case WAIT_EMPTY_SELECT: text_add(out, "in a select without cases"); break;
    default:
        if (!words_sync_wait(out, names, event))
            text_add(out, "for something unknown");
        break;
    }
}

/* " blocks: results is full" */
static bool blocks(struct text *out, const struct trace *trace, const struct names *names,
                   uint32_t index)
{
    const struct event *event = &trace->events[index], *last;
    const char *object = names_object(names, event->obj);
    const struct event *of = owner(trace, names, event->obj);
    int64_t cap = made(trace, names, event->obj)->value;

    switch (event->extra) {
    case WAIT_SEND:
        text_addf(out, cap > 0 ? " blocks: %s is full" : " blocks: nobody is receiving from %s",
                  object);
        break;
    case WAIT_RECV:
        if (of->extra == OBJECT_LISTENER)
            text_addf(out, " waits to accept on '%s'", object);
        else if (of->extra == OBJECT_CONTEXT)
            text_addf(out, " blocks: %s is not cancelled yet", names_object(names, of->obj));
        else if (of->extra == OBJECT_TIMER || of->extra == OBJECT_TICKER)
            text_addf(out, " blocks until %s fires", names_object(names, of->obj));
        else
            text_addf(out, cap > 0 ? " blocks: %s is empty" : " blocks: nobody is sending on %s",
                      object);
        break;
    case WAIT_SELECT:
        text_add(out, " blocks: its select waits for ");
        add_channels(out, trace, names, index);
        break;
    case WAIT_LOCK:
        if (made(trace, names, event->obj)->extra == OBJECT_RWMUTEX)
            return words_sync_blocks(out, trace, names, index);
        last = last_of(trace, index, EVENT_LOCK, event->obj);
        if (last)
            text_addf(out, " blocks: %s is locked by %s", object,
                      last->g == event->g ? "itself" : names_goroutine(names, last->g));
        else
            text_addf(out, " blocks: %s is locked", object);
        break;
    case WAIT_WG:
        last = last_of(trace, index, EVENT_WG_ADD, event->obj);
        text_addf(out, " blocks: %s is at %u, not 0", object, last ? last->extra : 0);
        break;
    case WAIT_SLEEP:
        return false; /* its SLEEP said so */
    case WAIT_NIL_SEND:
    case WAIT_NIL_RECV:
        text_add(out, " blocks for ever: the channel is nil");
        break;
    case WAIT_EMPTY_SELECT:
        text_add(out, " blocks for ever: its select has no cases");
        break;
    default:
        return words_sync_blocks(out, trace, names, index);
    }
    return true;
}

/* --- the kinds of event -------------------------------------------------- */

/* "channel jobs", but "channel 2" where that is its name. */
static void add_named(struct text *out, const char *word, const char *name)
{
    if (strncmp(name, word, strlen(word)) != 0)
        text_addf(out, "%s ", word);
    text_add(out, name);
}

static void makes(struct text *out, const struct names *names, const struct event *event)
{
    bool unbuffered = event->extra == OBJECT_CHAN && event->value <= 0;

    text_add(out, unbuffered                     ? " makes unbuffered "
                  : event->extra == OBJECT_TIMER ? " sets "
                                                 : " makes ");
    add_named(out, names_kind(event->extra), names_object(names, event->obj));
    if (event->extra == OBJECT_CHAN && !unbuffered) {
        text_addf(out, " with room for %lld", (long long)event->value);
    } else if (event->extra == OBJECT_TICKER) {
        text_add(out, ", every ");
        words_duration(out, event->value);
    } else if (event->extra == OBJECT_CONTEXT && event->value >= 0) {
        text_add(out, " with deadline ");
        words_duration(out, event->value);
    }
}

/* "9 " or "" when the value is not worth showing. */
static void value_and_blank(struct text *out, const struct trace *trace, const struct event *event)
{
    size_t before = out->len;

    words_value(out, trace, event->value_kind, event->value);
    if (out->len > before)
        text_add_char(out, ' ');
}

static void sends(struct text *out, const struct trace *trace, const struct names *names,
                  const struct event *event)
{
    if (is_listeners(trace, names, event->obj)) {
        text_addf(out, " is connected to '%s'", names_object(names, event->obj));
        return;
    }
    text_add(out, event->flags & EVENT_IN_SELECT ? "'s select sends " : " sends ");
    value_and_blank(out, trace, event);
    text_addf(out, "on %s", names_object(names, event->obj));
    if (event->other)
        text_addf(out, " to %s", names_goroutine(names, event->other));
}

static void receives(struct text *out, const struct trace *trace, const struct names *names,
                     const struct event *event)
{
    const char *name = names_object(names, event->obj);
    const struct event *of = owner(trace, names, event->obj);
    bool in_select = event->flags & EVENT_IN_SELECT;

    if (of->extra == OBJECT_LISTENER) {
        text_addf(out, event->flags & EVENT_CLOSED ? "'s accept on '%s' says: closed"
                                                   : " accepts a connection on '%s'",
                  names_object(names, of->obj));
    } else if (of->extra == OBJECT_CONN) {
        text_addf(out, " finds its end of the connection closed, or out of time");
    } else if (of->extra == OBJECT_CONTEXT) {
        text_addf(out, "%s sees that %s is cancelled", in_select ? "'s select" : "",
                  names_object(names, of->obj));
    } else if (of->extra == OBJECT_TIMER || of->extra == OBJECT_TICKER) {
        text_addf(out, "%s sees that %s has fired", in_select ? "'s select" : "",
                  names_object(names, of->obj));
    } else if (event->flags & EVENT_CLOSED) {
        if (in_select)
            text_addf(out, "'s select receives from %s: it is closed", name);
        else
            text_addf(out, "'s receive from %s says: closed", name);
    } else {
        text_add(out, in_select ? "'s select receives " : " receives ");
        value_and_blank(out, trace, event);
        text_addf(out, "from %s", name);
        if (event->other)
            text_addf(out, ", sent by %s", names_goroutine(names, event->other));
    }
}

static void adds(struct text *out, const struct names *names, const struct event *event)
{
    const char *name = names_object(names, event->obj);

    if (event->value == -1)
        text_addf(out, " is done: %s counts down to %d", name, (int32_t)event->extra);
    else if (event->value < 0)
        text_addf(out, " takes %lld from %s, which is now %d", -(long long)event->value, name,
                  (int32_t)event->extra);
    else
        text_addf(out, " adds %lld to %s, which is now %d", (long long)event->value, name,
                  (int32_t)event->extra);
}

static void looks(struct text *out, const struct trace *trace, const struct names *names,
                  const struct event *event)
{
    const char *name = names_object(names, event->obj);

    if (event->obj == 0) {
        text_addf(out, " counts the goroutines: %lld", (long long)event->value);
        return;
    }
    if (owner(trace, names, event->obj)->extra == OBJECT_CONN) {
        text_addf(out, " finds %s closed, or out of time", name);
        return;
    }
    if (is_listeners(trace, names, event->obj)) {
        text_addf(out, " finds '%s' closed already", name);
        return;
    }
    switch (made(trace, names, event->obj)->extra) {
    case OBJECT_MUTEX:
        text_addf(out, " tries to lock %s: it is taken", name);
        break;
    case OBJECT_CONTEXT:
        text_addf(out, event->value ? " looks at %s: it is cancelled" : " looks at %s: it lives",
                  name);
        break;
    default:
        if (words_sync_looks(out, trace, names, event))
            break;
        text_addf(out, " looks at %s", name);
        if (event->value_kind != VALUE_NONE) {
            text_add(out, ": ");
            words_value(out, trace, event->value_kind, event->value);
        }
        break;
    }
}

/* What a program printed, without its last end of line. */
static void prints(struct text *out, const struct trace *trace, const struct event *event)
{
    const char *text = trace_text(trace, event->text);
    size_t len = strlen(text);
    struct text line = {0};

    if (len > 0 && text[len - 1] == '\n')
        len--;
    text_add_n(&line, text, len);
    text_add(out, " prints \"");
    words_safe(out, text_string(&line), 2 * MOST_VALUE);
    text_add(out, "\"");
    text_release(&line);
}

/* Events that happen to an object, not by a goroutine: a whole sentence. */
static bool of_the_clock(struct text *out, const struct trace *trace, const struct names *names,
                         uint32_t index)
{
    const struct event *event = &trace->events[index];
    const char *name = names_object(names, event->obj);

    switch (event->kind) {
    case EVENT_TIME:
        text_add(out, "the clock moves on to ");
        words_duration(out, event->time);
        return true;
    case EVENT_FIRE:
        if (made(trace, names, event->obj)->extra == OBJECT_TICKER)
            text_addf(out, "%s ticks", name);
        else
            text_addf(out, "%s fires", name);
        return true;
    case EVENT_RAISE:
        text_addf(out, "the world sends a signal: %s", trace_text(trace, event->text));
        return true;
    case EVENT_SEND:
        text_add(out, "the signal ");
        words_value(out, trace, event->value_kind, event->value);
        text_addf(out, event->other ? " goes on %s to " : " goes into %s", name);
        if (event->other)
            text_add(out, names_goroutine(names, event->other));
        return true;
    case EVENT_LOST:
        text_addf(out, "the signal %s is lost: %s has no room for it",
                  trace_text(trace, event->text), name);
        return true;
    case EVENT_EXIT:
        text_addf(out, "the program is ended by the %s", trace_text(trace, event->text));
        return true;
    case EVENT_GO:
        text_addf(out, "%s starts %s", name, names_goroutine(names, event->other));
        return true;
    case EVENT_CANCEL:
        if (event->other)
            text_addf(out, "%s is cancelled with %s", name, names_object(names, event->other));
        else
            text_addf(out, "%s is cancelled: %s", name, trace_text(trace, event->text));
        return true;
    default:
        return false;
    }
}

/* Of "first\n\tpanic: second": the first have been told when they were recovered from. */
static const char *last_panic(const char *message)
{
    static const char between[] = "\n\tpanic: ";
    const char *next;

    while ((next = strstr(message, between)))
        message = next + sizeof between - 1;
    return message;
}

static bool clause(struct text *out, const struct trace *trace, const struct names *names,
                   uint32_t index)
{
    const struct event *event = &trace->events[index];
    const char *object = names_object(names, event->obj);

    switch (event->kind) {
    case EVENT_GO: text_addf(out, " starts %s", names_goroutine(names, event->other)); break;
    case EVENT_END:
        if (event->g == 1 && event->extra)
            text_add(out, " ends by Goexit: the others go on");
        else
            text_add(out, event->g == 1 ? " returns" : " ends");
        if (event->g == 1 && event->value != 0)
            text_addf(out, " %lld", (long long)event->value);
        break;
    case EVENT_MAKE:
        if (event->other && event->extra != OBJECT_CONTEXT)
            return false; /* part of its owner */
        if (event->extra == OBJECT_VARIABLE)
            return false; /* it was there before */
        if (event->extra == OBJECT_CONTEXT && !event->other)
            return false; /* the root of all contexts: nothing ever happens to it */
        if (event->extra == OBJECT_PROCESSORS || event->extra == OBJECT_HOST)
            return false; /* they were there all the time */
        if (event->extra == OBJECT_LISTENER || event->extra == OBJECT_CONN)
            return false; /* LISTEN, DIAL say so */
        makes(out, names, event);
        break;
    case EVENT_BLOCK: return blocks(out, trace, names, index);
    case EVENT_STUCK: text_add(out, " can never go on"); break;
    case EVENT_PANIC:
        text_add(out, " panics: ");
        words_safe(out, last_panic(trace_text(trace, event->text)), 2 * MOST_VALUE);
        break;
    case EVENT_FAIL:
        text_addf(out, " fails: %s", trace_text(trace, event->text));
        break;
    case EVENT_RECOVER:
        text_add(out, " recovers from the panic: ");
        words_safe(out, trace_text(trace, event->text), 2 * MOST_VALUE);
        break;
    case EVENT_EXIT:
        text_addf(out, " ends the program with exit code %lld", (long long)event->value);
        break;
    case EVENT_SEND: sends(out, trace, names, event); break;
    case EVENT_RECV: receives(out, trace, names, event); break;
    case EVENT_CLOSE:
        if (event->extra) /* both ways of a connection */
            text_addf(out, " closes the connection %s", names_object(names, event->extra));
        else
            text_addf(out, " closes %s", object);
        break;
    case EVENT_DEFAULT: text_add(out, "'s select takes its default case"); break;
    case EVENT_LOCK: text_addf(out, " locks %s", object); break;
    case EVENT_UNLOCK: text_addf(out, " unlocks %s", object); break;
    case EVENT_WG_ADD: adds(out, names, event); break;
    case EVENT_WG_WAIT: text_addf(out, " has waited for %s: it is 0", object); break;
    case EVENT_SLEEP:
        text_add(out, " sleeps for ");
        words_duration(out, event->value);
        break;
    case EVENT_YIELD: text_add(out, " gives way"); break;
    case EVENT_TIMER_STOP: text_addf(out, " stops %s", object); break;
    case EVENT_CANCEL: text_addf(out, " cancels %s", object); break;
    case EVENT_PRINT: prints(out, trace, event); break;
    case EVENT_RAND:
        text_addf(out, " draws %lld of %u", (long long)event->value, event->extra);
        break;
    case EVENT_MARK:
        text_add(out, " passes the marker '");
        words_safe(out, trace_text(trace, event->text), MOST_VALUE);
        text_add(out, "'");
        break;
    case EVENT_CHECK:
        text_add(out, " finds a check false: ");
        words_safe(out, trace_text(trace, event->text), 2 * MOST_VALUE);
        break;
    case EVENT_LOOK: looks(out, trace, names, event); break;
    case EVENT_ACCESS: words_access(out, trace, event); break;
    default: return words_sync_clause(out, trace, names, index);
    }
    return true;
}

bool words_own_subject(const struct event *event)
{
    return event->g == 0 || (event->kind == EVENT_CANCEL && event->other);
}

bool words_clause(struct text *out, const struct trace *trace, const struct names *names,
                  uint32_t index, bool subject)
{
    const struct event *event;
    size_t before = out->len;

    if (index >= trace->count)
        return false;
    event = &trace->events[index];
    if (words_own_subject(event))
        return of_the_clock(out, trace, names, index);
    if (subject)
        text_add(out, names_goroutine(names, event->g));
    if (clause(out, trace, names, index)) {
        if (event->flags & EVENT_CASE_CHOSEN &&
            (event->flags & EVENT_IN_SELECT || event->kind == EVENT_DEFAULT))
            text_add(out, " (chosen among several)");
        return true;
    }
    if (out->at) {
        out->len = before;
        out->at[before] = '\0';
    }
    return false;
}

bool words_event(struct text *out, const struct trace *trace, const struct names *names,
                 uint32_t index)
{
    return words_clause(out, trace, names, index, true);
}

/* --- the story ----------------------------------------------------------- */

void words_story(struct text *out, const struct trace *trace, const struct names *names,
                 const struct program *program, uint32_t most)
{
    uint32_t head = most / 3, skipped = 0;
    struct lines lines;

    (void)program; /* names know it */
    if (!lines_init(&lines, trace)) {
        out->failed = true;
        return;
    }
    if (most == 0)
        most = 1;
    for (uint32_t m = 1; m < lines.count; m++) {
        struct text line = {0};

        if (lines.count - 1 > most && m > head && lines.count - m > most - head) {
            skipped++;
            continue;
        }
        if (skipped > 0)
            text_addf(out, "     ... %u steps left out ...\n", skipped);
        skipped = 0;
        if (lines_sentence(&line, &lines, trace, names, m, true))
            text_addf(out, "%4u. %s\n", m, text_string(&line));
        text_release(&line);
    }
    if (trace->dropped > 0)
        text_addf(out, "     ... and %u more events, which were not kept\n", trace->dropped);
    lines_release(&lines);
}
