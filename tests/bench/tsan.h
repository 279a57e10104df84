/* tsan.h -- what a workload for ThreadSanitizer is timed by: main N prints ns of processor time per
 * operation, of N that `work` does. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void work(long n);

static double now_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

int main(int argc, char **argv)
{
    long n = argc > 1 ? atol(argv[1]) : 1;
    double start = now_ns();

    work(n);
    printf("%.1f\n", (now_ns() - start) / (double)n);
}
