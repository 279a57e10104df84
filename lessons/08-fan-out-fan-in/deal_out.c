// One channel of pictures, three painters, and nobody deals them out.
#include "go.h"

static struct chan *pictures;
static struct wg painters;
static struct mu mu;
static int painted;

static void painter(void *arg)
{
    int size;

    (void)arg;
    while (go_recv(pictures, &size)) {
        go_sleep(size * MILLISECOND);   // big ones take longer
        mu_lock(&mu);
        painted++;
        mu_unlock(&mu);
    }
    wg_done(&painters);
}

int main(void)
{
    int sizes[6] = {50, 10, 20, 10, 10, 20};

    pictures = go_chan(int, 0);
    for (int i = 0; i < 3; i++) {
        wg_add(&painters, 1);
        go(painter, NULL);
    }
    for (int i = 0; i < 6; i++)
        go_send(pictures, &sizes[i]);
    go_close(pictures);
    wg_wait(&painters);
    printf("%d pictures in %d ms\n", painted, (int)(go_now() / MILLISECOND));
}
