// expect: panic: sync: negative WaitGroup counter
// One stage of two workers: how many are counted in, how many out?
#include "go.h"

static struct wg stage;

static void worker(void *arg)
{
    (void)arg;
    go_sleep(10 * MILLISECOND);
    wg_done(&stage);
}

int main(void)
{
    wg_add(&stage, 1);                  // one stage
    go(worker, NULL);
    go(worker, NULL);
    wg_wait(&stage);
    go_sleep(20 * MILLISECOND);
    printf("the stage is over\n");
}
