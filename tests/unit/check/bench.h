/* bench.h -- hand-made runs for the race detector: events and accesses, one call each. */
#ifndef BRAID_TESTS_CHECK_BENCH_H
#define BRAID_TESTS_CHECK_BENCH_H

#include "check/check.h"
#include "rt/run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Addresses of variables; far apart. */
enum { X = 0x1000, Y = 0x2000 };

static struct run run;
static struct findings found;
static struct watcher *race;

/* A new run of the same detector, main alone. */
static inline void begin(void)
{
    memset(&found, 0, sizeof found);
    trace_clear(run.trace);
    run.main_done = false;
    run.self = run.live = NULL;
    race->begin(race, &run);
}

static inline int setup(void **state)
{
    (void)state;
    memset(&run, 0, sizeof run);
    run.trace = trace_new(4096, 4096);
    race = race_new(&found);
    run.watchers = race;
    if (!run.trace || !race)
        return -1;
    begin();
    return 0;
}

static inline int teardown(void **state)
{
    (void)state;
    race_free(race);
    free(run.trace);
    return 0;
}

static inline void emit(struct event event)
{
    trace_add(run.trace, &event);
    race->event(race, &run, &event);
}

#define EVENT(...) emit((struct event){__VA_ARGS__})

static inline void go(uint32_t parent, uint32_t child)
{
    EVENT(.kind = EVENT_GO, .g = parent, .other = child);
}

static inline void chan(uint32_t obj, int64_t cap)
{
    EVENT(.kind = EVENT_MAKE, .g = 1, .obj = obj, .extra = OBJECT_CHAN, .value = cap);
}

static inline void context(uint32_t obj, uint32_t done)
{
    EVENT(.kind = EVENT_MAKE, .g = 1, .obj = obj, .extra = OBJECT_CONTEXT, .value = -1);
    EVENT(.kind = EVENT_MAKE, .g = 1, .obj = done, .extra = OBJECT_CHAN, .other = obj);
}

static inline void buffered_send(uint32_t g, uint32_t obj, uint32_t seq)
{
    EVENT(.kind = EVENT_SEND, .g = g, .obj = obj, .seq = seq);
}

static inline void buffered_recv(uint32_t g, uint32_t obj, uint32_t seq)
{
    EVENT(.kind = EVENT_RECV, .g = g, .obj = obj, .seq = seq);
}

static inline void recv_closed(uint32_t g, uint32_t obj)
{
    EVENT(.kind = EVENT_RECV, .g = g, .obj = obj, .flags = EVENT_CLOSED);
}

static inline void simple(enum event_kind kind, uint32_t g, uint32_t obj)
{
    EVENT(.kind = (uint8_t)kind, .g = g, .obj = obj);
}

static inline void add(uint32_t g, uint32_t obj, int64_t delta)
{
    EVENT(.kind = EVENT_WG_ADD, .g = g, .obj = obj, .value = delta);
}

static inline void touch(uint32_t g, uintptr_t where, uint32_t size, bool write, bool atomic,
                         uint32_t pc)
{
    struct access access = {.where = where, .size = size, .write = write, .atomic = atomic, .g = g,
                            .pc = pc};

    race->access(race, &run, &access);
}

/* Four bytes, each from a pc of its own: goroutine * 256 + 1 (write) or + 2 (read). */
static inline void write_at(uint32_t g, uintptr_t where)
{
    touch(g, where, 4, true, false, g * 256 + 1);
}

static inline void read_at(uint32_t g, uintptr_t where)
{
    touch(g, where, 4, false, false, g * 256 + 2);
}

static inline void races(uint32_t count)
{
    assert_int_equal(found.count, count);
    for (uint32_t i = 0; i < count; i++)
        assert_int_equal(found.at[i].kind, FINDING_RACE);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
