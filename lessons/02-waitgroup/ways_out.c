// Three ways out of one function, and one Done for all of them.
#include "go.h"

static struct wg visitors;

static void visit(void *arg)
{
    const char *room = arg;

    if (strcmp(room, "locked") == 0)
        goto out;
    go_sleep(10 * MILLISECOND);
    if (strcmp(room, "empty") == 0)
        goto out;
    printf("somebody is in the %s\n", room);
out:
    wg_done(&visitors);                 // every way leads here
}

int main(void)
{
    static char *rooms[3] = {"locked", "kitchen", "empty"};

    for (int i = 0; i < 3; i++) {
        wg_add(&visitors, 1);
        go(visit, rooms[i]);
    }
    wg_wait(&visitors);
    printf("all visitors are back\n");
}
