// The owner closes; the loop ends; a receive after that says so.
#include "go.h"

static void count(void *arg)
{
    struct chan *out = arg;

    for (int n = 1; n <= 3; n++)
        go_send(out, &n);
    go_close(out);                         // the only sender closes, at its end
}

int main(void)
{
    struct chan *numbers = go_chan(int, 1);
    int n;
    bool ok;

    go(count, numbers);

    while (go_recv(numbers, &n))           // until closed and empty
        printf("got %d\n", n);

    ok = go_recv(numbers, &n);             // closed: returns at once, each time
    printf("after the end: %d %s\n", n, ok ? "true" : "false");
}
