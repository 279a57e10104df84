// expect: passed
// Another way: two workers, and a channel of work.
#include "go.h"

static struct chan *work;
static struct wg downloads;
static struct mu mu;
static int running, peak;

static void count(int change)
{
    mu_lock(&mu);
    running += change;
    if (running > peak)
        peak = running;
    mu_unlock(&mu);
}

static void download(void *arg)
{
    (void)arg;
    while (go_recv_any(work)) {
        count(1);
        go_sleep(10 * MILLISECOND);
        count(-1);
    }
    wg_done(&downloads);
}

int main(void)
{
    work = go_chan(int, 4);
    for (int i = 0; i < 4; i++)
        go_send(work, &i);
    go_close(work);
    for (int i = 0; i < 2; i++) {
        wg_add(&downloads, 1);
        go(download, NULL);
    }
    wg_wait(&downloads);
    printf("4 downloads, at most %d at a time\n", peak);
}
