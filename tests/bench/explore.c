/* explore.c -- what a judgement costs its processes: explore FILE RUNS JOBS STRATEGY [-DNAME=V...].
 *
 * All runs are made (at most RUNS, 0: the default budget), whatever is found.  Prints one line:
 * ns of processor time a step, kB that the largest process came to, ms of processor time of the
 * busiest one, ms of the clock on the wall, runs, runs begun in vain, steps.  Compiling does not
 * count.
 */
#include "grade/judge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { LOOK_MS = 5, SECOND = 1000 * 1000 * 1000 };

static double wall_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * SECOND + (double)t.tv_nsec;
}

static double time_ns(struct timeval t)
{
    return (double)t.tv_sec * SECOND + (double)t.tv_usec * 1000;
}

/* Of processes that have ended. */
static double children_ns(void)
{
    struct rusage usage;

    getrusage(RUSAGE_CHILDREN, &usage);
    return time_ns(usage.ru_utime) + time_ns(usage.ru_stime);
}

/* What the largest process came to, and the busiest. */
struct most {
    long kb;
    double ns; /* of processor time */
};

static void look_at(int pid, struct most *most)
{
    char path[64], line[256];
    double ns;
    long kb;
    FILE *file;

    snprintf(path, sizeof path, "/proc/%d/status", pid);
    file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "VmHWM: %ld", &kb) == 1 && kb > most->kb)
            most->kb = kb;
    if (file)
        fclose(file);
    snprintf(path, sizeof path, "/proc/%d/schedstat", pid);
    file = fopen(path, "r");
    if (file && fscanf(file, "%lf", &ns) == 1 && ns > most->ns)
        most->ns = ns;
    if (file)
        fclose(file);
}

static void look(struct most *most)
{
    char path[64];
    FILE *file;
    int pid;

    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    file = fopen(path, "r");
    while (file && fscanf(file, "%d", &pid) == 1)
        look_at(pid, most);
    if (file)
        fclose(file);
}

int main(int argc, char **argv)
{
    struct judge_request request = {.mode = JUDGE_CHECK, .output = -1, .keep_going = true};
    double wall, processor;
    struct program program;
    struct result result;
    struct judge *judge;
    struct most most = {0};
    char error[1024];

    if (argc < 5 || !program_load(&program, argv[1], error, sizeof error)) {
        fprintf(stderr, "explore FILE RUNS JOBS STRATEGY [-DNAME=V...]\n");
        return 2;
    }
    request.program = &program;
    request.runs = (uint64_t)atoll(argv[2]);
    request.jobs = (uint32_t)atoi(argv[3]);
    request.strategy = argv[4];
    request.cflags = (const char *const *)argv + 5;
    judge = judge_start(&request);
    while (judge_progress(judge).compiling && !judge_poll(judge, 1))
        ;
    wall = wall_ns();
    processor = children_ns();
    while (!judge_poll(judge, LOOK_MS))
        look(&most);
    judge_finish(judge, &result);
    wall = wall_ns() - wall;
    processor = children_ns() - processor;
    printf("%.1f %ld %.1f %.1f %llu %llu %llu\n", processor / (double)result.steps, most.kb,
           most.ns / 1e6, wall / 1e6,
           (unsigned long long)result.runs, (unsigned long long)result.blocked_runs,
           (unsigned long long)result.steps);
    result_release(&result);
    program_release(&program);
    return result.steps > 0 ? 0 : 1;
}
