/* term.h -- the terminal: a grid goes out, keys and sizes come in.
 *
 * The only file that knows curses.  There is one terminal, so there is no
 * object to pass.  Between term_open and term_close every way out of the process
 * that can be caught gives the terminal back as it was found.
 */
#ifndef BRAID_UI_TERM_H
#define BRAID_UI_TERM_H

#include "view/grid.h"

#include <stdbool.h>
#include <stddef.h>

/* Keys: a Unicode character, or one of these, beyond Unicode. */
enum term_key {
    TERM_NO_KEY = 0,
    TERM_TAB = '\t',
    TERM_ENTER = '\r',
    TERM_ESCAPE = 27,
    TERM_OTHER = 0x110000, /* a key we have no use for */
    TERM_BACKSPACE,
    TERM_DELETE,
    TERM_UP,
    TERM_DOWN,
    TERM_LEFT,
    TERM_RIGHT,
    TERM_HOME,
    TERM_END,
    TERM_PAGE_UP,
    TERM_PAGE_DOWN,
    TERM_REDRAW, /* Ctrl-L */
    TERM_WHEEL_UP,
    TERM_WHEEL_DOWN,
    TERM_CLICK,  /* term_pointer says where */
};

/* Whether standard input and output are a terminal; false: error (size bytes) says what to do. */
bool term_present(char *error, size_t size);

/* Takes the terminal over.  false: its type is unknown or cannot place a cursor: error (size
 * bytes) says which and the next step. */
bool term_open(bool ascii, bool no_color, char *error, size_t size);

/* Gives the terminal back; does nothing when it is not open. */
void term_close(void);

/* Gives the terminal to somebody else (an editor, the shell) and takes it back; everything is
 * drawn anew then. */
void term_leave(void);
void term_return(void);

/* Looks how large the terminal is now.  Call it after SIGWINCH. */
void term_resize(void);
void term_size(int *rows, int *cols);

/* Shows a grid of the terminal's size. */
void term_show(const struct grid *grid);

/* The next key that has come; TERM_NO_KEY: none is waiting.  Never blocks for longer than it takes
 * to tell Esc from an arrow key. */
int term_next_key(void);

/* Whether the mouse is ours; if not, the terminal selects text with it.  Off at first. */
void term_mouse(bool on);

/* The cell of the last TERM_CLICK. */
void term_pointer(int *row, int *col);

/* Whether characters beyond ASCII can be shown, by the locale. */
bool term_is_utf8(void);

#endif
