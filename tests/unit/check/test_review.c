/* test_review.c -- runs added up by place, on one small program whose numbers are known by hand. */
#include "check/review.h"
#include "unit/explore/programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct review review;

static void at(uint32_t line)
{
    run_current->self->line = line;
}

static void sender(void *arg)
{
    at(20);
    send(arg, 1);
    send(arg, 2);
    at(21);
    send(arg, 3);
}

/* A buffer of two is filled, and the third send stands for ever. */
static void overfull(void *arg)
{
    struct chan *chan;

    (void)arg;
    at(10);
    chan = ints(2);
    at(11);
    start(sender, chan);
}

static void counts_are_by_place(void **state)
{
    struct reviewer *reviewer = reviewer_new(&review);
    struct run run;

    (void)state;
    assert_true(bench_init(&run, true));
    for (int i = 0; i < 3; i++) {
        struct strategy *strategy = round_robin_new();

        bench_run(&run, strategy, overfull);
        reviewer_take(reviewer, &run);
        strategy->free(strategy);
    }
    assert_int_equal(review.runs, 3);
    assert_int_equal(review.nchans, 1);
    assert_int_equal(review.places[review.chans[0].of.place].line, 10);
    assert_int_equal(review.chans[0].fill, 2);
    assert_int_equal(review.chans[0].full.runs, 3);
    assert_int_equal(review.chans[0].left.runs, 3);
    assert_int_equal(review.chans[0].nclosers, 0);
    assert_int_equal(review.nstarts, 1);
    assert_int_equal(review.places[review.starts[0].of.place].line, 11);
    assert_int_equal(review.starts[0].started, 3);
    assert_int_equal(review.starts[0].stuck, 3);
    assert_int_equal(review.starts[0].stuck_in.runs, 3);
    assert_int_equal(review.places[review.starts[0].stuck_at].line, 21);
    bench_release(&run);
    reviewer_free(reviewer);
}

static void what_was_scribbled_over_is_bounded(void **state)
{
    (void)state;
    memset(&review, 0xff, sizeof review);
    review_bound(&review);
    assert_int_equal(review.nchans, REVIEW_MOST);
    assert_int_equal(review.chans[REVIEW_MOST - 1].nclosers, REVIEW_CLOSERS);
    assert_int_equal(review.chans[0].closers[0], 0);
    assert_int_equal(review.orders[0].second.place, 0);
    assert_int_equal(review.waits[0].of.place, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_by_place),
        cmocka_unit_test(what_was_scribbled_over_is_bounded),
    };
    return cmocka_run_group_tests_name("review", tests, NULL, NULL);
}
