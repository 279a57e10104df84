// expect: passed
// Another way: main owns the channel of visits, and closes it.
#include "go.h"

static struct chan *visits, *total;

static void count_visits(void *arg)
{
    int count = 0;

    (void)arg;
    while (go_recv_any(visits))
        count++;
    go_send(total, &count);
}

int main(void)
{
    int count;

    visits = go_chan(int, 0);
    total = go_chan(int, 1);
    go(count_visits, NULL);
    for (int n = 1; n <= 3; n++)
        go_send(visits, &n);
    go_close(visits);
    go_recv(total, &count);
    printf("%d visits\n", count);
}
