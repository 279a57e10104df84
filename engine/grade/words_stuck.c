/* words_stuck.c -- those who wait for ever: leaks and deadlocks.
 *
 * Said are the wait itself, who was the last that could have ended it and what became of them,
 * and, last, the fix that fits this kind of wait.
 */
#include "grade/words_finding.h"
#include "grade/words_sync.h"

#include <stdlib.h>

/* --- who could have helped ----------------------------------------------- */

/* What became of somebody: " and then returned", " and is blocked itself now", or nothing. */
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

static void holder(const struct telling *t, uint32_t mutex, uint32_t blocked)
{
    const struct event *lock = telling_last(t, UINT32_MAX, EVENT_LOCK, 0, mutex);

    if (!lock)
        return;
    text_addf(t->out, "%s locked %s ",
              lock->g == blocked ? "It had itself" : telling_who(t, lock->g),
              telling_what(t, mutex));
    telling_at(t, lock);
    text_add(t->out, lock->g == blocked ? ", and a Mutex cannot be locked twice. "
                                        : " and never unlocked it. ");
}

static uint32_t counter_of(const struct telling *t, uint32_t wg)
{
    const struct event *add = telling_last(t, UINT32_MAX, EVENT_WG_ADD, 0, wg);

    return add ? add->extra : 0;
}

/* A signal was lost that the receiver may wait for; false: none was. */
static bool lost_signal(const struct telling *t, uint32_t chan)
{
    const struct event *lost = telling_last(t, UINT32_MAX, EVENT_LOST, 0, chan);

    if (!lost)
        return false;
    text_addf(t->out, "The signal %s was lost, for %s had no room and nobody was receiving. "
                      "Make it with room for one.",
              trace_text(t->trace, lost->text), telling_what(t, chan));
    return true;
}

/* --- leak ---------------------------------------------------------------- */

/* Whether a channel holds the connections that wait to be accepted. */
static bool is_listeners(const struct telling *t, uint32_t chan)
{
    const struct event *make = telling_make(t, chan);
    const struct event *of =
        make && make->extra == OBJECT_CHAN ? telling_make(t, make->other) : NULL;

    return of && of->extra == OBJECT_LISTENER;
}

/* "sending on results" */
void telling_waiting(const struct telling *t, const struct event *block)
{
    const char *object = telling_what(t, block->obj);

    switch (block->extra) {
    case WAIT_SEND: text_addf(t->out, "sending on %s", object); break;
    case WAIT_RECV:
        text_addf(t->out, is_listeners(t, block->obj) ? "accepting on '%s'" : "receiving from %s",
                  object);
        break;
    case WAIT_SELECT: text_add(t->out, "in its select"); break;
    case WAIT_LOCK: text_addf(t->out, "locking %s", object); break;
    case WAIT_WG: text_addf(t->out, "waiting for %s", object); break;
    case WAIT_SLEEP: text_add(t->out, "asleep"); break;
    case WAIT_NIL_SEND: text_add(t->out, "sending on a nil channel"); break;
    case WAIT_NIL_RECV: text_add(t->out, "receiving from a nil channel"); break;
    case WAIT_EMPTY_SELECT: text_add(t->out, "in a select without cases"); break;
    default:
        if (!words_sync_waiting(t->out, t->names, block))
            text_add(t->out, "waiting");
        break;
    }
}

void telling_leak_title(const struct telling *t)
{
    const struct finding *f = t->finding;
    const struct event *block;

    if (f->value == 2) {
        text_addf(t->out, "leak: %s is never cancelled", telling_what(t, f->obj));
        telling_brackets(t, f->at.file, f->at.line);
        return;
    }
    block = telling_block(t);
    text_addf(t->out, "leak: %s ", telling_who(t, f->at.g));
    if (!block || f->value == 1) {
        text_add(t->out, "never ends");
        telling_brackets(t, f->at.file, f->at.line);
        return;
    }
    text_add(t->out, "is blocked for ever ");
    telling_waiting(t, block);
    telling_brackets(t, block->file, block->line);
}

