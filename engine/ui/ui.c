/* ui.c -- the loop that brings the app and the terminal together.
 *
 * It sleeps in poll() until a key, a signal, a saved file or the screen's own time:
 * an app that nothing happens to uses no CPU.
 */
#include "ui/ui.h"

#include "ui/app.h"
#include "ui/signals.h"
#include "ui/term.h"

#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool environment_says(const char *name)
{
    const char *value = getenv(name);

    return value && value[0] && strcmp(value, "0") != 0;
}

/* The editor gets the terminal as it was before us. */
static bool edit(const char *command, const char *path, char *error, size_t size)
{
    term_leave();
    bool ran = signals_run(command, path, error, size);
    term_return();
    return ran;
}

/* Returns the signal that ends the app, 0: none. */
static int take_signals(struct app *app, int fd)
{
    int signo;

    while ((signo = signals_next(fd)) != 0)
        switch (signo) {
        case SIGINT:
        case SIGQUIT:
        case SIGTERM:
        case SIGHUP:
            return signo;
        case SIGTSTP:
            term_leave();
            signals_suspend();
            term_return();
            app->dirty = true;
            break;
        case SIGCONT: /* somebody else may have drawn and changed the terminal's modes */
            term_return();
            app->dirty = true;
            break;
        case SIGWINCH:
            term_resize();
            app->dirty = true;
            break;
        default: /* SIGCHLD: the judge has news; the tick will see */
            break;
        }
    return 0;
}

static void take_keys(struct app *app)
{
    int key;

    while (!app->quit && (key = term_next_key()) != TERM_NO_KEY) {
        if (key == TERM_CLICK) {
            int row, col;

            term_pointer(&row, &col);
            app_click(app, row, col);
            continue;
        }
        if (key == TERM_REDRAW)
            term_return();
        app_key(app, key);
    }
}

static bool show(struct app *app)
{
    int rows, cols;

    term_mouse(app->mouse);
    term_size(&rows, &cols);
    if (!app_draw(app, rows, cols))
        return false;
    term_show(&app->grid);
    return true;
}

/* Returns the exit status. */
static int loop(struct app *app, int signals, char *error, size_t size)
{
    while (!app->quit) {
        if (app->dirty && !show(app)) {
            snprintf(error, size, "out of memory");
            return 3;
        }
        struct pollfd fds[] = {
            {.fd = STDIN_FILENO, .events = POLLIN},
            {.fd = signals, .events = POLLIN},
            {.fd = app_fd(app), .events = POLLIN}, /* -1 is skipped */
        };
        if (poll(fds, 3, app_wait(app)) < 0 && errno != EINTR) {
            snprintf(error, size, "cannot wait for keys: %s", strerror(errno));
            return 3;
        }
        int signo = take_signals(app, signals);
        if (signo)
            return signo == SIGINT ? 0 : 128 + signo;
        if (fds[0].revents & POLLIN)
            take_keys(app);
        else if (fds[0].revents) /* the terminal is gone */
            return 128 + SIGHUP;
        if (!app->quit)
            app_tick(app);
    }
    return 0;
}

int ui_run(const struct ui_options *options, char *error, size_t size)
{
    struct app app;
    int status = 2;

    if (!term_present(error, size))
        return 2;
    setlocale(LC_CTYPE, "");
    bool ascii = options->ascii || environment_says("BRAID_ASCII") || !term_is_utf8();
    const char *no_color = getenv("NO_COLOR");

    /* The signals first: whatever the app starts inherits none of ours. */
    int signals = signals_open();
    if (signals < 0) {
        snprintf(error, size, "cannot receive signals: %s", strerror(errno));
        return 3;
    }
    if (!app_init(&app, options, ascii, error, size))
        goto close_signals;
    app.edit = edit;
    app.mouse = !getenv("BRAID_MOUSE") || environment_says("BRAID_MOUSE");
    app.still = options->still || environment_says("BRAID_STILL");
    if (!term_open(ascii, options->no_color || (no_color && *no_color), error, size))
        goto release_app;
    status = loop(&app, signals, error, size);
    term_close();
release_app:
    app_release(&app);
close_signals:
    signals_close(signals);
    return status;
}
