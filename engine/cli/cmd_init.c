/* cmd_init.c -- braid init: makes the learner's workspace. */
#include "cli/command.h"
#include "cli/target.h"
#include "course/workspace.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

static int init(const struct options *options);

const struct command command_init = {
    "init", "[DIR]", "copy the exercises into a workspace (default ~/braid)", init};

static int init(const struct options *options)
{
    struct target target = {0};
    const char *home = getenv("HOME");
    char dir[PATH_MAX], real[PATH_MAX], error[512] = "";
    int copied;

    if (options->nwords)
        snprintf(dir, sizeof dir, "%s", options->words[0]);
    else
        snprintf(dir, sizeof dir, "%s/braid", home && *home ? home : ".");
    if (!target_course(&target)) {
        target_release(&target);
        return 3;
    }
    copied = workspace_init(&target.course, dir, error, sizeof error);
    if (copied < 0) {
        fprintf(stderr, "braid: %s\n", error);
        target_release(&target);
        return 2;
    }
    if (!realpath(dir, real))
        snprintf(real, sizeof real, "%s", dir);
    if (!progress_set_workspace(target.progress, real))
        fprintf(stderr, "braid: the workspace could not be remembered: run braid from inside it\n");
    printf("%d exercise file%s copied to %s\n", copied, copied == 1 ? "" : "s", real);
    printf("braid.lua, .luarc.json and compile_flags.txt are for your editor: with a language\n"
           "server for Lua, or clangd for C, it completes and explains Go's names.\n");
    printf("Next: 'braid' opens the lessons, 'braid check' checks the first open exercise.\n");
    target_release(&target);
    return 0;
}
