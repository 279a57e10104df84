// Four downloads at once, and the other side bears two.  The program counts how
// many are under way, and says how many there were at most.
//
// Your task: never more than two at a time; and two, whenever there is work
// for two.
#include "go.h"

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
    for (int i = 0; i < 4; i++) {
        wg_add(&downloads, 1);
        go(download, NULL);
    }
    wg_wait(&downloads);
    printf("4 downloads, at most %d at a time\n", peak);
}
