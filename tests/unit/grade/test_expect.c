/* test_expect.c -- what an exercise asks of a run, on runs of small bodies. */
#include "grade/expect.h"
#include "rt/basic.h"
#include "rt/run.h"
#include "sync/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const char *printed; /* what main prints, a line at a time */
static int starts;          /* goroutines main starts */
static int receives;        /* main sends itself, and takes */
static int reports;         /* of goroutines that send when they are done, as main receives */
static struct chan *done;
static int64_t sleeps;
static int64_t works;       /* main and as many goroutines as it starts */
static int code;

static int64_t show(struct run *run, const void *element, enum value_kind *kind)
{
    (void)run, (void)element;
    *kind = VALUE_NONE;
    return 0;
}

static const struct chan_type int_type = {sizeof(int), show};

static void worker(void *arg)
{
    int value = 1;

    (void)arg;
    processor_work(run_current, works);
    chan_send(run_current, done, &value);
}

/* And one receive more, of a closed channel: no value. */
static void pass(int times)
{
    struct chan *chan = chan_make(run_current, &int_type, 1, 0, NULL);
    int value = 7;
    bool ok;

    for (int i = 0; i < times; i++) {
        chan_send(run_current, chan, &value);
        chan_recv(run_current, chan, &value, &ok);
    }
    chan_close(run_current, chan);
    chan_recv(run_current, chan, &value, &ok);
}

static void body(void *arg)
{
    const char *at = printed;

    int value;
    bool ok;

    (void)arg;
    done = chan_make(run_current, &int_type, 8, 0, NULL);
    for (int i = 0; i < starts; i++)
        run_go(run_current, worker, NULL, NULL);
    while (*at) {
        size_t n = strcspn(at, "\n");

        n += at[n] == '\n';
        basic_print(run_current, at, n);
        at += n;
    }
    pass(receives);
    for (int i = 0; i < reports; i++)
        chan_recv(run_current, done, &value, &ok);
    processor_work(run_current, works);
    clock_sleep(run_current, sleeps);
    run_current->exit_code = code;
}

/* "" when the run is as expected, else what the finding says. */
static const char *said(struct expectation want, const char *text)
{
    static char why[512];
    struct findings findings = {0};
    struct run run = {.trace = trace_new(1000, 10000), .watchers = expect_new(&want, &findings)};

    printed = text;
    assert_true(run_init(&run));
    run_clear(&run);
    run_start(&run, body, NULL);
    assert_true(findings.count <= 1);
    why[0] = '\0';
    if (findings.count) {
        assert_int_equal(findings.at[0].kind, FINDING_WRONG_ANSWER);
        assert_int_equal(findings.at[0].at.g, 1);
        strncat(why, trace_text(run.trace, findings.at[0].text), sizeof why - 1);
    }
    expect_free(run.watchers);
    run_release(&run);
    free(run.trace);
    return why;
}

static int reset(void **state)
{
    (void)state;
    starts = code = receives = reports = 0;
    sleeps = works = 0;
    return 0;
}

static void test_output(void **state)
{
    struct expectation want = {.output = "one\ntwo\n"};

    (void)state;
    assert_string_equal(said(want, "one\ntwo\n"), "");
    assert_string_equal(said(want, "one\ntwo"), ""); /* the last end of line may be missing */
    assert_string_equal(said(want, "one\nthree\n"),
                        "line 2 of the output should be 'two' but is 'three' (2 lines expected, 2 printed)");
    assert_string_equal(said(want, "one\n"),
                        "line 2 of the output should be 'two' but the output ends before it (2 lines expected, 1 printed)");
    assert_string_equal(said(want, "one\ntwo\nthree\n"),
                        "line 3 of the output, 'three', is more than was asked for (2 lines expected, 3 printed)");
    assert_string_equal(said(want, "two\none\n"),
                        "line 1 of the output should be 'one' but is 'two' (2 lines expected, 2 printed)");
    assert_string_equal(said((struct expectation){0}, "whatever\n"), "");
}

static void test_any_order(void **state)
{
    struct expectation want = {.output = "one\ntwo\ntwo\n", .any_order = true};

    (void)state;
    assert_string_equal(said(want, "two\none\ntwo\n"), "");
    assert_string_equal(said(want, "two\none\n"),
                        "the line 'two' is missing from the output (3 lines expected, 2 printed)");
    assert_string_equal(said(want, "two\none\nthree\ntwo\n"),
                        "the line 'three' should not be in the output (3 lines expected, 4 printed)");
}

