/* expect.c -- holds a run against what its exercise asks. */
#include "grade/expect.h"

#include "base/text.h"
#include "check/order.h"
#include "grade/busy.h"
#include "rt/run.h"

#include <stdlib.h>
#include <string.h>

struct expect {
    struct watcher watcher;
    const struct expectation *want;
    struct findings *findings;
    struct text output;
    uint32_t goroutines;
    uint32_t under_way, together; /* besides main: now, and at most in this run */
    uint32_t heard;          /* of those: by main, as it returned */
    uint32_t values;         /* received, not the zero ones of a closed channel */
    uint32_t cancels;
    int64_t elapsed;
    struct busy busy;
    struct order order;      /* kept when it is asked for */
    struct usage usage;
    uint32_t signal;         /* what ended the program, a text of the trace; 0: none did */
};

struct line {
    const char *at;
    size_t len;
};

static void begin(struct watcher *self, struct run *run)
{
    struct expect *e = (struct expect *)self;

    (void)run;
    text_clear(&e->output);
    e->goroutines = e->values = e->under_way = e->together = 0;
    e->cancels = 0;
    e->elapsed = 0;
    busy_clear(&e->busy);
    order_clear(&e->order);
    e->heard = 0;
    e->usage = (struct usage){0};
    e->signal = 0;
}

static void started(struct expect *e)
{
    e->goroutines++;
    if (++e->under_way > e->together)
        e->together = e->under_way;
}

/* Of how many goroutines something happened before what main does now: their first tick is that of
 * the first thing they handed on. */
static uint32_t heard(struct expect *e)
{
    uint32_t n = 0;

    if (e->want->heard_min == 0 || !order_tick(&e->order, 1))
        return 0;
    for (uint32_t g = 2; g <= e->order.last_goroutine; g++)
        n += order_before(&e->order, g, 1, e->order.goroutines[g].born, 1);
    return n;
}

/* What it is told of; all, when the order is asked for. */
static const uint8_t wanted[] = {
    EVENT_PRINT, EVENT_GO, EVENT_END, EVENT_RECV, EVENT_SEND, EVENT_CANCEL, EVENT_EXIT,
    EVENT_USAGE, EVENT_TIME, EVENT_SLEEP, EVENT_WORK, EVENT_WAKE, EVENT_NONE,
};

static void event(struct watcher *self, struct run *run, const struct event *event)
{
    struct expect *e = (struct expect *)self;

    if (event->flags & EVENT_AFTERMATH && !(event->kind == EVENT_END && event->g == 1))
        return;
    if (e->want->heard_min) {
        order_event(&e->order, event);
        if ((event->kind == EVENT_END && event->g == 1) || event->kind == EVENT_EXIT)
            e->heard = heard(e);
    }
    switch (event->kind) {
    case EVENT_PRINT:
        if (run->trace)
            text_add(&e->output, trace_text(run->trace, event->text));
        break;
    case EVENT_GO: started(e); break;
    case EVENT_END:
        if (event->g == 1)
            e->elapsed = event->time;
        else
            e->under_way--;
        break;
    case EVENT_EXIT:
        e->signal = event->text;
        e->elapsed = event->time;
        break;
    case EVENT_RECV: e->values += !(event->flags & EVENT_CLOSED); break;
    case EVENT_SEND: e->values += event->other != 0; break;
    case EVENT_CANCEL: e->cancels += event->other == 0; break;
    case EVENT_USAGE: usage_event(&e->usage, event); break;
    default: busy_event(&e->busy, event); break;
    }
}

/* --- comparing ----------------------------------------------------------- */

static struct line *lines_of(const char *text, size_t len, size_t *n)
{
    const char *end = text + len;
    struct line *lines;

    *n = 0;
    for (const char *p = text; p < end; p++)
        *n += *p == '\n' || p + 1 == end;
    lines = malloc((*n + 1) * sizeof *lines);
    if (!lines)
        return NULL;
    *n = 0;
    while (text < end) {
        const char *nl = memchr(text, '\n', (size_t)(end - text));
        const char *stop = nl ? nl : end;

        lines[(*n)++] = (struct line){text, (size_t)(stop - text)};
        text = stop + 1;
    }
    return lines;
}

