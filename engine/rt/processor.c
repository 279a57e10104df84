/* processor.c -- who works, who waits to, and the account of both. */
#include "rt/processor.h"

#include "rt/run.h"

/* Lies on the stack of its goroutine. */
struct worker {
    struct timer timer;  /* first: a timer's address is its worker's */
    struct goroutine *g;
    int64_t left;        /* ns to do; at work: at `since` */
    int64_t since;       /* at work: when it took its processor */
    uint64_t came;       /* waiting: the lull it came in */
    uint32_t number;     /* at work: its processor, from 1 */
    struct worker *prev, *next;
};

static void put(struct work_list *workers, struct worker *worker)
{
    worker->next = NULL;
    worker->prev = workers->last;
    if (workers->last)
        workers->last->next = worker;
    else
        workers->first = worker;
    workers->last = worker;
    workers->count++;
}

static void take_out(struct work_list *workers, struct worker *worker)
{
    if (worker->prev)
        worker->prev->next = worker->next;
    else
        workers->first = worker->next;
    if (worker->next)
        worker->next->prev = worker->prev;
    else
        workers->last = worker->prev;
    workers->count--;
}

/* --- the account ----------------------------------------------------------- */

static void add(int64_t *sum, int64_t time, uint32_t times)
{
    int64_t product;

    if (__builtin_mul_overflow(time, (int64_t)times, &product) ||
        __builtin_add_overflow(*sum, product, sum))
        *sum = INT64_MAX;
}

/* Brings the account up to now: before anything changes that it counts. */
static void count(struct run *run)
{
    struct processors *p = &run->processors;
    int64_t time = run->now - p->since;

    add(&p->usage.at[USAGE_WORKED], time, p->at_work.count);
    add(&p->usage.at[USAGE_WAITED], time, p->waiting.count);
    add(&p->usage.at[USAGE_CAPACITY], time, p->count);
    p->since = run->now;
}

struct usage processor_usage(struct run *run)
{
    struct processors *p = &run->processors;

    count(run);
    p->usage.at[USAGE_ELAPSED] = run->now;
    p->usage.at[USAGE_PROCESSORS] = p->count;
    return p->usage;
}

static double share(int64_t part, int64_t whole)
{
    return whole > 0 ? (double)part / (double)whole : 0;
}

double usage_utilisation(const struct usage *usage)
{
    return share(usage->at[USAGE_WORKED], usage->at[USAGE_CAPACITY]);
}

double usage_speedup(const struct usage *usage)
{
    return share(usage->at[USAGE_WORKED], usage->at[USAGE_ELAPSED]);
}

double usage_throughput(const struct usage *usage)
{
    return share(usage->at[USAGE_PIECES], usage->at[USAGE_ELAPSED]) * 1e9;
}

void processor_tell(struct run *run)
{
    struct usage usage = processor_usage(run);

    for (uint32_t i = 0; run->processors.id && i < USAGE_COUNT; i++) {
        struct event event = event_make(run, EVENT_USAGE, NULL, run->processors.id);

        event.extra = i;
        event.value = usage.at[i];
        event.value_kind = VALUE_INT;
        event_emit(run, &event);
    }
}

bool usage_event(struct usage *usage, const struct event *event)
{
    if (event->kind != EVENT_USAGE || event->extra >= USAGE_COUNT)
        return false;
    usage->at[event->extra] = event->value;
    return true;
}

/* --- to work --------------------------------------------------------------- */

static struct processors *processors_of(struct run *run)
{
    if (!run->processors.id)
        run->processors.id = run_object(run, OBJECT_PROCESSORS, 0, run->processors.count,
                                        "processors");
    return &run->processors;
}

static uint32_t idle(const struct processors *p)
{
    return p->at_work.count < p->count ? p->count - p->at_work.count : 0;
}

static uint32_t lowest_free(const struct processors *p)
{
    uint32_t i = 0;

    while (p->used[i])
        i++;
    return i + 1;
}

static void tell(struct run *run, enum event_kind kind, const struct worker *worker)
{
    struct event event = event_make(run, kind, worker->g, run->processors.id);

    event.value = worker->left;
    event.value_kind = VALUE_INT;
    event.extra = run->processors.at_work.count;
    event.seq = worker->number;
    event_emit(run, &event);
}

/* Its work is done, or it has had its slice. */
static void leave(struct run *run, struct timer *timer)
{
    struct worker *worker = (struct worker *)timer;
    struct processors *p = &run->processors;

    count(run);
    worker->left -= run->now - worker->since;
    if (worker->left == 0)
        p->usage.at[USAGE_PIECES]++;
    take_out(&p->at_work, worker);
    p->used[worker->number - 1] = false;
    p->changed = true;
    sched_wake(run, worker->g);
    tell(run, EVENT_WAKE, worker);
}

