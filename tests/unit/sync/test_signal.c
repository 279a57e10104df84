/* test_signal.c -- who gets a signal, when it is lost, what happens when nobody asked. */
#include "unit/sync/bench.h"

#include "sync/signal.h"

enum { INT = 2, KILL = 9, USR1 = 10, TERM = 15 };

static struct outcomes found;
static struct chan *sigs;
static struct context *ctx;

static void encode(uint32_t number, void *element)
{
    *(int *)element = (int)number;
}

static void notify(struct chan *chan, uint64_t set)
{
    signal_notify(run_current, chan, set, encode);
}

static void raise_one(uint32_t number)
{
    must(signal_raise(run_current, number));
}

static int got(struct chan *chan)
{
    int value = -1;
    bool ok;

    chan_recv(run_current, chan, &value, &ok);
    return ok ? value : -1;
}

/* --- getting them ------------------------------------------------------------ */

static void two_ask(void *arg)
{
    struct chan *other = ints(2);

    (void)arg;
    sigs = ints(1);
    notify(sigs, SIGNAL_BIT(INT));
    notify(other, SIGNAL_ALL);
    raise_one(INT);
    raise_one(TERM);
    see(got(other));
    see(got(other));
    see(got(sigs));
    see((int)chan_len(sigs));
}

static void each_gets_what_it_asked_for(void **state)
{
    (void)state;
    runs(two_ask, "1/0 1:2 1:15 1:2 1:0");
}

static void too_many(void *arg)
{
    (void)arg;
    sigs = ints(1);
    notify(sigs, SIGNAL_BIT(INT));
    notify(sigs, SIGNAL_BIT(TERM)); /* adds to what it asked for */
    raise_one(TERM);
    raise_one(INT);
    see(got(sigs));
    see((int)chan_len(sigs));
}

static void what_does_not_fit_is_lost(void **state)
{
    (void)state;
    runs(too_many, "1/0 1:15 1:0");
}

static void waits(void *arg)
{
    (void)arg;
    see(got(sigs));
    see((int)run_current->now);
}

/* The world's signals, at 50 and 60; the receiver waits on an unbuffered channel since 0. */
static void world_sends(void *arg)
{
    (void)arg;
    sigs = ints(0);
    notify(sigs, SIGNAL_ALL);
    signal_at(run_current, 50, INT);
    start(waits, NULL);
    clock_sleep(run_current, 55);
    signal_at(run_current, 60, TERM); /* nobody waits: lost */
    clock_sleep(run_current, 100);
}

static void who_waits_needs_no_room(void **state)
{
    (void)state;
    runs(world_sends, "1/0 2:2 2:50");
    explores(world_sends, 1, &found);
}

/* Whether the receiver is there in time cannot be known: taken as not, so it waits for ever. */
static void hurry(void *arg)
{
    (void)arg;
    sigs = ints(0);
    notify(sigs, SIGNAL_ALL);
    start(waits, NULL);
    raise_one(INT);
}

static void who_may_be_late_gets_nothing(void **state)
{
    (void)state;
    explores(hurry, 1, &found);
    assert_true(has_outcome(&found, "1/1"));
}

static void raiser(void *arg)
{
    (void)arg;
    raise_one(INT);
}

static void early_or_late(void *arg)
{
    (void)arg;
    sigs = ints(1);
    start(raiser, NULL);
    notify(sigs, SIGNAL_ALL);
    see(got(sigs));
}

/* Asked for too late it is the end. */
static void ask_before(void **state)
{
    char ended[20], passed[20];

    (void)state;
    snprintf(ended, sizeof ended, "%d/2", RUN_EXIT);
    snprintf(passed, sizeof passed, "%d/0 1:2", RUN_DONE);
    explores(early_or_late, 2, &found);
    assert_true(has_outcome(&found, ended));
    assert_true(has_outcome(&found, passed));
}

/* --- not getting them ----------------------------------------------------------- */

static void nobody_asked(void *arg)
{
    (void)arg;
    raise_one(USR1); /* does nothing by itself */
    see(1);
    raise_one(TERM);
    see(2);
}

