// The server is down, and everybody finds out for himself.
#include "go.h"

static struct chan *asks;               // nobody receives: it is down
static struct wg guests;

static void guest(void *arg)
{
    (void)arg;
    for (int i = 0; i < 2; i++) {
        struct chan *limit = go_after(50 * MILLISECOND);

        go_select(SEND(asks, &i), RECV(limit));
    }
    wg_done(&guests);
}

int main(void)
{
    asks = go_chan(int, 0);
    for (int i = 0; i < 3; i++) {
        wg_add(&guests, 1);
        go(guest, NULL);
    }
    wg_wait(&guests);
    printf("6 calls failed after %d ms\n", (int)(go_now() / MILLISECOND));
}
