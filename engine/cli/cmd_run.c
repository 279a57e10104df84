/* cmd_run.c -- braid run: one run of a program, its output as it comes. */
#include "cli/ask.h"
#include "cli/command.h"
#include "grade/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int run(const struct options *options);

const struct command command_run = {
    "run", "FILE", "run a program once; --plain tells every step", run};

static void tell_stats(const struct result *result)
{
    struct text out = {0};

    report_stats(&out, result);
    fflush(stdout);
    fputs(text_string(&out), stderr);
    text_release(&out);
}

static int run(const struct options *options)
{
    struct target target = {0};
    struct result result;
    struct judge_request request;
    int status;

    if (options->nwords != 1) {
        fprintf(stderr, "braid: which program? 'braid run FILE'\n");
        return 2;
    }
    if (!target_open(&target, options, options->words[0])) {
        target_release(&target);
        return 2;
    }
    request = ask_request(&target, options, JUDGE_RUN);
    request.expect = NULL; /* one run shows what it does; 'check' holds it against the task */
    request.output = options->plain || options->json ? -1 : STDOUT_FILENO;
    ask(&request, options, &result);
    if (options->plain && result.trace)
        ask_tell(&result, &target.program, options);
    if (options->stats)
        tell_stats(&result);
    status = verdict_status(result.verdict);
    if (options->json || result.verdict != VERDICT_PASSED)
        ask_print(&result, &target.program, options);
    result_release(&result);
    target_release(&target);
    return status;
}
