/* program.h -- runs Lua programs for tests: their events, their ends, what they print. */
#ifndef BRAID_TESTS_UNIT_LUA_PROGRAM_H
#define BRAID_TESTS_UNIT_LUA_PROGRAM_H

#include "base/text.h"
#include "lua/face.h"
#include "sync/chan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MEMORY = 128 << 20 };

static struct run run;
static struct text output;    /* what the last run printed */
static struct text panic;     /* its PANIC or CHECK event, "7: text" */
static struct text told;      /* its accesses, "w count 3;" each */

__attribute__((unused))
static void access_told(struct watcher *self, struct run *r, const struct access *access)
{
    (void)self;
    text_addf(&told, "%c %s %u;", access->write ? 'w' : 'r', trace_text(r->trace, access->name),
              access->line);
}

static void event_told(struct watcher *self, struct run *r, const struct event *event)
{
    (void)self;
    if (event->kind == EVENT_PRINT)
        text_add(&output, trace_text(r->trace, event->text));
    if (event->kind == EVENT_PANIC || event->kind == EVENT_CHECK)
        text_addf(&panic, "%u: %s", event->line, trace_text(r->trace, event->text));
}

static void begin_told(struct watcher *self, struct run *r)
{
    (void)self, (void)r;
    text_clear(&output);
    text_clear(&panic);
    text_clear(&told);
}

static struct watcher watcher = {.begin = begin_told, .event = event_told};

static int setup(void **state)
{
    (void)state;
    run = (struct run){.trace = trace_new(50000, 200000), .watchers = &watcher};
    return run.trace && run_init(&run) ? 0 : 1;
}

static int teardown(void **state)
{
    (void)state;
    free(run.trace);
    run_release(&run);
    text_release(&output);
    text_release(&panic);
    text_release(&told);
    return 0;
}

static struct lua_face *load(const char *source)
{
    char error[256];
    struct lua_face *face =
        lua_face_new("t.lua", source, strlen(source), LUA_TELLS_ACCESSES, MEMORY, error, sizeof error);

    if (!face)
        fail_msg("%s", error);
    return face;
}

static enum run_end again(struct lua_face *face)
{
    run_clear(&run);
    return lua_face_run(face, &run);
}

static enum run_end execute(const char *source)
{
    struct lua_face *face = load(source);
    enum run_end end = again(face);

    lua_face_free(face);
    return end;
}

__attribute__((unused))
static void expect_prints(const char *source, const char *expected)
{
    enum run_end end = execute(source);

    if (end != RUN_DONE)
        fail_msg("ended as %d: %s", end, text_string(&panic));
    assert_string_equal(text_string(&output), expected);
}

__attribute__((unused))
static void expect_end(const char *source, enum run_end end, const char *expected)
{
    assert_int_equal(execute(source), end);
    assert_string_equal(text_string(&panic), expected);
}

/* How many events of a kind the last run has. */
__attribute__((unused))
static unsigned count(enum event_kind kind)
{
    unsigned n = 0;

    for (uint32_t i = 0; i < run.trace->count; i++)
        n += run.trace->events[i].kind == kind;
    return n;
}

__attribute__((unused))
static const struct event *nth(enum event_kind kind, unsigned n)
{
    for (uint32_t i = 0; i < run.trace->count; i++)
        if (run.trace->events[i].kind == kind && n-- == 0)
            return &run.trace->events[i];
    fail_msg("no such event: %s", event_name(kind));
    return NULL;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

#endif
