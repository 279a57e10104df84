// expect: wrong answer: values sent and received
// The porter waits for the guard, and the key is never taken.
#include "go.h"

static struct chan *key;
static struct wg wg;

static void guard(void *arg)
{
    (void)arg;
    go_sleep(10 * MILLISECOND);         // on the way to the house
    puts("guard: I am here");
    wg_done(&wg);
}

int main(void)
{
    const char *door = "front door";

    key = go_chan(const char *, 1);
    wg_add(&wg, 1);
    go(guard, NULL);
    go_send(key, &door);
    wg_wait(&wg);
    puts("porter: the guard has the key");
}
