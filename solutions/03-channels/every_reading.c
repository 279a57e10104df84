// The sensor is the only sender: it closes when it has sent all.  The loop
// takes what is in the channel and ends when it is closed and empty; a zero
// is a reading like any other.
#include "go.h"

static struct chan *readings;

static void sensor(void *arg)
{
    static const int measured[] = {4, 0, -3, 7};

    (void)arg;
    for (int i = 0; i < 4; i++) {
        go_sleep(10 * MILLISECOND);     // measures
        go_send(readings, &measured[i]);
    }
    go_close(readings);                 // no more will come
}

int main(void)
{
    int degrees, count = 0, sum = 0;

    readings = go_chan(int, 5);
    go(sensor, NULL);

    while (go_recv(readings, &degrees)) {
        count++;
        sum += degrees;
    }
    printf("%d readings, their sum is %d\n", count, sum);
}
