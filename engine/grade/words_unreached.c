/* words_unreached.c -- those who wait for what nobody can bring about any more, while others go on.
 *
 * The trace says when it arose (STUCK); that is told as the number of a step of the story.
 */
#include "grade/lines.h"
#include "grade/words_finding.h"
#include "grade/words_sync.h"

enum { MOST_OTHERS = 3 };

/* "so nobody will ever receive from results" */
static void never(const struct telling *t, const struct event *block)
{
    const char *object = telling_what(t, block->obj);

    switch (block->extra) {
    case WAIT_SEND: text_addf(t->out, "receive from %s", object); break;
    case WAIT_RECV: text_addf(t->out, "send on %s or close it", object); break;
    case WAIT_LOCK:
    case WAIT_RLOCK:
    case WAIT_READERS: text_addf(t->out, "unlock %s", object); break;
    case WAIT_WG: text_addf(t->out, "call Done of %s", object); break;
    case WAIT_COND: text_addf(t->out, "signal %s", object); break;
    case WAIT_SEMAPHORE: text_addf(t->out, "release %s", object); break;
    default: text_add(t->out, "let it go on"); break;
    }
}

/* The number of the step an event belongs to in the story; 0: out of memory. */
static uint32_t step_of(const struct telling *t, const struct event *event)
{
    struct lines lines;
    uint32_t step;

    if (!lines_init(&lines, t->trace))
        return 0;
    step = lines_of_event(&lines, (uint32_t)(event - t->trace->events));
    lines_release(&lines);
    return step;
}

/* What it waits at. */
static void what(const struct telling *t, const struct event *block)
{
    if (block->obj)
        text_add(t->out, telling_what(t, block->obj));
    else
        text_add(t->out, block->extra == WAIT_SELECT ? "a channel of its select"
                                                     : "what it waits for");
}

static bool is_never(const struct event *block)
{
    return block->extra == WAIT_NIL_SEND || block->extra == WAIT_NIL_RECV ||
           block->extra == WAIT_EMPTY_SELECT;
}

/* Whether a BLOCK, or one of the cases told after it, is at an object; 0: at any. */
static bool waits_at(const struct telling *t, const struct event *block, uint32_t obj)
{
    const struct event *end = t->trace->events + t->trace->count;

    if (block->obj)
        return !obj || block->obj == obj;
    for (const struct event *at = block + 1; at < end && at->kind == EVENT_BLOCK_CASE; at++)
        if (at->g == block->g && at->obj && (!obj || at->obj == obj))
            return true;
    return false;
}

/* The last step of somebody else at what it waits at; NULL: none. */
static const struct event *last_touch(const struct telling *t, const struct event *block)
{
    for (uint32_t i = t->trace->count; i-- > 0;) {
        const struct event *event = &t->trace->events[i];

        if (event->obj && event->g != block->g && event_is_step(event) &&
            waits_at(t, block, event->obj))
            return event;
    }
    return NULL;
}

/* What a C program keeps in its stack is the compiler's choice, so no STUCK is told of it: then it
 * is said since when nobody came to the object, which is as true and less. */
void telling_since(const struct telling *t)
{
    const struct event *block = telling_block(t);
    const struct event *stuck =
        telling_last(t, UINT32_MAX, EVENT_STUCK, t->finding->at.g, 0);
    const struct event *since = stuck || !block ? stuck : last_touch(t, block);
    uint32_t step = since && block ? step_of(t, since) : 0;

    if (!step || is_never(block) || !waits_at(t, block, 0))
        return;
    text_addf(t->out, stuck ? "From step %u on no goroutine that could still run held "
                            : "After step %u nobody else came to ", step);
    what(t, block);
    text_add(t->out, ". ");
}

void telling_unreached_title(const struct telling *t)
{
    const struct event *block = telling_block(t);

    text_addf(t->out, "deadlock: %s is blocked for ever", telling_who(t, t->finding->at.g));
    if (block) {
        text_add_char(t->out, ' ');
        telling_waiting(t, block);
    }
    telling_brackets(t, t->finding->at.file, t->finding->at.line);
}

/* Who else is stuck. */
static const struct event *others(const struct telling *t)
{
    const struct event *first = NULL;
    uint32_t told = 0, more = 0;

    for (uint32_t i = 0; i < t->trace->count; i++) {
        const struct event *event = &t->trace->events[i], *block;

        if (event->kind != EVENT_STUCK || event->g == t->finding->at.g)
            continue;
        block = telling_last(t, i, EVENT_BLOCK, event->g, 0);
        if (!block)
            continue;
        if (told == MOST_OTHERS) {
            more++;
            continue;
        }
        told++;
        first = first ? first : block;
        text_addf(t->out, "%s, too, waits for ever, ", telling_who(t, event->g));
        telling_at(t, block);
        text_add_char(t->out, ' ');
        words_wait(t->out, t->trace, t->names, (uint32_t)(block - t->trace->events));
        text_add(t->out, ". ");
    }
    if (more > 0)
        text_addf(t->out, "So do %u more. ", more);
    return first;
}

void telling_unreached_why(const struct telling *t)
{
    const struct event *block = telling_block(t);

    if (!block)
        return;
    telling_started(t, t->finding->at.g);
    text_add(t->out, "It waits ");
    telling_at(t, block);
    text_add_char(t->out, ' ');
    words_wait(t->out, t->trace, t->names, (uint32_t)(block - t->trace->events));
    text_add(t->out, ". Others go on");
    if (is_never(block)) {
        text_add(t->out, ". ");
    } else {
        text_add(t->out, ", but none of them holds ");
        what(t, block);
        text_add(t->out, " any more: nobody will ever ");
        never(t, block);
        text_add(t->out, ". ");
    }
    telling_wait_fix(t, block, others(t));
}
