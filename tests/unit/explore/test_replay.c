/* test_replay.c -- a schedule taken off any run makes the same run again, byte for byte. */
#include "unit/explore/programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

/* Replays the trace of a run that ended so through the text of its schedule. */
static void replays(const struct run *original, void (*main)(void *), const char *name)
{
    struct schedule taken, read;
    struct strategy *strategy;
    struct run run;
    char error[100];
    char *text;

    assert_true(schedule_of_trace(&taken, original->trace));
    text = schedule_text(&taken);
    assert_true(schedule_parse(&read, text, error, sizeof error));
    strategy = replay_new(&read);
    assert_true(bench_init(&run, true));
    if (bench_run(&run, strategy, main) != original->end)
        fail_msg("%s ends otherwise when replayed: %s", name, text);
    if (replay_diverged(strategy) >= 0 || schedule_mismatch(&read, run.trace) >= 0)
        fail_msg("%s does not fit its schedule: %s", name, text);
    if (original->explored && !traces_equal(run.trace, original->trace))
        fail_msg("%s is another run when replayed: %s", name, text);
    bench_release(&run);
    strategy->free(strategy);
    schedule_release(&read);
    schedule_release(&taken);
    free(text);
}

static void all_replay(struct strategy *(*make)(void), bool explored)
{
    struct run run;

    assert_true(bench_init(&run, explored));
    for (int i = 0; i < PROGRAM_COUNT; i++) {
        struct strategy *strategy;

        strategy = make();
        do {
            bench_run(&run, strategy, programs[i].main);
            assert_int_equal(run.trace->dropped, 0);
            if (run.end != RUN_REDUNDANT)
                replays(&run, programs[i].main, programs[i].name);
        } while (strategy->end(strategy));
        strategy->free(strategy);
    }
    bench_release(&run);
}

static struct strategy *some_random(void) { return random_new(7, 60); }
static struct strategy *some_pct(void) { return pct_new(7, 30, 3); }
static struct strategy *some_exhaustive(void) { return exhaustive_new(50); }

static void random_runs_replay(void **state)
{
    (void)state;
    all_replay(some_random, true);
}

static void pct_runs_replay(void **state)
{
    (void)state;
    all_replay(some_pct, true);
}

static void exhaustive_runs_replay(void **state)
{
    (void)state;
    all_replay(some_exhaustive, true);
}

static void round_robin_runs_replay(void **state)
{
    (void)state;
    all_replay(round_robin_new, true);
}

/* A free run's steps are a schedule that the explored mode can follow. */
static void free_runs_replay(void **state)
{
    (void)state;
    all_replay(some_random, false);
}

/* --- beginnings and misfits ------------------------------------------------ */

static struct trace *replayed(const char *text, void (*main)(void *), int64_t *diverged)
{
    struct schedule schedule;
    struct strategy *strategy;
    struct trace *trace;
    struct run run;
    char error[100];

    assert_true(schedule_parse(&schedule, text, error, sizeof error));
    strategy = replay_new(&schedule);
    assert_true(bench_init(&run, true));
    bench_run(&run, strategy, main);
    assert_false(strategy->end(strategy));
    trace = trace_dup(run.trace);
    *diverged = replay_diverged(strategy);
    bench_release(&run);
    strategy->free(strategy);
    schedule_release(&schedule);
    return trace;
}

/* The schedule of the whole run that a beginning of one makes. */
static void goes_on_as(const char *beginning, void (*main)(void *), const char *whole)
{
    struct schedule schedule;
    int64_t diverged;
    struct trace *trace = replayed(beginning, main, &diverged);
    char *text;

    assert_int_equal(diverged, -1);
    assert_true(schedule_of_trace(&schedule, trace));
    text = schedule_text(&schedule);
    assert_string_equal(text, whole);
    free(text);
    schedule_release(&schedule);
    free(trace);
}

/* Three steps of 2, four of main (the last is its end). */
static void the_tail_is_round_robin(void **state)
{
    (void)state;
    goes_on_as("rr", three_and_three, "1x4 2x3");
    goes_on_as("2", three_and_three, "2x3 1x4");
    goes_on_as("2 1", three_and_three, "2 1x4 2x2");
    goes_on_as("1 2 1 2", three_and_three, "1 2 1 2x2 1x2");
}

