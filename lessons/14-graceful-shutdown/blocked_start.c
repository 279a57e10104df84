// expect: deadlock
// Starts the server, then waits for Ctrl-C.  Or does it?
#include "go.h"

static struct listener *listener;

static void start(void)
{
    struct conn *conn;

    while ((conn = net_accept(listener, NULL))) { // NULL: it was closed
        net_write(conn, "bread", 5);
        net_close(conn);
    }
}

static void client(void *arg)
{
    struct conn *conn = net_dial(NULL, "shop:80", NULL);
    char word[6] = "";

    (void)arg;
    net_read(conn, word, 5, NULL);
    printf("client: %s\n", word);
    net_close(conn);
}

int main(void)
{
    struct chan *signals = go_chan(int, 1);

    listener = net_listen("shop:80", NULL);
    sig_notify(signals, SIGINT);
    sig_at(20 * MILLISECOND, SIGINT);
    go(client, NULL);

    start();
    go_recv_any(signals);
    net_stop(listener);
    printf("closed\n");
}
