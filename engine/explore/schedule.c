/* schedule.c -- schedules read, written, and taken off traces. */
#include "explore/schedule.h"

#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool add(struct schedule *schedule, const struct schedule_step *step)
{
    if (schedule->count == schedule->cap) {
        size_t cap = schedule->cap ? 2 * schedule->cap : 64;
        struct schedule_step *steps = realloc(schedule->steps, cap * sizeof *steps);
        if (!steps)
            return false;
        schedule->steps = steps;
        schedule->cap = cap;
    }
    schedule->steps[schedule->count++] = *step;
    return true;
}

void schedule_release(struct schedule *schedule)
{
    free(schedule->steps);
    *schedule = (struct schedule){0};
}

static bool same(const struct schedule_step *a, const struct schedule_step *b)
{
    return a->g == b->g && a->chosen_case == b->chosen_case && a->partner == b->partner &&
           a->drawn == b->drawn;
}

/* --- off a trace --------------------------------------------------------- */

static struct schedule_step step_of(const struct event *event)
{
    struct schedule_step step = {.g = event->g, .chosen_case = -1, .drawn = -1};

    if (event->flags & EVENT_CASE_CHOSEN)
        step.chosen_case = (int32_t)event->extra;
    if (event->flags & EVENT_PARTNER_CHOSEN)
        step.partner = event->other;
    if (event->kind == EVENT_RAND)
        step.drawn = event->value;
    return step;
}

/* The panic that ended the run, NULL when none did: the last event by any goroutine.  It is one
 * more turn of its goroutine, unless that was the operation that failed. */
static const struct event *last_panic(const struct trace *trace)
{
    const struct event *panic = NULL;

    for (uint32_t i = trace->count; i-- > 0;) {
        const struct event *event = &trace->events[i];

        if (event->g == 0 || event->kind == EVENT_FRAME)
            continue;
        if (panic || event->kind != EVENT_PANIC)
            return event->kind == EVENT_FAIL && panic && event->g == panic->g ? NULL : panic;
        panic = event;
    }
    return panic;
}

bool schedule_of_trace(struct schedule *out, const struct trace *trace)
{
    struct schedule schedule = {0};
    const struct event *panic = last_panic(trace);

    for (uint32_t i = 0; i < trace->count; i++) {
        const struct event *event = &trace->events[i];
        struct schedule_step step = step_of(event);

        if ((event_is_step(event) || event == panic) && !add(&schedule, &step)) {
            schedule_release(&schedule);
            return false;
        }
    }
    *out = schedule;
    return true;
}

/* Whether the event is what the step says; what the step leaves open may be anything. */
static bool follows(const struct event *event, const struct schedule_step *step)
{
    bool passes = event->kind == EVENT_SEND || event->kind == EVENT_RECV ||
                  event->kind == EVENT_SIGNAL;

    return event->g == step->g &&
           (step->chosen_case < 0 || event->extra == (uint32_t)step->chosen_case) &&
           (step->partner == 0 || (passes && event->other == step->partner)) &&
           (step->drawn < 0 || (event->kind == EVENT_RAND && event->value == step->drawn));
}

int64_t schedule_mismatch(const struct schedule *schedule, const struct trace *trace)
{
    const struct event *panic = last_panic(trace);
    size_t at = 0;

    for (uint32_t i = 0; i < trace->count && at < schedule->count; i++) {
        const struct event *event = &trace->events[i];

        if (!event_is_step(event) && event != panic)
            continue;
        if (!follows(event, &schedule->steps[at]))
            return (int64_t)at;
        at++;
    }
    return at < schedule->count ? (int64_t)at : -1;
}

/* --- written ------------------------------------------------------------- */

static void write_step(struct text *text, const struct schedule_step *step)
{
    text_addf(text, "%" PRIu32, step->g);
    if (step->chosen_case >= 0)
        text_addf(text, ".%" PRId32, step->chosen_case);
    if (step->partner)
        text_addf(text, "@%" PRIu32, step->partner);
    if (step->drawn >= 0)
        text_addf(text, "=%" PRId64, step->drawn);
}

