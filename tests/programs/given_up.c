// expect: leak
/* The first answer is taken; who has the second waits for ever, long before main returns. */
#include "go.h"
#include <stdio.h>

static void answer(void *answers)
{
    int n = 1;

    go_send((struct chan *)answers, &n);
}

static int first(void)
{
    struct chan *answers = go_chan_named(int, 0, "answers");
    int n;

    for (int i = 0; i < 2; i++)
        go(answer, answers);
    go_recv(answers, &n);
    return n;
}

int main(void)
{
    printf("%d\n", first());
    go_sleep(SECOND);
}
