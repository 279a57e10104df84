/* bench.c -- times one workload on one face: bench FACE WORKLOAD N RUNS
 *
 * FACE: c-off (no memory hooks, no trace), c (hooks, trace, all checks), lua (the same).
 * Prints one value a run: ns per operation, or bytes per goroutine for `parked`.
 * Every run is a process of its own, so that none finds warm memory.
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
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct meter {
    struct watcher watcher;
    long parked; /* resident bytes when main woke up */
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

static void on_event(struct watcher *self, struct run *run, const struct event *event)
{
    (void)run;
    if (event->kind == EVENT_WAKE)
        ((struct meter *)self)->parked = resident();
}

static double now_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static _Noreturn void die(const char *what)
{
    fprintf(stderr, "bench: %s\n", what);
    exit(1);
}

static void measure(struct c_face *c, struct lua_face *lua, bool checks, bool memory, double n)
{
    static struct findings findings;
    struct run run = {.limits = {.steps = UINT64_MAX, .ticks = UINT64_MAX}};
    struct meter meter = {.watcher = {.event = on_event}};
    struct watcher *race = race_new(&findings), *rest = rest_new(&findings);
    double start;
    long before;
    enum run_end end;

    run.strategy = random_new(1, 1);
    if (checks) {
        run.trace = trace_new(16 * 1000 * 1000, 1000 * 1000);
        race->next = rest;
        run.watchers = race;
    }
    if (memory) {
        meter.watcher.next = run.watchers;
        run.watchers = &meter.watcher;
    }
    if (!run_init(&run))
        die("out of memory");
    run_clear(&run);
    before = resident();
    start = now_ns();
    end = lua ? lua_face_run(lua, &run) : c_face_run(c, &run);
    if (end != RUN_DONE || findings.count > 0)
        die("the workload did not end well");
    if (memory)
        printf("%.0f\n", (double)(meter.parked - before) / n);
    else
        printf("%.1f\n", (now_ns() - start) / n);
    fflush(stdout);
    _exit(0);
}

int main(int argc, char **argv)
{
    bool lua = argc > 1 && strcmp(argv[1], "lua") == 0, off = argc > 1 && strcmp(argv[1], "c-off") == 0;
    char root[PATH_MAX], path[PATH_MAX + 64], include[PATH_MAX + 16], define[64], error[1024];
    struct compile_result compiled = {0};
    struct program program;
    size_t bytes;
    char *text;
    double n;

    if (argc != 5)
        die("bench FACE WORKLOAD N RUNS");
    n = atof(argv[3]);
    place_root(root, sizeof root);
    snprintf(path, sizeof path, "%s/tests/bench/%s.%s", root, argv[2], lua ? "lua" : "c");
    snprintf(include, sizeof include, "%s/engine", root);
    if (!program_load(&program, path, error, sizeof error))
        die(error);
    bytes = program.length + 64;
    text = malloc(bytes);
    snprintf(text, bytes, "local N = %s %s", argv[3], program.text);
    if (!lua) {
        const char *flags[] = {define, "-O1", NULL, NULL, NULL};
        struct compile_request request = {.source = path, .include = include, .flags = flags};
        struct compile *compile;

        snprintf(define, sizeof define, "-DN=%s", argv[3]);
        if (off) {
            flags[2] = "-fno-sanitize=thread";
            flags[3] = "-fno-sanitize-coverage=trace-pc";
        }
        compile = compile_start(&request);
        compile_poll(compile, -1);
        compile_finish(compile, &compiled);
        if (compiled.end != COMPILE_DONE)
            die(compiled.text);
    }
    for (int i = atoi(argv[4]); i > 0; i--) {
        pid_t child = fork();
        int status;

        if (child == 0) {
            size_t limit = (size_t)20 << 30;
            struct lua_face *l = lua ? lua_face_new(argv[2], text, strlen(text), true, limit, error, sizeof error) : NULL;
            struct c_face *c = lua ? NULL : c_face_new(compiled.object, limit, error, sizeof error);

            if (!l && !c)
                die(error);
            measure(c, l, !off, strcmp(argv[2], "parked") == 0, n);
        }
        if (waitpid(child, &status, 0) < 0 || status != 0)
            die("the run failed");
    }
    compile_result_release(&compiled);
    program_release(&program);
    free(text);
    return 0;
}
