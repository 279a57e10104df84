// Two clients; the second one is being served when the signal comes.
#include "go.h"

static struct listener *listener;
static struct chan *done;
static struct wg in_flight;

static int ms(void)
{
    return (int)(go_now() / MILLISECOND);
}

static void serve(void *arg)
{
    struct conn *conn = arg;

    go_sleep(15 * MILLISECOND);         // the work
    net_write(conn, "bread", 5);
    net_close(conn);
    wg_done(&in_flight);
}

static void start(void *arg)            // owns done: says when all is over
{
    struct conn *conn;

    (void)arg;
    while ((conn = net_accept(listener, NULL))) { // NULL: it was closed
        wg_add(&in_flight, 1);
        go(serve, conn);
    }
    wg_wait(&in_flight);
    go_close(done);
}

static void client(void *delay)
{
    struct conn *conn;
    char word[6] = "";

    go_sleep((intptr_t)delay * MILLISECOND);
    conn = net_dial(NULL, "shop:80", NULL);
    net_read(conn, word, 5, NULL);
    printf("%s at %d ms\n", word, ms());
    net_close(conn);
}

int main(void)
{
    struct chan *signals = go_chan(int, 1);

    listener = net_listen("shop:80", NULL);
    done = go_chan(bool, 0);
    sig_notify(signals, SIGINT);
    sig_at(20 * MILLISECOND, SIGINT);
    go(start, NULL);
    go(client, (void *)0);
    go(client, (void *)10);

    go_recv_any(signals);
    net_stop(listener);                 // accept no more
    go_recv_any(done);                  // and wait for those in flight
    printf("closed at %d ms\n", ms());
}
