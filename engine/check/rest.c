/* rest.c -- what a run stood still or broke off with.
 *
 * Looks once, at the end: the run says how it ended and who is left, the trace
 * where each of them came to wait.
 */
#include "check/blocked.h"
#include "check/check.h"
#include "base/memory.h"
#include "rt/run.h"

#include <stdlib.h>

struct rest {
    struct watcher watcher; /* first: a watcher's address is its rest's */
    struct findings *findings;
};

/* Ends that are a finding of their own, told where the run was. */
static const struct {
    enum run_end end;
    enum finding_kind kind;
} broken_off[] = {
    {RUN_LIVELOCK, FINDING_LIVELOCK},
    {RUN_STEPS, FINDING_OVER_STEPS},
    {RUN_TICKS, FINDING_OVER_TICKS},
    {RUN_MEMORY, FINDING_OVER_MEMORY},
    {RUN_OUTPUT, FINDING_OVER_OUTPUT},
    {RUN_STACK, FINDING_STACK},
    {RUN_WILD, FINDING_WILD},
    {RUN_UNDEFINED, FINDING_UNDEFINED},
    {RUN_DIVERGED, FINDING_DIVERGED},
};

/* The index of the last event of a kind by g (0: by anybody), UINT32_MAX when none. */
static uint32_t last_of(const struct trace *trace, enum event_kind kind, uint32_t g)
{
    uint32_t i = trace ? trace->count : 0;

    while (i-- > 0)
        if (trace->events[i].kind == kind && (g == 0 || trace->events[i].g == g))
            return i;
    return UINT32_MAX;
}

/* The last event that any goroutine, or this one, had a hand in. */
static uint32_t last_by(const struct trace *trace, uint32_t g)
{
    uint32_t i = trace ? trace->count : 0;

    while (i-- > 0)
        if (g == 0 ? trace->events[i].g != 0 : trace->events[i].g == g)
            return i;
    return UINT32_MAX;
}

static struct finding new_finding(enum finding_kind kind)
{
    struct finding finding = {.kind = kind, .event = UINT32_MAX};

    finding.at.event = finding.other.event = UINT32_MAX;
    return finding;
}

/* The place an event happened at. */
static void set_place(struct finding *finding, const struct trace *trace, uint32_t index)
{
    const struct event *event = &trace->events[index];

    finding->event = index;
    finding->at.g = event->g;
    finding->at.line = event->line;
    finding->at.file = event->file;
    finding->at.pc = event->pc;
    finding->at.event = index;
}

/* The place a goroutine is at. */
static void set_goroutine(struct finding *finding, const struct goroutine *g)
{
    finding->at.g = g->id;
    finding->at.line = g->line;
    finding->at.file = g->file;
    finding->at.pc = g->pc;
}

static void blocked(struct rest *rest, const struct run *run, struct goroutine *g,
                    enum finding_kind kind)
{
    struct finding finding = new_finding(kind);

    set_goroutine(&finding, g);
    if (goroutine_is_blocked(g)) {
        finding.obj = g->wait_obj;
        if (g->told)
            finding.event = finding.at.event = last_of(run->trace, EVENT_BLOCK, g->id);
    } else {
        finding.value = 1;
        finding.at.event = last_by(run->trace, g->id);
    }
    finding_add(rest->findings, &finding);
}

/* A panic or a false check: the event that says it has text and place. */
static void said(struct rest *rest, const struct run *run, enum event_kind event,
                 enum finding_kind kind)
{
    struct finding finding = new_finding(kind);
    uint32_t index = last_of(run->trace, event, 0);

    if (index != UINT32_MAX) {
        set_place(&finding, run->trace, index);
        finding.text = run->trace->events[index].text;
        finding.obj = run->trace->events[index].obj;
    } else if (run->self) {
        set_goroutine(&finding, run->self);
    }
    finding_add(rest->findings, &finding);
}

static void stopped(struct rest *rest, const struct run *run, enum finding_kind kind)
{
    struct finding finding = new_finding(kind);
    uint32_t index = last_by(run->trace, run->self ? run->self->id : 0);

    if (index != UINT32_MAX)
        set_place(&finding, run->trace, index);
    if (run->self)
        set_goroutine(&finding, run->self);
    finding.event = UINT32_MAX;
    finding_add(rest->findings, &finding);
}

static void leaked(struct rest *rest, const struct run *run)
{
    for (struct goroutine *g = run->live; g; g = g->next)
        blocked(rest, run, g, FINDING_LEAK);
}

/* Told of main, or, after its Goexit, of the first that is left; when nobody is, of that Goexit. */
static void deadlocked(struct rest *rest, const struct run *run)
{
    struct finding finding = new_finding(FINDING_DEADLOCK);
    uint32_t index;

    if (run->live) {
        blocked(rest, run, run->live, FINDING_DEADLOCK);
        return;
    }
    index = last_of(run->trace, EVENT_END, 1);
    if (index != UINT32_MAX)
        set_place(&finding, run->trace, index);
    finding_add(rest->findings, &finding);
}

/* Whether a budget ran out after main had returned: somebody never ends, and that is
 * the fault, for with main the program would have been over. */
static bool ran_on(const struct run *run)
{
    return run->main_done && (run->end == RUN_LIVELOCK || run->end == RUN_STEPS ||
                              run->end == RUN_TICKS || run->end == RUN_OUTPUT);
}

static void rest_end(struct watcher *watcher, struct run *run)
{
    struct rest *rest = (struct rest *)watcher;

    switch (run->end) {
    case RUN_DEADLOCK:
        deadlocked(rest, run);
        return;
    case RUN_DONE:
        leaked(rest, run);
        return;
    case RUN_PANIC:
        said(rest, run, EVENT_PANIC, FINDING_PANIC);
        return;
    case RUN_CHECK:
        said(rest, run, EVENT_CHECK, FINDING_WRONG_ANSWER);
        return;
    default:
        break;
    }
    if (ran_on(run)) {
        leaked(rest, run);
        return;
    }
    for (size_t i = 0; i < sizeof broken_off / sizeof broken_off[0]; i++)
        if (broken_off[i].end == run->end)
            stopped(rest, run, broken_off[i].kind);
}

struct watcher *rest_new(struct findings *findings)
{
    struct rest *rest = memory_zeroed(1, sizeof *rest);

    if (!rest)
        return NULL;
    rest->watcher.end = rest_end;
    rest->findings = findings;
    return &rest->watcher;
}

void rest_free(struct watcher *watcher)
{
    free(watcher);
}
