// expect: race
// Three goroutines add to one counter without a lock.
#include "go.h"

static struct wg wg;
static int counter;

static void add(void *arg)
{
    (void)arg;
    counter++;
    wg_done(&wg);
}

int main(void)
{
    for (int i = 0; i < 3; i++) {
        wg_add(&wg, 1);
        go(add, NULL);
    }
    wg_wait(&wg);
    printf("counter: %d\n", counter);
}