static int compare_lines(const void *a, const void *b)
{
    const struct line *x = a, *y = b;
    int d = memcmp(x->at, y->at, x->len < y->len ? x->len : y->len);

    return d ? d : x->len < y->len ? -1 : x->len > y->len;
}

static void quote(struct text *out, struct line line)
{
    text_add(out, "'");
    text_add_n(out, line.at, line.len > 60 ? 60 : line.len);
    text_add(out, line.len > 60 ? "...'" : "'");
}

/* Says in words how the lines differ; nothing when they do not. */
static void differ(struct text *out, struct line *want, size_t nwant, struct line *got, size_t ngot,
                   bool any_order)
{
    size_t i = 0;

    if (any_order) {
        qsort(want, nwant, sizeof *want, compare_lines);
        qsort(got, ngot, sizeof *got, compare_lines);
    }
    while (i < nwant && i < ngot && compare_lines(&want[i], &got[i]) == 0)
        i++;
    if (i == nwant && i == ngot)
        return;
    if (any_order) {
        bool missing = i == ngot || (i < nwant && compare_lines(&want[i], &got[i]) < 0);

        text_add(out, "the line ");
        quote(out, missing ? want[i] : got[i]);
        text_add(out, missing ? " is missing from the output" : " should not be in the output");
    } else if (i == ngot) {
        text_addf(out, "line %zu of the output should be ", i + 1);
        quote(out, want[i]);
        text_add(out, " but the output ends before it");
    } else if (i == nwant) {
        text_addf(out, "line %zu of the output, ", i + 1);
        quote(out, got[i]);
        text_add(out, ", is more than was asked for");
    } else {
        text_addf(out, "line %zu of the output should be ", i + 1);
        quote(out, want[i]);
        text_add(out, " but is ");
        quote(out, got[i]);
    }
    text_addf(out, " (%zu line%s expected, %zu printed)", nwant, nwant == 1 ? "" : "s", ngot);
}

static void compare_output(struct text *out, const struct expect *e)
{
    size_t nwant, ngot;
    struct line *want = lines_of(e->want->output, strlen(e->want->output), &nwant);
    struct line *got = lines_of(text_string(&e->output), e->output.len, &ngot);

    if (want && got)
        differ(out, want, nwant, got, ngot, e->want->any_order);
    free(want);
    free(got);
}

/* What was made of the time. */
static void compare_time(struct text *out, const struct expect *e)
{
    const struct expectation *want = e->want;
    double utilisation = usage_utilisation(&e->usage), speedup = usage_speedup(&e->usage);
    int64_t peak = e->usage.at[USAGE_PEAK];

    if (want->elapsed_max && e->elapsed > want->elapsed_max)
        text_addf(out, "main took %lld ms of virtual time, the exercise allows %lld ms",
                  (long long)(e->elapsed / 1000000), (long long)(want->elapsed_max / 1000000));
    else if (e->busy.besides < want->busy_min)
        text_addf(out,
                  "goroutines besides main slept or worked for %lld ms in all, the exercise asks "
                  "for %lld ms",
                  (long long)(e->busy.besides / 1000000), (long long)(want->busy_min / 1000000));
    else if (e->busy.most < want->at_once_min)
        text_addf(out, "at most %u goroutine%s slept or worked at once, the exercise asks for %u",
                  e->busy.most, e->busy.most == 1 ? "" : "s", want->at_once_min);
    else if (want->at_once_max && e->busy.most > want->at_once_max)
        text_addf(out, "%u goroutines slept or worked at once, the exercise allows %u",
                  e->busy.most, want->at_once_max);
    else if (peak < want->parallel_min)
        text_addf(out, "at most %lld worked at once, the exercise asks for %u", (long long)peak,
                  want->parallel_min);
    else if (want->parallel_max && peak > want->parallel_max)
        text_addf(out, "%lld worked at once, the exercise allows %u", (long long)peak,
                  want->parallel_max);
    else if (utilisation < want->utilisation_min)
        text_addf(out, "the utilisation of the processors is %.3f, the exercise asks for %.3f",
                  utilisation, want->utilisation_min);
    else if (speedup < want->speedup_min)
        text_addf(out, "the speed-up against one processor is %.3f, the exercise asks for %.3f",
                  speedup, want->speedup_min);
}

