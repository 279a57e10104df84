// expect: panic: negative WaitGroup counter
// The helper may be done before main has counted it in.
#include "go.h"

static struct wg helpers;
static struct chan *box;

static void helper(void *arg)
{
    int n = *(int *)arg;

    go_sleep(10 * MILLISECOND);         // on the way to the box
    go_send(box, &n);
    wg_done(&helpers);
}

int main(void)
{
    static int numbers[3] = {1, 2, 3};

    box = go_chan(int, 3);
    for (int i = 0; i < 3; i++) {
        go(helper, &numbers[i]);
        go_sleep(20 * MILLISECOND);
        wg_add(&helpers, 1);
    }
    wg_wait(&helpers);
    printf("%zu of 3 letters are posted\n", go_len(box));
}
