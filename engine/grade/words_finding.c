/* words_finding.c -- what went wrong, where, why, and what to do about it.
 *
 * Everything said is read off the trace: who waits where, who was the last that could have
 * helped, who did the first of two things that exclude each other.
 */
#include "grade/words.h"

#include "rt/fault.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* What every part of an explanation needs. */
struct telling {
    struct text *out;
    const struct trace *trace;
    const struct names *names;
    const struct program *program;
    const struct finding *finding;
};

static const char *who(const struct telling *t, uint32_t g)
{
    return names_goroutine(t->names, g);
}

static const char *what(const struct telling *t, uint32_t obj)
{
    return names_object(t->names, obj);
}

static void place(const struct telling *t, uint32_t file, uint32_t line)
{
    words_place(t->out, t->trace, t->program, file, line);
}

static void at_event(const struct telling *t, const struct event *event)
{
    text_add(t->out, "at ");
    place(t, event->file, event->line);
}

/* " (pool.lua:21)"; nothing when the line is not known. */
static void in_brackets(const struct telling *t, uint32_t file, uint32_t line)
{
    if (!line)
        return;
    text_add(t->out, " (");
    place(t, file, line);
    text_add(t->out, ")");
}

/* The text of a finding, safe for a screen; `lines` keeps its line breaks. */
static void say_text(const struct telling *t, uint32_t offset, bool lines)
{
    const char *text = trace_text(t->trace, offset);

    while (*text) {
        size_t len = strcspn(text, "\n");
        struct text line = {0};

        text_add_n(&line, text, len);
        words_safe(t->out, text_string(&line), 400);
        text_release(&line);
        text += len;
        if (*text == '\n') {
            text++;
            if (!lines || !*text)
                return;
            text_add_char(t->out, '\n');
        }
    }
}

/* --- looking things up --------------------------------------------------- */

/* The last event before `before` that fits; 0 for g or obj: any.  NULL: none. */
static const struct event *last_event(const struct telling *t, uint32_t before, uint32_t kind,
                                      uint32_t g, uint32_t obj)
{
    if (before > t->trace->count)
        before = t->trace->count;
    for (uint32_t i = before; i-- > 0;) {
        const struct event *event = &t->trace->events[i];

        if (event->kind == kind && (!g || event->g == g) && (!obj || event->obj == obj))
            return event;
    }
    return NULL;
}

/* The BLOCK a finding speaks of: its event, else the goroutine's last; NULL: none. */
static const struct event *block_of(const struct telling *t)
{
    uint32_t at = t->finding->at.event;

    if (at < t->trace->count && t->trace->events[at].kind == EVENT_BLOCK)
        return &t->trace->events[at];
    if (t->finding->event < t->trace->count &&
        t->trace->events[t->finding->event].kind == EVENT_BLOCK)
        return &t->trace->events[t->finding->event];
    return last_event(t, UINT32_MAX, EVENT_BLOCK, t->finding->at.g, 0);
}

static const struct event *make_of(const struct telling *t, uint32_t obj)
{
    uint32_t index = names_object_event(t->names, obj);

    return index < t->trace->count ? &t->trace->events[index] : NULL;
}

/* The context whose done channel obj is; 0: none. */
static uint32_t context_of(const struct telling *t, uint32_t obj)
{
    const struct event *make = make_of(t, obj);
    const struct event *of = make && make->extra == OBJECT_CHAN ? make_of(t, make->other) : NULL;

    return of && of->extra == OBJECT_CONTEXT ? of->obj : 0;
}

/* The done channel made last: what a select could listen to; 0: the program has none. */
static uint32_t last_done(const struct telling *t)
{
    for (uint32_t i = t->trace->count; i-- > 0;) {
        const struct event *event = &t->trace->events[i];

        if (event->kind == EVENT_MAKE && event->extra == OBJECT_CHAN && context_of(t, event->obj))
            return event->obj;
    }
    return 0;
}

