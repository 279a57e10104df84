/* words_waits.c -- who waits for whom, as a line:
 *
 *     main ──waits for wg──▶ worker 1 ──waits for mu──▶ main
 *
 * Each waits for who could let it go on and is blocked itself: who holds the lock, who has not
 * called Done, who was the last to do the other half of a send or receive.  The line ends where it
 * comes back, or where nobody is left.
 */
#include "grade/words.h"

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 76, HOPS = 12 };

struct waits {
    const struct trace *trace;
    const struct names *names;
    uint32_t *block; /* by goroutine: the BLOCK it still stands in; UINT32_MAX: none */
    uint32_t n;      /* goroutines */
};

uint32_t *words_blocked(const struct trace *trace, const struct names *names, uint32_t *count)
{
    uint32_t n = names_goroutines(names);
    uint32_t *block = malloc(((size_t)n + 1) * sizeof *block);

    *count = block ? n : 0;
    if (!block)
        return NULL;
    for (uint32_t g = 0; g <= n; g++)
        block[g] = UINT32_MAX;
    for (uint32_t i = 0; i < trace->count; i++) {
        const struct event *event = &trace->events[i];

        if (event->kind == EVENT_BLOCK_CASE || event->kind == EVENT_STUCK)
            continue;
        if (event->g <= n)
            block[event->g] = event->kind == EVENT_BLOCK ? i : UINT32_MAX;
        if ((event->kind == EVENT_SEND || event->kind == EVENT_RECV) && event->other <= n)
            block[event->other] = UINT32_MAX;
    }
    return block;
}

static bool stands(const struct waits *w, uint32_t g)
{
    return g >= 1 && g <= w->n && w->block[g] != UINT32_MAX;
}

/* Who locked it and has not unlocked it, for writing or reading. */
static uint32_t holder(const struct waits *w, uint32_t obj, uint32_t not)
{
    for (uint32_t i = w->trace->count; i-- > 0;) {
        const struct event *event = &w->trace->events[i];

        if (event->obj != obj)
            continue;
        if (event->kind == EVENT_UNLOCK)
            return 0;
        if (event->kind == EVENT_LOCK)
            return event->g;
        if (event->kind == EVENT_RLOCK && event->g != not)
            return event->g;
    }
    return 0;
}

static bool called_done(const struct waits *w, uint32_t wg, uint32_t g)
{
    for (uint32_t i = 0; i < w->trace->count; i++) {
        const struct event *event = &w->trace->events[i];

        if (event->kind == EVENT_WG_ADD && event->obj == wg && event->g == g && event->value < 0)
            return true;
    }
    return false;
}

static uint32_t owes_done(const struct waits *w, uint32_t wg, uint32_t not)
{
    for (uint32_t g = 2; g <= w->n; g++)
        if (g != not && stands(w, g) && !called_done(w, wg, g) &&
            w->trace->events[w->block[g]].obj != wg)
            return g;
    return 0;
}

/* Who did the other half last, or, if nobody ever did, the only other one that stands. */
static uint32_t partner(const struct waits *w, uint32_t chan, bool sends, uint32_t not)
{
    uint32_t only = 0, many = 0;

    for (uint32_t i = w->trace->count; i-- > 0;) {
        const struct event *event = &w->trace->events[i];
        uint32_t g = 0;

        if (event->obj != chan)
            continue;
        if (event->kind == EVENT_RECV)
            g = sends ? event->g : event->other;
        else if (event->kind == EVENT_SEND)
            g = sends ? event->other : event->g;
        if (g && g != not && stands(w, g))
            return g;
    }
    for (uint32_t g = 1; g <= w->n; g++)
        if (g != not && stands(w, g) && w->trace->events[w->block[g]].obj != chan) {
            only = g;
            many++;
        }
    return many == 1 ? only : 0;
}

/* Whom the wait of g is for; 0: nobody that is left. */
static uint32_t whom(const struct waits *w, uint32_t g)
{
    const struct event *block = &w->trace->events[w->block[g]];

    switch (block->extra) {
    case WAIT_LOCK: case WAIT_RLOCK: case WAIT_READERS: return holder(w, block->obj, g);
    case WAIT_WG: return owes_done(w, block->obj, g);
    case WAIT_SEND: return partner(w, block->obj, true, g);
    case WAIT_RECV: return partner(w, block->obj, false, g);
    default: return 0;
    }
}

static void hop(struct text *out, size_t *column, const char *what, const char *who, bool ascii)
{
    const char *dashes = ascii ? "--" : "──", *head = ascii ? "-->" : "──▶";
    size_t len = 1 + 2 + strlen(what) + 3 + 1 + strlen(who);

    if (*column + len > WIDTH) {
        text_add(out, "\n    ");
        *column = 4;
    } else {
        text_add_char(out, ' ');
    }
    text_addf(out, "%s%s%s %s", dashes, what, head, who);
    *column += len;
}

/* While others go on, who waits may yet be let go: only those count that cannot be. */
static void leave_stuck(const struct waits *w)
{
    for (uint32_t g = 1; g <= w->n; g++) {
        uint32_t i = w->block[g];

        while (i < w->trace->count &&
               !(w->trace->events[i].kind == EVENT_STUCK && w->trace->events[i].g == g))
            i++;
        if (i >= w->trace->count)
            w->block[g] = UINT32_MAX;
    }
}

bool words_waits(struct text *out, const struct trace *trace, const struct names *names,
                 const struct finding *finding, bool ascii)
{
    struct waits w = {trace, names, NULL, 0};
    uint32_t g = finding->at.g, path[HOPS];
    size_t column;
    bool back = false;

    w.block = words_blocked(trace, names, &w.n);
    if (w.block && finding->value == 2)
        leave_stuck(&w);
    if (!w.block || !stands(&w, g)) {
        free(w.block);
        return false;
    }
    text_add(out, names_goroutine(names, g));
    column = strlen(names_goroutine(names, g));
    for (uint32_t n = 0; n < HOPS && stands(&w, g) && !back; n++) {
        const struct event *block = &trace->events[w.block[g]];
        struct text what = {0};

        path[n] = g;
        g = whom(&w, g);
        if (block->obj)
            text_addf(&what, "waits for %s", names_object(names, block->obj));
        else
            text_add(&what, "waits");
        hop(out, &column, text_string(&what), g ? names_goroutine(names, g) : "nobody", ascii);
        text_release(&what);
        for (uint32_t k = 0; k <= n; k++)
            back |= path[k] == g;
    }
    free(w.block);
    return true;
}
