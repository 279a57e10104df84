/* cmd_can.c -- braid can: is there an interleaving that prints this, or comes here? */
#include "base/text.h"
#include "cli/ask.h"
#include "cli/command.h"
#include "grade/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int can(const struct options *options);

const struct command command_can = {
    "can", "FILE", "is there an interleaving that prints --output TEXT, or does --reach NAME?",
    can};

/* Whether the judge came to an answer; else what it says of the program is said instead. */
static bool answered(const struct result *result)
{
    return result->reached > 0 || result->verdict == VERDICT_PASSED ||
           result->verdict == VERDICT_INCOMPLETE;
}

static int print(const struct result *result, const struct program *program,
                 const struct wish *wish, const struct options *options)
{
    struct text out = {0};
    struct report_options how = {
        .story = options->story,
        .colour = !options->plain && isatty(STDOUT_FILENO) && !getenv("NO_COLOR"),
    };

    if (options->json)
        report_can_json(&out, result, program, wish);
    else
        report_can_text(&out, result, program, wish, &how);
    fwrite(text_string(&out), 1, out.len, stdout);
    text_release(&out);
    return result->reached > 0 ? 0 : result->verdict == VERDICT_INCOMPLETE ? 3 : 1;
}

static int can(const struct options *options)
{
    struct wish wish = {.output = options->output, .mark = options->reach};
    struct target target = {0};
    struct result result;
    struct judge_request request;
    int status;

    if (options->nwords != 1 || (!wish.output && !wish.mark)) {
        fprintf(stderr, "braid: can it do what? \"braid can FILE --output '2 1'\" or "
                        "'braid can FILE --reach NAME'\n");
        return 2;
    }
    if (!target_open(&target, options, options->words[0])) {
        target_release(&target);
        return 2;
    }
    request = ask_request(&target, options, JUDGE_CAN);
    request.wish = wish;
    request.expect = NULL;
    request.keep_going = true; /* how many do is part of the answer */
    ask(&request, options, &result);
    if (answered(&result))
        status = print(&result, &target.program, &wish, options);
    else
        status = ask_print(&result, &target.program, options);
    result_release(&result);
    target_release(&target);
    return status;
}
