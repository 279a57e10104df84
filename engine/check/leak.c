/* leak.c -- contexts that were still live when main returned, for nobody cancels them.
 *
 * Contexts are rare: a list of those that can be cancelled, searched from its end, is enough.
 */
#include "base/memory.h"
#include "check/check.h"
#include "rt/run.h"

#include <stdlib.h>

struct owed {
    uint32_t context; /* id */
    bool paid;        /* it ended while main was there, or somebody called its cancel */
    struct finding_place made;
};

struct leak {
    struct watcher watcher; /* first: a watcher's address is its leak's */
    struct findings *findings;
    struct owed *owed;      /* by id of their contexts */
    uint32_t count, cap;
    struct finding_place made; /* of the context made last: its done channel comes next */
    uint32_t last;             /* its id */
};

static void owe(struct leak *leak)
{
    if (leak->count == leak->cap) {
        uint32_t cap = leak->cap ? 2 * leak->cap : 16;
        struct owed *more = memory_resize(leak->owed, cap * sizeof *more);

        if (!more)
            return; /* a leak less is told */
        leak->owed = more;
        leak->cap = cap;
    }
    leak->owed[leak->count++] = (struct owed){.context = leak->last, .made = leak->made};
}

static void pay(struct leak *leak, uint32_t context)
{
    for (uint32_t i = leak->count; i-- > 0;)
        if (leak->owed[i].context == context) {
            leak->owed[i].paid = true;
            return;
        }
}

/* Only what can be cancelled has a done channel of its own. */
static void made(struct leak *leak, const struct run *run, const struct event *event)
{
    if (event->extra == OBJECT_CONTEXT) {
        leak->last = event->obj;
        leak->made = (struct finding_place){
            .g = event->g, .line = event->line, .file = event->file, .pc = event->pc,
            .event = run->trace && run->trace->count ? run->trace->count - 1 : UINT32_MAX};
    } else if (event->extra == OBJECT_CHAN && event->other && event->other == leak->last &&
               !(event->flags & EVENT_AFTERMATH)) {
        owe(leak);
    }
}

static const uint8_t wanted[] = {EVENT_MAKE, EVENT_CANCEL, EVENT_LOOK, EVENT_NONE};

static void leak_event(struct watcher *watcher, struct run *run, const struct event *event)
{
    struct leak *leak = (struct leak *)watcher;

    if (event->kind == EVENT_MAKE)
        made(leak, run, event);
    else if (leak->count == 0)
        return;
    else if (event->kind == EVENT_CANCEL && (event->g || !(event->flags & EVENT_AFTERMATH)))
        pay(leak, event->obj);
    else if (event->kind == EVENT_LOOK && event->extra == 1)
        pay(leak, event->obj);
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
        struct finding finding = {.kind = FINDING_LEAK, .value = 2, .obj = leak->owed[i].context,
                                  .event = leak->owed[i].made.event, .at = leak->owed[i].made};

        finding.other.event = UINT32_MAX;
        if (!leak->owed[i].paid)
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
