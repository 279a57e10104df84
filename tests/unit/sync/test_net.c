/* test_net.c -- to listen, accept, dial, read and write; what fails, and when. */
#include "unit/sync/bench.h"

#include "sync/net.h"

static struct outcomes found;
static struct listener *server;
static struct conn *ours;

/* What a goroutine reads: the first byte, or an error after 1000. */
static void see_read(struct conn *conn)
{
    const char *at = "";
    size_t n;
    enum net_error error = conn_read_message(run_current, conn, &at, &n);

    see(error ? 1000 + (int)error : *at);
}

static enum net_error say(struct conn *conn, const char *text)
{
    return conn_write(run_current, conn, text, strlen(text));
}

static struct listener *listen_at(const char *address)
{
    enum net_error error;
    struct listener *listener = listener_make(run_current, address, &error);

    assert_int_equal(listener == NULL, error == NET_IN_USE);
    return listener;
}

static struct conn *accept_one(void)
{
    enum net_error error;

    return listener_accept(run_current, server, &error);
}

static struct conn *dial(struct context *context, enum net_error *error)
{
    struct net_failure failure;
    struct conn *conn = conn_dial(run_current, context, "api:80", &failure);

    *error = failure.error;
    assert_int_equal(conn == NULL, failure.error != NET_OK);
    return conn;
}

/* Both ends of a connection: returns the client's, `ours` is the server's. */
static struct conn *connected(void)
{
    enum net_error error;
    struct conn *conn;

    server = listen_at("api:80");
    conn = dial(NULL, &error);
    ours = accept_one();
    return conn;
}

/* --- talking ------------------------------------------------------------------- */

static void echoes(void *arg)
{
    const char *at;
    size_t n;

    (void)arg;
    ours = accept_one();
    while (conn_read_message(run_current, ours, &at, &n) == NET_OK)
        assert_int_equal(conn_write(run_current, ours, at, n), NET_OK);
    see(conn_close(run_current, ours));
}

static void talks(void *arg)
{
    enum net_error error;
    struct conn *conn;

    (void)arg;
    server = listen_at("api:80");
    start(echoes, NULL);
    conn = dial(NULL, &error);
    say(conn, "a");
    say(conn, "b");
    see_read(conn);
    see_read(conn);
    see(conn_close(run_current, conn));
    see(conn_close(run_current, conn));
}

/* Messages come in order whatever the schedule. */
static void there_and_back(void **state)
{
    char expected[60];

    (void)state;
    snprintf(expected, sizeof expected, "1/0 1:97 1:98 1:0 1:%d 2:0", NET_CLOSED);
    runs(talks, expected);
    explores(talks, 1, &found);
    assert_true(has_outcome(&found, expected));
}

static void in_pieces(void *arg)
{
    struct conn *conn = connected();
    char to[3];
    size_t n;

    (void)arg;
    say(conn, "abcde");
    see(conn_read(run_current, ours, to, 3, &n));
    see((int)n);
    see(to[2]);
    see(conn_read(run_current, ours, to, 3, &n));
    see((int)n);
    see(to[1]);
}

static void a_large_message_is_read_in_pieces(void **state)
{
    (void)state;
    runs(in_pieces, "1/0 1:0 1:3 1:99 1:0 1:2 1:101");
}

/* --- ends ------------------------------------------------------------------------- */

static void after_close(void *arg)
{
    struct conn *conn = connected();

    (void)arg;
    say(conn, "x");
    conn_close(run_current, conn);
    see_read(ours); /* what was under way */
    see_read(ours);
    see(say(ours, "y"));
    see_read(conn);
    see(say(conn, "z"));
}

static void the_other_side_closes(void **state)
{
    char expected[80];

    (void)state;
    snprintf(expected, sizeof expected, "1/0 1:120 1:%d 1:%d 1:%d 1:%d", 1000 + NET_EOF, NET_BROKEN,
             1000 + NET_CLOSED, NET_CLOSED);
    runs(after_close, expected);
}

static void reads_ours(void *arg)
{
    (void)arg;
    see_read(ours);
}

