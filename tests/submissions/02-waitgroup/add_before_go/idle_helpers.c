// expect: wrong answer: goroutines besides main slept or worked for 0 ms in all
// main posts the letters; the helpers only stand about until it has done so.
#include "go.h"

static struct wg helpers;
static struct chan *posted;

static void helper(void *arg)
{
    (void)arg;
    go_recv_any(posted);
    wg_done(&helpers);
}

int main(void)
{
    struct chan *box = go_chan(int, 3);

    posted = go_chan(int, 0);
    wg_add(&helpers, 3);
    for (int i = 0; i < 3; i++)
        go(helper, NULL);
    for (int i = 0; i < 3; i++)
        go_send(box, &i);
    go_sleep(10 * MILLISECOND);
    go_close(posted);
    wg_wait(&helpers);
    printf("%zu of 3 letters are posted\n", go_len(box));
}
