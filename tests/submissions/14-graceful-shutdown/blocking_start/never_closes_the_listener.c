// expect: deadlock
// Waits for a server that nobody has told to stop.
#include "go.h"

static struct listener *listener;
static struct chan *done;
static struct wg clients;

static int ms(void)
{
    return (int)(go_now() / MILLISECOND);
}

static struct wg in_flight;

static void serve(void *arg)
{
    struct conn *conn = arg;

    go_sleep(15 * MILLISECOND);         // the work
    net_write(conn, "bread", 5);
    net_close(conn);
    wg_done(&in_flight);
}

// Serves until the listener is closed, and then those who are in flight.
static void start(void *arg)
{
    struct conn *conn;

    (void)arg;
    while ((conn = net_accept(listener, NULL))) {
        wg_add(&in_flight, 1);
        go(serve, conn);
    }
    wg_wait(&in_flight);
    go_close(done);
}

struct visit {
    const char *name;
    int delay;
};

static void client(void *arg)
{
    const struct visit *visit = arg;
    struct conn *conn;
    const char *err;
    char answer[6] = "";

    go_sleep(visit->delay * MILLISECOND);
    conn = net_dial(NULL, "shop:80", NULL);
    net_read(conn, answer, 5, &err);
    printf("%s: %s at %d ms\n", visit->name, err ? err : answer, ms());
    net_close(conn);
    wg_done(&clients);
}

int main(void)
{
    static struct visit visits[] = {
        {"first", 10}, {"second", 40}, {"third", 42}};
    struct chan *signals = go_chan(int, 1);

    listener = net_listen("shop:80", NULL);
    done = go_chan(bool, 0);
    wg_add(&clients, 3);
    for (int i = 0; i < 3; i++)
        go(client, &visits[i]);

    sig_notify(signals, SIGINT);
    go(start, NULL);
    go_recv_any(signals);
    go_recv_any(done);                  // wait for those in flight
    printf("closed at %d ms\n", ms());
    wg_wait(&clients);
}
