// expect: wrong answer: goroutines besides main slept or worked for 20 ms in all
// main carries one itself, and a third goroutine is there to be counted.
#include "go.h"

static struct chan *arrived, *over;

static void carry(int n)
{
    go_sleep(10 * MILLISECOND);         // on the road
    printf("parcel %d has arrived\n", n);
}

static void carrier(void *arg)
{
    carry(*(int *)arg);
    go_send(arrived, (int *)arg);
}

static void idler(void *arg)
{
    go_recv_any(over);
    go_send(arrived, (int *)arg);
}

int main(void)
{
    static int numbers[3] = {1, 2, 3};

    arrived = go_chan(int, 0);
    over = go_chan(int, 0);
    for (int i = 0; i < 2; i++)
        go(carrier, &numbers[i]);
    go(idler, &numbers[2]);
    carry(3);
    go_close(over);
    for (int i = 0; i < 3; i++)
        go_recv_any(arrived);
}
