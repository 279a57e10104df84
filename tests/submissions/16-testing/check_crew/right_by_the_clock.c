// expect: passed
// Counts by the clock: six jobs of 10 ms are 30 ms of work for two.
#include "go.h"

// [subject]
// Calls f(job) for each of count jobs, at most n at once.  Puts what f gave into
// results, in the order of the jobs.
struct crew {
    int (*f)(int);
    struct chan *keys;
    struct wg wg;
};

struct task {
    struct crew *crew;
    int job, *result;
};

static void worker(void *arg)
{
    struct task *task = arg;

    *task->result = task->crew->f(task->job);
    go_recv_any(task->crew->keys);
    wg_done(&task->crew->wg);
}

static void crew(const int *jobs, int count, int n, int (*f)(int), int *results)
{
    struct crew c = {.f = f, .keys = go_chan(bool, n)};
    struct task tasks[count];

    for (int i = 0; i < count; i++) {
        go_send(c.keys, &(bool){true});
        wg_add(&c.wg, 1);
        tasks[i] = (struct task){&c, jobs[i], &results[i]};
        go(worker, &tasks[i]);
    }
    wg_wait(&c.wg);
}
// [end of subject]

static int ten_times(int job)
{
    go_sleep(10 * MILLISECOND);
    return 10 * job;
}

int main(void)
{
    int jobs[] = {6, 5, 4, 3, 2, 1}, results[6];
    int64_t start = go_now();

    crew(jobs, 6, 2, ten_times, results);
    if (go_now() - start != 30 * MILLISECOND)
        go_panic("not two at once");
    for (int i = 0; i < 6; i++)
        if (results[i] != 10 * jobs[i])
            go_panic("result %d is wrong", i);
    printf("the crew is right\n");
}
