// expect: deadlock
// Keeps the key, and the third one waits for ever.
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