static void fix_send(const struct telling *t, uint32_t chan)
{
    uint32_t done = telling_done(t);

    if (done)
        text_addf(t->out, "Put the send in a select with a case that receives from %s.",
                  telling_what(t, done));
    else
        text_addf(t->out, "Receive from %s until nothing more is sent, or give it room for what "
                          "nobody will take.", telling_what(t, chan));
}

/* A context whose cancel nobody called. */
static void never_cancelled(const struct telling *t)
{
    const struct event *make = telling_make(t, t->finding->obj);

    text_addf(t->out, "%s made it at ", telling_who(t, t->finding->at.g));
    telling_place(t, t->finding->at.file, t->finding->at.line);
    if (make && make->value >= 0) {
        text_add(t->out, ", and in this run all was done before its deadline: main returned ");
        text_add(t->out, "while its timer still ran. ");
    } else {
        text_add(t->out, ", and it was still live when main returned. ");
    }
    text_add(t->out, "Until somebody calls its cancel, a context stays in the list of its parent, "
                     "with its timer. go vet calls this a lost cancel. Defer its cancel on the "
                     "line after the one that makes it.");
}

void telling_leak_why(const struct telling *t)
{
    const struct event *block;
    uint32_t g = t->finding->at.g;

    if (t->finding->value == 2) {
        never_cancelled(t);
        return;
    }
    block = telling_block(t);
    telling_started(t, g);
    if (!block || t->finding->value == 1) {
        text_addf(t->out, "main has returned, and %s still goes on. "
                          "Give its loop a way out: a closed channel or a cancelled context.",
                  telling_who(t, g));
        return;
    }
    text_add(t->out, "It waits ");
    telling_at(t, block);
    text_add_char(t->out, ' ');
    words_wait(t->out, t->trace, t->names, (uint32_t)(block - t->trace->events));
    switch (block->extra) {
    case WAIT_SEND:
        text_add(t->out, ", and nobody is left who would receive. ");
        last_receiver(t, block->obj, g);
        telling_since(t);
        fix_send(t, block->obj);
        break;
    case WAIT_RECV:
        if (telling_context(t, block->obj)) {
            text_addf(t->out, ", and nobody cancels %s. Cancel it before main returns.",
                      telling_what(t, telling_context(t, block->obj)));
            break;
        }
        if (is_listeners(t, block->obj)) {
            text_addf(t->out, ", and nobody dials it any more. Close the listener when the server "
                              "stops: then Accept says so.");
            break;
        }
        text_add(t->out, ", and nobody is left who would send. ");
        if (lost_signal(t, block->obj))
            break;
        last_sender(t, block->obj, g);
        telling_since(t);
        text_addf(t->out, "Close %s when nothing more will be sent: then the receive says so.",
                  telling_what(t, block->obj));
        break;
    case WAIT_SELECT:
        text_add(t->out, ", and none can ever be possible. ");
        telling_since(t);
        text_add(t->out, "Close a channel it receives from, or cancel a context it listens to.");
        break;
    case WAIT_LOCK:
        text_add(t->out, ". ");
        holder(t, block->obj, g);
        telling_since(t);
        text_add(t->out, "Unlock on every path, by defer.");
        break;
    case WAIT_WG:
        text_addf(t->out, ", but it stays at %u. ", counter_of(t, block->obj));
        telling_since(t);
        text_add(t->out, "Call Done on every path, by defer.");
        break;
    case WAIT_NIL_SEND:
    case WAIT_NIL_RECV:
        text_add(t->out, ", which is never possible. Make the channel before it is used.");
        break;
    default:
        text_add(t->out, ". ");
        telling_since(t);
        if (!words_sync_fix(t->out, t->names, block))
            text_add(t->out, "Give it a way out: a closed channel or a cancelled context.");
        break;
    }
}

/* --- deadlock ------------------------------------------------------------ */

