/* bench.c -- times one workload on one face, once: bench FACE WORKLOAD N K
 *
 * FACE: c-off (no memory hooks, no trace), c (hooks, trace, all checks), lua (the same).
 * Prints ns of processor time per operation, of N; for `parked` bytes per goroutine.
 *
 * Times are of the second run in this process: a judge makes hundreds of a program, and only the
 * first has to ask the system for its memory.  Bytes are of the first.
 */
#include "base/place.h"
#include "c/compile.h"
#include "c/face.h"
#include "check/check.h"
#include "explore/strategy.h"
#include "grade/program.h"
#include "lua/face.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { SECOND = 1000 * 1000 * 1000 };

/* Of our processor time: what other processes do hardly counts. */
static double now_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* Looks when all have come to rest and virtual time goes on: a workload sleeps before the part
 * that is to be measured, and after it.  One that does not is measured from begin to end. */
struct look {
    struct timer timer; /* first: its address is the look's; periodic: alone it does not fire */
    double at;          /* ns */
    long resident;      /* bytes */
};

static long resident(void)
{
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");

    if (file) {
        if (fscanf(file, "%*d %ld", &pages) != 1)
            pages = 0;
        fclose(file);
    }
    return pages * sysconf(_SC_PAGESIZE);
}

static void take_look(struct look *look)
{
    look->at = now_ns();
    look->resident = resident();
}

static void on_timer(struct run *run, struct timer *timer)
{
    (void)run;
    take_look((struct look *)timer);
}

static _Noreturn void die(const char *what)
{
    fprintf(stderr, "bench: %s\n", what);
    exit(1);
}

/* A judge uses the memory of its trace again for each of its thousands of runs, and few come to
 * 10,000 events: so this one starts again from its beginning when it has no more room. */
enum { EVENTS = 16 * 1024, TEXT = 1024 * 1024 };

static void on_event(struct watcher *self, struct run *run, const struct event *event)
{
    (void)self, (void)event;
    if (run->trace->count == run->trace->cap)
        trace_clear(run->trace);
}

/* Runs the workload once. */
static void make_run(struct run *run, struct c_face *c, struct lua_face *lua, struct look *first,
                     struct look *last)
{
    enum run_end how;

    *first = *last = (struct look){.timer = {.fire = on_timer, .periodic = true}};
    run_clear(run);
    timer_arm(&run->timers, &first->timer, 1);
    timer_arm(&run->timers, &last->timer, SECOND);
    how = lua ? lua_face_run(lua, run) : c_face_run(c, run);
    if (how != RUN_DONE && how != RUN_EXIT)
        die("the workload did not end well");
}

static void measure(struct c_face *c, struct lua_face *lua, bool checks, bool memory, double n)
{
    static struct findings findings;
    struct run run = {.limits = {.steps = UINT64_MAX, .ticks = UINT64_MAX}};
    struct look first, last, start, end;
    struct watcher again = {.event = on_event};
    struct watcher *race = race_new(&findings), *rest = rest_new(&findings);

    run.strategy = random_new(1, 1);
    if (checks) {
        run.trace = trace_new(EVENTS, TEXT);
        race->next = &again;
        again.next = rest;
        run.watchers = race;
    }
    if (!run_init(&run))
        die("out of memory");
    if (!memory)
        make_run(&run, c, lua, &first, &last);
    take_look(&start);
    make_run(&run, c, lua, &first, &last);
    take_look(&end);
    if (findings.count > 0)
        die("the workload has faults");
    if (memory)
        printf("%.0f\n", (double)(first.resident - start.resident) / n);
    else
        printf("%.1f\n", ((last.at ? last.at : end.at) - (first.at ? first.at : start.at)) / n);
    fflush(stdout);
    _exit(0);
}

/* The workload compiled: its shared object's path is in compiled->object. */
static void compile(struct compile_result *compiled, const char *path, const char *root, bool off,
                    char **argv)
{
    char include[PATH_MAX + 16], n[64], k[64];
    const char *flags[] = {n, k, off ? NULL : "-O1", NULL};
    struct compile_request request = {.source = path, .include = include, .flags = flags,
                                      .unchecked = off};
    struct compile *under_way;

    snprintf(include, sizeof include, "%s/engine", root);
    snprintf(n, sizeof n, "-DN=%s", argv[3]);
    snprintf(k, sizeof k, "-DK=%s", argv[4]);
    under_way = compile_start(&request);
    compile_poll(under_way, -1);
    compile_finish(under_way, compiled);
    if (compiled->end != COMPILE_DONE)
        die(compiled->text);
}

/* The workload as text, its two numbers in its first line. */
static char *lua_text(const char *path, char **argv)
{
    struct program program;
    char error[1024], *text;

    if (!program_load(&program, path, error, sizeof error))
        die(error);
    if (asprintf(&text, "local N, K = %s, %s %s", argv[3], argv[4], program.text) < 0)
        die("out of memory");
    program_release(&program);
    return text;
}

int main(int argc, char **argv)
{
    const size_t limit = (size_t)20 << 30;
    bool is_lua = argc > 1 && strcmp(argv[1], "lua") == 0;
    bool off = argc > 1 && strcmp(argv[1], "c-off") == 0;
    char root[PATH_MAX], path[PATH_MAX + 64], error[1024];
    struct compile_result compiled = {0};
    struct lua_face *lua = NULL;
    struct c_face *c = NULL;

    if (argc != 5)
        die("bench FACE WORKLOAD N K");
    place_root(root, sizeof root);
    snprintf(path, sizeof path, "%s/tests/bench/%s.%s", root, argv[2], is_lua ? "lua" : "c");
    if (is_lua) {
        char *text = lua_text(path, argv);

        lua = lua_face_new(argv[2], text, strlen(text), LUA_TELLS_ACCESSES, limit, error, sizeof error);
    } else {
        compile(&compiled, path, root, off, argv);
        c = c_face_new(compiled.object, limit, error, sizeof error);
        compile_result_release(&compiled);
    }
    if (!lua && !c)
        die(error);
    measure(c, lua, !off, strcmp(argv[2], "parked") == 0, atof(argv[3]));
    return 0;
}
