/* editor.h -- opening the learner's own editor on a file. */
#ifndef BRAID_UI_EDITOR_H
#define BRAID_UI_EDITOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The command line of the learner's editor: $VISUAL, $EDITOR, else nano or vi, whichever the PATH
 * has; with an option that goes to `line` (0: none) when the editor is one that has it.
 * false: none was found; then command (size bytes) says what to do. */
bool editor_command(char *command, size_t size, uint32_t line);

#endif
