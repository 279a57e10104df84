/* ask.h -- asks the judge from the command line: progress, Ctrl-C, what is printed. */
#ifndef BRAID_CLI_ASK_H
#define BRAID_CLI_ASK_H

#include "cli/options.h"
#include "cli/target.h"
#include "grade/judge.h"

/* Fills in a request from the target and the options. */
struct judge_request ask_request(const struct target *target, const struct options *options,
                                 enum judge_mode mode);

/* Judges, showing progress on a terminal's standard error; Ctrl-C stops early and keeps what is
 * known. */
void ask(const struct judge_request *request, const struct options *options, struct result *result);

/* Prints the result as the options say; returns the exit status. */
int ask_print(const struct result *result, const struct program *program, const struct options *options);

/* Tells the run step by step on standard output, or draws its braid, as the options say. */
void ask_tell(const struct result *result, const struct program *program,
              const struct options *options);

/* Whether only 7-bit characters may be printed, by the locale. */
bool ask_ascii(void);

#endif
