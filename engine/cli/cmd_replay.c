/* cmd_replay.c -- braid replay: a schedule again, on the learner's own code. */
#include "cli/ask.h"
#include "cli/command.h"
#include "base/place.h"
#include "base/text.h"
#include "ui/ui.h"
#include "view/export.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int replay(const struct options *options);
static int watch(const struct options *options);

const struct command command_replay = {
    "replay", "FILE SCHEDULE", "replay a schedule: in the app, or as text with --plain", replay};
const struct command command_watch = {
    "watch", "FILE [SCHEDULE]", "open a program in the watch view", watch};

static int open_app(const struct options *options, const char *program, const char *schedule)
{
    char root[PATH_MAX], error[512] = "";
    struct ui_options ui = {.root = root, .program = program, .schedule = schedule,
                            .still = options->still,
                            .cflags = options->ncflags ? options->cflags : NULL};
    int status;

    place_root(root, sizeof root);
    status = ui_run(&ui, error, sizeof error);
    if (*error)
        fprintf(stderr, "braid: %s\n", error);
    return status;
}

static int print_replay(const struct options *options)
{
    struct target target = {0};
    struct result result;
    struct judge_request request;
    int status;

    if (!target_open(&target, options, options->words[0])) {
        target_release(&target);
        return 2;
    }
    request = ask_request(&target, options, JUDGE_REPLAY);
    request.schedule = options->words[1];
    ask(&request, options, &result);
    if (!options->json && result.trace) {
        ask_tell(&result, &target.program, options);
        putchar('\n');
    }
    status = ask_print(&result, &target.program, options);
    result_release(&result);
    target_release(&target);
    return status;
}

/* The run in a form for other programs, on standard output. */
static int export(const struct options *options)
{
    enum export_format format = export_format(options->export);
    struct target target = {0};
    struct result result;
    struct judge_request request;
    struct text out = {0};
    int status;

    if (format == EXPORT_NONE) {
        fprintf(stderr, "braid: there is no format '%s': use perfetto, svg or cast\n",
                options->export);
        return 2;
    }
    if (!target_open(&target, options, options->words[0])) {
        target_release(&target);
        return 2;
    }
    request = ask_request(&target, options, JUDGE_REPLAY);
    request.schedule = options->words[1];
    ask(&request, options, &result);
    status = verdict_status(result.verdict);
    if (result.trace && result.verdict != VERDICT_USAGE) {
        if (!export_run(&out, format, result.trace, &target.program, &result.findings)) {
            fprintf(stderr, "braid: out of memory\n");
            status = 3;
        }
        fwrite(text_string(&out), 1, out.len, stdout);
    } else {
        ask_print(&result, &target.program, options);
    }
    text_release(&out);
    result_release(&result);
    target_release(&target);
    return status;
}

static int replay(const struct options *options)
{
    if (options->nwords != 2) {
        fprintf(stderr, "braid: replay what? \"braid replay FILE 'SCHEDULE'\": a failing verdict "
                        "prints the line\n");
        return 2;
    }
    if (options->export)
        return export(options);
    if (options->plain || options->json || options->accesses || !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return print_replay(options);
    return open_app(options, options->words[0], options->words[1]);
}

static int watch(const struct options *options)
{
    if (options->nwords < 1 || options->nwords > 2) {
        fprintf(stderr, "braid: watch what? 'braid watch FILE'\n");
        return 2;
    }
    return open_app(options, options->words[0], options->nwords == 2 ? options->words[1] : NULL);
}
