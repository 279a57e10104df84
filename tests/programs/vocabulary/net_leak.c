// expect: leak
// Nobody closes the listener: the server accepts for ever.
#include "go.h"

static void serve(void *listener)
{
    struct conn *conn;

    while ((conn = net_accept(listener, NULL))) {
        net_write(conn, "hello", 5);
        net_close(conn);
    }
}

int main(void)
{
    struct conn *conn;
    char word[8];

    go(serve, net_listen("api:80", NULL));
    conn = net_dial(NULL, "api:80", NULL);
    net_read(conn, word, sizeof word, NULL);
    net_close(conn);
    return 0;
}
