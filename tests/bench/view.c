/* view.c -- times the watch view on a long run: view [STEPS]
 *
 * A run of STEPS steps (default 100,000) of 100 goroutines that pass numbers through a few channels;
 * prints what opening it costs, and in each look the first frame of 200x60, a step back from anywhere
 * and a frame, in ms of processor time: the mean and the worst.
 */
#include "view/watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { GOROUTINES = 100, CHANNELS = 10, ROWS = 60, COLS = 200, TRIES = 200 };

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static uint32_t draw(uint64_t *seed, uint32_t below)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33) % below;
}

/* Senders block, receivers take from them: two events a step. */
static struct trace *make_run(uint32_t steps)
{
    struct trace *trace = trace_new(2 * steps + GOROUTINES + CHANNELS, 1 << 12);
    uint32_t worker;
    uint64_t seed = 1;

    if (!trace)
        return NULL;
    worker = trace_text_add(trace, "worker", strlen("worker"));
    for (uint32_t c = 1; c <= CHANNELS; c++)
        trace_add(trace, &(struct event){.kind = EVENT_MAKE, .g = 1, .obj = c, .extra = OBJECT_CHAN});
    for (uint32_t g = 2; g <= GOROUTINES; g++)
        trace_add(trace, &(struct event){.kind = EVENT_GO, .g = 1, .other = g, .text = worker});
    while (trace->steps < steps) {
        uint32_t g = 1 + draw(&seed, GOROUTINES), to = 1 + draw(&seed, GOROUTINES);
        uint32_t chan = 1 + draw(&seed, CHANNELS);

        if (g == to)
            continue;
        trace_add(trace, &(struct event){.kind = EVENT_BLOCK, .g = to, .obj = chan,
                                         .extra = WAIT_RECV, .line = 7});
        trace_add(trace, &(struct event){.kind = EVENT_SEND, .g = g, .obj = chan, .other = to,
                                         .value = (int64_t)trace->steps, .value_kind = VALUE_INT,
                                         .line = 9});
    }
    return trace;
}

struct times { double sum, worst; int n; };

static void add(struct times *times, double ms)
{
    times->sum += ms;
    times->n++;
    if (ms > times->worst)
        times->worst = ms;
}

static void print(const char *what, const struct times *times, double mark)
{
    printf("%-34s %8.3f ms, worst %8.3f   (at most %g: %s)\n", what, times->sum / times->n,
           times->worst, mark, times->sum / times->n < mark ? "yes" : "no");
}

/* What a learner waits for after a key: the step, and the picture of it. */
static void time_look(struct watch *watch, enum watch_look look, const char *name)
{
    struct times first = {0}, back = {0}, frame = {0};
    struct grid grid;
    double start;
    char what[64];
    uint64_t seed = 2;

    if (!grid_init(&grid, ROWS, COLS, false))
        return;
    watch_set_look(watch, look);
    start = now_ms();
    watch_draw(watch, &grid, (struct rect){0, 0, ROWS, COLS}); /* makes what later frames use */
    add(&first, now_ms() - start);
    for (int i = 0; i < TRIES; i++) {
        watch_go(watch, 1 + draw(&seed, watch_moments(watch) - 1));
        grid_clear(&grid);
        watch_draw(watch, &grid, (struct rect){0, 0, ROWS, COLS});
        start = now_ms();
        watch_go(watch, watch_at(watch) - 1);
        add(&back, now_ms() - start);
        start = now_ms();
        grid_clear(&grid);
        watch_draw(watch, &grid, (struct rect){0, 0, ROWS, COLS});
        add(&frame, now_ms() - start);
    }
    snprintf(what, sizeof what, "%s: the first frame", name);
    print(what, &first, 50);
    snprintf(what, sizeof what, "%s: a step back", name);
    print(what, &back, 10);
    snprintf(what, sizeof what, "%s: a frame", name);
    print(what, &frame, 4);
    grid_release(&grid);
}

int main(int argc, char **argv)
{
    struct trace *trace = make_run(argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 100000);
    struct times open = {0};
    struct watch *watch;
    double start = now_ms();

    watch = trace ? watch_new(trace, NULL, NULL) : NULL;
    if (!watch) {
        fprintf(stderr, "view: out of memory\n");
        return 1;
    }
    add(&open, now_ms() - start);
    printf("%u steps, %d goroutines, %dx%d\n", trace->steps, GOROUTINES, COLS, ROWS);
    print("opening the run", &open, 50);
    time_look(watch, WATCH_STAGE, "stage");
    time_look(watch, WATCH_BRAID, "braid");
    time_look(watch, WATCH_ORDER, "braid with past and future");
    watch_free(watch);
    free(trace);
    return 0;
}