char *schedule_text(const struct schedule *schedule)
{
    struct text text = {0};
    size_t next;

    if (schedule->count == 0)
        text_add(&text, "rr");
    for (size_t i = 0; i < schedule->count; i = next) {
        for (next = i + 1; next < schedule->count; next++)
            if (!same(&schedule->steps[i], &schedule->steps[next]))
                break;
        if (i > 0)
            text_add_char(&text, ' ');
        write_step(&text, &schedule->steps[i]);
        if (next - i > 1)
            text_addf(&text, "x%zu", next - i);
    }
    return text_take(&text);
}

/* --- read ---------------------------------------------------------------- */

struct reader {
    const char *text, *at;
    char *error;
    size_t error_size;
};

static bool wrong(const struct reader *reader, const char *at, const char *what)
{
    int len = (int)strcspn(at, " \t\r\n");

    snprintf(reader->error, reader->error_size, "schedule: %s at character %zu: '%.*s'", what,
             (size_t)(at - reader->text) + 1, len > 20 ? 20 : len, at);
    return false;
}

/* Digits that make a number in least..most. */
static bool read_number(struct reader *reader, int64_t least, int64_t most, int64_t *out)
{
    const char *start = reader->at;
    int64_t number = 0;

    if (*reader->at < '0' || *reader->at > '9')
        return wrong(reader, start, "a number expected");
    for (; *reader->at >= '0' && *reader->at <= '9'; reader->at++) {
        int digit = *reader->at - '0';
        if (number > (most - digit) / 10)
            return wrong(reader, start, "number too large");
        number = 10 * number + digit;
    }
    if (number < least)
        return wrong(reader, start, "number too small");
    *out = number;
    return true;
}

/* After a mark such as '.', if it is there, a number. */
static bool read_part(struct reader *reader, char mark, int64_t least, int64_t most, int64_t *out)
{
    if (*reader->at != mark)
        return true;
    reader->at++;
    return read_number(reader, least, most, out);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool read_token(struct reader *reader, struct schedule *schedule)
{
    const char *start = reader->at;
    int64_t g, chosen_case = -1, partner = 0, drawn = -1, times = 1;
    struct schedule_step step;

    if (!read_number(reader, 1, UINT32_MAX, &g) ||
        !read_part(reader, '.', 0, INT32_MAX, &chosen_case) ||
        !read_part(reader, '@', 1, UINT32_MAX, &partner) ||
        !read_part(reader, '=', 0, UINT32_MAX, &drawn) ||
        !read_part(reader, 'x', 1, SCHEDULE_MAX, &times))
        return false;
    if (*reader->at && !is_space(*reader->at))
        return wrong(reader, start, "a token such as 1, 2.1, 1@3, 4=17 or 1x3 expected");
    if (schedule->count + (size_t)times > SCHEDULE_MAX)
        return wrong(reader, start, "too many steps");
    step = (struct schedule_step){.g = (uint32_t)g, .chosen_case = (int32_t)chosen_case,
                                  .partner = (uint32_t)partner, .drawn = drawn};
    while (times-- > 0)
        if (!add(schedule, &step))
            return wrong(reader, start, "out of memory");
    return true;
}

bool schedule_parse(struct schedule *out, const char *text, char *error, size_t error_size)
{
    struct reader reader = {text, text, error, error_size};
    struct schedule schedule = {0};
    bool empty = false;

    for (;;) {
        while (is_space(*reader.at))
            reader.at++;
        if (!*reader.at)
            break;
        if (empty || (schedule.count == 0 && strncmp(reader.at, "rr", 2) == 0)) {
            const char *start = reader.at;
            reader.at += empty ? 0 : 2;
            if (empty || (*reader.at && !is_space(*reader.at))) {
                wrong(&reader, start, "'rr' stands alone");
                goto fail;
            }
            empty = true;
        } else if (!read_token(&reader, &schedule)) {
            goto fail;
        }
    }
    if (!empty && schedule.count == 0) {
        wrong(&reader, reader.at, "no step given; 'rr' is round robin");
        goto fail;
    }
    *out = schedule;
    return true;
fail:
    schedule_release(&schedule);
    return false;
}
