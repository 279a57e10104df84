/* cmd_check.c -- braid check: explores a program's interleavings and pronounces. */
#include "cli/ask.h"
#include "cli/command.h"

#include <stdio.h>

static int check(const struct options *options);

const struct command command_check = {
    "check", "[FILE|EXERCISE]", "explore a program's interleavings and give a verdict", check};

static int check(const struct options *options)
{
    struct target target = {0};
    struct result result;
    struct judge_request request;
    int status;

    if (options->nwords > 1) {
        fprintf(stderr, "braid: one file at a time: 'braid check FILE'\n");
        return 2;
    }
    if (!target_open(&target, options, options->nwords ? options->words[0] : NULL)) {
        target_release(&target);
        return 2;
    }
    request = ask_request(&target, options, JUDGE_CHECK);
    request.lead = true;
    ask(&request, options, &result);
    status = ask_print(&result, &target.program, options);
    if (result.verdict == VERDICT_PASSED && target.exercise &&
        !progress_set_passed(target.progress, target.exercise, target.language))
        fprintf(stderr, "braid: the progress could not be saved\n");
    result_release(&result);
    target_release(&target);
    return status;
}
