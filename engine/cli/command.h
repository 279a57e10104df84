/* command.h -- what a command is.  Each cmd_NAME.c opens with its own entry. */
#ifndef BRAID_CLI_COMMAND_H
#define BRAID_CLI_COMMAND_H

#include "cli/options.h"

struct command {
    const char *name;
    const char *args;   /* for help */
    const char *help;
    int (*main)(const struct options *options); /* returns the exit status */
};

/* Every command, in the order help shows them. */
#define COMMANDS(X)                                                            \
    X(app) X(run) X(check) X(can) X(replay) X(watch) X(list) X(init) X(hint) X(reset) \
    X(solution) X(lesson) X(present) X(grade) X(doc) X(verify) X(doctor) X(help)

#define X(name) extern const struct command command_##name;
COMMANDS(X)
#undef X

#endif
