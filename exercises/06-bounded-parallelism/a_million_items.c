// Twelve items stand for a million here.  A semaphore lets three of them work
// at a time; and yet there is a goroutine for each, from the start, and most
// of them only wait for a key.
//
// Your task: the same work, three at a time, with four goroutines at most.
#include "go.h"

static struct chan *keys;
static struct wg at_work;
static struct mu mu;
static int count, sum;

static void work(int n)
{
    go_sleep(10 * MILLISECOND);
    mu_lock(&mu);
    count++;
    sum += n * n;
    mu_unlock(&mu);
}

static void one_item(void *arg)
{
    go_send(keys, &(bool){true});       // nine of twelve wait here
    work(*(int *)arg);
    go_recv_any(keys);
    wg_done(&at_work);
}

int main(void)
{
    static int items[12];

    keys = go_chan(bool, 3);
    for (int i = 0; i < 12; i++) {
        items[i] = i + 1;
        wg_add(&at_work, 1);
        go(one_item, &items[i]);
    }
    wg_wait(&at_work);
    printf("%d items, the sum of their squares is %d\n", count, sum);
}