static void ends_the_program(void **state)
{
    struct run run;
    uint32_t last;

    (void)state;
    assert_true(bench_init(&run, true));
    unsee();
    assert_int_equal(bench_run(&run, NULL, nobody_asked), RUN_EXIT);
    assert_int_equal(run.exit_code, 2);
    assert_int_equal(nseen[1], 1);
    last = run.trace->count - 1;
    assert_int_equal(run.trace->events[last].kind, EVENT_EXIT);
    assert_string_equal(trace_text(run.trace, run.trace->events[last].text), "signal: terminated");
    bench_release(&run);
}

static void stops(void *arg)
{
    (void)arg;
    sigs = ints(5);
    notify(sigs, SIGNAL_ALL);
    signal_stop(run_current, sigs);
    raise_one(USR1);
    see((int)chan_len(sigs));
    signal_ignore(run_current, SIGNAL_BIT(INT));
    raise_one(INT);
    see(1);
    notify(sigs, SIGNAL_BIT(INT)); /* and it is ignored no more */
    raise_one(INT);
    see((int)chan_len(sigs));
    signal_reset(run_current, SIGNAL_ALL);
    raise_one(INT);
    see(2);
}

static void stop_ignore_reset(void **state)
{
    char expected[50];

    (void)state;
    snprintf(expected, sizeof expected, "%d/1 1:0 1:1 1:1", RUN_EXIT);
    runs(stops, expected);
}

static void kills(void *arg)
{
    (void)arg;
    sigs = ints(5);
    notify(sigs, SIGNAL_ALL);
    signal_ignore(run_current, SIGNAL_BIT(KILL));
    notify(sigs, SIGNAL_ALL);
    raise_one(KILL);
    see(1);
}

static void kill_cannot_be_caught(void **state)
{
    char expected[20];

    (void)state;
    snprintf(expected, sizeof expected, "%d/1", RUN_EXIT);
    runs(kills, expected);
}

static void closed(void *arg)
{
    (void)arg;
    sigs = ints(1);
    notify(sigs, SIGNAL_ALL);
    must(chan_close(run_current, sigs));
    raise_one(INT);
}

static void on_a_closed_channel(void **state)
{
    char expected[20];

    (void)state;
    snprintf(expected, sizeof expected, "%d/1", RUN_PANIC);
    runs(closed, expected);
}

static void late(void *arg)
{
    (void)arg;
    signal_at(run_current, 1000, INT);
}

static void after_main_nobody_is_there(void **state)
{
    (void)state;
    runs(late, "1/0");
}

/* --- contexts ----------------------------------------------------------------- */

static void in_context(void *arg)
{
    bool ok;

    (void)arg;
    ctx = signal_notify_context(run_current, context_background(run_current), SIGNAL_BIT(INT));
    signal_at(run_current, 70, INT);
    chan_recv(run_current, ctx->done, NULL, &ok);
    see((int)run_current->now);
    see((int)context_error(ctx));
    signal_at(run_current, 80, INT); /* it still asks for it */
    clock_sleep(run_current, 20);
    signal_stop_context(run_current, ctx);
    signal_at(run_current, 100, INT);
    clock_sleep(run_current, 20);
    see(3);
}

static void a_signal_cancels(void **state)
{
    char expected[50];

    (void)state;
    snprintf(expected, sizeof expected, "%d/1 1:70 1:%d", RUN_EXIT, CONTEXT_CANCELED);
    runs(in_context, expected);
}

static void words(void **state)
{
    (void)state;
    assert_string_equal(signal_words(INT), "interrupt");
    assert_null(signal_words(0));
    assert_null(signal_words(99));
    assert_int_equal(signal_number("SIGTERM"), TERM);
    assert_int_equal(signal_number("terminated"), TERM);
    assert_int_equal(signal_number("SIGNOTHING"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(each_gets_what_it_asked_for), T(what_does_not_fit_is_lost), T(who_waits_needs_no_room),
        T(who_may_be_late_gets_nothing), T(ask_before), T(ends_the_program), T(stop_ignore_reset),
        T(kill_cannot_be_caught), T(on_a_closed_channel), T(after_main_nobody_is_there),
        T(a_signal_cancels), T(words),
    };
    return cmocka_run_group_tests_name("signal", tests, NULL, NULL);
}
