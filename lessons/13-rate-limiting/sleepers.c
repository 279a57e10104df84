// The other side bears one call each 10 ms.  Each worker is polite and sleeps.
#include "go.h"

static struct chan *calls;              // of int64_t
static struct wg workers;

static void worker(void *arg)
{
    (void)arg;
    for (int i = 0; i < 3; i++) {
        go_send(calls, &(int64_t){go_now()}); // the call
        go_sleep(10 * MILLISECOND);     // "so I am slow enough"
    }
    wg_done(&workers);
}

int main(void)
{
    int64_t at, last = 0;
    int count = 0;

    calls = go_chan(int64_t, 9);
    for (int i = 0; i < 3; i++) {
        wg_add(&workers, 1);
        go(worker, NULL);
    }
    wg_wait(&workers);
    go_close(calls);

    for (; go_recv(calls, &at); count++)
        last = at;
    printf("%d calls in %d ms\n", count, (int)(last / MILLISECOND));
}