static void closes_under_a_reader(void *arg)
{
    (void)arg;
    connected();
    start(reads_ours, NULL);
    clock_sleep(run_current, 10);
    conn_close(run_current, ours);
}

static void a_reader_is_woken_by_close(void **state)
{
    char expected[40];

    (void)state;
    snprintf(expected, sizeof expected, "1/0 2:%d", 1000 + NET_CLOSED);
    explores(closes_under_a_reader, 1, &found);
    assert_true(has_outcome(&found, expected));
}

static void deadlines(void *arg)
{
    (void)arg;
    connected();
    conn_set_deadline(run_current, ours, NET_READ, 20);
    see_read(ours);
    see((int)run_current->now);
    see_read(ours); /* and again at once */
    conn_set_deadline(run_current, ours, NET_READ, 0);
    start(reads_ours, NULL);
    clock_sleep(run_current, 10);
    conn_set_deadline(run_current, ours, NET_BOTH, run_current->now); /* also who is at it */
}

static void out_of_time(void **state)
{
    char expected[80];

    (void)state;
    snprintf(expected, sizeof expected, "1/0 1:%d 1:20 1:%d 2:%d", 1000 + NET_TIMEOUT,
             1000 + NET_TIMEOUT, 1000 + NET_TIMEOUT);
    runs(deadlines, expected);
    explores(deadlines, 1, &found);
}

static void too_much(void *arg)
{
    struct conn *conn = connected();

    (void)arg;
    for (int i = 0; i < NET_ROOM; i++)
        assert_int_equal(say(conn, "m"), NET_OK);
    conn_set_deadline(run_current, conn, NET_WRITE, 30);
    see(say(conn, "m"));
    see((int)run_current->now);
}

static void a_write_waits_for_room(void **state)
{
    char expected[40];

    (void)state;
    snprintf(expected, sizeof expected, "1/0 1:%d 1:30", NET_TIMEOUT);
    runs(too_much, expected);
}

/* --- listeners ----------------------------------------------------------------------- */

static void accepts(void *arg)
{
    enum net_error error;

    (void)arg;
    see(listener_accept(run_current, server, &error) ? 0 : (int)error);
}

static void stops_listening(void *arg)
{
    (void)arg;
    server = listen_at("api:80");
    see(listen_at("api:80") == NULL);
    see(listen_at("api:81") == NULL);
    start(accepts, NULL);
    see(listener_close(run_current, server));
    see(listener_close(run_current, server));
    see(listen_at("api:80") == NULL); /* free again */
}

static void close_ends_accept(void **state)
{
    char expected[80];

    (void)state;
    snprintf(expected, sizeof expected, "1/0 1:1 1:0 1:0 1:%d 1:0 2:%d", NET_CLOSED, NET_CLOSED);
    explores(stops_listening, 1, &found);
    assert_true(has_outcome(&found, expected));
}

static void dials(void *arg)
{
    enum net_error error;
    struct conn *conn = dial(NULL, &error);

    (void)arg;
    see((int)error);
    if (conn)
        see_read(conn);
}

static void opens_and_closes(void *arg)
{
    (void)arg;
    start(dials, NULL);
    server = listen_at("api:80");
    listener_close(run_current, server);
}

/* Too early, in time but not accepted, found but then closed, too late. */
static void who_dials_may_be_refused(void **state)
{
    char refused[40], closed[40];

    (void)state;
    snprintf(refused, sizeof refused, "1/0 2:%d", NET_REFUSED);
    snprintf(closed, sizeof closed, "1/0 2:0 2:%d", 1000 + NET_EOF);
    explores(opens_and_closes, 2, &found);
    assert_true(has_outcome(&found, refused));
    assert_true(has_outcome(&found, closed));
}

/* --- what the world answers ------------------------------------------------------------ */

static void ask(struct context *context, const char *url)
{
    struct net_answer answer = {0};
    struct net_failure failure;

    net_request(run_current, context, url, &answer, &failure);
    see(failure.error ? 1000 + (int)failure.error : answer.body[0]);
}

