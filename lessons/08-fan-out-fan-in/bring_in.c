// Two rivers, one sea: a forwarder for each, and a coordinator that closes.
#include "go.h"

struct river {
    int first, last;
    struct chan *out;
};

static struct chan *sea;
static struct wg forwarders;

static void flow(void *arg)
{
    struct river *river = arg;

    for (int n = river->first; n <= river->last; n++)
        go_send(river->out, &n);
    go_close(river->out);
}

static void forward(void *arg)
{
    struct river *river = arg;
    int n;

    while (go_recv(river->out, &n))
        go_send(sea, &n);
    wg_done(&forwarders);
}

static void coordinator(void *arg)
{
    (void)arg;
    wg_wait(&forwarders);               // when no forwarder can send any more
    go_close(sea);
}

int main(void)
{
    static struct river rivers[2] = {{1, 2, NULL}, {11, 12, NULL}};
    int n, sum = 0;

    sea = go_chan(int, 0);
    for (int i = 0; i < 2; i++) {
        rivers[i].out = go_chan(int, 0);
        go(flow, &rivers[i]);
        wg_add(&forwarders, 1);
        go(forward, &rivers[i]);
    }
    go(coordinator, NULL);

    while (go_recv(sea, &n)) {
        printf("%d\n", n);
        sum += n;
    }
    printf("sum: %d\n", sum);
}
