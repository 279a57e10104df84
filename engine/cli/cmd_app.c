/* cmd_app.c -- braid alone: opens the app. */
#include "base/place.h"
#include "cli/command.h"
#include "ui/ui.h"

#include <limits.h>
#include <stdio.h>

static int app(const struct options *options);

const struct command command_app = {"app", "", "open the app", app};

static int app(const struct options *options)
{
    char root[PATH_MAX], error[512] = "";
    struct ui_options ui = {
        .root = root,
        .language = options->language >= 0 ? (enum course_language)options->language : COURSE_LUA,
        .exercise = options->nwords ? options->words[0] : NULL,
        .still = options->still,
        .cflags = options->ncflags ? options->cflags : NULL,
    };
    int status;

    if (!place_root(root, sizeof root)) {
        fprintf(stderr, "braid: the lessons are not at '%s': set BRAID_ROOT to the checkout\n", root);
        return 3;
    }
    status = ui_run(&ui, error, sizeof error);
    if (*error)
        fprintf(stderr, "braid: %s\n", error);
    return status;
}