static void requests(void *arg)
{
    struct context *context;

    (void)arg;
    net_add_answer(run_current, "a", &(struct net_answer){.latency = 20, .body = "A", .len = 1});
    net_add_answer(run_current, "b", &(struct net_answer){.error = "no luck"});
    net_add_answer(run_current, "b", &(struct net_answer){.body = "B", .len = 1});
    ask(NULL, "a");
    see((int)run_current->now);
    ask(NULL, "b");
    ask(NULL, "b");
    ask(NULL, "b");
    ask(NULL, "c");
    context = context_with_timeout(run_current, context_background(run_current), 15);
    ask(context, "a");
    see((int)run_current->now);
    ask(context, "b");
}

static void answers_by_a_table(void **state)
{
    char expected[120];

    (void)state;
    snprintf(expected, sizeof expected, "1/0 1:65 1:20 1:%d 1:66 1:66 1:%d 1:%d 1:35 1:%d",
             1000 + NET_OTHER, 1000 + NET_NO_HOST, 1000 + NET_CONTEXT, 1000 + NET_CONTEXT);
    runs(requests, expected);
}

static void asks_b(void *arg)
{
    (void)arg;
    ask(NULL, "b");
}

static void two_ask(void *arg)
{
    (void)arg;
    net_add_answer(run_current, "b", &(struct net_answer){.body = "1", .len = 1});
    net_add_answer(run_current, "b", &(struct net_answer){.body = "2", .len = 1});
    start(asks_b, NULL);
    ask(NULL, "b");
}

static void the_first_gets_the_first_answer(void **state)
{
    (void)state;
    explores(two_ask, 2, &found);
    assert_true(has_outcome(&found, "1/0 1:49 2:50"));
    assert_true(has_outcome(&found, "1/0 1:50 2:49"));
}

static void slow_dial(void *arg)
{
    struct context *context = context_with_timeout(run_current, context_background(run_current), 5);
    enum net_error error;

    (void)arg;
    server = listen_at("api:80");
    net_add_answer(run_current, "api:80", &(struct net_answer){.latency = 10});
    dial(context, &error);
    see((int)error);
    dial(NULL, &error);
    see((int)error);
    see((int)run_current->now);
}

static void dialling_takes_time(void **state)
{
    char expected[40];

    (void)state;
    snprintf(expected, sizeof expected, "1/0 1:%d 1:0 1:15", NET_TIMEOUT);
    runs(slow_dial, expected);
}

/* --- words ------------------------------------------------------------------------------- */

static void check_text(const char *expected, const char *operation, const char *from,
                       const char *to, struct net_failure failure)
{
    char text[200];

    net_error_text(operation, from, to, &failure, text, sizeof text);
    assert_string_equal(text, expected);
}

static void words(void **state)
{
    (void)state;
    check_text("dial tcp api:80: connect: connection refused", "dial", NULL, "api:80",
               (struct net_failure){.error = NET_REFUSED});
    check_text("read tcp a:1->b:2: i/o timeout", "read", "a:1", "b:2",
               (struct net_failure){.error = NET_TIMEOUT});
    check_text("EOF", "read", "a:1", "b:2", (struct net_failure){.error = NET_EOF});
    check_text("Get \"http://a/x\": context deadline exceeded", "Get", NULL, "http://a/x",
               (struct net_failure){.error = NET_CONTEXT, .context = CONTEXT_DEADLINE});
    check_text("Get \"http://a:8/x\": dial tcp: lookup a: no such host", "Get", NULL,
               "http://a:8/x", (struct net_failure){.error = NET_NO_HOST});
    check_text("Get \"u\": no luck", "Get", NULL, "u",
               (struct net_failure){.error = NET_OTHER, .text = "no luck"});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(there_and_back), T(a_large_message_is_read_in_pieces), T(the_other_side_closes),
        T(a_reader_is_woken_by_close), T(out_of_time), T(a_write_waits_for_room),
        T(close_ends_accept), T(who_dials_may_be_refused), T(answers_by_a_table),
        T(the_first_gets_the_first_answer), T(dialling_takes_time), T(words),
    };
    return cmocka_run_group_tests_name("net", tests, NULL, NULL);
}
