// expect: wrong answer: no run ever has more than 1
// Waits for each goroutine before it starts the next.
#include "go.h"

enum { TEXTS = 4 };

static const char *const texts[TEXTS] = {"4", "seven", "9", ""};

static struct wg readers;
static struct chan *good;

static void read_text(void *arg)
{
    const char *text = *(const char *const *)arg;
    char *end;
    int n;

    if (*text == '\0')
        goto out;                       // nothing to read
    n = (int)strtol(text, &end, 10);
    if (end == text)
        goto out;                       // not a number
    go_send(good, &n);
out:
    wg_done(&readers);
}

int main(void)
{
    int n, count = 0, sum = 0;

    good = go_chan(int, TEXTS);
    for (int i = 0; i < TEXTS; i++) {
        wg_add(&readers, 1);
        go(read_text, (void *)&texts[i]);
        wg_wait(&readers);
    }
    go_close(good);

    while (go_recv(good, &n)) {
        count++;
        sum += n;
    }
    printf("%d numbers, their sum is %d\n", count, sum);
}
