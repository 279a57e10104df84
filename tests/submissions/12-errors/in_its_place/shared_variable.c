// expect: undefined behaviour: index out of range
// All workers share one loop variable, and it goes on.
#include "go.h"

enum { WORDS = 4, SIZE = 8 };

static struct wg workers;
static const char *const words[WORDS] = {"stop", "draw", "live", "time"};
static const int delays[WORDS] = {20, 10, 30, 10};
static char results[WORDS][SIZE];

static void reverse(char *to, const char *from)
{
    size_t len = strlen(from);

    for (size_t i = 0; i < len; i++)
        to[i] = from[len - 1 - i];
    to[len] = '\0';
}

static void turn(void *arg)
{
    int i = *(int *)arg;

    go_sleep(delays[i] * MILLISECOND);
    reverse(results[i], words[i]);
    wg_done(&workers);
}

int main(void)
{
    for (int i = 0; i < WORDS; i++) {
        wg_add(&workers, 1);
        go(turn, &i);
    }
    wg_wait(&workers);
    for (int i = 0; i < WORDS; i++)
        printf("%s%s", results[i], i < WORDS - 1 ? " " : "\n");
}
