// expect: wrong answer: goroutines besides main slept or worked for 0 ms in all
// Nobody looks anything up: two goroutines send junk, and main knows the rest.
#include "go.h"

static void sender(void *junk)
{
    go_send((struct chan *)junk, &(int){1});
}

int main(void)
{
    struct chan *junk = go_chan(int, 2);

    go(sender, junk);
    go(sender, junk);
    go_recv_any(junk);
    go_recv_any(junk);
    go_sleep(30 * MILLISECOND);
    printf("quick: 42\n");
    printf("slow: no answer in time\n");
}
