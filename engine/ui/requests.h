/* requests.h -- what a learner can ask for, and the keys that ask for it.
 *
 * The one list behind the handling of keys, the line of controls and the help
 * screen.  A key means the same on every screen; a screen says in its own words
 * (struct control) what the request does there, or does not offer it.
 */
#ifndef BRAID_UI_REQUESTS_H
#define BRAID_UI_REQUESTS_H

#include "ui/term.h"

#include <stdbool.h>

/* X(NAME, label, label in ASCII, keys...) */
#define REQUESTS(X)                                                      \
    X(NEXT, "n", "n", 'n')                                               \
    X(PREVIOUS, "p", "p", 'p')                                           \
    X(OPEN, "Enter", "Enter", TERM_ENTER)                                \
    X(EDIT, "e", "e", 'e')                                               \
    X(RUN, "r", "r", 'r')                                                \
    X(COPY, "c", "c", 'c')                                               \
    X(PLAY, "Space", "Space", ' ')                                       \
    X(FORWARD, "→", "Right", TERM_RIGHT, '.')                            \
    X(BACKWARD, "←", "Left", TERM_LEFT, ',')                             \
    X(JUMP_NEXT, "]", "]", ']')                                          \
    X(JUMP_PREVIOUS, "[", "[", '[')                                      \
    X(GOROUTINE_NEXT, "}", "}", '}')                                     \
    X(GOROUTINE_PREVIOUS, "{", "{", '{')                                 \
    X(OBJECT_NEXT, ">", ">", '>')                                        \
    X(OBJECT_PREVIOUS, "<", "<", '<')                                    \
    X(LINE_NEXT, ")", ")", ')')                                          \
    X(LINE_PREVIOUS, "(", "(", '(')                                      \
    X(LOOK, "v", "v", 'v')                                               \
    X(DIFFER, "d", "d", 'd')                                             \
    X(MOUSE, "m", "m", 'm')                                              \
    X(MOVE, "a", "a", 'a')                                               \
    X(FASTER, "+", "+", '+', '=')                                        \
    X(SLOWER, "-", "-", '-', '_')                                        \
    X(UP, "↑", "Up", TERM_UP, 'k', TERM_WHEEL_UP)                                       \
    X(DOWN, "↓", "Down", TERM_DOWN, 'j', TERM_WHEEL_DOWN)                                 \
    X(PAGE_UP, "PgUp", "PgUp", TERM_PAGE_UP, 'b')                        \
    X(PAGE_DOWN, "PgDn", "PgDn", TERM_PAGE_DOWN, 'f')                    \
    X(FIRST, "Home", "Home", TERM_HOME, 'g')                             \
    X(LAST, "End", "End", TERM_END, 'G')                                 \
    X(HINT, "h", "h", 'h')                                               \
    X(SWITCH, "s", "s", 's')                                             \
    X(UNDO, "u", "u", 'u')                                               \
    X(OTHER, "o", "o", 'o')                                              \
    X(CHOOSE, "1-9", "1-9", '1', '2', '3', '4', '5', '6', '7', '8', '9') \
    X(LANGUAGE, "t", "t", 't', TERM_TAB)                                 \
    X(RESET, "x", "x", 'x')                                              \
    X(FIND, "/", "/", '/')                                               \
    X(WORDS, "w", "w", 'w')                                              \
    X(BACK, "Esc", "Esc", TERM_ESCAPE, TERM_BACKSPACE)                   \
    X(LIST, "l", "l", 'l')                                               \
    X(HELP, "?", "?", '?')                                               \
    X(QUIT, "q", "q", 'q')

enum request {
    REQUEST_NONE,
#define X(name, ...) REQUEST_##name,
    REQUESTS(X)
#undef X
    REQUEST_COUNT
};

/* One line of a screen's table of controls, which ends with REQUEST_NONE. */
struct control {
    enum request request;
    const char *word; /* in the line of controls; NULL: only in the help */
    const char *help; /* what it does on this screen */
};

/* The request a key asks for; REQUEST_NONE: no key of ours. */
enum request request_of_key(int key);

/* How its main key is written, e.g. "n", "→"; "" for REQUEST_NONE. */
const char *request_label(enum request request, bool ascii);

#endif
