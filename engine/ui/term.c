/* term.c -- curses, and nothing else: see term.h.
 *
 * Styles are meanings; here they become colours.  Each is told apart without
 * colour too (bold, dim, underlined, reversed), and the palette keeps running,
 * blocked and ended apart for colour-blind eyes: blue, orange, grey.
 */
#include "ui/term.h"

#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

struct look {
    short fg256, bg256; /* of 256 colours; -1: the terminal's own */
    short fg8, bg8;     /* of the first eight */
    attr_t attr;        /* with colour */
    attr_t mono;        /* without */
};

/* Colours without a background of their own are mid-tones: legible on black and on white. */
static const struct look looks[STYLE_COUNT] = {
    [STYLE_PLAIN]        = {-1, -1, -1, -1, A_NORMAL, A_NORMAL},
    [STYLE_DIM]          = {245, -1, -1, -1, A_NORMAL, A_DIM},
    [STYLE_BOLD]         = {-1, -1, -1, -1, A_BOLD, A_BOLD},
    [STYLE_TITLE]        = {33, -1, COLOR_BLUE, -1, A_BOLD, A_BOLD | A_UNDERLINE},
    [STYLE_KEY]          = {222, 236, COLOR_BLACK, COLOR_WHITE, A_BOLD, A_BOLD | A_REVERSE},
    [STYLE_RUNNING]      = {33, -1, COLOR_BLUE, -1, A_BOLD, A_BOLD},
    [STYLE_READY]        = {37, -1, COLOR_CYAN, -1, A_NORMAL, A_NORMAL},
    [STYLE_BLOCKED]      = {172, -1, COLOR_YELLOW, -1, A_NORMAL, A_UNDERLINE},
    [STYLE_ENDED]        = {245, -1, -1, -1, A_NORMAL, A_DIM},
    [STYLE_CHANNEL]      = {97, -1, COLOR_MAGENTA, -1, A_NORMAL, A_NORMAL},
    [STYLE_VALUE]        = {166, -1, COLOR_YELLOW, -1, A_BOLD, A_BOLD},
    [STYLE_GOOD]         = {35, -1, COLOR_GREEN, -1, A_BOLD, A_BOLD},
    [STYLE_BAD]          = {161, -1, COLOR_RED, -1, A_BOLD, A_BOLD | A_REVERSE},
    [STYLE_NOTE]         = {136, -1, COLOR_YELLOW, -1, A_NORMAL, A_NORMAL},
    [STYLE_CODE]         = {66, -1, COLOR_CYAN, -1, A_NORMAL, A_NORMAL},
    [STYLE_CODE_KEYWORD] = {97, -1, COLOR_MAGENTA, -1, A_BOLD, A_BOLD},
    [STYLE_CODE_STRING]  = {65, -1, COLOR_GREEN, -1, A_NORMAL, A_NORMAL},
    [STYLE_CODE_COMMENT] = {245, -1, -1, -1, A_NORMAL, A_DIM},
    [STYLE_CODE_NUMBER]  = {166, -1, COLOR_YELLOW, -1, A_NORMAL, A_NORMAL},
    [STYLE_HERE]         = {255, 238, COLOR_WHITE, COLOR_BLUE, A_NORMAL, A_REVERSE},
    [STYLE_SELECTED]     = {255, 25, COLOR_WHITE, COLOR_BLUE, A_BOLD, A_REVERSE},
    [STYLE_BAR]          = {252, 236, COLOR_BLACK, COLOR_WHITE, A_NORMAL, A_REVERSE},
};

/* State of the one terminal; screen is NULL while it is not ours. */
static SCREEN *screen;
static bool ascii_only, in_color, mouse_is_ours;
static MEVENT pointer;                   /* the last click */
static struct termios found;             /* as it was before us */
static char farewell[128];               /* what puts it right: end of modes, cursor, main screen */
static size_t farewell_len;

static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};

/* Only async-signal-safe calls: curses may be in any state here. */
static void on_fatal(int signo)
{
    ssize_t ignored = write(STDOUT_FILENO, farewell, farewell_len);

    (void)ignored;
    tcsetattr(STDIN_FILENO, TCSANOW, &found);
    signal(signo, SIG_DFL);
    raise(signo);
}

/* On a stack of its own: the fault may be that the other one is full. */
static void catch_fatal(bool on)
{
    static char room[32 * 1024];
    struct sigaction action = {.sa_handler = on ? on_fatal : SIG_DFL,
                               .sa_flags = SA_RESETHAND | SA_ONSTACK};
    stack_t own = {.ss_sp = room, .ss_size = sizeof room, .ss_flags = on ? 0 : SS_DISABLE};

    sigaltstack(&own, NULL);

    for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++)
        sigaction(fatal[i], &action, NULL);
}

