// expect: deadlock
// A guest without a pot goes home.  What did he take with him?
#include "go.h"

static struct chan *fires;
static struct wg guests;

static void guest(void *arg)
{
    const char *pot = *(const char *const *)arg;

    if (strcmp(pot, "none") == 0)
        goto out;
    go_sleep(10 * MILLISECOND);
    go_recv_any(fires);                 // give the fire back
out:
    wg_done(&guests);
}

int main(void)
{
    static const char *pots[4] = {"soup", "none", "none", "rice"};

    fires = go_chan(const char *, 2);
    for (int i = 0; i < 4; i++) {
        go_send(fires, &pots[i]);
        wg_add(&guests, 1);
        go(guest, &pots[i]);
    }
    wg_wait(&guests);
    printf("all guests have eaten\n");
}
