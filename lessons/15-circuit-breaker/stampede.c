// The time is over: may one try whether the server is up again?
#include "go.h"

enum state { OVER, HALF_OPEN, OPEN };   // OVER: open, and its time is over

static struct mu mu;
static enum state state = OVER;
static struct chan *asks;               // of struct chan *, of bool
static struct wg callers;

static void server(void *arg)           // still down
{
    struct chan *reply;
    int count = 0;

    (void)arg;
    while (go_recv(asks, &reply)) {
        count++;
        go_send(reply, &(bool){false});
    }
    printf("tries: %d\n", count);
    wg_done(&callers);
}

static void caller(void *arg)
{
    struct chan *reply = go_chan(bool, 1);
    bool go_on, ok;

    (void)arg;
    mu_lock(&mu);
    go_on = state != OPEN;              // half-open: go on
    if (state != OPEN)
        state = HALF_OPEN;
    mu_unlock(&mu);
    if (go_on) {
        go_send(asks, &reply);
        go_recv(reply, &ok);
        if (!ok) {
            mu_lock(&mu);
            state = OPEN;               // again, for a while
            mu_unlock(&mu);
        }
    }
    wg_done(&callers);
}

int main(void)
{
    asks = go_chan(struct chan *, 0);
    wg_add(&callers, 3);
    for (int i = 0; i < 3; i++)
        go(caller, NULL);
    go(server, NULL);
    wg_wait(&callers);
    wg_add(&callers, 1);
    go_close(asks);
    wg_wait(&callers);
}
