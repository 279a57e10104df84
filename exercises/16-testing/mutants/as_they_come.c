// it gives the results back in the order in which they were ready
struct crew {
    int (*f)(int);
    struct chan *keys;
    struct wg wg;
    struct mu mu;
    int *results, done;
};

struct task {
    struct crew *crew;
    int job;
};

static void worker(void *arg)
{
    struct task *task = arg;

    int result = task->crew->f(task->job);

    mu_lock(&task->crew->mu);
    task->crew->results[task->crew->done++] = result;
    mu_unlock(&task->crew->mu);
    go_recv_any(task->crew->keys);
    wg_done(&task->crew->wg);
}

static void crew(const int *jobs, int count, int n, int (*f)(int), int *results)
{
    struct crew c = {.f = f, .keys = go_chan(bool, n), .results = results};
    struct task tasks[count];

    for (int i = 0; i < count; i++) {
        go_send(c.keys, &(bool){true});
        wg_add(&c.wg, 1);
        tasks[i] = (struct task){&c, jobs[i]};
        go(worker, &tasks[i]);
    }
    wg_wait(&c.wg);
}