static bool closed(const struct telling *t, uint32_t obj)
{
    return last_event(t, UINT32_MAX, EVENT_CLOSE, 0, obj) != NULL;
}

static void started(const struct telling *t, uint32_t g)
{
    uint32_t index = names_goroutine_event(t->names, g);

    if (g <= 1 || index >= t->trace->count)
        return;
    text_addf(t->out, "%s was started ", who(t, g));
    at_event(t, &t->trace->events[index]);
    text_add(t->out, ". ");
}

/* --- who could have helped ----------------------------------------------- */

/* ", and then returned" or nothing. */
static void and_then(const struct telling *t, uint32_t g)
{
    if (last_event(t, UINT32_MAX, EVENT_END, g, 0))
        text_add(t->out, " and then returned");
}

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
            spot = last_event(t, i, EVENT_BLOCK, g, 0);
        text_addf(t->out, "%s received from %s last", who(t, g), what(t, chan));
        if (spot && spot->line) {
            text_add(t->out, " ");
            at_event(t, spot);
        }
        and_then(t, g);
        text_add(t->out, ". ");
        return;
    }
    text_addf(t->out, "Nobody ever received from %s. ", what(t, chan));
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
        text_addf(t->out, "Nobody ever sent on %s or closed it. ", what(t, chan));
        return;
    }
    if (sent->kind == EVENT_SEND) {
        text_addf(t->out, "%s sent on %s last ", who(t, sent->g), what(t, chan));
        at_event(t, sent);
        and_then(t, sent->g);
    } else {
        text_addf(t->out, "%s sent on %s last", who(t, sent->other), what(t, chan));
        and_then(t, sent->other);
    }
    text_addf(t->out, ", and nobody closed it. ");
}

static void holder(const struct telling *t, uint32_t mutex, uint32_t blocked)
{
    const struct event *lock = last_event(t, UINT32_MAX, EVENT_LOCK, 0, mutex);

    if (!lock)
        return;
    text_addf(t->out, "%s locked %s ", lock->g == blocked ? "It had itself" : who(t, lock->g),
              what(t, mutex));
    at_event(t, lock);
    text_add(t->out, lock->g == blocked ? ", and a Mutex cannot be locked twice. "
                                        : " and never unlocked it. ");
}

static uint32_t counter_of(const struct telling *t, uint32_t wg)
{
    const struct event *add = last_event(t, UINT32_MAX, EVENT_WG_ADD, 0, wg);

    return add ? add->extra : 0;
}

/* --- leak ---------------------------------------------------------------- */

/* "sending on results" */
static void waiting(const struct telling *t, const struct event *block)
{
    const char *object = what(t, block->obj);

    switch (block->extra) {
    case WAIT_SEND: text_addf(t->out, "sending on %s", object); break;
    case WAIT_RECV: text_addf(t->out, "receiving from %s", object); break;
    case WAIT_SELECT: text_add(t->out, "in its select"); break;
    case WAIT_LOCK: text_addf(t->out, "locking %s", object); break;
    case WAIT_WG: text_addf(t->out, "waiting for %s", object); break;
    case WAIT_SLEEP: text_add(t->out, "asleep"); break;
    case WAIT_NIL_SEND: text_add(t->out, "sending on a nil channel"); break;
    case WAIT_NIL_RECV: text_add(t->out, "receiving from a nil channel"); break;
    case WAIT_EMPTY_SELECT: text_add(t->out, "in a select without cases"); break;
    default: text_add(t->out, "waiting"); break;
    }
}

static void leak_title(const struct telling *t)
{
    const struct finding *f = t->finding;
    const struct event *block = block_of(t);

    text_addf(t->out, "leak: %s ", who(t, f->at.g));
    if (!block || f->value == 1) {
        text_add(t->out, "never ends");
        in_brackets(t, f->at.file, f->at.line);
        return;
    }
    text_add(t->out, "is blocked for ever ");
    waiting(t, block);
    in_brackets(t, block->file, block->line);
}

