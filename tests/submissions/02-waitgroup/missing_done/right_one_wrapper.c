// expect: passed
// Another way: the goroutine is a wrapper around a plain function.
#include "go.h"

enum { TEXTS = 4 };

static const char *const texts[TEXTS] = {"4", "seven", "9", ""};

static struct wg readers;
static struct chan *good;

static void read_text(const char *text)
{
    char *end;
    int n;

    if (*text == '\0')
        return;                         // nothing to read
    n = (int)strtol(text, &end, 10);
    if (end == text)
        return;                         // not a number
    go_send(good, &n);
}

static void reader(void *arg)
{
    read_text(*(const char *const *)arg);
    wg_done(&readers);
}

int main(void)
{
    int n, count = 0, sum = 0;

    good = go_chan(int, TEXTS);
    for (int i = 0; i < TEXTS; i++) {
        wg_add(&readers, 1);
        go(reader, (void *)&texts[i]);
    }
    wg_wait(&readers);
    go_close(good);

    while (go_recv(good, &n)) {
        count++;
        sum += n;
    }
    printf("%d numbers, their sum is %d\n", count, sum);
}
