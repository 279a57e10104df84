// Takes the fire before it starts the goroutine: who waits now?
#include "go.h"

static struct chan *fires;
static struct wg guests;

static void guest(void *arg)
{
    (void)arg;
    go_sleep(10 * MILLISECOND);         // on the fire
    go_recv_any(fires);                 // give it back
    wg_done(&guests);
}

int main(void)
{
    int most = 0;

    fires = go_chan(int, 2);
    for (int n = 1; n <= 6; n++) {
        go_send(fires, &n);             // main waits here, and nobody else
        wg_add(&guests, 1);
        go(guest, NULL);
        if (go_num_goroutine() > most)
            most = go_num_goroutine();
    }
    wg_wait(&guests);
    printf("six guests, and %d goroutines at most, with main\n", most);
}