static void fix_send(const struct telling *t, uint32_t chan)
{
    uint32_t done = last_done(t);

    if (done)
        text_addf(t->out, "Put the send in a select with a case that receives from %s.",
                  what(t, done));
    else
        text_addf(t->out, "Receive from %s until nothing more is sent, or give it room for what "
                          "nobody will take.", what(t, chan));
}

static void leak_why(const struct telling *t)
{
    const struct event *block = block_of(t);
    uint32_t g = t->finding->at.g;

    started(t, g);
    if (!block || t->finding->value == 1) {
        text_addf(t->out, "main has returned, and %s still goes on. "
                          "Give its loop a way out: a closed channel or a cancelled context.",
                  who(t, g));
        return;
    }
    text_add(t->out, "It waits ");
    at_event(t, block);
    text_add_char(t->out, ' ');
    words_wait(t->out, t->trace, t->names, (uint32_t)(block - t->trace->events));
    switch (block->extra) {
    case WAIT_SEND:
        text_add(t->out, ", and nobody is left who would receive. ");
        last_receiver(t, block->obj, g);
        fix_send(t, block->obj);
        break;
    case WAIT_RECV:
        if (context_of(t, block->obj)) {
            text_addf(t->out, ", and nobody cancels %s. Cancel it before main returns.",
                      what(t, context_of(t, block->obj)));
            break;
        }
        text_add(t->out, ", and nobody is left who would send. ");
        last_sender(t, block->obj, g);
        text_addf(t->out, "Close %s when nothing more will be sent: then the receive says so.",
                  what(t, block->obj));
        break;
    case WAIT_SELECT:
        text_add(t->out, ", and none can ever be possible. Close a channel it receives from, or "
                         "cancel a context it listens to.");
        break;
    case WAIT_LOCK:
        text_add(t->out, ". ");
        holder(t, block->obj, g);
        text_add(t->out, "Unlock on every path, by defer.");
        break;
    case WAIT_WG:
        text_addf(t->out, ", but it stays at %u. Call Done on every path, by defer.",
                  counter_of(t, block->obj));
        break;
    case WAIT_NIL_SEND:
    case WAIT_NIL_RECV:
        text_add(t->out, ", which is never possible. Make the channel before it is used.");
        break;
    default:
        text_add(t->out, ". Give it a way out: a closed channel or a cancelled context.");
        break;
    }
}

/* --- deadlock ------------------------------------------------------------ */

/* For each goroutine the index of the BLOCK it still stands in, UINT32_MAX: in none. (heap) */
static uint32_t *still_blocked(const struct telling *t, uint32_t *count)
{
    uint32_t n = names_goroutines(t->names);
    uint32_t *block = malloc(((size_t)n + 1) * sizeof *block);

    *count = block ? n : 0;
    if (!block)
        return NULL;
    for (uint32_t g = 0; g <= n; g++)
        block[g] = UINT32_MAX;
    for (uint32_t i = 0; i < t->trace->count; i++) {
        const struct event *event = &t->trace->events[i];

        if (event->kind == EVENT_BLOCK_CASE)
            continue;
        if (event->g <= n)
            block[event->g] = event->kind == EVENT_BLOCK ? i : UINT32_MAX;
        if ((event->kind == EVENT_SEND || event->kind == EVENT_RECV) && event->other <= n)
            block[event->other] = UINT32_MAX;
    }
    return block;
}

static void deadlock_title(const struct telling *t)
{
    const struct event *block = block_of(t);

    text_add(t->out, "deadlock: all goroutines are asleep");
    if (block) {
        text_addf(t->out, ", %s is ", who(t, block->g));
        if (block->extra == WAIT_SEND || block->extra == WAIT_RECV)
            text_add(t->out, "blocked ");
        waiting(t, block);
        in_brackets(t, block->file, block->line);
    }
}

