// expect: wrong answer
// An atomic load and an atomic store: another gate counts in between.
#include "go.h"

static struct wg gates;
static struct a64 visitors;

static int count(void)
{
    a64_store(&visitors, a64_load(&visitors) + 1);
    return (int)a64_load(&visitors);
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
    for (int i = 0; i < 3; i++) {
        wg_add(&gates, 1);
        go(gate, NULL);
    }
    wg_wait(&gates);
    printf("%d visitors\n", (int)a64_load(&visitors));
}
