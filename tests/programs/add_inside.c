// expect: wrong answer: assertion failed
// Add inside the goroutine: Wait may find the counter at zero and go on.
#include <assert.h>

#include "go.h"

static struct wg wg;
static struct mu mu;
static int finished;

static void work(void *arg)
{
    (void)arg;
    wg_add(&wg, 1);                     // too late: main may be waiting already
    mu_lock(&mu);
    finished++;
    mu_unlock(&mu);
    wg_done(&wg);
}

int main(void)
{
    for (int i = 0; i < 3; i++)
        go(work, NULL);
    wg_wait(&wg);

    mu_lock(&mu);
    assert(finished == 3);
    mu_unlock(&mu);
    printf("all three have finished\n");
}