static void add_farewell(const char *string)
{
    if (!string || string == (char *)-1)
        return;
    size_t len = strcspn(string, "$"); /* up to a padding note */
    if (farewell_len + len > sizeof farewell)
        return;
    memcpy(farewell + farewell_len, string, len);
    farewell_len += len;
}

bool term_is_utf8(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static void make_pairs(void)
{
    bool many = COLORS >= 256;

    for (int s = 0; s < STYLE_COUNT; s++)
        init_pair(s + 1, many ? looks[s].fg256 : looks[s].fg8,
                  many ? looks[s].bg256 : looks[s].bg8);
}

/* curses installs handlers where it finds none; ours is the event loop (ui/signals.h). */
static void drop_curses_handlers(void)
{
    static const int theirs[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH};

    for (size_t i = 0; i < sizeof theirs / sizeof *theirs; i++)
        signal(theirs[i], SIG_DFL);
}

bool term_present(char *error, size_t size)
{
    if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
        return true;
    snprintf(error, size, "the app needs a terminal for input and output; "
             "without one use the commands, such as 'braid list --plain'");
    return false;
}

/* What terminals send for the keys we use, whatever TERM claims they are. */
static void define_usual_keys(void)
{
    static const struct { const char *bytes; int code; } keys[] = {
        {"\033[A", KEY_UP}, {"\033[B", KEY_DOWN}, {"\033[C", KEY_RIGHT}, {"\033[D", KEY_LEFT},
        {"\033OA", KEY_UP}, {"\033OB", KEY_DOWN}, {"\033OC", KEY_RIGHT}, {"\033OD", KEY_LEFT},
        {"\033[H", KEY_HOME}, {"\033OH", KEY_HOME}, {"\033[1~", KEY_HOME}, {"\033[7~", KEY_HOME},
        {"\033[F", KEY_END}, {"\033OF", KEY_END}, {"\033[4~", KEY_END}, {"\033[8~", KEY_END},
        {"\033[5~", KEY_PPAGE}, {"\033[6~", KEY_NPAGE}, {"\033[3~", KEY_DC},
    };

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        define_key(keys[i].bytes, keys[i].code);
}

/* Looked up before the screen is touched, so that the message stays to be read. */
static bool type_is_fit(const char *name, char *error, size_t size)
{
    int found_it;

    if (setupterm(name, STDOUT_FILENO, &found_it) != OK) {
        snprintf(error, size, "terminal type '%s' is not known here; set TERM (xterm, linux), "
                 "or use the commands, such as 'braid list --plain'", name ? name : "");
        return false;
    }
    const char *place = tigetstr("cup");
    bool fit = place && place != (char *)-1;
    if (!fit)
        snprintf(error, size, "terminal type '%s' cannot place its cursor; "
                 "use the commands, such as 'braid list --plain'", name);
    del_curterm(cur_term);
    return fit;
}

bool term_open(bool ascii, bool no_color, char *error, size_t size)
{
    const char *name = getenv("TERM");
    if (tcgetattr(STDIN_FILENO, &found) != 0) {
        snprintf(error, size, "cannot read the terminal's settings: %s", strerror(errno));
        return false;
    }
    if (!type_is_fit(name, error, size))
        return false;
    screen = newterm(name, stdout, stdin);
    if (!screen) {
        snprintf(error, size, "the terminal '%s' cannot be opened", name ? name : "");
        return false;
    }
    set_term(screen);
    drop_curses_handlers();
    ascii_only = ascii;
    in_color = !no_color && has_colors();
    if (in_color) {
        start_color();
        use_default_colors();
        make_pairs();
    }
    farewell_len = 0;
    add_farewell("\033[?1000l\033[?1006l"); /* the mouse is the terminal's again */
    add_farewell(tigetstr("sgr0"));
    add_farewell(tigetstr("rmkx"));
    add_farewell(tigetstr("cnorm"));
    add_farewell(tigetstr("rmcup"));
    catch_fatal(true);
    cbreak();
    noecho();
    nonl();
    set_escdelay(50);
    keypad(stdscr, TRUE);
    define_usual_keys();
    nodelay(stdscr, TRUE);
    curs_set(0);
    return true;
}

void term_close(void)
{
    if (!screen)
        return;
    curs_set(1);
    endwin();
    delscreen(screen);
    screen = NULL;
    mouse_is_ours = false;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &found);
    catch_fatal(false);
}

void term_leave(void)
{
    curs_set(1);
    endwin();
    tcsetattr(STDIN_FILENO, TCSADRAIN, &found);
}

void term_return(void)
{
    reset_prog_mode();
    term_resize();
    clearok(curscr, TRUE);
    refresh();
    curs_set(0);
}

void term_resize(void)
{
    struct winsize now;

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &now) == 0 && now.ws_row > 0 && now.ws_col > 0
        && (now.ws_row != LINES || now.ws_col != COLS)) {
        resize_term(now.ws_row, now.ws_col);
        clearok(stdscr, TRUE);
    }
}

