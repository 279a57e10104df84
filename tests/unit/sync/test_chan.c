/* test_chan.c -- select: any number of cases, repeated channels, the choice among those ready. */
#include "unit/sync/bench.h"

enum { CASES_MAX = 1000 };

static struct chan *chans[CASES_MAX];

static int select_of(struct clause *cases, uint32_t n, bool has_default)
{
    int32_t chosen;

    must(chan_select(run_current, cases, n, has_default, true, &chosen));
    return chosen;
}

/* --- any number of cases ---------------------------------------------------------- */

static void thousand(void *arg)
{
    static struct clause cases[CASES_MAX];
    static int values[CASES_MAX];

    (void)arg;
    for (int i = 0; i < CASES_MAX; i++) {
        chans[i] = ints(1);
        cases[i] = (struct clause){.chan = chans[i], .element = &values[i]};
    }
    see(select_of(cases, CASES_MAX, true));
    send(chans[998], 7);
    see(select_of(cases, CASES_MAX, false));
    see(values[998]);
}

static void of_a_thousand_cases_the_ready_one(void **state)
{
    (void)state;
    runs(thousand, "1/0 1:-1 1:998 1:7");
}

static void late(void *arg)
{
    (void)arg;
    send(chans[3], 5);
}

/* All thousand wait; one is served, and the others do not wait any longer. */
static void thousand_wait(void *arg)
{
    static struct clause cases[CASES_MAX];
    static int values[CASES_MAX];

    (void)arg;
    for (int i = 0; i < CASES_MAX; i++) {
        chans[i] = ints(0);
        cases[i] = (struct clause){.chan = chans[i], .element = &values[i]};
    }
    start(late, NULL);
    see(select_of(cases, CASES_MAX, false));
    see(values[3]);
    for (int i = 0; i < CASES_MAX; i++)
        assert_null(chans[i]->receivers.first);
}

static void a_thousand_cases_wait(void **state)
{
    (void)state;
    runs(thousand_wait, "1/0 1:3 1:5");
}

static void none(void *arg)
{
    (void)arg;
    see(select_of(NULL, 0, true));
    see(select_of(NULL, 0, false));
}

static void no_case_waits_for_ever(void **state)
{
    (void)state;
    runs(none, "5/1 1:-1");
}

static void nil_only(void *arg)
{
    struct clause cases[2] = {{.chan = NULL}, {.chan = NULL, .send = true}};

    (void)arg;
    see((int)chan_look(run_current, NULL) + (int)chan_cap(NULL));
    see(select_of(cases, 2, true));
    see(select_of(cases, 2, false));
}

static void nil_channels_are_never_ready(void **state)
{
    (void)state;
    runs(nil_only, "5/1 1:0 1:-1");
}

/* --- the choice --------------------------------------------------------------------- */

enum { ROUNDS = 10000, READY_MAX = 8 };

static uint32_t nready, counts[READY_MAX];
static bool repeated; /* cases 0 and 1 are of one channel */

/* All cases are ready each time: on closed channels. */
static void chooses(void *arg)
{
    struct clause cases[READY_MAX];

    (void)arg;
    memset(counts, 0, sizeof counts);
    for (uint32_t i = 0; i < nready; i++) {
        chans[i] = ints(0);
        must(chan_close(run_current, chans[i]));
    }
    for (int round = 0; round < ROUNDS; round++) {
        for (uint32_t i = 0; i < nready; i++)
            cases[i] = (struct clause){.chan = chans[repeated && i == 1 ? 0 : i]};
        counts[select_of(cases, nready, false)]++;
    }
}

/* Each of k cases is taken with p = 1/k, so a count has mean N/k and variance N (1/k)(1 - 1/k); the
 * sum of (count - N/k)^2 / (N/k) is chi-square with k - 1 degrees of freedom.  For an even number of
 * degrees, 2m, P(X > x) = e^(-x/2) sum over i < m of (x/2)^i / i!: with k = 3 (m = 1) P(X > 28) =
 * e^-14 = 8e-7, and with k = 5 (m = 2) P(X > 34) = e^-17 * 18 = 7e-7.  A choice that took the first
 * of five in 0.24 of all cases and each other in 0.19 would come to 400^2/2000 + 4 * 100^2/2000 =
 * 100 on average. */
static double chi_square(uint32_t k, bool explored, uint64_t seed)
{
    struct strategy *strategy = random_new(seed, 1);
    double sum = 0, expected = (double)ROUNDS / k;
    struct run run;

    nready = k;
    assert_true(bench_init(&run, explored));
    assert_int_equal(bench_run(&run, strategy, chooses), RUN_DONE);
    for (uint32_t i = 0; i < k; i++)
        sum += (counts[i] - expected) * (counts[i] - expected) / expected;
    strategy->free(strategy);
    bench_release(&run);
    return sum;
}

static void every_ready_case_is_as_likely(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 5; seed++)
        for (int explored = 0; explored < 2; explored++) {
            repeated = false;
            assert_true(chi_square(3, explored, seed) < 28);
            assert_true(chi_square(5, explored, seed) < 34);
            repeated = true; /* a channel in two cases has two chances, as in Go */
            assert_true(chi_square(5, explored, seed) < 34);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(of_a_thousand_cases_the_ready_one), T(a_thousand_cases_wait), T(no_case_waits_for_ever),
        T(nil_channels_are_never_ready), T(every_ready_case_is_as_likely),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
