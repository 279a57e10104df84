/* ask.c -- asks the judge from the command line. */
#include "cli/ask.h"

#include "base/text.h"
#include "grade/report.h"
#include "view/watch.h"

#include <inttypes.h>
#include <langinfo.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    PROGRESS_MS = 200,
    BAR = 20,          /* characters of the progress bar */
};

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
        .wall_ms = options->wall_ms,
        /* a review adds up all runs in one place */
        .jobs = options->review ? 1 : (uint32_t)options->jobs,
        .keep_going = options->keep_going || options->review,
        .review = options->review,
        .accesses = options->accesses,
        .expect = target->exercise ? &target->exercise->expect : NULL,
        .world = target->exercise ? &target->exercise->world : NULL,
        .mutants = target->exercise
                       ? exercise_mutants(target->exercise, target->language) : NULL,
        .cflags = options->ncflags ? options->cflags : NULL,
        .output = -1,
    };
}

/* 1234567 -> "1,234,567"; what is larger than that is known to two figures only. */
static void add_about(struct text *out, double n)
{
    if (n < 1e6) {
        if (n >= 1000)
            text_addf(out, "%d,%03d", (int)n / 1000, (int)n % 1000);
        else
            text_addf(out, "%d", (int)n);
    } else {
        text_addf(out, "%.1g", n);
    }
}

/* "[#####.....] 1,200 runs, 40,000 a second, of about 2,400 (Ctrl-C stops)" */
static void show_progress(const struct judge *judge, int64_t ms)
{
    struct judge_progress p = judge_progress(judge);
    double part = p.estimate > 0 ? (double)p.explored / p.estimate : 0;
    struct text line = {0};

    if (p.mutant)
        text_addf(&line, "trying the check on '%s': ", p.mutant);
    if (p.compiling) {
        text_add(&line, "compiling ...");
    } else {
        text_add_char(&line, '[');
        for (int i = 0; i < BAR; i++)
            text_add_char(&line, i < part * BAR ? '#' : '.');
        text_add(&line, "] ");
        add_about(&line, (double)p.runs);
        text_add(&line, " runs, ");
        add_about(&line, ms > 0 ? (double)p.runs * 1000 / (double)ms : 0);
        text_add(&line, " a second");
        if (p.estimate > 0) {
            text_add(&line, ", of about ");
            add_about(&line, p.estimate);
        }
        text_add(&line, p.shrinking ? "; found one, making it simpler"
                        : p.leading ? "; found a race: what does it lead to?" : " (Ctrl-C stops)");
    }
    fprintf(stderr, "\r%s\033[K", text_string(&line));
    text_release(&line);
}

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void ask(const struct judge_request *request, const struct options *options, struct result *result)
{
    struct sigaction action = {.sa_handler = on_interrupt}, before;
    struct judge *judge = judge_start(request);
    int64_t start = now_ms();
    bool show = !options->plain && !options->json && isatty(STDERR_FILENO), shown = false;

    if (!judge) {
        *result = (struct result){.verdict = VERDICT_OUR_FAILURE};
        return;
    }
    sigaction(SIGINT, &action, &before);
    while (!judge_poll(judge, PROGRESS_MS)) {
        if (interrupted)
            judge_cancel(judge);
        else if (show && (request->mode == JUDGE_CHECK || request->mode == JUDGE_CAN)) {
            show_progress(judge, now_ms() - start);
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
        .review = options->review,
        .ascii = options->plain,
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

void ask_tell(const struct result *result, const struct program *program,
              const struct options *options)
{
    struct watch *watch = watch_new(result->trace, program, &result->findings);
    char *text = !watch ? NULL : options->braid ? watch_plain_braid(watch, ask_ascii())
                                                : watch_plain(watch);

    if (text)
        fputs(text, stdout);
    free(text);
    watch_free(watch);
}

bool ask_ascii(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
}
