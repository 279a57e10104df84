// expect: wrong answer
// Lets a goroutine wait in the sensor's place.
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

static void put(void *arg)
{
    (void)arg;
    go_send(tray, &(int){1});
}

int main(void)
{
    int count, dropped = 0;

    tray = go_chan(int, 2);
    kept = go_chan(int, 1);
    lunch = go_chan(bool, 0);
    go(reader, NULL);

    for (int n = 1; n <= 5; n++) {
        go(put, NULL);
    }
    go_close(lunch);
    go_sleep(MILLISECOND);
    go_close(tray);
    go_recv(kept, &count);
    printf("%d kept, %d dropped\n", count, dropped);
}
