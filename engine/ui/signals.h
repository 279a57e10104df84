/* signals.h -- signals as something to poll for, not handlers.
 *
 * Between signals_open and signals_close the signals that concern the app are
 * blocked and read from a descriptor, so nothing runs in the middle of anything.
 * A process forked meanwhile (the judge's child) starts with default signals
 * and the mask the app was started with.
 */
#ifndef BRAID_UI_SIGNALS_H
#define BRAID_UI_SIGNALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A descriptor that polls readable when a signal has come; -1 with errno. */
int signals_open(void);
void signals_close(int fd);

/* The next signal that has come; 0: none. */
int signals_next(int fd);

/* Stops the process as Ctrl-Z does; returns when it is continued. */
void signals_suspend(void);

/* Runs a command line through the shell with `path` as its last argument and waits for it,
 * as the terminal's owner: Ctrl-C and Ctrl-Z are the command's, SIGTERM and SIGHUP reach
 * both.  false: it could not be run or was killed; error (size bytes) says which. */
bool signals_run(const char *command, const char *path, char *error, size_t size);

#endif
