/* words_stuck.c -- those who wait for ever: leaks and deadlocks.
 *
 * Said are the wait itself, who could have ended it and what became of them (words_release.c), and,
 * last, the fix that fits this kind of wait (words_fix.c).
 */
#include "grade/words_finding.h"
#include "grade/words_sync.h"

#include <stdlib.h>

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
    case WAIT_SEND:
        text_addf(t->out, telling_stream(t, block->obj) ? "writing to %s" : "sending on %s",
                  object);
        break;
    case WAIT_RECV:
        text_addf(t->out, is_listeners(t, block->obj)     ? "accepting on '%s'"
                          : telling_stream(t, block->obj) ? "reading from %s"
                                                          : "receiving from %s", object);
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

    if (f->value == 2 || f->value == 3) {
        text_addf(t->out, "leak: %s is never %s", telling_what(t, f->obj),
                  f->value == 2 ? "cancelled" : "stopped");
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

/* A ticker that nobody stopped. */
static void never_stopped(const struct telling *t)
{
    text_addf(t->out, "%s made it at ", telling_who(t, t->finding->at.g));
    telling_place(t, t->finding->at.file, t->finding->at.line);
    text_add(t->out, " and has ended since. A timer fires once and is gone; a ticker goes on until "
                     "somebody stops it, as long as the program does. Defer its Stop on the line "
                     "after the one that makes it.");
}

/* The rest of "It waits at pool.lua:7 to send on results". */
static void hopeless(const struct telling *t, const struct event *block)
{
    uint32_t context = telling_context(t, block->obj);

    switch (block->extra) {
    case WAIT_SEND:
        text_add(t->out, telling_stream(t, block->obj) ? ", and the other side reads no more. "
                                                       : ", and nobody is left who would receive. ");
        break;
    case WAIT_RECV:
        if (context)
            text_addf(t->out, ", and nobody cancels %s. ", telling_what(t, context));
        else if (is_listeners(t, block->obj))
            text_add(t->out, ", and nobody dials it any more. ");
        else if (telling_stream(t, block->obj))
            text_add(t->out, ", and the other side neither writes nor closes any more. ");
        else
            text_add(t->out, ", and nobody is left who would send. ");
        break;
    case WAIT_SELECT: text_add(t->out, ", and none can ever be possible. "); break;
    case WAIT_WG:
        text_addf(t->out, ", but it stays at %u. ", telling_counter(t, block->obj));
        break;
    case WAIT_NIL_SEND:
    case WAIT_NIL_RECV: text_add(t->out, ", which is never possible. "); break;
    case WAIT_EMPTY_SELECT: text_add(t->out, ", which never ends. "); break;
    default: text_add(t->out, ". "); break;
    }
}

void telling_leak_why(const struct telling *t)
{
    const struct event *block;
    uint32_t g = t->finding->at.g;

    if (t->finding->value == 2) {
        never_cancelled(t);
        return;
    }
    if (t->finding->value == 3) {
        never_stopped(t);
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
    hopeless(t, block);
    telling_release(t, block);
    telling_since(t);
    telling_fix(t, block);
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
        telling_holder(t, block->obj, g);
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

/* Whether a goroutine is blocked as the trace ends, in what is no lock. */
static bool waits_otherwise(const struct telling *t, uint32_t g)
{
    uint32_t count, *blocks = words_blocked(t->trace, t->names, &count);
    bool waits = blocks && g <= count && blocks[g] != UINT32_MAX &&
                 t->trace->events[blocks[g]].extra != WAIT_LOCK;

    free(blocks);
    return waits;
}

static void release_and_fix(const struct telling *t, const struct event *block)
{
    telling_release(t, block);
    telling_fix(t, block);
}

static void fix_lock(const struct telling *t, const struct event *block)
{
    const struct event *lock = telling_last(t, UINT32_MAX, EVENT_LOCK, 0, block->obj);

    if (lock && lock->g != block->g && waits_otherwise(t, lock->g))
        text_addf(t->out, "%s waits with the lock in hand. Unlock it before that wait.",
                  telling_who(t, lock->g));
    else
        text_add(t->out, "Unlock on every path, and take several locks in the same order "
                         "everywhere.");
}

/* Main waits for those who will never call Done: what keeps one of them. */
static void fix_other(const struct telling *t, const struct event *mine, const struct event *other)
{
    switch (other ? other->extra : WAIT_NONE) {
    case WAIT_LOCK:
        telling_release(t, other);
        fix_lock(t, other);
        break;
    case WAIT_RLOCK: case WAIT_READERS: case WAIT_ONCE: case WAIT_COND: case WAIT_SEMAPHORE:
    case WAIT_FLIGHT: case WAIT_BARRIER: case WAIT_POST:
        release_and_fix(t, other);
        break;
    default:
        text_addf(t->out,
                  "%s is still at %u and nobody is left to call Done. Call Done on "
                  "every path, by defer.",
                  telling_what(t, mine->obj), telling_counter(t, mine->obj));
        break;
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
            fix_other(t, mine, other);
        break;
    case WAIT_RECV:
        if (!telling_is_sent_on(t, mine->obj)) {
            release_and_fix(t, mine);
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
        else if (telling_last(t, UINT32_MAX, EVENT_RECV, 0, mine->obj))
            release_and_fix(t, mine);
        else
            text_addf(t->out, "Nobody is there to receive from %s. Start its receiver, with go, "
                              "before this send, or give %s room.",
                      telling_what(t, mine->obj), telling_what(t, mine->obj));
        break;
    case WAIT_LOCK:
        telling_holder(t, mine->obj, mine->g);
        fix_lock(t, mine);
        break;
    case WAIT_JOIN:
        if (other && other->extra == WAIT_LOCK)
            fix_lock(t, other);
        else
            telling_fix(t, other ? other : mine);
        break;
    case WAIT_NIL_SEND:
    case WAIT_NIL_RECV:
        text_add(t->out, "A nil channel is never ready. ");
        telling_fix(t, mine);
        break;
    default:
        release_and_fix(t, mine);
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
        if (g != t->finding->at.g && (!other || (mine && other->obj == mine->obj) ||
                                      event->extra == WAIT_READERS))
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
