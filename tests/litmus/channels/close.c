/* One sends on a channel with room for one, another closes it (N is of no use).
 *
 * The send first: 1; the close first: the send panics, before the closer's Done or after it: 2. */
#include "go.h"

static struct wg wg;

static void sender(void *arg)
{
    int value = 1;

    go_send((struct chan *)arg, &value);
    wg_done(&wg);
}

static void closer(void *arg)
{
    go_close((struct chan *)arg);
    wg_done(&wg);
}

int main(void)
{
    struct chan *c = go_chan(int, 1);

    wg_add(&wg, 2);
    go(sender, c);
    go(closer, c);
    wg_wait(&wg);
}