/* 2 ends with its second step: the next by id is 3, not main. */
static void the_tail_goes_on_from_the_last_step(void **state)
{
    (void)state;
    goes_on_as("2x2", two_and_two_and_two, "2x2 3x2 1x3");
    goes_on_as("3x2", two_and_two_and_two, "3x2 1x3 2x2");
}

static void choices_inside_a_step_are_followed(void **state)
{
    (void)state;
    goes_on_as("rr", two_ready_cases, "1x2 1.0 1");
    goes_on_as("1x2 1.1", two_ready_cases, "1x2 1.1 1");
    goes_on_as("rr", draw_twice, "1=0x2 1");
    goes_on_as("1=2 1=3", draw_twice, "1=2 1=3 1");
    goes_on_as("1", two_senders, "1@2 1x2");
    goes_on_as("1@3", two_senders, "1@3 1x2");
}

static void diverges_at(const char *text, void (*main)(void *), int64_t step)
{
    int64_t diverged;

    free(replayed(text, main, &diverged));
    assert_int_equal(diverged, step);
}

static void misfits_are_noted(void **state)
{
    (void)state;
    diverges_at("1x4 2x3", three_and_three, -1);
    diverges_at("3", three_and_three, 0);
    diverges_at("1 2 4", three_and_three, 2);
    diverges_at("1x2 1.2", two_ready_cases, 2);
    diverges_at("1=3", draw_twice, 0);
    diverges_at("1=2 1=4", draw_twice, 1);
    diverges_at("1@4", two_senders, 0);
}

/* From where it does not fit on all is round robin: the 2 is not followed. */
static void after_a_misfit_nothing_is_followed(void **state)
{
    struct schedule taken;
    int64_t diverged;
    struct trace *trace = replayed("3 2", three_and_three, &diverged);
    char *text;

    (void)state;
    assert_true(schedule_of_trace(&taken, trace));
    text = schedule_text(&taken);
    assert_string_equal(text, "1x4 2x3");
    assert_int_equal(diverged, 0);
    free(text);
    schedule_release(&taken);
    free(trace);
}

/* The second run of a strategy is as the first. */
static void a_replay_may_be_used_again(void **state)
{
    struct schedule schedule;
    struct strategy *strategy;
    struct trace *first;
    struct run run;
    char error[100];

    (void)state;
    assert_true(schedule_parse(&schedule, "rr", error, sizeof error));
    strategy = replay_new(&schedule);
    assert_true(bench_init(&run, true));
    bench_run(&run, strategy, two_and_two_and_two);
    first = trace_dup(run.trace);
    bench_run(&run, strategy, two_and_two_and_two);
    assert_true(traces_equal(first, run.trace));
    free(first);
    bench_release(&run);
    strategy->free(strategy);
    schedule_release(&schedule);
}

/* Who had no choice is not asked: the trace tells. */
static void a_misfit_without_a_choice_is_in_the_trace(void **state)
{
    struct schedule schedule;
    int64_t diverged;
    char error[100];
    struct trace *trace = replayed("1 2", draw_twice, &diverged);

    (void)state;
    assert_true(schedule_parse(&schedule, "1 2", error, sizeof error));
    assert_int_equal(schedule_mismatch(&schedule, trace), 1);
    schedule_release(&schedule);
    free(trace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_runs_replay),
        cmocka_unit_test(pct_runs_replay),
        cmocka_unit_test(exhaustive_runs_replay),
        cmocka_unit_test(round_robin_runs_replay),
        cmocka_unit_test(free_runs_replay),
        cmocka_unit_test(the_tail_is_round_robin),
        cmocka_unit_test(the_tail_goes_on_from_the_last_step),
        cmocka_unit_test(after_a_misfit_nothing_is_followed),
        cmocka_unit_test(a_replay_may_be_used_again),
        cmocka_unit_test(choices_inside_a_step_are_followed),
        cmocka_unit_test(misfits_are_noted),
        cmocka_unit_test(a_misfit_without_a_choice_is_in_the_trace),
    };
    return cmocka_run_group_tests_name("replay", tests, NULL, NULL);
}
