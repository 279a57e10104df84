// A semaphore: a channel with room for as many as may work at once.
#include "go.h"

static struct chan *fires;
static struct wg guests;

static void guest(void *arg)
{
    go_send(fires, (int *)arg);         // take a fire: waits if none is free
    go_sleep(10 * MILLISECOND);         // on the fire
    go_recv_any(fires);                 // give it back
    wg_done(&guests);
}

int main(void)
{
    static int numbers[5] = {1, 2, 3, 4, 5};

    fires = go_chan(int, 2);
    for (int i = 0; i < 5; i++) {
        wg_add(&guests, 1);
        go(guest, &numbers[i]);
    }
    wg_wait(&guests);
    printf("five pots in %d ms\n", (int)(go_now() / MILLISECOND));
}