static void compare_numbers(struct text *out, const struct expect *e)
{
    const struct expectation *want = e->want;

    if (e->goroutines < want->goroutines_min)
        text_addf(out, "the exercise asks for at least %u goroutines besides main, %u started",
                  want->goroutines_min, e->goroutines);
    else if (want->goroutines_max && e->goroutines > want->goroutines_max)
        text_addf(out, "the exercise allows %u goroutines besides main, %u started",
                  want->goroutines_max, e->goroutines);
    else if (e->values < want->values_min)
        text_addf(out, "the exercise asks for at least %u values sent and received, %u were",
                  want->values_min, e->values);
    else if (want->values_max && e->values > want->values_max)
        text_addf(out, "the exercise allows %u values sent and received, %u were", want->values_max,
                  e->values);
    else if (e->cancels < want->cancels_min && e->findings->count == 0) /* a leak says it better */
        text_addf(out, "the exercise asks for %u cancelled contexts, %u were", want->cancels_min,
                  e->cancels);
    else
        compare_time(out, e);
    if (!out->len && e->heard < want->heard_min)
        text_addf(out, "main had heard of %u goroutine%s when it returned, the exercise asks for %u",
                  e->heard, e->heard == 1 ? "" : "s", want->heard_min);
}

/* The last that main did; UINT32_MAX: nothing. */
static uint32_t last_of_main(const struct trace *trace)
{
    for (uint32_t i = trace ? trace->count : 0; i-- > 0;) {
        const struct event *event = &trace->events[i];

        if (event->g == 1 && (event->kind == EVENT_END || !(event->flags & EVENT_AFTERMATH)))
            return i;
    }
    return UINT32_MAX;
}

static void add_finding(struct expect *e, struct run *run, const struct text *why)
{
    uint32_t last = last_of_main(run->trace);
    struct finding finding = {.kind = FINDING_WRONG_ANSWER, .event = last};

    finding.text = run_text(run, why->at, why->len);
    finding.at = (struct finding_place){.g = 1, .event = last};
    if (last != UINT32_MAX) {
        finding.at.line = run->trace->events[last].line;
        finding.at.file = run->trace->events[last].file;
        finding.at.pc = run->trace->events[last].pc;
    }
    finding_add(e->findings, &finding);
}

uint32_t expect_together(const struct watcher *watcher)
{
    return ((const struct expect *)watcher)->together;
}

void expect_alone(struct watcher *watcher, struct run *run, uint32_t most)
{
    struct expect *e = (struct expect *)watcher;
    struct text why = {0};

    text_addf(&why, "the exercise asks for %u goroutines at once besides main, and no run ever has "
                    "more than %u", e->want->together_min, most);
    if (most == 1)
        text_add(&why, ": each ends before the next one starts");
    add_finding(e, run, &why);
    text_release(&why);
}

static void end(struct watcher *self, struct run *run)
{
    struct expect *e = (struct expect *)self;
    const struct expectation *want = e->want;
    struct text why = {0};

    if (run->end != RUN_DONE && run->end != RUN_EXIT)
        return;
    if (e->signal && run->trace && *trace_text(run->trace, e->signal))
        text_addf(&why, "%s: the program did not ask for it and was ended, with exit code %d",
                  trace_text(run->trace, e->signal), run->exit_code);
    if (!why.len && want->output)
        compare_output(&why, e);
    if (!why.len && run->exit_code != 0)
        text_addf(&why, "main ended with exit code %d", run->exit_code);
    if (!why.len)
        compare_numbers(&why, e);
    if (why.len)
        add_finding(e, run, &why);
    text_release(&why);
}

struct watcher *expect_new(const struct expectation *expectation, struct findings *findings)
{
    struct expect *e = calloc(1, sizeof *e);

    if (!e)
        return NULL;
    e->want = expectation;
    e->findings = findings;
    e->watcher = (struct watcher){
        .begin = begin, .event = event, .end = end,
        .wants = expectation->heard_min ? NULL : wanted};
    return &e->watcher;
}

void expect_free(struct watcher *watcher)
{
    struct expect *e = (struct expect *)watcher;

    if (!e)
        return;
    text_release(&e->output);
    busy_release(&e->busy);
    order_release(&e->order);
    free(e);
}
