/* first.c -- times the judge from the compiled program to the verdict: first FILE RUNS JOBS STRATEGY
 * [-DNAME=V...].  Prints the milliseconds of each of RUNS judgements, a line each: from entering the
 * cage to the fault shown in its simplest form.  STRATEGY - is the default.
 */
#include "grade/judge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

int main(int argc, char **argv)
{
    struct judge_request request = {.mode = JUDGE_CHECK, .output = -1};
    struct program program;
    char error[1024];

    if (argc < 5 || !program_load(&program, argv[1], error, sizeof error)) {
        fprintf(stderr, "first FILE RUNS JOBS STRATEGY [-DNAME=V...]\n");
        return 2;
    }
    request.program = &program;
    request.jobs = (uint32_t)atoi(argv[3]);
    request.strategy = strcmp(argv[4], "-") == 0 ? NULL : argv[4];
    request.cflags = (const char *const *)argv + 5;
    for (int i = atoi(argv[2]); i > 0; i--) {
        struct judge *judge = judge_start(&request);
        struct result result;
        double start;

        while (judge_progress(judge).compiling && !judge_poll(judge, 0))
            ;
        start = now_ms();
        judge_finish(judge, &result);
        printf("%.2f\n", now_ms() - start);
        result_release(&result);
    }
    program_release(&program);
    return 0;
}
