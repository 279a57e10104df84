// expect: deadlock
/* Main waits for an answer that nobody holds; a ticker keeps the program going. */
#include "go.h"
#include <stdio.h>

static void heart(void *arg)
{
    struct ticker beat = go_ticker(SECOND);

    (void)arg;
    for (;;)
        go_recv_any(beat.c);
}

int main(void)
{
    struct chan *answer = go_chan_named(int, 0, "answer");
    int n;

    go(heart, NULL);
    go_recv(answer, &n);
    printf("%d\n", n);
}
