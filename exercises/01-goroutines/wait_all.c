// Three parcels are on their way, and main goes home at once.
//
// Nothing is printed: when main returns the program is over, wherever the
// others are.
//
// Your task: let main wait until every parcel has arrived.
#include "go.h"

static void carry(void *arg)
{
    int n = *(int *)arg;

    go_sleep(10 * MILLISECOND);         // on the road
    printf("parcel %d has arrived\n", n);
    // How could it tell main?
}

int main(void)
{
    static int numbers[3] = {1, 2, 3};

    for (int i = 0; i < 3; i++)
        go(carry, &numbers[i]);
    // And how does main wait for all three?
}
