// The ticket machine again: one goroutine owns the number, nothing is locked.
#include "go.h"

static struct chan *tickets;            // of int
static struct wg guests;

static void machine(void *arg)
{
    (void)arg;
    for (int number = 1; number <= 3; number++) // nobody else can see number
        go_send(tickets, &number);
}

static void guest(void *name)
{
    int number;

    go_name("%s", (char *)name);
    go_recv(tickets, &number);
    printf("%s has %d\n", (char *)name, number);
    wg_done(&guests);
}

int main(void)
{
    tickets = go_chan(int, 0);
    go(machine, NULL);
    wg_add(&guests, 3);
    go(guest, "ann");
    go(guest, "ben");
    go(guest, "eva");
    wg_wait(&guests);
}
