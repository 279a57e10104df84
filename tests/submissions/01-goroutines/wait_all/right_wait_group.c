// expect: passed
// Another way: a WaitGroup counts the parcels.
#include "go.h"

static struct wg parcels;

static void carry(void *arg)
{
    int n = *(int *)arg;

    go_sleep(10 * MILLISECOND);         // on the road
    printf("parcel %d has arrived\n", n);
    wg_done(&parcels);
}

int main(void)
{
    static int numbers[3] = {1, 2, 3};

    for (int i = 0; i < 3; i++) {
        wg_add(&parcels, 1);
        go(carry, &numbers[i]);
    }
    wg_wait(&parcels);
}
