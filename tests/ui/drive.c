/* drive.c -- plays a script of keys to the app in a terminal of libvterm and looks at the screen.
 *
 *     drive SCRIPT PROGRAM
 *
 * The script is lines of commands; nothing in it waits for a fixed time, only for what is to be
 * seen.  A script that is not through after BOUND_MS has failed; the screen is shown.
 *
 *     size ROWS COLS     of the terminal, before start (24 80)
 *     env NAME=VALUE     for what is started; "env NAME" unsets
 *     start [ARGS]       the program in a new terminal; words as in a shell
 *     login              an interactive shell instead of the program; its prompt is "ready>"
 *     shell COMMAND      outside of the terminal; must succeed
 *     key NAME...        Enter Esc Tab Space Up Down Left Right Home End PgUp PgDn Backspace ^C
 *                        or a character
 *     type TEXT          the rest of the line, character by character
 *     send BYTES         the rest of the line, \033 and the like being one byte
 *     wait TEXT          until a row of the screen contains TEXT
 *     gone TEXT          until no row contains it
 *     row N TEXT         until row N (from 1; -1 is the last) contains TEXT
 *     resize ROWS COLS   the terminal changes its size under the program
 *     signal NAME        INT TERM HUP WINCH SEGV ABRT KILL to the program
 *     exit STATUS        until the program has ended, with this status
 *     restored           the terminal is as it was: main screen, cursor, modes
 *     screen             prints the screen, for whoever writes a script
 */
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>
#include <vterm.h>
#include <wordexp.h>

enum { BOUND_MS = 20000, MAX_COLS = 400 };

static struct {
    const char *script, *program;
    int line;
    int rows, cols;
    VTerm *vterm;
    VTermScreen *screen;
    int terminal, other_end; /* of the pty: ours, and a second hold on the program's */
    struct termios before;
    bool alternate, cursor_hidden;
    pid_t child;             /* 0: none */
    bool ended;
    int status;
    long long deadline;
} it;

static long long now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

static void row_text(int row, char *out, size_t size)
{
    VTermRect rect = {row, row + 1, 0, it.cols};
    size_t len = vterm_screen_get_text(it.screen, out, size - 1, rect);

    out[len] = '\0';
    for (size_t i = 0; i < len; i++)
        if (out[i] == '\0')
            out[i] = ' ';
    while (len > 0 && out[len - 1] == ' ')
        out[--len] = '\0';
}

static void print_screen(void)
{
    char text[MAX_COLS * 6];

    printf("+%.*s\n", it.cols < 60 ? it.cols : 60,
           "------------------------------------------------------------");
    for (int row = 0; it.screen && row < it.rows; row++) {
        row_text(row, text, sizeof text);
        printf("|%s\n", text);
    }
}

static void fail(const char *format, ...)
{
    va_list args;

    printf("%s:%d: ", it.script, it.line);
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    printf("\n");
    print_screen();
    if (it.child > 0 && !it.ended)
        kill(-it.child, SIGKILL);
    exit(1);
}

/* The terminal. */

static int on_property(VTermProp property, VTermValue *value, void *user)
{
    (void)user;
    if (property == VTERM_PROP_ALTSCREEN)
        it.alternate = value->boolean;
    if (property == VTERM_PROP_CURSORVISIBLE)
        it.cursor_hidden = !value->boolean;
    return 1;
}

static void make_terminal(void)
{
    static const VTermScreenCallbacks callbacks = {.settermprop = on_property};
    struct winsize size = {.ws_row = (unsigned short)it.rows, .ws_col = (unsigned short)it.cols};

    if (it.vterm) {
        vterm_free(it.vterm);
        close(it.terminal);
        close(it.other_end);
    }
    it.alternate = it.cursor_hidden = false;
    it.vterm = vterm_new(it.rows, it.cols);
    vterm_set_utf8(it.vterm, 1);
    it.screen = vterm_obtain_screen(it.vterm);
    vterm_screen_enable_altscreen(it.screen, 1);
    vterm_screen_set_callbacks(it.screen, &callbacks, NULL);
    vterm_screen_reset(it.screen, 1);
    if (openpty(&it.terminal, &it.other_end, NULL, NULL, &size) != 0)
        fail("no terminal: %s", strerror(errno));
    tcgetattr(it.other_end, &it.before);
}

/* In a new terminal. */
static void launch(char **argv)
{
    make_terminal();
    it.ended = false;
    fflush(stdout);
    it.child = fork();
    if (it.child == 0) {
        close(it.terminal);
        login_tty(it.other_end);
        execv(argv[0], argv);
        fprintf(stderr, "cannot run '%s': %s\n", argv[0], strerror(errno));
        _exit(127);
    }
}

