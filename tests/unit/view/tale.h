/* tale.h -- traces written by hand, for tests of what reads traces. */
#ifndef BRAID_TESTS_TALE_H
#define BRAID_TESTS_TALE_H

#include "check/finding.h"
#include "grade/program.h"
#include "rt/trace.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

static inline struct trace *tale_new(void)
{
    struct trace *trace = trace_new(8192, 1 << 16);

    assert_non_null(trace);
    return trace;
}

/* TELL(trace, .kind = EVENT_SEND, .g = 2, ...) appends an event. */
#define TELL(trace, ...) trace_add((trace), &(struct event){__VA_ARGS__})

static inline uint32_t tale_text(struct trace *trace, const char *text)
{
    return trace_text_add(trace, text, strlen(text));
}

/* A program that is not in a file. */
static inline void tale_program(struct program *program, const char *name, const char *text)
{
    *program = (struct program){.name = name, .text = strdup(text), .length = strlen(text)};
    program->language = strstr(name, ".lua") ? LANGUAGE_LUA : LANGUAGE_C;
    program->lines = calloc(program->length + 2, sizeof *program->lines);
    for (const char *at = program->text; *at; at++) {
        program->lines[program->nlines++] = at;
        at += strcspn(at, "\n");
        if (!*at)
            break;
    }
}

static inline void tale_program_release(struct program *program)
{
    free(program->text);
    free(program->lines);
}

/* Two workers take five jobs, results has room for two, nobody receives: a deadlock. */
static const char pool_source[] =
    "local jobs, results = chan(), chan(2)\n"
    "local wg = sync.WaitGroup()\n"
    "\n"
    "local function worker()\n"
    "  for job in jobs:range() do\n"
    "    results:send(job * job)  -- nobody takes them\n"
    "  end\n"
    "  wg:done()\n"
    "end\n"
    "\n"
    "for i = 1, 2 do\n"
    "  wg:add(1)\n"
    "  go(worker)\n"
    "end\n"
    "for i = 1, 5 do jobs:send(i) end\n"
    "jobs:close()\n"
    "wg:wait()\n"
    "print(#results)\n";

enum { POOL_JOBS = 1, POOL_RESULTS = 2, POOL_WG = 3 };

#define POOL_GO(g_, wg_)                                                                          \
    TELL(trace, .kind = EVENT_WG_ADD, .g = 1, .obj = POOL_WG, .value = 1, .value_kind = VALUE_INT, \
         .extra = (wg_), .line = 12);                                                              \
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = (g_), .line = 13);                              \
    POOL_WAIT((g_), WAIT_RECV, POOL_JOBS, 5)
#define POOL_WAIT(g_, wait_, obj_, line_)                                                          \
    TELL(trace, .kind = EVENT_BLOCK, .g = (g_), .extra = (wait_), .obj = (obj_), .line = (line_))
#define POOL_JOB(job_, to_)                                                                        \
    TELL(trace, .kind = EVENT_SEND, .g = 1, .obj = POOL_JOBS, .other = (to_), .value = (job_),     \
         .value_kind = VALUE_INT, .seq = (job_), .line = 15)
#define POOL_RESULT(g_, value_)                                                                    \
    TELL(trace, .kind = EVENT_SEND, .g = (g_), .obj = POOL_RESULTS, .value = (value_),             \
         .value_kind = VALUE_INT, .line = 6)

static inline struct trace *pool_tale(void)
{
    struct trace *trace = tale_new();

    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = POOL_JOBS, .extra = OBJECT_CHAN, .line = 1);
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = POOL_RESULTS, .extra = OBJECT_CHAN, .value = 2,
         .line = 1);
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = POOL_WG, .extra = OBJECT_WAITGROUP, .line = 2);
    POOL_GO(2, 1);                                /* 3, 4, 5: moments 2 and 3 */
    POOL_GO(3, 2);                                /* 6, 7, 8: moments 4 and 5 */
    POOL_JOB(1, 2);                               /* 9: moment 6 */
    POOL_RESULT(2, 1);                            /* 10: moment 7 */
    POOL_WAIT(2, WAIT_RECV, POOL_JOBS, 5);
    POOL_JOB(2, 3);                               /* 12: moment 8 */
    POOL_RESULT(3, 4);                            /* 13: moment 9 */
    POOL_WAIT(3, WAIT_RECV, POOL_JOBS, 5);
    POOL_JOB(3, 2);                               /* 15: moment 10 */
    POOL_WAIT(2, WAIT_SEND, POOL_RESULTS, 6);
    POOL_JOB(4, 3);                               /* 17: moment 11 */
    POOL_WAIT(3, WAIT_SEND, POOL_RESULTS, 6);
    POOL_WAIT(1, WAIT_SEND, POOL_JOBS, 15);       /* 19 */
    return trace;
}

static inline uint32_t draw_number(uint64_t *seed, uint32_t below)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33) % below;
}

/* Any events with any ids, as a stray write of a learner's program may leave them. */
static inline struct trace *wild_tale(uint64_t seed, uint32_t count)
{
    struct trace *trace = tale_new();

    for (uint32_t i = 0; i < count; i++) {
        TELL(trace, .flags = (uint8_t)draw_number(&seed, 32),
             .value_kind = (uint8_t)draw_number(&seed, 8),
             .g = draw_number(&seed, 200) == 0 ? UINT32_MAX : draw_number(&seed, 12),
             .obj = draw_number(&seed, 200) == 0 ? 4000000000u : draw_number(&seed, 12),
             .other = draw_number(&seed, 12), .extra = draw_number(&seed, 12),
             .text = draw_number(&seed, 100), .line = draw_number(&seed, 30),
             .value = (int64_t)draw_number(&seed, 6) - 1, .time = draw_number(&seed, 1000));
        trace->events[i].kind = (uint8_t)draw_number(&seed, EVENT_KIND_COUNT + 2);
    }
    return trace;
}

static inline struct findings pool_findings(void)
{
    return (struct findings){
        .count = 1,
        .at = {{.kind = FINDING_DEADLOCK, .event = 19, .obj = POOL_JOBS,
                .at = {.g = 1, .line = 15, .event = 19}, .other = {.event = UINT32_MAX}}},
    };
}

#endif
