// Forty goroutines sleep at the same time, and it takes no longer than one.
#include "go.h"

static struct chan *awake;

static void sleeper(void *arg)
{
    (void)arg;
    go_sleep(10 * MILLISECOND);
    go_send(awake, &(bool){true});
}

int main(void)
{
    awake = go_chan(bool, 0);
    for (int i = 0; i < 40; i++)
        go(sleeper, NULL);
    printf("%d goroutines, main among them\n", go_num_goroutine());
    for (int i = 0; i < 40; i++)
        go_recv_any(awake);
    printf("all awake after %d ms\n", (int)(go_now() / MILLISECOND));
}
