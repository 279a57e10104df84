/* test_classes.c -- the reduced search makes a run of every class that all
 * interleavings have.
 *
 * A class is known by what each goroutine did, in its own order, with values, partners
 * and whether main was still there.
 */
#include "unit/explore/programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

enum { GOROUTINES = 8, BUDGET = 60000 };

struct classes {
    uint64_t *at;
    size_t count, runs;
    bool complete;
};

static uint64_t mix(uint64_t sum, uint64_t value)
{
    sum = (sum ^ value) * 0x9E3779B97F4A7C15u;
    return sum ^ sum >> 29;
}

/* What a run comes to, whatever the order of steps that commute. */
static uint64_t class_of(const struct run *run)
{
    uint64_t sums[GOROUTINES] = {0}, all = run->end;

    for (uint32_t i = 0; i < run->trace->count; i++) {
        const struct event *e = &run->trace->events[i];
        uint64_t sum;

        if (!event_is_step(e) && e->kind != EVENT_PANIC)
            continue;
        assert_true(e->g < GOROUTINES);
        sum = mix(sums[e->g], e->kind);
        sum = mix(sum, e->obj);
        sum = mix(sum, e->other);
        sum = mix(sum, (uint64_t)e->value);
        sum = mix(sum, e->flags & (EVENT_CLOSED | EVENT_AFTERMATH));
        sums[e->g] = sum;
        /* a hand-off is the other's deed, too */
        if ((e->kind == EVENT_SEND || e->kind == EVENT_RECV) && e->other)
            sums[e->other] = mix(sums[e->other], sum);
    }
    for (int g = 0; g < GOROUTINES; g++)
        all = mix(all, sums[g]);
    return all;
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

/* The classes of all runs made, sorted; with repetitions. */
static struct classes explore(struct strategy *s, bool (*is_done)(const struct strategy *s),
                              void (*main)(void *))
{
    struct classes classes = {.at = calloc(BUDGET, sizeof *classes.at)};
    struct run run;
    bool more;

    assert_true(bench_init(&run, true));
    do {
        if (bench_run(&run, s, main) != RUN_REDUNDANT)
            classes.at[classes.count++] = class_of(&run);
        classes.runs++;
        more = s->end(s);
    } while (more);
    classes.complete = is_done(s);
    s->free(s);
    bench_release(&run);
    qsort(classes.at, classes.count, sizeof *classes.at, by_number);
    return classes;
}

static size_t without_repetitions(struct classes *classes)
{
    size_t kept = 0;

    for (size_t i = 0; i < classes->count; i++)
        if (kept == 0 || classes->at[kept - 1] != classes->at[i])
            classes->at[kept++] = classes->at[i];
    return kept;
}

static void same_classes(void (*main)(void *), const char *name)
{
    struct classes all = explore(exhaustive_new(BUDGET), exhaustive_done, main);
    struct classes reduced = explore(sleep_new(BUDGET), sleep_done, main);
    size_t made = reduced.count, classes = without_repetitions(&all);

    if (!all.complete || !reduced.complete)
        fail_msg("%s: not done in %d runs", name, BUDGET);
    if (without_repetitions(&reduced) != classes ||
        memcmp(all.at, reduced.at, classes * sizeof *all.at) != 0)
        fail_msg("%s: %zu classes in all %zu runs, %zu in %zu runs reduced", name, classes,
                 all.runs, without_repetitions(&reduced), reduced.runs);
    /* sends and receives on one buffer count as depending on each other, so more is possible */
    if (made < classes || reduced.runs > all.runs)
        fail_msg("%s: %zu of %zu classes, in %zu runs for %zu", name, made, classes, reduced.runs,
                 all.runs);
    free(all.at);
    free(reduced.at);
}

static void print_once(void *arg)
{
    (void)arg;
    basic_print(run_current, "x", 1);
}

/* What is printed after main's end nobody sees: both orders count. */
static void prints_beside_main(void *arg)
{
    (void)arg;
    start(print_once, NULL);
    start(print_once, NULL);
}

static void prints_around_end(void **state)
{
    (void)state;
    same_classes(prints_beside_main, "prints_beside_main");
}

static void all_programs(void **state)
{
    (void)state;
    for (int i = 0; i < PROGRAM_COUNT; i++)
        if (programs[i].main != worker_pool) /* too many interleavings to make them all */
            same_classes(programs[i].main, programs[i].name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints_around_end),
        cmocka_unit_test(all_programs),
    };
    return cmocka_run_group_tests_name("classes", tests, NULL, NULL);
}
