/* ask.c -- asks the judge from the command line. */
#include "cli/ask.h"

#include "grade/report.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { PROGRESS_MS = 200 };

static volatile sig_atomic_t interrupted;

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

struct judge_request ask_request(const struct target *target, const struct options *options,
                                 enum judge_mode mode)
{
    return (struct judge_request){
        .program = &target->program,
        .mode = mode,
        .strategy = options->strategy,
        .seed = options->seed,
        .runs = options->budget ? options->budget : target->exercise ? target->exercise->runs : 0,
        .steps = options->steps,
        .keep_going = options->keep_going,
        .expect = target->exercise ? &target->exercise->expect : NULL,
        .world = target->exercise ? &target->exercise->world : NULL,
        .cflags = options->ncflags ? options->cflags : NULL,
        .output = -1,
    };
}

static void show_progress(const struct judge *judge)
{
    bool compiling;
    uint64_t runs, steps;

    judge_progress(judge, &compiling, &runs, &steps);
    if (compiling)
        fprintf(stderr, "\rcompiling ...");
    else
        fprintf(stderr, "\r%" PRIu64 " runs, %" PRIu64 " steps ... (Ctrl-C stops)\033[K", runs, steps);
}

void ask(const struct judge_request *request, const struct options *options, struct result *result)
{
    struct sigaction action = {.sa_handler = on_interrupt}, before;
    struct judge *judge = judge_start(request);
    bool show = !options->plain && !options->json && isatty(STDERR_FILENO), shown = false;

    if (!judge) {
        *result = (struct result){.verdict = VERDICT_OUR_FAILURE};
        return;
    }
    sigaction(SIGINT, &action, &before);
    while (!judge_poll(judge, PROGRESS_MS)) {
        if (interrupted)
            judge_cancel(judge);
        else if (show && request->mode == JUDGE_CHECK) {
            show_progress(judge);
            shown = true;
        }
    }
    if (shown)
        fprintf(stderr, "\r\033[K");
    judge_finish(judge, result);
    sigaction(SIGINT, &before, NULL);
}

int ask_print(const struct result *result, const struct program *program, const struct options *options)
{
    struct text out = {0};
    struct report_options how = {
        .story = options->story,
        .colour = !options->plain && isatty(STDOUT_FILENO) && !getenv("NO_COLOR"),
    };

    if (options->json)
        report_json(&out, result, program);
    else
        report_text(&out, result, program, &how);
    fwrite(text_string(&out), 1, out.len, stdout);
    text_release(&out);
    return verdict_status(result->verdict);
}