static void start(const char *args)
{
    wordexp_t words;
    char *argv[32] = {(char *)it.program};

    if (wordexp(args, &words, WRDE_NOCMD | WRDE_UNDEF) != 0 || words.we_wordc > 30)
        fail("no words: '%s'", args);
    for (size_t i = 0; i < words.we_wordc; i++)
        argv[i + 1] = words.we_wordv[i];
    launch(argv);
    wordfree(&words);
}

static void log_in(void)
{
    char *argv[] = {"/bin/sh", "-i", NULL};

    setenv("PS1", "ready>", 1);
    launch(argv);
}

/* Takes what the program writes within `ms`; false: it has closed the terminal, or time is up. */
static bool take_output(int ms)
{
    char bytes[8192];
    struct pollfd fd = {.fd = it.terminal, .events = POLLIN};

    if (poll(&fd, 1, ms) <= 0 || !(fd.revents & POLLIN))
        return false;
    ssize_t n = read(it.terminal, bytes, sizeof bytes);
    if (n <= 0)
        return false;
    vterm_input_write(it.vterm, bytes, (size_t)n);
    size_t answer = vterm_output_read(it.vterm, bytes, sizeof bytes);
    if (answer > 0 && write(it.terminal, bytes, answer) < 0)
        fail("cannot write to the terminal: %s", strerror(errno));
    return true;
}

static void look_for_end(void)
{
    if (!it.ended && it.child > 0 && waitpid(it.child, &it.status, WNOHANG) == it.child)
        it.ended = true;
}

/* Until holds(text) is `wanted`, taking output meanwhile. */
static void until(bool (*holds)(const char *text, int row), bool wanted, const char *text, int row,
                  const char *what)
{
    while (holds(text, row) != wanted) {
        if (take_output(20))
            continue;
        look_for_end();
        if (it.ended) {
            while (take_output(0))
                ;
            if (holds(text, row) == wanted)
                return;
            fail("%s '%s': the program has ended with status %d", what, text,
                 WIFEXITED(it.status) ? WEXITSTATUS(it.status) : 128 + WTERMSIG(it.status));
        }
        if (now_ms() > it.deadline)
            fail("%s '%s': not within the time", what, text);
    }
    while (take_output(0)) /* the rest of the same picture */
        ;
}

static bool shows(const char *text, int row)
{
    char line[MAX_COLS * 6];

    if (row < 0)
        row += it.rows + 1;
    for (int r = 0; r < it.rows; r++) {
        row_text(r, line, sizeof line);
        if ((row == 0 || r == row - 1) && strstr(line, text))
            return true;
    }
    return false;
}

/* Keys. */

static void send_bytes(const char *bytes, size_t len)
{
    if (write(it.terminal, bytes, len) != (ssize_t)len)
        fail("cannot write to the terminal: %s", strerror(errno));
}

static void send_key(const char *name)
{
    static const struct { const char *name, *bytes; } keys[] = {
        {"Enter", "\r"}, {"Esc", "\033"}, {"Tab", "\t"}, {"Space", " "}, {"Backspace", "\177"},
        {"Up", "\033OA"}, {"Down", "\033OB"}, {"Right", "\033OC"}, {"Left", "\033OD"},
        {"Home", "\033OH"}, {"End", "\033OF"}, {"PgUp", "\033[5~"}, {"PgDn", "\033[6~"},
    };

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(keys[i].name, name) == 0) {
            send_bytes(keys[i].bytes, strlen(keys[i].bytes));
            return;
        }
    if (name[0] == '^' && name[1]) {
        char control = name[1] & 31;
        send_bytes(&control, 1);
    } else if (strlen(name) == 1) {
        send_bytes(name, 1);
    } else {
        fail("no such key '%s'", name);
    }
}

/* Octal escapes of three digits become bytes. */
static void send_escaped(const char *text)
{
    char bytes[256];
    size_t len = 0;

    while (*text && len < sizeof bytes) {
        if (*text == '\\' && strspn(text + 1, "01234567") >= 3) {
            bytes[len++] = (char)((text[1] - '0') * 64 + (text[2] - '0') * 8 + text[3] - '0');
            text += 4;
        } else {
            bytes[len++] = *text++;
        }
    }
    send_bytes(bytes, len);
}

/* Commands. */

static void resize(int rows, int cols)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};

    it.rows = rows;
    it.cols = cols;
    if (it.vterm && !it.ended) {
        vterm_set_size(it.vterm, rows, cols);
        ioctl(it.terminal, TIOCSWINSZ, &size); /* the kernel tells the program */
    }
}

