// expect: wrong answer
// An unbuffered channel takes nothing while the reader is away.
#include "go.h"

static struct chan *tray, *kept, *lunch;

static void reader(void *arg)
{
    int count = 0;

    (void)arg;
    go_recv_any(lunch);                 // until lunch is over
    while (go_recv_any(tray))
        count++;
    go_send(kept, &count);
}

int main(void)
{
    int count, dropped = 0;

    tray = go_chan(int, 0);
    kept = go_chan(int, 1);
    lunch = go_chan(bool, 0);
    go(reader, NULL);

    for (int n = 1; n <= 5; n++) {
        if (go_select_default(SEND(tray, &n)) == -1)
            dropped++;
    }
    go_close(lunch);
    go_close(tray);
    go_recv(kept, &count);
    printf("%d kept, %d dropped\n", count, dropped);
}
