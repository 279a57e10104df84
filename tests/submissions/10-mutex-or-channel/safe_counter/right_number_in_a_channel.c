// expect: passed
// Another way: the number lies in a channel with room for one.
#include "go.h"

static struct wg gates;
static struct chan *visitors;           // of int

static int count(void)
{
    int number;

    go_recv(visitors, &number);         // nobody else has it now
    number++;
    go_send(visitors, &number);
    return number;
}

static void gate(void *arg)
{
    (void)arg;
    for (int i = 0; i < 2; i++) {
        go_sleep(10 * MILLISECOND);     // looks at the ticket
        if (count() == 5)
            printf("visitor 5 gets a flower\n");
    }
    wg_done(&gates);
}

int main(void)
{
    int number = 0;

    visitors = go_chan(int, 1);
    go_send(visitors, &number);
    for (int i = 0; i < 3; i++) {
        wg_add(&gates, 1);
        go(gate, NULL);
    }
    wg_wait(&gates);
    go_recv(visitors, &number);
    printf("%d visitors\n", number);
}