/* What main's own wait says about the fix; `other` is what somebody else is blocked in. */
static void deadlock_fix(const struct telling *t, const struct event *mine,
                         const struct event *other)
{
    switch (mine->extra) {
    case WAIT_WG:
        if (other && other->extra == WAIT_SEND)
            text_addf(t->out, "%s waits for those who wait for somebody to receive from %s. Wait "
                              "in a goroutine of its own, and receive here.",
                      who(t, mine->g), what(t, other->obj));
        else if (other && other->extra == WAIT_RECV && !closed(t, other->obj))
            text_addf(t->out, "Nobody closed %s, so its receivers never end. Close it after the "
                              "last send.", what(t, other->obj));
        else
            text_addf(t->out, "%s is still at %u and nobody is left to call Done. Call Done on "
                              "every path, by defer.", what(t, mine->obj), counter_of(t, mine->obj));
        break;
    case WAIT_RECV:
        if (other && other->extra == WAIT_RECV && other->obj != mine->obj && !closed(t, other->obj))
            text_addf(t->out, "Nobody closed %s, so its receivers never end. Close it after the "
                              "last send.", what(t, other->obj));
        else if (other && other->extra == WAIT_SEND && other->obj != mine->obj)
            text_addf(t->out, "Nobody receives from %s. Receive from it before %s.",
                      what(t, other->obj), what(t, mine->obj));
        else if (last_event(t, UINT32_MAX, EVENT_SEND, 0, mine->obj) ||
                 last_event(t, UINT32_MAX, EVENT_RECV, 0, mine->obj))
            text_addf(t->out, "Nobody is left who could send on %s or close it. Close it when its "
                              "last sender is done.", what(t, mine->obj));
        else
            text_addf(t->out, "Nobody is there to send on %s. Start its sender, with go, before "
                              "this receive.", what(t, mine->obj));
        break;
    case WAIT_SEND:
        if (other && other->extra == WAIT_SEND && other->obj != mine->obj)
            text_addf(t->out, "%s does not receive from %s before all is sent on %s. Send in a "
                              "goroutine of its own, and receive meanwhile.",
                      who(t, mine->g), what(t, other->obj), what(t, mine->obj));
        else
            text_addf(t->out, "Nobody is there to receive from %s. Start its receiver, with go, "
                              "before this send, or give %s room.",
                      what(t, mine->obj), what(t, mine->obj));
        break;
    case WAIT_LOCK:
        holder(t, mine->obj, mine->g);
        text_add(t->out, "Unlock on every path, and take several locks in the same order "
                         "everywhere.");
        break;
    case WAIT_NIL_SEND:
    case WAIT_NIL_RECV:
        text_add(t->out, "A nil channel is never ready. Make the channel before it is used.");
        break;
    default:
        text_add(t->out, "Make one of these waits end: close a channel, or cancel a context.");
        break;
    }
}

static void deadlock_why(const struct telling *t)
{
    const struct event *mine = block_of(t), *other = NULL;
    uint32_t count, told = 0, more = 0;
    uint32_t *block = still_blocked(t, &count);

    for (uint32_t g = 1; g <= count; g++) {
        const struct event *event;

        if (block[g] == UINT32_MAX)
            continue;
        event = &t->trace->events[block[g]];
        /* a wait that is not the same as main's tells most about the cause */
        if (g != t->finding->at.g && (!other || (mine && other->obj == mine->obj)))
            other = event;
        if (told == 4) {
            more++;
            continue;
        }
        told++;
        text_add(t->out, who(t, g));
        if (g > 1 && names_goroutine_event(t->names, g) < t->trace->count) {
            text_add(t->out, " (started ");
            at_event(t, &t->trace->events[names_goroutine_event(t->names, g)]);
            text_add(t->out, ")");
        }
        text_add(t->out, " waits ");
        at_event(t, event);
        text_add_char(t->out, ' ');
        words_wait(t->out, t->trace, t->names, block[g]);
        text_add(t->out, ". ");
    }
    free(block);
    if (more > 0)
        text_addf(t->out, "So do %u more. ", more);
    if (mine)
        deadlock_fix(t, mine, other);
}

