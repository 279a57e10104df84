// Two goroutines at once; main waits until both have reported.
#include "go.h"

struct dish {
    const char *name;
    int minutes;
};

static struct chan *ready;

static void cook(void *arg)
{
    const struct dish *dish = arg;

    go_sleep(dish->minutes * MINUTE);   // on the fire
    go_send(ready, &dish->name);
}

int main(void)
{
    static struct dish soup = {"soup", 20}, rice = {"rice", 15};
    const char *name;

    ready = go_chan(const char *, 0);
    go(cook, &soup);                    // goes on at once, does not wait
    go(cook, &rice);

    go_recv(ready, &name);
    printf("first: %s\n", name);
    go_recv(ready, &name);
    printf("then: %s\n", name);
    printf("it took %d minutes\n", (int)(go_now() / MINUTE));
}
