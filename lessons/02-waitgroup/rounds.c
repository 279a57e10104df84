// One WaitGroup for two rounds, one after the other.
#include "go.h"

static struct wg round_over;

static void player(void *arg)
{
    const char *name = arg;

    go_sleep((int64_t)strlen(name) * MILLISECOND); // long names think longer
    printf("  %s has played\n", name);
    wg_done(&round_over);
}

int main(void)
{
    static char *names[2] = {"Ida", "Ferdinand"};

    for (int round = 1; round <= 2; round++) {
        printf("round %d\n", round);
        for (int i = 0; i < 2; i++) {
            wg_add(&round_over, 1);
            go(player, names[i]);
        }
        wg_wait(&round_over);           // before the next Add
    }
}
