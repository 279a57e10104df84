/* run.c -- a run's life: begin, end, drop; goroutines' lives; events out. */
#include "rt/run.h"
#include "base/memory.h"
#include "rt/sched.h"
#include "rt/stack.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
    MAIN_STACK = 8 * 1024 * 1024,
    GUARD = 64 * 1024,
    FIRST_KEYS = 64,
};

static const struct run_limits default_limits = {
    .steps = 1000 * 1000,
    .aftermath = 10 * 1000,
    .ticks = 200 * 1000 * 1000,
    .output = 1024 * 1024,
};

_Thread_local struct run *run_current;

bool run_init(struct run *run)
{
    if (run->limits.steps == 0)
        run->limits.steps = default_limits.steps;
    if (run->limits.aftermath == 0)
        run->limits.aftermath = default_limits.aftermath;
    if (run->limits.ticks == 0)
        run->limits.ticks = default_limits.ticks;
    if (run->limits.output == 0)
        run->limits.output = default_limits.output;
    if (run->explored) { /* main's key has room: it is set when no goroutine can be stopped */
        run->goroutine_keys = memory_zeroed(FIRST_KEYS, sizeof *run->goroutine_keys);
        if (!run->goroutine_keys)
            return false;
        run->goroutine_keys_cap = FIRST_KEYS;
    }
    run->stacks = stack_pool_new();
    if (!run->stacks)
        goto undo_keys;
    /* main alone has a stack as large as a thread's, with a guard below */
    run->main_stack = mmap(NULL, MAIN_STACK, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (run->main_stack == MAP_FAILED)
        goto undo_stacks;
    mprotect(run->main_stack, GUARD, PROT_NONE);
    return true;

undo_stacks:
    stack_pool_free(run->stacks);
    run->stacks = NULL;
undo_keys:
    free(run->goroutine_keys);
    run->goroutine_keys = NULL;
    run->goroutine_keys_cap = 0;
    return false;
}

void run_release(struct run *run)
{
    if (!run->stacks)
        return;
    stack_pool_free(run->stacks);
    run->stacks = NULL;
    munmap(run->main_stack, MAIN_STACK);
    region_release(&run->objects);
    timer_heap_release(&run->timers);
    free(run->candidates);
    free(run->options);
    free(run->touched);
    free(run->scratch);
    free(run->object_keys);
    free(run->goroutine_keys);
    run->object_keys = run->goroutine_keys = NULL;
    run->object_keys_cap = run->goroutine_keys_cap = 0;
    run->candidates = NULL;
    run->options = run->scratch = NULL;
    run->touched = NULL;
    run->options_cap = run->scratch_cap = run->touched_cap = 0;
}

void run_clear(struct run *run)
{
    stack_pool_clear(run->stacks);
    region_clear(&run->objects);
    timer_heap_clear(&run->timers);
    if (run->trace)
        trace_clear(run->trace);
    run->end = RUN_NONE;
    run->exit_code = 0;
    run->self = run->live = run->live_last = NULL;
    run->ready_first = run->ready_last = run->last_step = run->dead = NULL;
    run->nlive = run->last_id = run->last_object = 0;
    run->main_returns = run->main_done = run->tidy = false;
    run->steps = run->ticks = run->output = run->looks = run->fast_until = 0;
    run->fault = FAULT_NONE;
    run->lulls = 0;
    run->npolled = run->vain = run->ntouched = 0;
    run->picks = 0;
    run->owner.key = 0;
    run->advanced = false;
    run->touched_places = NULL;
    run->now = 0;
    run->processors = (struct processors){0};
    run->signals = NULL;
    run->network = NULL;
}

/* --- goroutines ---------------------------------------------------------- */

/* Steps that are left once main has returned. */
static void limit_aftermath(struct run *run)
{
    run->main_done = true;
    if (run->steps + run->limits.aftermath < run->last_step_allowed)
        run->last_step_allowed = run->steps + run->limits.aftermath;
    run->fast_until = run->quiet ? run->last_step_allowed : 0;
}

static void tell_end(struct run *run, const struct goroutine *g, bool goexit)
{
    bool over = g->id == 1 && !goexit;
    struct event *event;

    run->main_returns |= over;
    if (over)
        sched_step(run, TOUCH_ALL, TOUCH_CHANGE);
    else if (run->counted || g->id == 1)
        sched_step(run, run->counted ? TOUCH_COUNT : TOUCH_NOTHING, TOUCH_LOWER);
    if (over)
        processor_tell(run);
    else if (run->quiet && !run->counted)
        return;
    event = event_open(run, EVENT_END, g, 0);
    event->extra = goexit;
    if (run->counted)
        event->flags |= EVENT_COUNTED;
    if (over) {
        event->value = run->exit_code;
        event->value_kind = VALUE_INT;
    }
    event_close(run, event);
    if (over)
        limit_aftermath(run);
}

static _Noreturn void finish(struct run *run, struct goroutine *g, bool goexit)
{
    tell_end(run, g, goexit);
    if (g->prev)
        g->prev->next = g->next;
    else
        run->live = g->next;
    if (g->next)
        g->next->prev = g->prev;
    else
        run->live_last = g->prev;
    run->nlive--;
    g->state = G_DEAD;
    g->arg = NULL; /* what it was given it holds no more */
    if (g->polled)
        run->npolled--;
    if (run->last_step == g)
        run->last_step = NULL;
    /* It still runs on its stack, which is the next goroutine's; but none is made before the
     * switch. */
    if (g->stack) {
        g->next_ready = run->dead;
        run->dead = g;
    }
    sched_leave(run);
}

static void begin(void *arg)
{
    struct goroutine *g = arg;

    g->entry(g->arg);
    finish(run_current, g, false);
}

/* (Steele, Lea & Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014) */
static uint64_t key_of(uint64_t parent, uint32_t ordinal)
{
    uint64_t z = parent * 0x9E3779B97F4A7C15u + ordinal + 1;

    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static void set_key(struct run *run, uint64_t **keys, uint32_t *cap, uint32_t id, uint64_t key)
{
    if (id >= *cap) {
        uint32_t more = id < FIRST_KEYS ? 2 * FIRST_KEYS : 2 * id;
        uint64_t *at = memory_resize(*keys, more * sizeof *at);

        if (!at)
            run_stop(run, RUN_MEMORY);
        *keys = at;
        *cap = more;
    }
    (*keys)[id] = key;
}

void run_own(struct run *run, const void *variable)
{
    run->owner.key = variable ? key_of((uintptr_t)variable, 0) | 1 : 0;
    run->owner.made = 0;
}

static struct goroutine *make(struct run *run, void (*entry)(void *), void *arg)
{
    struct goroutine *g = run->dead;

    if (g) {
        void *stack = g->stack;

        run->dead = g->next_ready;
        memset(g, 0, sizeof *g);
        g->stack = stack;
    } else if (!(g = region_alloc(&run->objects, sizeof *g))) {
        return NULL;
    }
    g->id = ++run->last_id;
    g->entry = entry;
    g->arg = arg;
    g->fired = -1;
    if (g->id > 1) {
        if (!g->stack && !(g->stack = stack_take(run->stacks)))
            return NULL;
        fiber_init(&g->fiber, g->stack, STACK_SIZE, begin, g);
    } else {
        fiber_init(&g->fiber, (char *)run->main_stack + GUARD, MAIN_STACK - GUARD, begin, g);
    }
    g->prev = run->live_last;
    if (g->prev)
        g->prev->next = g;
    else
        run->live = g;
    run->live_last = g;
    run->nlive++;
    return g;
}

struct goroutine *run_go(struct run *run, void (*entry)(void *), void *arg, const char *name)
{
    if (run->counted)
        sched_step(run, TOUCH_COUNT, TOUCH_RAISE);
    return run_go_by(run, run->self, 0, entry, arg, name);
}

struct goroutine *run_go_by(struct run *run, const struct goroutine *by, uint32_t obj,
                            void (*entry)(void *), void *arg, const char *name)
{
    struct goroutine *g = make(run, entry, arg);
    struct event *event;

    if (!g)
        return NULL;
    if (run->quiet && !run->counted) {
        sched_push(run, g);
        return g;
    }
    if (run->explored) {
        /* who is started by a timer or a context is that one's child */
        g->key = obj ? key_of(run->object_keys[obj], UINT32_MAX)
                     : key_of(run->self->key, ++run->self->started);
        set_key(run, &run->goroutine_keys, &run->goroutine_keys_cap, g->id, g->key);
    }
    g->line = by ? by->line : 0;
    g->file = by ? by->file : 0;
    g->pc = by ? by->pc : 0;
    sched_push(run, g);
    event = event_open(run, EVENT_GO, by, obj);
    event->other = g->id;
    if (run->counted && by && obj == 0)
        event->flags |= EVENT_COUNTED;
    if (name)
        event->text = run_text(run, name, strlen(name));
    event_close(run, event);
    return g;
}

/* Who is told of what in this run. */
static void list_watchers(struct run *run)
{
    struct watcher **access = &run->access_watchers, **rest = &run->rest_watchers;
    uint32_t n = 0, all = 0;

    for (struct watcher *w = run->watchers; w; w = w->next) {
        if (w->event && n < WATCHERS_MAX) {
            all |= w->wants ? 0 : 1u << n;
            run->listeners[n++] = w;
        }
        if (w->access) {
            *access = w;
            access = &w->next_access;
        }
        if (w->rest) {
            *rest = w;
            rest = &w->next_rest;
        }
    }
    *access = *rest = NULL;
    for (uint32_t kind = 0; kind < EVENT_KIND_COUNT; kind++)
        run->listen[kind] = all;
    for (uint32_t i = 0; i < n; i++)
        for (const uint8_t *kind = run->listeners[i]->wants; kind && *kind; kind++)
            run->listen[*kind] |= 1u << i;
}

enum run_end run_start(struct run *run, void (*main)(void *), void *arg)
{
    struct goroutine *g;

    run_current = run;
    run->quiet = !run->explored && !run->trace && !run->watchers;
    run->last_step_allowed = run->limits.steps;
    run->fast_until = run->quiet ? run->last_step_allowed : 0;
    run->processors.count = run->nprocessors ? run->nprocessors : PROCESSORS_DEFAULT;
    if (run->strategy && run->strategy->begin)
        run->strategy->begin(run->strategy);
    list_watchers(run);
    for (struct watcher *w = run->watchers; w; w = w->next)
        if (w->begin)
            w->begin(w, run);
    g = make(run, main, arg);
    if (!g) {
        run->end = RUN_MEMORY;
    } else {
        g->state = G_RUNNING;
        run->self = g;
        g->key = 1;
        if (run->explored)
            set_key(run, &run->goroutine_keys, &run->goroutine_keys_cap, g->id, g->key);
        fiber_switch(&run->host, &g->fiber);
    }
    if (run->strategy && run->strategy->rest)
        run->strategy->rest(run->strategy, run);
    for (struct watcher *w = run->watchers; w; w = w->next)
        if (w->end)
            w->end(w, run);
    run_current = NULL;
    return run->end;
}

_Noreturn void run_stop(struct run *run, enum run_end end)
{
    run->end = end;
    fiber_leave(&run->self->fiber, &run->host);
    __builtin_unreachable();
}

_Noreturn void run_panic(struct run *run, const char *text, bool fatal)
{
    bool misuse = run->fault != FAULT_NONE && strcmp(text, fault_text(run->fault)) == 0;
    struct event event = event_make(run, EVENT_PANIC, run->self, misuse ? run->fault_obj : 0);
    char whole[1024];
    size_t len = 0;

    /* text may be of any length: what does not fit is cut */
    for (const char *part = fatal ? "fatal error: " : ""; *part; part++)
        whole[len++] = *part;
    while (*text && len < sizeof whole)
        whole[len++] = *text++;
    event.text = run_text(run, whole, len);
    event_emit(run, &event);
    if (run->main_done)
        finish(run, run->self, false); /* in Go the program would be gone already */
    run_stop(run, RUN_PANIC);
}

_Noreturn void run_return(struct run *run)
{
    finish(run, run->self, false);
}

_Noreturn void run_goexit(struct run *run)
{
    finish(run, run->self, true);
}

enum fault run_fail_as(struct run *run, enum fault fault, const struct event *event)
{
    struct event failed = *event;
    const char *text = fault_text(fault);

    failed.kind = EVENT_FAIL;
    failed.text = run_text(run, text, strlen(text));
    event_emit(run, &failed);
    return run_fault(run, fault, event->obj);
}

enum fault run_fail(struct run *run, enum fault fault, uint32_t obj)
{
    struct event event = event_make(run, EVENT_FAIL, run->self, obj);

    return run_fail_as(run, fault, &event);
}

/* --- what the run says --------------------------------------------------- */

uint32_t run_text(struct run *run, const char *text, size_t len)
{
    return run->trace ? trace_text_add(run->trace, text, len) : 0;
}

uint32_t run_object(struct run *run, enum object_kind kind, uint32_t other, int64_t value,
                    const char *name)
{
    uint32_t id = ++run->last_object;
    struct event *event;

    if (run->explored) {
        uint64_t key = run->owner.key  ? key_of(run->owner.key, ++run->owner.made)
                       : run->self     ? key_of(~run->self->key, ++run->self->made)
                                       : key_of(0, id);

        set_key(run, &run->object_keys, &run->object_keys_cap, id, key);
    }
    event = event_open(run, EVENT_MAKE, run->self, id);
    event->extra = kind;
    event->other = other;
    event->value = value;
    if (name && *name)
        event->text = run_text(run, name, strlen(name));
    event_close_fact(run, event);
    return id;
}

/* Whether a step changed nothing and was made before: who polled has no reason to look again. */
static bool is_poll(const struct event *event)
{
    return event->kind == EVENT_DEFAULT || event->kind == EVENT_YIELD ||
           event->flags & EVENT_IN_VAIN;
}

static bool is_look(const struct event *event)
{
    return event->kind == EVENT_LOOK || event->kind == EVENT_LOAD || event->kind == EVENT_READ;
}

void run_forget_polls(struct run *run)
{
    run->vain = 0;
    if (run->npolled == 0)
        return;
    for (struct goroutine *g = run->live; g; g = g->next)
        g->polled = false;
    run->npolled = 0;
}

static inline void count_step(struct run *run, const struct event *event)
{
    bool poll = is_poll(event);

    run->steps++;
    run->looks += poll || is_look(event);
    if (!poll) {
        if (__builtin_expect(run->vain != 0 || run->npolled != 0, 0))
            run_forget_polls(run);
    }
    if (run->explored && run->self)
        sched_published(run);
}

static inline void tell(struct run *run, const struct event *event)
{
    for (uint32_t bits = run->listen[event->kind]; bits; bits &= bits - 1) {
        struct watcher *w = run->listeners[__builtin_ctz(bits)];

        w->event(w, run, event);
    }
}

void event_emit(struct run *run, const struct event *event)
{
    if (run->trace)
        trace_add(run->trace, event);
    if (event_is_step(event))
        count_step(run, event);
    tell(run, event);
}

/* The event is where it will stay. */
static inline void keep(struct run *run, const struct event *event, bool is_step)
{
    if (__builtin_expect(event != &run->untraced, 1))
        trace_count(run->trace, is_step);
    else if (run->trace)
        run->trace->dropped++;
}

void event_close_step(struct run *run, const struct event *event)
{
    keep(run, event, true);
    run_count_step(run);
    if (run->explored)
        sched_published(run);
    tell(run, event);
}

void event_close_fact(struct run *run, const struct event *event)
{
    keep(run, event, false);
    tell(run, event);
}

void event_close(struct run *run, const struct event *event)
{
    bool is_step = event_is_step(event);

    keep(run, event, is_step);
    if (is_step)
        count_step(run, event);
    tell(run, event);
}