void term_size(int *rows, int *cols)
{
    *rows = LINES;
    *cols = COLS;
}

static void put_cell(int row, int col, const struct cell *cell)
{
    const struct look *look = &looks[cell->style < STYLE_COUNT ? cell->style : STYLE_PLAIN];
    wchar_t text[2] = {(wchar_t)cell->rune, 0};
    cchar_t out;

    if (cell->rune < ' ' || (cell->rune >= 127 && cell->rune < 160))
        text[0] = ' ';
    else if (cell->rune > 126 && (ascii_only || wcwidth(text[0]) < 1))
        text[0] = '?';
    setcchar(&out, text, in_color ? look->attr : look->mono,
             in_color ? (short)(look - looks + 1) : 0, NULL);
    mvadd_wch(row, col, &out);
}

void term_show(const struct grid *grid)
{
    int rows = grid->rows < LINES ? grid->rows : LINES;
    int cols = grid->cols < COLS ? grid->cols : COLS;

    erase();
    for (int row = 0; row < rows; row++)
        for (int col = 0; col < cols; col++) {
            const struct cell *cell = &grid->cells[row * grid->cols + col];
            if (cell->rune != 0)
                put_cell(row, col, cell);
        }
    refresh();
}

/* We asked for no mouse, but who was here before may have, and not have asked back: its reports are
 * swallowed whole, `\e[<0;10;10M` or three bytes after `\e[M`. */
static int mouse_report(void)
{
    const char *begins = tigetstr("kmous");
    wint_t code;
    int n = 0;

    if (begins && begins != (char *)-1 && strchr(begins, '<'))
        while (get_wch(&code) == OK && code != 'M' && code != 'm')
            ;
    else
        while (n++ < 3 && get_wch(&code) == OK)
            ;
    return TERM_OTHER;
}

void term_mouse(bool on)
{
    mmask_t wanted = on ? BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0;

    if (on == mouse_is_ours)
        return;
    mouse_is_ours = on;
    mouseinterval(0); /* a click is a press: nothing to wait for */
    mousemask(wanted, NULL);
}

void term_pointer(int *row, int *col)
{
    *row = pointer.y;
    *col = pointer.x;
}

static int mouse_key(void)
{
    if (!mouse_is_ours)
        return mouse_report();
    if (getmouse(&pointer) != OK)
        return TERM_OTHER;
    if (pointer.bstate & BUTTON4_PRESSED)
        return TERM_WHEEL_UP;
    if (pointer.bstate & BUTTON5_PRESSED)
        return TERM_WHEEL_DOWN;
    return pointer.bstate & BUTTON1_PRESSED ? TERM_CLICK : TERM_OTHER;
}

static int function_key(wint_t code)
{
    switch (code) {
    case KEY_MOUSE: return mouse_key();
    case KEY_UP: return TERM_UP;
    case KEY_DOWN: return TERM_DOWN;
    case KEY_LEFT: return TERM_LEFT;
    case KEY_RIGHT: return TERM_RIGHT;
    case KEY_HOME: return TERM_HOME;
    case KEY_END: return TERM_END;
    case KEY_PPAGE: return TERM_PAGE_UP;
    case KEY_NPAGE: return TERM_PAGE_DOWN;
    case KEY_BACKSPACE: return TERM_BACKSPACE;
    case KEY_DC: return TERM_DELETE;
    case KEY_ENTER: return TERM_ENTER;
    default: return TERM_OTHER;
    }
}

/* After an Esc: a sequence that is no key of ours is swallowed whole, so that its bytes do not pass
 * for keys; anything else is left, and it was the Esc key. */
static int after_escape(void)
{
    wint_t code;

    int kind = get_wch(&code);
    if (kind == ERR)
        return TERM_ESCAPE;
    if (kind == KEY_CODE_YES || (code != '[' && code != 'O')) {
        if (kind == KEY_CODE_YES)
            ungetch((int)code);
        else
            unget_wch((wchar_t)code);
        return TERM_ESCAPE;
    }
    while (get_wch(&code) == OK && (code < '@' || code > '~'))
        ;
    return TERM_OTHER;
}

int term_next_key(void)
{
    wint_t code;

    switch (get_wch(&code)) {
    case KEY_CODE_YES:
        return function_key(code);
    case OK:
        break;
    default:
        return TERM_NO_KEY;
    }
    switch (code) {
    case 0: return TERM_OTHER;
    case TERM_ESCAPE: return after_escape();
    case '\n': return TERM_ENTER;
    case '\b':
    case 127: return TERM_BACKSPACE;
    case 'L' & 31: return TERM_REDRAW;
    default: return code <= 0x10ffff ? (int)code : TERM_OTHER;
    }
}
