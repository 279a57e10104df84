// expect: deadlock
// Waits for one report more than will ever come.
#include "go.h"

static struct chan *arrived;

static void carry(void *arg)
{
    int n = *(int *)arg;

    go_sleep(10 * MILLISECOND);         // on the road
    printf("parcel %d has arrived\n", n);
    go_send(arrived, &n);
}

int main(void)
{
    static int numbers[3] = {1, 2, 3};

    arrived = go_chan(int, 0);
    for (int i = 0; i < 3; i++)
        go(carry, &numbers[i]);
    for (int i = 0; i < 4; i++)
        go_recv_any(arrived);
}
