// it counts a worker as done before its result is there
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
    struct task task = *(struct task *)arg;
    struct chan *keys = task.crew->keys;
    int (*f)(int) = task.crew->f;

    wg_done(&task.crew->wg);
    *task.result = f(task.job);
    go_recv_any(keys);
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
