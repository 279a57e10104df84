// expect: wrong answer: at most
// Gives the key back before the work.
#include "go.h"

static struct chan *keys;
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
    go_recv_any(keys);
    count(1);
    go_sleep(10 * MILLISECOND);
    count(-1);
    wg_done(&downloads);
}

int main(void)
{
    keys = go_chan(bool, 2);
    for (int i = 0; i < 4; i++) {
        go_send(keys, &(bool){true});   // take a key: waits if there is none
        wg_add(&downloads, 1);
        go(download, NULL);
    }
    wg_wait(&downloads);
    printf("4 downloads, at most %d at a time\n", peak);
}