/* READY_PARTNER: not now, but it may have a processor as soon as all is at rest (in free mode:
 * it will have one). */
static enum ready sure(struct goroutine *g)
{
    const struct run *run = g->op;
    uint32_t wanted = run->explored ? 1 : run->processors.waiting.count;

    return wanted <= idle(&run->processors) ? READY_PARTNER : READY_NO;
}

static enum ready never(struct goroutine *g)
{
    (void)g;
    return READY_NO;
}

static void take_processor(struct run *run, struct worker *worker)
{
    struct processors *p = &run->processors;

    count(run);
    take_out(&p->waiting, worker);
    put(&p->at_work, worker);
    worker->since = run->now;
    worker->number = lowest_free(p);
    p->used[worker->number - 1] = true;
    p->changed = true;
    if (p->at_work.count > p->usage.at[USAGE_PEAK])
        p->usage.at[USAGE_PEAK] = p->at_work.count;
    tell(run, EVENT_WORK, worker);
}

void processor_work(struct run *run, int64_t duration)
{
    struct worker worker = {.timer.fire = leave, .g = run->self, .left = duration};
    struct processors *p = processors_of(run);

    while (worker.left > 0) {
        count(run);
        worker.came = run->lulls;
        put(&p->waiting, &worker);
        p->changed = true;
        sched_wait(run, WAIT_PROCESSOR, p->id, sure, NULL, run, (struct touches){0});
        take_processor(run, &worker);
        sched_wait(run, WAIT_WORK, p->id, never, NULL, NULL, (struct touches){0});
    }
}

uint32_t processor_set(struct run *run, int64_t n)
{
    struct processors *p = processors_of(run);
    uint32_t before;
    struct event event;

    sched_step(run, p->id, n < 1 ? TOUCH_LOOK : TOUCH_CHANGE);
    before = p->count;
    if (n > PROCESSORS_MAX)
        n = PROCESSORS_MAX;
    if (n >= 1 && n != before) {
        count(run);
        p->count = (uint32_t)n;
        p->changed = true;
    }
    event = event_make(run, n < 1 ? EVENT_LOOK : EVENT_PROCESSORS, run->self, p->id);
    event.value = p->count;
    event.value_kind = VALUE_INT;
    event_emit(run, &event);
    return before;
}

/* --- handing out ----------------------------------------------------------- */

/* How many came in the same lull as the first, counted up to one more than `most`. */
static uint32_t first_comers(const struct processors *p, uint32_t most)
{
    const struct worker *first = p->waiting.first;
    uint32_t n = 0;

    for (const struct worker *w = first; w && w->came == first->came && n <= most; w = w->next)
        n++;
    return n;
}

/* When there is a processor for each of them, the order in which they take one changes nothing
 * but the numbers of the processors, and all that could disturb it is at rest: their steps
 * commute.  Otherwise none does with another. */
uint32_t processor_candidates(struct run *run, struct goroutine **out)
{
    struct processors *p = &run->processors;
    struct worker *first = p->waiting.first;
    uint32_t room = idle(p), n = 0;
    bool enough = first_comers(p, room) <= room;

    if (room == 0)
        return 0;
    for (struct worker *w = first; w && w->came == first->came; w = w->next) {
        struct goroutine *g = w->g;
        uint32_t at = n++;

        g->touch = (struct touch){.obj = p->id, .mode = enough ? TOUCH_RAISE : TOUCH_CHANGE};
        g->touches = (struct touches){&g->touch, 1};
        for (; at > 0 && out[at - 1]->id > g->id; at--)
            out[at] = out[at - 1];
        out[at] = g;
    }
    return n;
}

struct goroutine *processor_next(struct run *run)
{
    const struct processors *p = &run->processors;

    return p->waiting.first && idle(p) ? p->waiting.first->g : NULL;
}

static int64_t until(const struct run *run, const struct worker *worker)
{
    int64_t time = worker->left;

    if (run->processors.waiting.first && time > PROCESSOR_SLICE)
        time = PROCESSOR_SLICE;
    if (time > INT64_MAX - worker->since)
        return INT64_MAX;
    return worker->since + time < run->now ? run->now : worker->since + time;
}

void processor_set_timers(struct run *run)
{
    struct processors *p = &run->processors;

    if (!p->changed)
        return;
    p->changed = false;
    for (struct worker *w = p->at_work.first; w; w = w->next) {
        int64_t when = until(run, w);

        if (w->timer.index && w->timer.when == when)
            continue;
        timer_disarm(&run->timers, &w->timer);
        if (!timer_arm(&run->timers, &w->timer, when))
            run_stop(run, RUN_MEMORY);
    }
}
