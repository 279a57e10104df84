// Three in each 100 ms, counted from 0, from 100, from 200, and so on.
#include "go.h"

enum { LIMIT = 3 };

static struct chan *door;
static int period, count;

static bool allow(int now)
{
    if (now / 100 != period) {          // a new period: forget all
        period = now / 100;
        count = 0;
    }
    return ++count <= LIMIT;
}

static void guests(void *arg)
{
    static const int times[] = {92, 94, 96, 98, 102, 104, 106, 108};

    (void)arg;
    for (int i = 0; i < 8; i++) {
        go_sleep(times[i] * MILLISECOND - go_now());
        go_send(door, &times[i]);
    }
    go_close(door);
}

int main(void)
{
    int at, total = 0;

    door = go_chan(int, 0);
    go(guests, NULL);
    while (go_recv(door, &at))
        total += allow(at);
    printf("%d of 8 in 16 ms\n", total);
}
