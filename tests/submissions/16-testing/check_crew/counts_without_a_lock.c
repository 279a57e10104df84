// expect: race
// Counts who is at work without a lock: the check itself is wrong.
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

static int at_work, most;

static int ten_times(int job)
{
    at_work++;
    if (at_work > most)
        most = at_work;
    go_sleep((5 - job) * 10 * MILLISECOND);
    at_work--;
    return 10 * job;
}

int main(void)
{
    int jobs[] = {1, 2, 3, 4}, results[4];

    crew(jobs, 4, 2, ten_times, results);
    for (int i = 0; i < 4; i++)
        if (results[i] != 10 * jobs[i])
            go_panic("result %d is wrong", i);
    if (most != 2)
        go_panic("%d at work at once", most);
    printf("the crew is right\n");
}
