// A sensor takes five readings and puts them on a tray with room for two.  The
// reader is at lunch, and comes back when the sensor is finished.
//
// The sensor must never wait: when the tray is full, the reading is dropped
// and counted.  As it stands, the sensor waits for the reader, and the reader
// for the sensor.
//
// Your task: put the reading on the tray if there is room, else drop it.
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

    tray = go_chan(int, 2);
    kept = go_chan(int, 1);
    lunch = go_chan(bool, 0);
    go(reader, NULL);

    for (int n = 1; n <= 5; n++)
        go_send(tray, &n);              // waits when the tray is full
    go_close(lunch);
    go_close(tray);
    go_recv(kept, &count);
    printf("%d kept, %d dropped\n", count, dropped);
}
