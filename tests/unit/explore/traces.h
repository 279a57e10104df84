/* traces.h -- which runs are of one class: Mazurkiewicz traces, told by a number.
 *
 * A recorder stands between a run and a strategy and notes each step: who took it, what was
 * answered inside, what it touched and whom it let go on.  An event's number is made of its
 * label and the numbers of all events before that it does not commute with; a trace's of those
 * of its events, whatever their order.  Nothing here is shared with the reduced search but the
 * table in rt/touch.h.
 */
#ifndef BRAID_TESTS_EXPLORE_TRACES_H
#define BRAID_TESTS_EXPLORE_TRACES_H

#include "rt/run.h"

#include <stdlib.h>
#include <string.h>

enum { TRACE_STEPS = 512, TRACE_TOUCHES = 24 };

struct traced {
    uint32_t g, partner, barrier;
    uint64_t label, number;
    struct touch touches[TRACE_TOUCHES];
    uint32_t ntouches;
    uint32_t follows[TRACE_TOUCHES], nfollows, partner_follows[TRACE_TOUCHES], npartner_follows;
};

struct recorder {
    struct strategy strategy; /* first: a strategy's address is its own */
    struct strategy *of;
    struct traced steps[TRACE_STEPS];
    uint32_t n;
};

static inline uint64_t trace_mix(uint64_t sum, uint64_t value)
{
    sum = (sum * 0xBF58476D1CE4E5B9u + value + 1) * 0x9E3779B97F4A7C15u;
    return sum ^ sum >> 29;
}

static inline void recorder_begin(struct strategy *strategy)
{
    struct recorder *self = (struct recorder *)strategy;

    self->n = 0;
    self->of->begin(self->of);
}

static inline void recorder_touched(struct recorder *self, struct touches touched)
{
    struct traced *step = self->n ? &self->steps[self->n - 1] : NULL;

    for (uint32_t i = 0; step && i < touched.n && step->ntouches < TRACE_TOUCHES; i++)
        step->touches[step->ntouches++] = touched.at[i];
}

static inline const struct goroutine *trace_find(uint32_t id)
{
    const struct goroutine *g = run_current->live;

    while (g && g->id != id)
        g = g->next;
    return g;
}

static inline uint32_t trace_follows(uint32_t *to, const struct goroutine *g)
{
    uint32_t n = g ? g->nfollows : 0;

    if (n > TRACE_TOUCHES)
        n = TRACE_TOUCHES;
    if (n)
        memcpy(to, g->follows, n * sizeof *to);
    return n;
}

static inline uint32_t recorder_choose(struct strategy *strategy, const struct choice *choice)
{
    struct recorder *self = (struct recorder *)strategy;
    bool ask = choice->n > 1 || self->of->always;
    struct traced *step;
    uint32_t answer;

    if (choice->kind == CHOICE_GOROUTINE)
        recorder_touched(self, choice->touched);
    answer = ask ? self->of->choose(self->of, choice) : 0;
    if (answer == CHOICE_STOP || self->n == TRACE_STEPS)
        return answer;
    if (choice->kind == CHOICE_GOROUTINE) {
        step = &self->steps[self->n++];
        *step = (struct traced){.g = choice->options[answer], .label = choice->options[answer]};
        step->barrier = choice->advanced ? self->n - 1 : self->n > 1 ? step[-1].barrier : 0;
        step->nfollows = trace_follows(step->follows, choice->goroutines[answer]);
        return answer;
    }
    step = &self->steps[self->n - 1];
    step->label = trace_mix(step->label, choice->options ? choice->options[answer] : answer);
    if (choice->kind == CHOICE_PARTNER && !step->partner) {
        step->partner = choice->options[answer];
        step->npartner_follows = trace_follows(step->partner_follows, trace_find(step->partner));
    }
    return answer;
}

static inline void recorder_rest(struct strategy *strategy, struct run *run)
{
    struct recorder *self = (struct recorder *)strategy;

    recorder_touched(self, (struct touches){run->touched, run->ntouched});
    if (self->n && run->end != RUN_DONE && run->end != RUN_DEADLOCK && run->end != RUN_LIVELOCK) {
        struct traced *step = &self->steps[self->n - 1];

        step->touches[step->ntouches < TRACE_TOUCHES ? step->ntouches++ : 0] =
            (struct touch){.obj = TOUCH_ALL};
    }
    if (self->of->rest)
        self->of->rest(self->of, run);
}

static inline bool recorder_end(struct strategy *strategy)
{
    struct recorder *self = (struct recorder *)strategy;

    return self->of->end(self->of);
}

/* Records what a strategy does; both are the caller's. */
static inline void recorder_init(struct recorder *self, struct strategy *of)
{
    self->strategy = (struct strategy){
        .name = of->name, .begin = recorder_begin, .choose = recorder_choose,
        .end = recorder_end, .rest = recorder_rest, .always = true,
    };
    self->of = of;
    self->n = 0;
}

static inline bool traced_all(const struct traced *a)
{
    for (uint32_t i = 0; i < a->ntouches; i++)
        if (a->touches[i].obj == TOUCH_ALL)
            return true;
    return false;
}

/* Whether the step at e comes before the one at x in all runs of the class, by themselves. */
static inline bool traced_ordered(const struct recorder *self, uint32_t e, uint32_t x)
{
    const struct traced *a = &self->steps[e], *b = &self->steps[x];

    if (a->g == b->g || a->partner == b->g || (a->partner && a->partner == b->partner) ||
        (b->partner && b->partner == a->g) || e < b->barrier || traced_all(a) || traced_all(b))
        return true;
    for (uint32_t i = 0; i < b->nfollows; i++)
        if (b->follows[i] == e + 1)
            return true;
    for (uint32_t i = 0; i < b->npartner_follows; i++)
        if (b->partner_follows[i] == e + 1)
            return true;
    for (uint32_t i = 0; i < a->ntouches; i++)
        for (uint32_t k = 0; k < b->ntouches; k++)
            if (touch_conflict(&a->touches[i], &b->touches[k]))
                return true;
    return false;
}

/* The number of the last run's trace. */
static inline uint64_t recorder_trace(struct recorder *self, const struct run *run)
{
    uint64_t trace = (uint64_t)run->end;

    for (uint32_t x = 0; x < self->n; x++) {
        uint64_t past = 0;

        for (uint32_t e = 0; e < x; e++)
            if (traced_ordered(self, e, x))
                past += trace_mix(1, self->steps[e].number);
        self->steps[x].number = trace_mix(trace_mix(past, self->steps[x].label), 7);
        trace += trace_mix(2, self->steps[x].number);
    }
    return trace;
}

#endif