/* --- race ---------------------------------------------------------------- */

static void race_title(const struct telling *t)
{
    const struct finding *f = t->finding;
    const char *name = trace_text(t->trace, f->text);

    text_addf(t->out, "race: %s and %s use ", who(t, f->other.g), who(t, f->at.g));
    if (*name)
        words_safe(t->out, name, 60);
    else
        text_add(t->out, "the same memory");
    text_add(t->out, " at once (");
    place(t, f->other.file, f->other.line);
    if (f->other.line != f->at.line || f->other.file != f->at.file) {
        text_add(t->out, " and ");
        place(t, f->at.file, f->at.line);
    }
    text_add(t->out, ")");
}

static void race_why(const struct telling *t)
{
    const struct finding *f = t->finding;
    const char *name = trace_text(t->trace, f->text);
    uint32_t first = names_goroutine_event(t->names, f->other.g);
    uint32_t second = names_goroutine_event(t->names, f->at.g);

    text_addf(t->out, "%s %s ", who(t, f->other.g), f->other.write ? "writes" : "reads");
    words_safe(t->out, *name ? name : "it", 60);
    text_add(t->out, " at ");
    place(t, f->other.file, f->other.line);
    text_addf(t->out, ", %s %s it at ", who(t, f->at.g), f->at.write ? "writes" : "reads");
    place(t, f->at.file, f->at.line);
    text_add(t->out, ", and nothing says which comes first: no channel, lock or Wait lies between "
                     "them. ");
    if (first < t->trace->count && second < t->trace->count &&
        t->trace->events[first].line == t->trace->events[second].line &&
        t->trace->events[first].file == t->trace->events[second].file) {
        text_add(t->out, "Both were started ");
        at_event(t, &t->trace->events[first]);
        text_add(t->out, ". ");
    } else {
        started(t, f->other.g);
        started(t, f->at.g);
    }
    if (f->at.g == 1 && !f->at.write)
        text_addf(t->out, "Let %s wait until %s is done before it reads.", who(t, f->at.g),
                  who(t, f->other.g));
    else
        text_add(t->out, "Lock the same Mutex around both, or let one goroutine own it and send it "
                         "the changes.");
}

/* --- panic --------------------------------------------------------------- */

/* The channel a panic speaks of: the finding's, else the closed one whose name stands on the
 * line, else the one closed last. */
static uint32_t panicked_chan(const struct telling *t)
{
    size_t len = 0;
    const char *line = t->program && !t->finding->at.file
                           ? program_line(t->program, t->finding->at.line, &len) : "";
    uint32_t found = t->finding->obj;

    for (uint32_t i = 0; i < t->trace->count && !t->finding->obj; i++) {
        const struct event *event = &t->trace->events[i];
        const char *name;
        size_t n;

        if (event->kind != EVENT_CLOSE)
            continue;
        name = what(t, event->obj);
        n = strcspn(name, " ");
        if (!found || (len >= n && memmem(line, len, name, n)))
            found = event->obj;
    }
    return found;
}

static void first_close(const struct telling *t, uint32_t chan)
{
    const struct event *close = last_event(t, UINT32_MAX, EVENT_CLOSE, 0, chan);

    if (!close)
        return;
    text_addf(t->out, "%s had closed it ", close->g == t->finding->at.g ? "The same goroutine"
                                                                        : who(t, close->g));
    at_event(t, close);
    text_add(t->out, ". ");
}

