// Waits for a fire, but not longer than the kitchen is open.
#include "go.h"

static struct chan *fires;
static struct wg guests;

static void guest(void *arg)
{
    (void)arg;
    go_sleep(20 * MILLISECOND);         // on the fire
    go_recv_any(fires);                 // give it back
    wg_done(&guests);
}

int main(void)
{
    struct ctx *ctx = ctx_with_timeout(ctx_background(), 25 * MILLISECOND);
    int served = 0;

    fires = go_chan(int, 1);
    for (int n = 1; n <= 4; n++) {
        if (go_select(SEND(fires, &n), RECV(ctx_done(ctx))) == 1)
            break;
        served++;
        wg_add(&guests, 1);
        go(guest, NULL);
    }
    wg_wait(&guests);                   // those who have a fire may finish
    ctx_cancel(ctx);
    printf("%d of 4 guests were served\n", served);
}
