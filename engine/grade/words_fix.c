/* words_fix.c -- the fix that fits a kind of wait. */
#include "grade/words_release.h"

static void fix_send(const struct telling *t, uint32_t chan)
{
    uint32_t done = telling_done(t);

    if (telling_stream(t, chan))
        text_add(t->out, "Read at its other side until nothing more is written, or set a "
                         "deadline.");
    else if (done)
        text_addf(t->out, "Put the send in a select with a case that receives from %s.",
                  telling_what(t, done));
    else
        text_addf(t->out, "Receive from %s until nothing more is sent, or give it room for what "
                          "nobody will take.", telling_what(t, chan));
}

static void fix_receive(const struct telling *t, uint32_t chan)
{
    switch (release_sender(t, chan)) {
    case BY_CONTEXT:
        text_addf(t->out, "Cancel %s before main returns.",
                  telling_what(t, telling_context(t, chan)));
        break;
    case BY_LISTENER:
        text_add(t->out, "Close the listener when the server stops: then Accept says so.");
        break;
    case BY_CONNECTION:
        text_add(t->out, "Close the connection when all is written: then Read says so; or set a "
                         "deadline.");
        break;
    case BY_TIMER:
        text_add(t->out, "Reset it, or receive in a select with a case that ends the goroutine.");
        break;
    case BY_SIGNALS:
        if (telling_last(t, UINT32_MAX, EVENT_LOST, 0, chan))
            text_add(t->out, "Make it with room for one.");
        else
            text_add(t->out, "Receive in a select with a case that ends the goroutine: a done "
                             "channel.");
        break;
    case BY_PROGRAM:
        text_addf(t->out, "Close %s when nothing more will be sent: then the receive says so.",
                  telling_what(t, chan));
        break;
    }
}

/* The best of its cases: a context to cancel, a channel to close, one to receive from. */
static void fix_select(const struct telling *t, const struct event *block)
{
    const struct event *end = t->trace->events + t->trace->count, *best = NULL;

    for (const struct event *at = block + 1; at < end && at->kind == EVENT_BLOCK_CASE; at++)
        if (at->g == block->g && at->obj &&
            (!best || telling_context(t, at->obj) ||
             (best->extra == WAIT_SEND && at->extra == WAIT_RECV)))
            best = at;
    if (!best)
        text_add(t->out, "Make one of its channels before it is used.");
    else if (best->extra == WAIT_RECV)
        fix_receive(t, best->obj);
    else
        text_addf(t->out, "Receive from %s until nothing more is sent, or give the select a case "
                          "that receives from a done channel.", telling_what(t, best->obj));
}

static void fix_rlock(const struct telling *t, const struct event *block)
{
    const struct event *held = telling_last(t, UINT32_MAX, EVENT_RLOCK, block->g, block->obj);

    if (held && release_balance(t, block->obj, block->g, EVENT_RLOCK, EVENT_RUNLOCK) > 0)
        text_addf(t->out, "A reader of %s must not lock it again before it has unlocked it: a "
                          "writer may stand in between.", telling_what(t, block->obj));
    else
        text_add(t->out, "Unlock on every path, by defer.");
}

static void fix_semaphore(const struct telling *t, const struct event *block)
{
    const struct event *make = telling_make(t, block->obj);

    if (release_limited(t, block->obj))
        text_add(t->out, "Let its functions end, or raise the limit.");
    else if (make && release_wanted(t, block) > make->value)
        text_addf(t->out, "Never acquire more than %s has.", telling_what(t, block->obj));
    else
        text_add(t->out, "Release on every path, by defer.");
}

void telling_fix(const struct telling *t, const struct event *block)
{
    const char *object = telling_what(t, block->obj);

    switch (block->extra) {
    case WAIT_SEND: fix_send(t, block->obj); break;
    case WAIT_RECV: fix_receive(t, block->obj); break;
    case WAIT_SELECT: fix_select(t, block); break;
    case WAIT_NIL_SEND:
    case WAIT_NIL_RECV: text_add(t->out, "Make the channel before it is used."); break;
    case WAIT_EMPTY_SELECT:
        text_add(t->out, "Give it a case that can end it: a receive from a done channel.");
        break;
    case WAIT_LOCK: text_add(t->out, "Unlock on every path, by defer."); break;
    case WAIT_RLOCK: fix_rlock(t, block); break;
    case WAIT_READERS:
        text_addf(t->out, "Whoever locked %s for reading must unlock it on every path, by defer, "
                          "and not wait for the writer.", object);
        break;
    case WAIT_WG: text_add(t->out, "Call Done on every path, by defer."); break;
    case WAIT_ONCE:
        text_addf(t->out, "The function of %s must end, and must not come to %s itself.", object,
                  object);
        break;
    case WAIT_COND:
        text_addf(t->out, "Change the condition under the lock, then signal %s, or broadcast when "
                          "several wait; and look at the condition before each Wait.", object);
        break;
    case WAIT_SEMAPHORE: fix_semaphore(t, block); break;
    case WAIT_FLIGHT: text_addf(t->out, "The function that %s runs must end.", object); break;
    case WAIT_POST: text_addf(t->out, "Post %s once for each wait, on every path.", object); break;
    case WAIT_BARRIER:
        text_addf(t->out, "As many threads as %s was made for must come to it.", object);
        break;
    case WAIT_JOIN:
        text_add(t->out, "A thread that is joined must come to its end on every path.");
        break;
    default:
        text_add(t->out, "Give it a way out: a closed channel or a cancelled context.");
        break;
    }
}
