// expect: deadlock
// The stage waits for its workers, and then forgets what it waited for.
#include "go.h"

struct stage {
    struct chan *in, *out;
    int (*f)(int n);
    struct wg workers;
};

static struct chan *numbers, *squares, *results;

static int square(int n)
{
    return n * n;
}

static int plus_one(int n)
{
    return n + 1;
}

static void work(void)
{
    go_sleep(10 * MILLISECOND);
}

static void generate(void *arg)
{
    (void)arg;
    for (int n = 1; n <= 4; n++)
        go_send(numbers, &n);
    go_close(numbers);
}

static void worker(void *arg)
{
    struct stage *stage = arg;
    int n;

    while (go_recv(stage->in, &n)) {
        work();
        n = stage->f(n);
        go_send(stage->out, &n);
    }
    wg_done(&stage->workers);
}

static void run_stage(void *arg)
{
    struct stage *stage = arg;

    for (int i = 0; i < 2; i++) {
        wg_add(&stage->workers, 1);
        go(worker, stage);
    }
    wg_wait(&stage->workers);
}

int main(void)
{
    static struct stage first, second;
    int n, count = 0, sum = 0;

    numbers = go_chan(int, 0);
    squares = go_chan(int, 0);
    results = go_chan(int, 0);
    first = (struct stage){.in = numbers, .out = squares, .f = square};
    second = (struct stage){.in = squares, .out = results, .f = plus_one};
    go(generate, NULL);
    go(run_stage, &first);
    go(run_stage, &second);

    while (go_recv(results, &n)) {
        count++;
        sum += n;
    }
    printf("%d results, their sum is %d\n", count, sum);
}
