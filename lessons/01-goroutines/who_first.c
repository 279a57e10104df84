// Three guests knock at the same time.  Who comes in first?
#include "go.h"

static struct chan *door;               // of const char *

static void guest(void *arg)
{
    const char *name = arg;

    go_send(door, &name);
}

int main(void)
{
    const char *heard[3];

    door = go_chan(const char *, 0);
    go(guest, "Ann");
    go(guest, "Bob");
    go(guest, "Cleo");

    for (int i = 0; i < 3; i++)
        go_recv(door, &heard[i]);
    printf("%s %s %s and the door is shut\n", heard[0], heard[1], heard[2]);
}
