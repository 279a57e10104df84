/* byhand.c -- see byhand.h. */
#include "ui/byhand.h"

#include <stdlib.h>
#include <string.h>

static bool asks(const struct trace *trace, uint32_t from, uint32_t to)
{
    while (from < to && trace->events[from].kind != EVENT_OPTION)
        from++;
    return from < to;
}

/* The panic that ends a run is the schedule's last entry.  One that comes right after a step of its
 * goroutine takes no turn: nobody was asked who goes on. */
static void drop_panic(struct byhand *run)
{
    size_t n = run->schedule.count;
    uint32_t before = n > 1 ? run->event[n - 2] + 1 : 0, last = n > 0 ? run->event[n - 1] : 0;

    if (n > 0 && run->trace->events[last].kind == EVENT_PANIC && !asks(run->trace, before, last) &&
        asks(run->trace, 0, last))
        run->schedule.count--;
}

bool byhand_init(struct byhand *run, const struct trace *trace)
{
    size_t n = 0;

    *run = (struct byhand){.trace = trace};
    if (!schedule_of_trace(&run->schedule, trace))
        goto fail;
    run->event = calloc(run->schedule.count + 1, sizeof *run->event);
    if (!run->event)
        goto fail;
    for (uint32_t i = 0; i < trace->count && n < run->schedule.count; i++)
        if (event_is_step(&trace->events[i]))
            run->event[n++] = i;
    /* a panic that ends the run is the schedule's last entry and no step */
    for (uint32_t i = trace->count; i-- > 0 && n < run->schedule.count;)
        if (trace->events[i].kind == EVENT_PANIC)
            run->event[n++] = i;
    drop_panic(run);
    return true;
fail:
    byhand_release(run);
    return false;
}

void byhand_release(struct byhand *run)
{
    schedule_release(&run->schedule);
    free(run->event);
    *run = (struct byhand){0};
}

uint32_t byhand_steps(const struct byhand *run)
{
    return (uint32_t)run->schedule.count;
}

uint32_t byhand_turn(const struct byhand *run, uint32_t events)
{
    uint32_t low = 0, high = byhand_steps(run);

    while (low < high) { /* the first step at or after the events */
        uint32_t middle = low + (high - low) / 2;

        if (run->event[middle] < events)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t byhand_events(const struct byhand *run, uint32_t turn)
{
    return turn < byhand_steps(run) ? run->event[turn] : run->trace->count;
}

uint32_t byhand_options(const struct byhand *run, uint32_t turn, uint32_t *first)
{
    uint32_t end = byhand_events(run, turn);
    uint32_t begin = turn > 0 && turn <= byhand_steps(run) ? run->event[turn - 1] + 1 : 0;
    const struct event *events = run->trace->events;
    uint32_t n = 0;

    if (turn >= byhand_steps(run))
        return 0; /* options that nobody took: the run was stopped there */
    while (end > begin && events[end - 1].kind != EVENT_OPTION)
        end--;
    while (end > begin && events[end - 1].kind == EVENT_OPTION) {
        end--;
        n++;
    }
    *first = end;
    return n;
}

static bool same(const struct schedule_step *a, const struct schedule_step *b)
{
    return a->g == b->g && a->chosen_case == b->chosen_case && a->partner == b->partner &&
           a->drawn == b->drawn;
}

uint32_t byhand_common(const struct byhand *a, const struct byhand *b)
{
    uint32_t n = 0;

    while (n < byhand_steps(a) && n < byhand_steps(b) &&
           same(&a->schedule.steps[n], &b->schedule.steps[n]))
        n++;
    return n;
}

char *byhand_text(const struct byhand *run, uint32_t turn)
{
    struct schedule cut = run->schedule;

    if (turn < cut.count)
        cut.count = turn;
    return schedule_text(&cut);
}

char *byhand_text_with(const struct byhand *run, uint32_t turn, const struct schedule_step *step)
{
    struct schedule with = {0};

    if (turn > byhand_steps(run))
        turn = byhand_steps(run);
    with.steps = malloc(((size_t)turn + 1) * sizeof *with.steps);
    if (!with.steps)
        return NULL;
    if (turn > 0)
        memcpy(with.steps, run->schedule.steps, turn * sizeof *with.steps);
    with.steps[turn] = *step;
    with.count = with.cap = (size_t)turn + 1;
    char *text = schedule_text(&with);
    schedule_release(&with);
    return text;
}
