// expect: race
// Three workers put their results at the end of one list.
#include "go.h"

static struct wg workers;
static int results[3], count;

static void square(void *arg)
{
    int n = *(int *)arg;
    int place = count;                  // the next free one

    printf("%d goes to place %d\n", n, place + 1);
    results[place] = n * n;
    count = place + 1;
    wg_done(&workers);
}

int main(void)
{
    static int ns[] = {1, 2, 3};

    for (int i = 0; i < 3; i++) {
        wg_add(&workers, 1);
        go(square, &ns[i]);
    }
    wg_wait(&workers);
    printf("%d results\n", count);
}