static void test_the_rest(void **state)
{
    (void)state;
    starts = 2;
    sleeps = 30 * 1000 * 1000;
    assert_string_equal(said((struct expectation){.goroutines_min = 2, .goroutines_max = 2}, ""), "");
    assert_string_equal(said((struct expectation){.goroutines_min = 3}, ""),
                        "the exercise asks for at least 3 goroutines besides main, 2 started");
    assert_string_equal(said((struct expectation){.goroutines_max = 1}, ""),
                        "the exercise allows 1 goroutines besides main, 2 started");
    assert_string_equal(said((struct expectation){.values_min = 1}, ""),
                        "the exercise asks for at least 1 values sent and received, 0 were");
    receives = 3;
    assert_string_equal(said((struct expectation){.values_min = 3, .values_max = 3}, ""), "");
    assert_string_equal(said((struct expectation){.values_min = 4}, ""),
                        "the exercise asks for at least 4 values sent and received, 3 were");
    assert_string_equal(said((struct expectation){.values_max = 2}, ""),
                        "the exercise allows 2 values sent and received, 3 were");
    assert_string_equal(said((struct expectation){.elapsed_max = 30 * 1000 * 1000}, ""), "");
    assert_string_equal(said((struct expectation){.elapsed_max = 29 * 1000 * 1000}, ""),
                        "main took 30 ms of virtual time, the exercise allows 29 ms");
    assert_string_equal(said((struct expectation){.utilisation_min = 0.1}, ""),
                        "the utilisation of the processors is 0.000, the exercise asks for 0.100");
    code = 3;
    assert_string_equal(said((struct expectation){0}, ""), "main ended with exit code 3");
}

/* Three work 30 ms each on four processors, main then sleeps for 30: 90 of 60 * 4. */
static void test_processors(void **state)
{
    (void)state;
    starts = 2;
    works = sleeps = 30 * 1000 * 1000;
    assert_string_equal(said((struct expectation){.utilisation_min = 0.375, .speedup_min = 1.5,
                                                  .parallel_min = 3, .parallel_max = 3}, ""), "");
    assert_string_equal(said((struct expectation){.utilisation_min = 0.376}, ""),
                        "the utilisation of the processors is 0.375, the exercise asks for 0.376");
    assert_string_equal(said((struct expectation){.speedup_min = 2}, ""),
                        "the speed-up against one processor is 1.500, the exercise asks for 2.000");
    assert_string_equal(said((struct expectation){.parallel_min = 4}, ""),
                        "at most 3 worked at once, the exercise asks for 4");
    assert_string_equal(said((struct expectation){.parallel_max = 2}, ""),
                        "3 worked at once, the exercise allows 2");
    /* busy besides main: 2 * 30 */
    assert_string_equal(said((struct expectation){.busy_min = 60 * 1000 * 1000, .at_once_min = 3,
                                                  .at_once_max = 3}, ""), "");
    assert_string_equal(said((struct expectation){.busy_min = 61 * 1000 * 1000}, ""),
                        "goroutines besides main slept or worked for 60 ms in all, the exercise "
                        "asks for 61 ms");
    assert_string_equal(said((struct expectation){.at_once_min = 4}, ""),
                        "at most 3 goroutines slept or worked at once, the exercise asks for 4");
    assert_string_equal(said((struct expectation){.at_once_max = 2}, ""),
                        "3 goroutines slept or worked at once, the exercise allows 2");
    assert_string_equal(said((struct expectation){.cancels_min = 1}, ""),
                        "the exercise asks for 1 cancelled contexts, 0 were");
}

/* Who sent on a channel with room is heard of by who received that value, not by who did not. */
static void test_heard(void **state)
{
    (void)state;
    starts = 3;
    assert_string_equal(said((struct expectation){.heard_min = 1}, ""),
                        "main had heard of 0 goroutines when it returned, the exercise asks for 1");
    reports = 1;
    assert_string_equal(said((struct expectation){.heard_min = 1}, ""), "");
    assert_string_equal(said((struct expectation){.heard_min = 2}, ""),
                        "main had heard of 1 goroutine when it returned, the exercise asks for 2");
    reports = 3;
    assert_string_equal(said((struct expectation){.heard_min = 3}, ""), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_output, reset),
        cmocka_unit_test_setup(test_any_order, reset),
        cmocka_unit_test_setup(test_the_rest, reset),
        cmocka_unit_test_setup(test_processors, reset),
        cmocka_unit_test_setup(test_heard, reset),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
