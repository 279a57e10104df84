/* signals.c -- blocked signals, read from a signalfd. */
#include "ui/signals.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

static const int ours[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH, SIGCHLD};
static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};

static sigset_t before; /* the mask we were started with, while open */
static bool open_now;

static sigset_t our_set(void)
{
    sigset_t set;

    sigemptyset(&set);
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        sigaddset(&set, ours[i]);
    return set;
}

static void in_child(void)
{
    if (!open_now)
        return;
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        signal(ours[i], SIG_DFL);
    for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++)
        signal(fatal[i], SIG_DFL);
    sigprocmask(SIG_SETMASK, &before, NULL);
}

int signals_open(void)
{
    static bool registered;
    sigset_t set = our_set();

    int fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    if (fd < 0)
        return -1;
    if (!registered && pthread_atfork(NULL, NULL, in_child) == 0)
        registered = true;
    sigprocmask(SIG_BLOCK, &set, &before);
    open_now = true;
    return fd;
}

void signals_close(int fd)
{
    if (fd < 0)
        return;
    close(fd);
    open_now = false;
    sigprocmask(SIG_SETMASK, &before, NULL);
}

int signals_next(int fd)
{
    struct signalfd_siginfo info;

    return read(fd, &info, sizeof info) == (ssize_t)sizeof info ? (int)info.ssi_signo : 0;
}

static sigset_t only(int signo)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, signo);
    return set;
}

void signals_suspend(void)
{
    sigset_t stop = only(SIGTSTP);

    signal(SIGTSTP, SIG_DFL);
    raise(SIGTSTP);
    sigprocmask(SIG_UNBLOCK, &stop, NULL); /* stops here */
    sigprocmask(SIG_BLOCK, &stop, NULL);
}

/* Waits for the child; what would end the app is passed on to it and kept for later. */
static int wait_for(pid_t child)
{
    sigset_t set;
    int status, signo, kept = 0;

    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    for (;;) {
        pid_t got = waitpid(child, &status, WNOHANG);
        if (got == child)
            break;
        if (got < 0 && errno != EINTR) {
            status = 127 << 8;
            break;
        }
        signo = sigwaitinfo(&set, NULL);
        if (signo == SIGTERM || signo == SIGHUP) {
            kept = signo;
            kill(child, signo);
        }
    }
    if (kept)
        raise(kept);
    return status;
}

/* A signal that came while it was blocked is forgotten when it is ignored. */
static void forget(int signo)
{
    signal(signo, SIG_IGN);
    signal(signo, SIG_DFL);
}

bool signals_run(const char *command, const char *path, char *error, size_t size)
{
    sigset_t stop = only(SIGTSTP);
    char script[1024];

    if (snprintf(script, sizeof script, "exec %s \"$@\"", command) >= (int)sizeof script) {
        snprintf(error, size, "the editor's command is too long");
        return false;
    }
    pid_t child = fork();
    if (child < 0) {
        snprintf(error, size, "cannot start '%s': %s", command, strerror(errno));
        return false;
    }
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", script, command, path, (char *)NULL);
        _exit(127);
    }
    /* Ctrl-Z in the command stops the two of us together, and the shell takes over. */
    sigprocmask(SIG_UNBLOCK, &stop, NULL);
    int status = wait_for(child);
    sigprocmask(SIG_BLOCK, &stop, NULL);
    forget(SIGINT);
    forget(SIGQUIT);
    if (WIFEXITED(status) && (WEXITSTATUS(status) == 127 || WEXITSTATUS(status) == 126)) {
        snprintf(error, size, "cannot run the editor '%s'; set EDITOR to one that is installed",
                 command);
        return false;
    }
    if (WIFSIGNALED(status)) {
        snprintf(error, size, "the editor '%s' was ended by signal %d", command, WTERMSIG(status));
        return false;
    }
    return true;
}