static void panic_why(const struct telling *t)
{
    const struct finding *f = t->finding;
    const char *message = trace_text(t->trace, f->text);
    uint32_t chan = panicked_chan(t);

    started(t, f->at.g);
    text_add(t->out, who(t, f->at.g));
    if (strstr(message, fault_text(FAULT_CLOSE_CLOSED))) {
        text_addf(t->out, " closes %s at ", chan ? what(t, chan) : "a channel");
        place(t, f->at.file, f->at.line);
        text_add(t->out, ". ");
        first_close(t, chan);
        text_add(t->out, "Let one goroutine own the channel and close it, once all senders are done.");
    } else if (strstr(message, fault_text(FAULT_SEND_CLOSED))) {
        text_addf(t->out, " sends on %s at ", chan ? what(t, chan) : "a channel");
        place(t, f->at.file, f->at.line);
        text_add(t->out, ". ");
        first_close(t, chan);
        text_add(t->out, "Close a channel only when all its senders are done: wait for them first.");
    } else if (strstr(message, fault_text(FAULT_CLOSE_NIL))) {
        text_add(t->out, " closes a channel that was never made, at ");
        place(t, f->at.file, f->at.line);
        text_add(t->out, ". Make it before it is used.");
    } else if (strstr(message, fault_text(FAULT_WG_NEGATIVE))) {
        text_add(t->out, " calls Done at ");
        place(t, f->at.file, f->at.line);
        text_add(t->out, " when the counter is 0 already. Add once before each go, and call Done "
                         "once in each goroutine.");
    } else if (strstr(message, fault_text(FAULT_UNLOCK_UNLOCKED))) {
        text_add(t->out, " unlocks at ");
        place(t, f->at.file, f->at.line);
        text_add(t->out, " what is not locked. Unlock once for each Lock.");
    } else {
        text_add(t->out, " panicked at ");
        place(t, f->at.file, f->at.line);
        text_add(t->out, " and nobody recovered it. Look at that line first.");
    }
}

/* --- the others ---------------------------------------------------------- */

static void limit_title(const struct telling *t)
{
    static const char *const words[] = {
        [FINDING_OVER_STEPS] = "too many steps",
        [FINDING_OVER_TICKS] = "a loop that never waits for anything",
        [FINDING_OVER_MEMORY] = "too much memory",
        [FINDING_OVER_OUTPUT] = "too much output",
        [FINDING_OVER_TIME] = "it took too long and was stopped",
        [FINDING_STACK] = "the stack is full",
    };

    text_addf(t->out, "over limit: %s", words[t->finding->kind]);
    in_brackets(t, t->finding->at.file, t->finding->at.line);
}

static void limit_why(const struct telling *t)
{
    const struct finding *f = t->finding;

    if (f->at.g) {
        text_addf(t->out, "It was %s, at ", who(t, f->at.g));
        place(t, f->at.file, f->at.line);
        text_add(t->out, ". ");
        started(t, f->at.g);
    }
    switch (f->kind) {
    case FINDING_OVER_STEPS: text_add(t->out, "Does every loop come to an end?"); break;
    case FINDING_OVER_TICKS:
        text_add(t->out, "A loop there runs on without any channel, lock or sleep. Give it an end.");
        break;
    case FINDING_OVER_MEMORY: text_add(t->out, "Keep less at a time."); break;
    case FINDING_OVER_OUTPUT: text_add(t->out, "Print less; does a loop print for ever?"); break;
    case FINDING_OVER_TIME: text_add(t->out, "Look for a loop that never ends."); break;
    default: text_add(t->out, "A function calls itself without end. Give the recursion a way out."); break;
    }
}

static const char *signal_words(int64_t number)
{
    switch (number) {
    case SIGSEGV: return "segmentation fault";
    case SIGABRT: return "aborted";
    case SIGFPE: return "division by zero";
    case SIGBUS: return "bus error";
    case SIGILL: return "illegal instruction";
    case SIGKILL: return "killed";
    case SIGSYS: return "forbidden system call";
    default: return NULL;
    }
}

static void crash_title(const struct telling *t)
{
    const char *words = signal_words(t->finding->value);

    if (words)
        text_addf(t->out, "crash: %s", words);
    else
        text_addf(t->out, "crash: signal %lld", (long long)t->finding->value);
    in_brackets(t, t->finding->at.file, t->finding->at.line);
}

