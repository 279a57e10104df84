/* leak.c -- contexts that were still live when main returned, for nobody cancels them, and tickers
 * that go on when who made them has ended.
 *
 * Both are rare: a list of them, searched from its end, is enough.  A timer is none of them: not
 * stopped, it fires once and is gone.
 */
#include "base/memory.h"
#include "check/check.h"
#include "rt/run.h"

#include <stdlib.h>

struct owed {
    uint32_t obj;     /* id */
    bool ticker;      /* else a context */
    bool paid;        /* it was stopped; or ended while main was there, or its cancel was called */
    bool left;        /* tickers: who made it has ended */
    struct finding_place made;
};

struct leak {
    struct watcher watcher; /* first: a watcher's address is its leak's */
    struct findings *findings;
    struct owed *owed;      /* by id */
    uint32_t count, cap;
    struct finding_place made; /* of the context made last: its done channel comes next */
    uint32_t last;             /* its id */
};

static void owe(struct leak *leak, const struct owed *what)
{
    if (leak->count == leak->cap) {
        uint32_t cap = leak->cap ? 2 * leak->cap : 16;
        struct owed *more = memory_resize(leak->owed, cap * sizeof *more);

        if (!more)
            return; /* a leak less is told */
        leak->owed = more;
        leak->cap = cap;
    }
    leak->owed[leak->count++] = *what;
}

static void pay(struct leak *leak, uint32_t obj, bool paid)
{
    for (uint32_t i = leak->count; i-- > 0;)
        if (leak->owed[i].obj == obj) {
            leak->owed[i].paid = paid;
            return;
        }
}

static struct finding_place place_of(const struct run *run, const struct event *event)
{
    return (struct finding_place){
        .g = event->g, .line = event->line, .file = event->file, .pc = event->pc,
        .event = run->trace && run->trace->count ? run->trace->count - 1 : UINT32_MAX};
}

/* Only what can be cancelled has a done channel of its own. */
static void made(struct leak *leak, const struct run *run, const struct event *event)
{
    if (event->extra == OBJECT_CONTEXT) {
        leak->last = event->obj;
        leak->made = place_of(run, event);
    } else if (event->extra == OBJECT_TICKER && !(event->flags & EVENT_AFTERMATH)) {
        owe(leak, &(struct owed){.obj = event->obj, .ticker = true, .made = place_of(run, event)});
    } else if (event->extra == OBJECT_CHAN && event->other && event->other == leak->last &&
               !(event->flags & EVENT_AFTERMATH)) {
        owe(leak, &(struct owed){.obj = leak->last, .made = leak->made});
    }
}

static const uint8_t wanted[] = {EVENT_MAKE, EVENT_CANCEL, EVENT_LOOK, EVENT_TIMER_STOP,
                                 EVENT_TIMER_RESET, EVENT_END, EVENT_NONE};

/* Main's end is the program's: its tickers go with it. */
static void ended(struct leak *leak, const struct event *event)
{
    for (uint32_t i = 0; i < leak->count && event->g != 1; i++)
        leak->owed[i].left |= leak->owed[i].ticker && leak->owed[i].made.g == event->g;
}

static void leak_event(struct watcher *watcher, struct run *run, const struct event *event)
{
    struct leak *leak = (struct leak *)watcher;

    if (event->kind == EVENT_MAKE)
        made(leak, run, event);
    else if (leak->count == 0)
        return;
    else if (event->kind == EVENT_CANCEL && (event->g || !(event->flags & EVENT_AFTERMATH)))
        pay(leak, event->obj, true);
    else if ((event->kind == EVENT_LOOK && event->extra == 1) || event->kind == EVENT_TIMER_STOP)
        pay(leak, event->obj, true);
    else if (event->kind == EVENT_TIMER_RESET)
        pay(leak, event->obj, false);
    else if (event->kind == EVENT_END && !(event->flags & EVENT_AFTERMATH))
        ended(leak, event);
}

static void leak_begin(struct watcher *watcher, struct run *run)
{
    struct leak *leak = (struct leak *)watcher;

    (void)run;
    leak->count = leak->last = 0;
}

static void leak_end(struct watcher *watcher, struct run *run)
{
    struct leak *leak = (struct leak *)watcher;

    if (run->end != RUN_DONE || leak->findings->count > 0)
        return;
    for (uint32_t i = 0; i < leak->count; i++) {
        const struct owed *owed = &leak->owed[i];
        struct finding finding = {.kind = FINDING_LEAK, .value = owed->ticker ? 3 : 2,
                                  .obj = owed->obj, .event = owed->made.event, .at = owed->made};

        finding.other.event = UINT32_MAX;
        if (!owed->paid && (owed->left || !owed->ticker))
            finding_add(leak->findings, &finding);
    }
}

struct watcher *leak_new(struct findings *findings)
{
    struct leak *leak = memory_zeroed(1, sizeof *leak);

    if (!leak)
        return NULL;
    leak->watcher = (struct watcher){
        .begin = leak_begin, .event = leak_event, .wants = wanted, .end = leak_end};
    leak->findings = findings;
    return &leak->watcher;
}

void leak_free(struct watcher *watcher)
{
    struct leak *leak = (struct leak *)watcher;

    if (leak)
        free(leak->owed);
    free(leak);
}
