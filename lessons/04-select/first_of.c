// Two things may happen; main takes whichever happens first.
#include "go.h"

static struct chan *bell, *phone;

static void ring_bell(void *arg)
{
    (void)arg;
    go_sleep(20 * MILLISECOND);
    go_send(bell, &(int){20});
}

static void ring_phone(void *arg)
{
    (void)arg;
    go_sleep(10 * MILLISECOND);
    go_send(phone, &(int){10});
}

int main(void)
{
    int after;

    bell = go_chan(int, 0);
    phone = go_chan(int, 0);
    go(ring_bell, NULL);
    go(ring_phone, NULL);

    for (int i = 0; i < 2; i++) {
        if (go_select(RECV(bell, &after), RECV(phone, &after)) == 0)
            printf("the bell rings after %d ms\n", after);
        else
            printf("the phone rings after %d ms\n", after);
    }
}
