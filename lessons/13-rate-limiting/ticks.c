// Two postmen share one clock: a letter leaves at each tick.
#include "go.h"

static struct chan *letters;
static struct ticker tick;
static struct wg postmen;

static int ms(void)
{
    return (int)(go_now() / MILLISECOND);
}

static void postman(void *arg)
{
    int letter;

    (void)arg;
    while (go_recv(letters, &letter)) {
        go_recv_any(tick.c);            // each tick is for one of them
        printf("letter %d at %d ms\n", letter, ms());
    }
    wg_done(&postmen);
}

int main(void)
{
    letters = go_chan(int, 4);
    tick = go_ticker(10 * MILLISECOND);
    for (int letter = 1; letter <= 4; letter++)
        go_send(letters, &letter);
    go_close(letters);

    for (int i = 0; i < 2; i++) {
        wg_add(&postmen, 1);
        go(postman, NULL);
    }
    wg_wait(&postmen);
    ticker_stop(&tick);
    printf("all posted after %d ms\n", ms());
}
