// expect: wrong answer
// Main sleeps a while and hopes that it is long enough.
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
        go(carry, &numbers[i]);
    go_sleep(5 * MILLISECOND);
}
