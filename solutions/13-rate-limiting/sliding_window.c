// At most three in any 100 ms, whichever 100 ms you look at.
//
// It remembers when those came who were let in, and forgets what is too long
// ago.  Looking and writing down are one, under the lock.
#include "go.h"

enum { LIMIT = 3, CROWDS = 5 };
#define WINDOW (100 * MILLISECOND)

static struct mu mu;
// Of those who were let in: when, and how many of them count.
static int64_t times[LIMIT];
static int count;

// Forgets those who came too long ago.
static void forget(int64_t now)
{
    int old = 0;

    while (old < count && times[old] <= now - WINDOW)
        old++;
    count -= old;
    memmove(times, times + old, count * sizeof *times);
}

static bool allow(void)
{
    int64_t now = go_now();
    bool room;

    mu_lock(&mu);
    forget(now);
    room = count < LIMIT;
    if (room)
        times[count++] = now;
    mu_unlock(&mu);
    return room;
}

struct answer {
    int crowd;
    bool allowed;
};

static const struct {
    int at, size;
} crowds[CROWDS] = {{80, 1}, {90, 1}, {95, 1}, {105, 2}, {185, 2}};

static struct chan *door;               // of struct answer

static void guest(void *arg)
{
    struct answer answer = {.crowd = (int)(intptr_t)arg};

    go_sleep(crowds[answer.crowd].at * MILLISECOND);
    answer.allowed = allow();
    go_send(door, &answer);
}

int main(void)
{
    int guests = 0, let_in[CROWDS] = {0};
    struct answer answer;

    door = go_chan(struct answer, 0);
    for (int i = 0; i < CROWDS; i++)
        for (int n = 0; n < crowds[i].size; n++) {
            go(guest, (void *)(intptr_t)i);
            guests++;
        }
    while (guests-- > 0) {
        go_recv(door, &answer);
        let_in[answer.crowd] += answer.allowed;
    }
    for (int i = 0; i < CROWDS; i++)
        printf("%d ms: %d of %d\n", crowds[i].at, let_in[i], crowds[i].size);
}
