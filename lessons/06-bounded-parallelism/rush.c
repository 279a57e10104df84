// Five guests, one kitchen with two fires, and everybody comes at once.
#include "go.h"

static struct wg guests;
static struct mu mu;
static int cooking, most;

static void change(int by)
{
    mu_lock(&mu);
    cooking += by;
    if (cooking > most)
        most = cooking;
    mu_unlock(&mu);
}

static void guest(void *arg)
{
    (void)arg;
    change(1);
    go_sleep(10 * MILLISECOND);         // on the fire
    change(-1);
    wg_done(&guests);
}

int main(void)
{
    for (int i = 0; i < 5; i++) {
        wg_add(&guests, 1);
        go(guest, NULL);                // as many as there are guests
    }
    wg_wait(&guests);
    printf("two fires, and %d pots at a time\n", most);
}
