// expect: passed
// 8 jobs of 10 ms.  On 4 processors 4 workers take 2 rounds, 20 ms, and no time is lost; 8 workers
// are no faster; 2 take 4 rounds, 40 ms, and half of the time there is.
#include "go.h"

static struct chan *jobs;
static struct wg wg;

static void worker(void *arg)
{
    int64_t job;

    (void)arg;
    while (go_recv(jobs, &job))
        go_work(job);
    wg_done(&wg);
}

static void pool(int workers)
{
    int64_t start = go_now(), job = 10 * MILLISECOND;

    jobs = go_chan(int64_t, 8);
    for (int i = 0; i < 8; i++)
        go_send(jobs, &job);
    go_close(jobs);
    wg_add(&wg, workers);
    for (int i = 0; i < workers; i++)
        go(worker, NULL);
    wg_wait(&wg);
    printf("%d workers: %d ms\n", workers, (int)((go_now() - start) / MILLISECOND));
}

static void stats(void)
{
    struct go_stats s = go_stats();

    printf("%d pieces, %d ms of work in %d ms, at most %d at once\n", (int)s.pieces,
           (int)(s.worked / MILLISECOND), (int)(s.elapsed / MILLISECOND), s.peak);
    printf("utilisation %g, speed-up %g\n", s.utilisation, s.speedup);
}

int main(void)
{
    int before;

    printf("%d processors\n", go_num_cpu());
    pool(2); // 80 of 160
    stats();
    pool(4); // 160 of 240
    pool(8); // 240 of 320
    stats();
    before = go_max_procs(1);
    printf("was %d, is %d\n", before, go_max_procs(0));
    pool(8); // one at a time: 80 ms
}