/* "prefix: text (place)", text's first line */
static void plain_title(const struct telling *t, const char *prefix, bool with_place)
{
    text_add(t->out, prefix);
    if (*trace_text(t->trace, t->finding->text)) {
        text_add(t->out, ": ");
        say_text(t, t->finding->text, false);
    }
    if (with_place)
        in_brackets(t, t->finding->at.file, t->finding->at.line);
}

void words_finding_title(struct text *out, const struct trace *trace, const struct names *names,
                         const struct finding *finding)
{
    struct telling t = {out, trace, names, names_program(names), finding};

    switch (finding->kind) {
    case FINDING_CRASH: crash_title(&t); break;
    case FINDING_WILD: plain_title(&t, "wild access", true); break;
    case FINDING_RACE: race_title(&t); break;
    case FINDING_PANIC: plain_title(&t, "panic", true); break;
    case FINDING_DEADLOCK: deadlock_title(&t); break;
    case FINDING_WRONG_ANSWER: plain_title(&t, "wrong answer", true); break;
    case FINDING_LEAK: leak_title(&t); break;
    case FINDING_LIVELOCK: plain_title(&t, "livelock: goroutines poll for ever", true); break;
    case FINDING_OVER_STEPS: case FINDING_OVER_TICKS: case FINDING_OVER_MEMORY:
    case FINDING_OVER_OUTPUT: case FINDING_OVER_TIME: case FINDING_STACK:
        limit_title(&t);
        break;
    case FINDING_LOAD: plain_title(&t, "does not load", false); break;
    case FINDING_DIVERGED: plain_title(&t, "the schedule does not fit this program", false); break;
    case FINDING_INTERNAL: plain_title(&t, "our failure", false); break;
    default: plain_title(&t, "finding", false); break;
    }
}

/* "worker 1 was at pool.c:21. " */
static void was_at(const struct telling *t)
{
    if (!t->finding->at.g)
        return;
    text_addf(t->out, "%s was at ", who(t, t->finding->at.g));
    place(t, t->finding->at.file, t->finding->at.line);
    text_add(t->out, ". ");
    started(t, t->finding->at.g);
}

void words_finding_why(struct text *out, const struct trace *trace, const struct names *names,
                       const struct program *program, const struct finding *finding)
{
    struct telling t = {out, trace, names, program ? program : names_program(names), finding};

    switch (finding->kind) {
    case FINDING_CRASH:
        was_at(&t);
        text_add(out, "Look for a pointer that is not valid there, or a call of abort.");
        break;
    case FINDING_WILD:
        was_at(&t);
        text_add(out, "It touches memory that is not the program's: not a global, not a live block "
                      "of malloc, not a local variable. Check the index or the pointer there.");
        break;
    case FINDING_RACE: race_why(&t); break;
    case FINDING_PANIC: panic_why(&t); break;
    case FINDING_DEADLOCK: deadlock_why(&t); break;
    case FINDING_WRONG_ANSWER:
        say_text(&t, finding->text, true);
        break;
    case FINDING_LEAK: leak_why(&t); break;
    case FINDING_LIVELOCK:
        was_at(&t);
        text_add(out, "Everybody looks again and again, and nothing can change any more. Block in a "
                      "receive or a select without default instead of polling.");
        break;
    case FINDING_OVER_STEPS: case FINDING_OVER_TICKS: case FINDING_OVER_MEMORY:
    case FINDING_OVER_OUTPUT: case FINDING_OVER_TIME: case FINDING_STACK:
        limit_why(&t);
        break;
    case FINDING_DIVERGED:
        text_add(out, "The program changed since the schedule was written down. Check it again to "
                      "get a new one.");
        break;
    case FINDING_INTERNAL:
        text_add(out, "This is a fault of braid, not of your program. Please report it.");
        break;
    default:
        say_text(&t, finding->text, true);
        break;
    }
}
