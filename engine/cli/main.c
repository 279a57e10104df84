/* main.c -- braid: finds the command and calls it. */
#include "cli/command.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

static const struct command *const commands[] = {
#define X(name) &command_##name,
    COMMANDS(X)
#undef X
};

enum { NCOMMANDS = sizeof commands / sizeof *commands };

static const struct command *find(const char *name)
{
    for (size_t i = 0; i < NCOMMANDS; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

static int help(const struct options *options)
{
    (void)options;
    printf("braid teaches Go's concurrency patterns and grades learners' work.\n\n"
           "  %-28s %s\n", "braid", "open the app");
    for (size_t i = 0; i < NCOMMANDS; i++) {
        char both[64];

        if (commands[i] == &command_app)
            continue;
        snprintf(both, sizeof both, "braid %s%s%s", commands[i]->name, *commands[i]->args ? " " : "",
                 commands[i]->args);
        printf("  %-28s %s\n", both, commands[i]->help);
    }
    printf("\nOptions:\n");
    options_help();
    printf("\nExit status: 0 passed, 1 the program's fault, 2 wrong usage, 3 our own failure.\n");
    return 0;
}

const struct command command_help = {"help", "", "this page", help};

/* What was printed must have arrived: a full disk would leave half a report and a status that is
 * believed. */
static int delivered(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    fprintf(stderr, "braid: standard output cannot be written: %s\n", strerror(errno));
    return 3;
}

int main(int argc, char **argv)
{
    const struct command *command = &command_app;
    struct options options;
    int first = 1;

    setlocale(LC_ALL, "");
    if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
        command = &command_help;
        first = 2;
    } else if (argc > 1 && argv[1][0] != '-') {
        command = find(argv[1]);
        first = 2;
        if (!command) {
            fprintf(stderr, "braid: there is no command '%s': see 'braid help'\n", argv[1]);
            return 2;
        }
    }
    if (!options_parse(&options, argc - first, argv + first))
        return 2;
    return delivered(command->main(&options));
}
