// a buffered channel as a lock, the wrong way round
#include "go.h"

static struct chan *token;
static int counts[4];

static void work(void *arg)
{
    int one;

    (void)arg;
    counts[2]++;
    go_recv(token, &one);
}

int main(void)
{
    int one = 1;

    token = go_chan(int, 1);
    go(work, NULL);
    go_send(token, &one);
    printf("%d\n", counts[2]);
    go_sleep(1000);
}