static void send_signal(const char *name)
{
    static const struct { const char *name; int number; } signals[] = {
        {"INT", SIGINT}, {"TERM", SIGTERM}, {"HUP", SIGHUP}, {"WINCH", SIGWINCH},
        {"SEGV", SIGSEGV}, {"ABRT", SIGABRT}, {"KILL", SIGKILL},
    };

    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (strcmp(signals[i].name, name) == 0) {
            kill(it.child, signals[i].number);
            return;
        }
    fail("no such signal '%s'", name);
}

static void expect_exit(int wanted)
{
    while (!it.ended) {
        take_output(20);
        look_for_end();
        if (!it.ended && now_ms() > it.deadline)
            fail("exit: the program has not ended");
    }
    while (take_output(0))
        ;
    int got = WIFEXITED(it.status) ? WEXITSTATUS(it.status) : 128 + WTERMSIG(it.status);
    if (got != wanted)
        fail("exit: status %d instead of %d", got, wanted);
}

static void expect_restored(void)
{
    struct termios after;

    tcgetattr(it.other_end, &after);
    if (it.alternate)
        fail("restored: the alternate screen is still on");
    if (it.cursor_hidden)
        fail("restored: the cursor is hidden");
    if (after.c_iflag != it.before.c_iflag || after.c_oflag != it.before.c_oflag
        || after.c_lflag != it.before.c_lflag || after.c_cflag != it.before.c_cflag
        || memcmp(after.c_cc, it.before.c_cc, sizeof after.c_cc) != 0)
        fail("restored: the terminal's modes differ");
}

static void set_environment(char *rest)
{
    char *equals = strchr(rest, '=');

    if (!equals) {
        unsetenv(rest);
    } else {
        *equals = '\0';
        setenv(rest, equals + 1, 1);
    }
}

static void run_line(char *line)
{
    char *word = line + strspn(line, " ");
    char *rest = word + strcspn(word, " \n");
    int rows, cols;

    rest += *rest == ' ' ? (*rest = '\0', 1) : 0;
    rest[strcspn(rest, "\n")] = '\0';
    word[strcspn(word, "\n")] = '\0';
    if (!*word || *word == '#') {
        return;
    } else if (strcmp(word, "size") == 0 || strcmp(word, "resize") == 0) {
        if (sscanf(rest, "%d %d", &rows, &cols) != 2 || rows < 1 || cols < 1 || cols > MAX_COLS)
            fail("no size '%s'", rest);
        resize(rows, cols);
    } else if (strcmp(word, "env") == 0) {
        set_environment(rest);
    } else if (strcmp(word, "start") == 0) {
        start(rest);
    } else if (strcmp(word, "login") == 0) {
        log_in();
    } else if (strcmp(word, "shell") == 0) {
        if (system(rest) != 0)
            fail("'%s' failed", rest);
    } else if (strcmp(word, "key") == 0) {
        for (char *name = strtok(rest, " "); name; name = strtok(NULL, " "))
            send_key(name);
    } else if (strcmp(word, "type") == 0) {
        send_bytes(rest, strlen(rest));
    } else if (strcmp(word, "send") == 0) {
        send_escaped(rest);
    } else if (strcmp(word, "wait") == 0) {
        until(shows, true, rest, 0, word);
    } else if (strcmp(word, "gone") == 0) {
        until(shows, false, rest, 0, word);
    } else if (strcmp(word, "row") == 0) {
        char *text;
        int row = (int)strtol(rest, &text, 10);
        until(shows, true, text + strspn(text, " "), row, word);
    } else if (strcmp(word, "signal") == 0) {
        send_signal(rest);
    } else if (strcmp(word, "exit") == 0) {
        expect_exit(atoi(rest));
    } else if (strcmp(word, "restored") == 0) {
        expect_restored();
    } else if (strcmp(word, "screen") == 0) {
        print_screen();
    } else {
        fail("no such command '%s'", word);
    }
}

int main(int argc, char **argv)
{
    char line[4096];

    if (argc != 3) {
        fprintf(stderr, "usage: drive SCRIPT PROGRAM\n");
        return 2;
    }
    it.script = argv[1];
    it.program = argv[2];
    it.rows = 24;
    it.cols = 80;
    it.deadline = now_ms() + BOUND_MS;
    signal(SIGPIPE, SIG_IGN);
    FILE *file = fopen(it.script, "r");
    if (!file) {
        fprintf(stderr, "%s: %s\n", it.script, strerror(errno));
        return 2;
    }
    int commands = 0;
    while (fgets(line, sizeof line, file)) {
        it.line++;
        commands++;
        run_line(line);
    }
    fclose(file);
    if (it.child > 0 && !it.ended) {
        kill(-it.child, SIGKILL);
        waitpid(it.child, &it.status, 0);
        fail("the script ends but the program does not: quit it");
    }
    return commands > 0 ? 0 : 2;
}
