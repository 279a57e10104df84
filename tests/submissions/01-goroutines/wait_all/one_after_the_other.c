// expect: wrong answer
// No goroutine: main carries each parcel itself.
#include "go.h"

static void carry(void *arg)
{
    int n = *(int *)arg;

    go_sleep(10 * MILLISECOND);         // on the road
    printf("parcel %d has arrived\n", n);
}

int main(void)
{
    static int numbers[3] = {1, 2, 3};

    for (int i = 0; i < 3; i++)
        carry(&numbers[i]);
}