/* Main called Goexit, and all others have come to their end. */
static bool nobody_left(const struct telling *t)
{
    return t->finding->event < t->trace->count &&
           t->trace->events[t->finding->event].kind == EVENT_END;
}

/* The holder of what a goroutine waits for, as the trace ends; 0: none. */
static uint32_t waits_for(const struct telling *t, uint32_t g)
{
    const struct event *block = telling_last(t, UINT32_MAX, EVENT_BLOCK, g, 0);
    const struct event *lock =
        block ? telling_last(t, UINT32_MAX, EVENT_LOCK, 0, block->obj) : NULL;

    return lock ? lock->g : 0;
}

static void circle_title(const struct telling *t)
{
    uint32_t first = t->finding->at.g, g = waits_for(t, first);

    text_addf(t->out, "deadlock: %s", telling_who(t, first));
    if (g == first)
        text_add(t->out, " waits for itself");
    for (uint32_t n = 0; g && g != first && n < 8; n++, g = waits_for(t, g))
        text_addf(t->out, "%s%s", waits_for(t, g) == first ? " and " : ", ", telling_who(t, g));
    if (g == first && waits_for(t, first) != first)
        text_add(t->out, " wait for each other");
    telling_brackets(t, t->finding->at.file, t->finding->at.line);
}

static void circle_why(const struct telling *t)
{
    uint32_t first = t->finding->at.g, g = first;

    for (uint32_t n = 0; g && n < 8; n++) {
        const struct event *block = telling_last(t, UINT32_MAX, EVENT_BLOCK, g, 0);

        if (!block)
            break;
        telling_started(t, g);
        text_addf(t->out, "%s waits ", telling_who(t, g));
        telling_at(t, block);
        text_addf(t->out, " to lock %s. ", telling_what(t, block->obj));
        holder(t, block->obj, g);
        g = waits_for(t, g);
        if (g == first)
            break;
    }
    text_add(t->out, "The others go on, but these never will. Unlock on every path, and take "
                     "several locks in the same order everywhere.");
}

void telling_deadlock_title(const struct telling *t)
{
    const struct event *block = telling_block(t);

    if (nobody_left(t)) {
        text_add(t->out, "deadlock: no goroutines (main called runtime.Goexit)");
        telling_brackets(t, t->finding->at.file, t->finding->at.line);
        return;
    }
    if (t->finding->value == 1) {
        circle_title(t);
        return;
    }
    if (t->finding->value == 2) {
        telling_unreached_title(t);
        return;
    }
    text_add(t->out, "deadlock: all goroutines are asleep");
    if (block) {
        text_addf(t->out, ", %s is ", telling_who(t, block->g));
        if (block->extra == WAIT_SEND || block->extra == WAIT_RECV)
            text_add(t->out, "blocked ");
        telling_waiting(t, block);
        telling_brackets(t, block->file, block->line);
    }
}

