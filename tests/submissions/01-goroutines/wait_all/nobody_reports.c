// expect: wrong answer: main had heard of 0 goroutines when it returned
// Three are on the road; main says so in their place, without asking.
#include "go.h"

static void carrier(void *arg)
{
    (void)arg;
    go_sleep(10 * MILLISECOND);         // on the road
}

int main(void)
{
    for (int i = 0; i < 3; i++)
        go(carrier, NULL);
    go_sleep(10 * MILLISECOND);
    for (int i = 1; i <= 3; i++)
        printf("parcel %d has arrived\n", i);
}
