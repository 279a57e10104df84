// Three gates of a zoo, two visitors at each.  All gates count into the same
// number, and visitor 5 gets a flower.
//
// Two gates may count at the same moment.  Then a visitor is lost, or two of
// them are number 5.
//
// Your task: make it safe.  Every visitor gets a number of their own, and the
// gates still let people in at the same time.
#include "go.h"

static struct wg gates;
static int visitors;

static int count(void)
{
    visitors++;
    return visitors;
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
    printf("%d visitors\n", visitors);
}
