// expect: panic: close of closed channel
// Tidies up: the reader closes what the sensor has closed.
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
    go_close(readings);
    printf("%d readings, their sum is %d\n", count, sum);
}
