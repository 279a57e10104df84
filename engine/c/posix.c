/* posix.c -- the engine's objects behind a learner's variables of pthread.h, semaphore.h
 * and threads.h; deadlines. */
#include "c/posix.h"

#include <errno.h>
#include <string.h>

/* A variable's number: | 1 | run, 10 bits | entry, 20 bits | and never 0. */
enum { ENTRY_BITS = 20, RUN_MASK = 0x3ff, MADE = 1 << 30 };

struct entry {
    uintptr_t variable; /* c_weak of it */
    const struct posix_type *type;
    void *object;
    bool destroyed;
};

struct posix_entries {
    struct entry *at;
    uint32_t count, cap;
};

static uint32_t number_of(const struct c_face *face, uint32_t i)
{
    return MADE | (uint32_t)(face->stamp & RUN_MASK) << ENTRY_BITS | i;
}

static struct posix_entries *entries_of(struct run *run)
{
    struct c_face *face = c_face_of(run);

    if (!face->entries) {
        face->entries = region_alloc(&run->objects, sizeof *face->entries);
        if (!face->entries)
            run_stop(run, RUN_MEMORY);
    }
    return face->entries;
}

static struct entry *find(struct run *run, uint32_t number)
{
    struct posix_entries *entries = entries_of(run);
    uint32_t i = number & ((1u << ENTRY_BITS) - 1);

    return i < entries->count && number == number_of(c_face_of(run), i) ? &entries->at[i] : NULL;
}

static uint32_t number_in(const void *variable)
{
    uint32_t number;

    memcpy(&number, variable, sizeof number);
    return number;
}

static struct entry *add(struct run *run, void *variable, const struct posix_type *type)
{
    struct posix_entries *entries = entries_of(run);
    uint32_t number;

    if (entries->count == entries->cap) {
        uint32_t cap = entries->cap ? 2 * entries->cap : 64;
        struct entry *at = region_alloc(&run->objects, cap * sizeof *at);

        if (!at || cap > 1u << ENTRY_BITS)
            run_stop(run, RUN_MEMORY);
        if (entries->count)
            memcpy(at, entries->at, entries->count * sizeof *at);
        entries->at = at;
        entries->cap = cap;
    }
    number = number_of(c_face_of(run), entries->count);
    entries->at[entries->count] = (struct entry){.variable = c_weak(variable), .type = type};
    memcpy(variable, &number, sizeof number);
    return &entries->at[entries->count++];
}

static void *make(struct run *run, void *variable, const struct posix_type *type)
{
    char name[80];
    /* before the variable is overwritten: a static initializer says its kind */
    void *object;

    run_own(run, variable);
    object = type->make(run, variable, c_name(run, variable, type->size, name, sizeof name));
    run_own(run, NULL);
    if (!object)
        run_stop(run, RUN_MEMORY);
    add(run, variable, type)->object = object;
    return object;
}

static struct entry *entry_of(struct run *run, void *variable, const struct posix_type *type)
{
    struct entry *entry = find(run, number_in(variable));

    if (!entry || entry->type != type)
        c_panic(run, false, "a %s is used before it was initialized", type->name);
    if (entry->variable != c_weak(variable))
        c_panic(run, false, "a copy of a %s is used: only the original may be", type->name);
    if (entry->destroyed)
        c_panic(run, false, "a %s is used after it was destroyed", type->name);
    return entry;
}

void *posix_of(struct run *run, void *variable, const struct posix_type *type)
{
    c_check(run, variable, type->size, true);
    if (type->is_static && number_in(variable) == 0)
        return make(run, variable, type);
    return entry_of(run, variable, type)->object;
}

void *posix_init(struct run *run, void *variable, const struct posix_type *type)
{
    c_check(run, variable, type->size, true);
    memset(variable, 0, type->size);
    return make(run, variable, type);
}

void posix_destroy(struct run *run, void *variable, const struct posix_type *type)
{
    posix_of(run, variable, type);
    entry_of(run, variable, type)->destroyed = true;
}

/* --- time ---------------------------------------------------------------- */

bool posix_deadline(struct run *run, const struct timespec *until, clockid_t clock, int64_t *when)
{
    static const int64_t second = 1000 * 1000 * 1000;
    int64_t seconds;

    c_access(run, until, sizeof *until, false, false);
    if (until->tv_nsec < 0 || until->tv_nsec >= second)
        return false;
    seconds = until->tv_sec - (clock == CLOCK_REALTIME ? C_EPOCH : 0);
    if (seconds > INT64_MAX / second - 1)
        *when = INT64_MAX;
    else if (seconds < 0)
        *when = 0;
    else
        *when = seconds * second + until->tv_nsec;
    return true;
}

/* The end of a wait. */
struct alarm {
    struct timer timer; /* first: a timer's address is its alarm's */
    struct waiter waiter;
    struct waiters *waiters;
};

static void ring(struct run *run, struct timer *timer)
{
    struct alarm *alarm = (struct alarm *)timer;

    if (!alarm->waiter.queued)
        return; /* it is about to try again */
    waiters_remove(alarm->waiters, &alarm->waiter);
    waiter_wake(run, alarm->waiter.g, 0, NULL, 0);
}

void posix_released(struct run *run, struct waiters *waiters)
{
    struct waiter *waiter;

    /* told as woken by nobody: who tries in vain knows nothing of the one who released */
    while ((waiter = waiters_take(waiters)))
        waiter_wake(run, waiter->g, 0, NULL, 0);
}

int posix_until(struct run *run, const struct posix_wait *wait, int64_t when)
{
    struct alarm alarm = {.timer.fire = ring, .waiter.g = run->self, .waiters = wait->waiters};
    int result = 0;

    if (when > run->now && !timer_arm(&run->timers, &alarm.timer, when))
        run_stop(run, RUN_MEMORY);
    while (!wait->attempt(run, wait->object)) {
        if (run->now >= when) {
            result = ETIMEDOUT;
            break;
        }
        waiters_put(wait->waiters, &alarm.waiter);
        waiter_block(run, wait->kind, wait->obj, NULL, NULL);
    }
    timer_disarm(&run->timers, &alarm.timer);
    return result;
}