/* What main's own wait says about the fix; `other` is what somebody else is blocked in. */
void telling_wait_fix(const struct telling *t, const struct event *mine,
                      const struct event *other)
{
    switch (mine->extra) {
    case WAIT_WG:
        if (other && other->extra == WAIT_SEND)
            text_addf(t->out, "%s waits for those who wait for somebody to receive from %s. Wait "
                              "in a goroutine of its own, and receive here.",
                      telling_who(t, mine->g), telling_what(t, other->obj));
        else if (other && other->extra == WAIT_RECV && !telling_closed(t, other->obj))
            text_addf(t->out, "Nobody closed %s, so its receivers never end. Close it after the "
                              "last send.", telling_what(t, other->obj));
        else
            text_addf(t->out,
                      "%s is still at %u and nobody is left to call Done. Call Done on "
                      "every path, by defer.",
                      telling_what(t, mine->obj), counter_of(t, mine->obj));
        break;
    case WAIT_RECV:
        if (lost_signal(t, mine->obj))
            break;
        if (is_listeners(t, mine->obj)) {
            text_addf(t->out, "Nobody is there to dial '%s'. Close the listener when the server "
                              "stops: then Accept says so.", telling_what(t, mine->obj));
            break;
        }
        if (other && other->extra == WAIT_RECV && other->obj != mine->obj &&
            !telling_closed(t, other->obj))
            text_addf(t->out, "Nobody closed %s, so its receivers never end. Close it after the "
                              "last send.", telling_what(t, other->obj));
        else if (other && other->extra == WAIT_SEND && other->obj != mine->obj)
            text_addf(t->out, "Nobody receives from %s. Receive from it before %s.",
                      telling_what(t, other->obj), telling_what(t, mine->obj));
        else if (telling_last(t, UINT32_MAX, EVENT_SEND, 0, mine->obj) ||
                 telling_last(t, UINT32_MAX, EVENT_RECV, 0, mine->obj))
            text_addf(t->out, "Nobody is left who could send on %s or close it. Close it when its "
                              "last sender is done.", telling_what(t, mine->obj));
        else
            text_addf(t->out, "Nobody is there to send on %s. Start its sender, with go, before "
                              "this receive.", telling_what(t, mine->obj));
        break;
    case WAIT_SEND:
        if (other && other->extra == WAIT_SEND && other->obj != mine->obj)
            text_addf(t->out,
                      "%s does not receive from %s before all is sent on %s. Send in a "
                      "goroutine of its own, and receive meanwhile.",
                      telling_who(t, mine->g), telling_what(t, other->obj),
                      telling_what(t, mine->obj));
        else
            text_addf(t->out, "Nobody is there to receive from %s. Start its receiver, with go, "
                              "before this send, or give %s room.",
                      telling_what(t, mine->obj), telling_what(t, mine->obj));
        break;
    case WAIT_LOCK:
        holder(t, mine->obj, mine->g);
        text_add(t->out, "Unlock on every path, and take several locks in the same order "
                         "everywhere.");
        break;
    case WAIT_JOIN:
        if (other && other->extra == WAIT_LOCK)
            text_add(t->out, "Unlock on every path, and take several locks in the same order "
                             "everywhere.");
        else if (!other || !words_sync_fix(t->out, t->names, other))
            text_add(t->out, "What is joined must be able to end.");
        break;
    case WAIT_NIL_SEND:
    case WAIT_NIL_RECV:
        text_add(t->out, "A nil channel is never ready. Make the channel before it is used.");
        break;
    default:
        if (words_sync_fix(t->out, t->names, mine))
            break;
        text_add(t->out, "Make one of these waits end: close a channel, or cancel a context.");
        break;
    }
}

void telling_deadlock_why(const struct telling *t)
{
    const struct event *mine = telling_block(t), *other = NULL;
    uint32_t count, told = 0, more = 0;
    uint32_t *block;

    if (nobody_left(t)) {
        text_add(t->out, "main ended by Goexit, which is no return: the program goes on until "
                         "somebody ends it, and nobody is left. Let main return.");
        return;
    }
    if (t->finding->value == 1) {
        circle_why(t);
        return;
    }
    if (t->finding->value == 2) {
        telling_unreached_why(t);
        return;
    }
    block = words_blocked(t->trace, t->names, &count);

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
        text_add(t->out, telling_who(t, g));
        if (g > 1 && names_goroutine_event(t->names, g) < t->trace->count) {
            text_add(t->out, " (started ");
            telling_at(t, &t->trace->events[names_goroutine_event(t->names, g)]);
            text_add(t->out, ")");
        }
        text_add(t->out, " waits ");
        telling_at(t, event);
        text_add_char(t->out, ' ');
        words_wait(t->out, t->trace, t->names, block[g]);
        text_add(t->out, ". ");
    }
    free(block);
    if (more > 0)
        text_addf(t->out, "So do %u more. ", more);
    if (mine)
        telling_wait_fix(t, mine, other);
}
