/* go_work.c -- the functions of go.h for CPU time. */
#include "go.h"
#include "c/go_inside.h"

#define ENTER() c_enter(__builtin_return_address(0))

void go_work(int64_t duration)
{
    processor_work(ENTER(), duration);
}

int go_max_procs(int n)
{
    return (int)processor_set(ENTER(), n);
}

int go_num_cpu(void)
{
    const struct run *run = ENTER();

    return (int)(run->nprocessors ? run->nprocessors : PROCESSORS_DEFAULT);
}

struct go_stats go_stats(void)
{
    struct usage usage = processor_usage(ENTER());

    return (struct go_stats){
        .elapsed = usage.at[USAGE_ELAPSED],
        .worked = usage.at[USAGE_WORKED],
        .waited = usage.at[USAGE_WAITED],
        .capacity = usage.at[USAGE_CAPACITY],
        .pieces = usage.at[USAGE_PIECES],
        .peak = (int)usage.at[USAGE_PEAK],
        .processors = (int)usage.at[USAGE_PROCESSORS],
        .utilisation = usage_utilisation(&usage),
        .speedup = usage_speedup(&usage),
        .throughput = usage_throughput(&usage),
    };
}
