/* sandbox.c -- the cage a judge's child enters. */
#include "grade/sandbox.h"

#include "rt/run.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <ucontext.h>
#include <unistd.h>

enum {
    CPU_SECONDS = 120,   /* of the whole child */
    RUN_SECONDS = 10,    /* of one run */
    SIGNAL_STACK = 64 * 1024,
};

static struct shared *noted;
static volatile sig_atomic_t run_seconds;

/* CPU time passes in a loop that no hook sees: after RUN_SECONDS of one run, dies of it. */
static void on_tick(int signal_number)
{
    if (++run_seconds <= RUN_SECONDS)
        return;
    noted->crash_signal = (uint32_t)signal_number;
    if (run_current && run_current->self)
        noted->crash_g = run_current->self->id;
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static void on_crash(int signal_number, siginfo_t *info, void *context)
{
    noted->crash_signal = (uint32_t)signal_number;
    noted->crash_address = (uint64_t)(uintptr_t)info->si_addr;
    if (run_current && run_current->self) {
        noted->crash_g = run_current->self->id;
        noted->crash_line = run_current->self->line;
        noted->crash_pc = run_current->self->pc;
    }
    (void)context;
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static bool catch_signals(void)
{
    static const int deadly[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP};
    stack_t stack = {.ss_size = SIGNAL_STACK, .ss_sp = malloc(SIGNAL_STACK)};
    struct sigaction crash = {.sa_sigaction = on_crash, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    struct sigaction tick = {.sa_handler = on_tick, .sa_flags = SA_ONSTACK | SA_RESTART};
    struct itimerval second = {{1, 0}, {1, 0}};

    if (!stack.ss_sp || sigaltstack(&stack, NULL) != 0)
        return false;
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++)
        sigaction(deadly[i], &crash, NULL);
    signal(SIGINT, SIG_IGN); /* the parent decides */
    signal(SIGQUIT, SIG_IGN);
    signal(SIGTSTP, SIG_IGN);
    signal(SIGWINCH, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    return sigaction(SIGVTALRM, &tick, NULL) == 0 && setitimer(ITIMER_VIRTUAL, &second, NULL) == 0;
}

static bool limit(int resource, rlim_t value)
{
    struct rlimit r = {value, value};

    return setrlimit(resource, &r) == 0;
}

static bool streams(int keep_fd)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);

    if (null < 0)
        return false;
    for (int fd = 0; fd < 3; fd++)
        if (fd != keep_fd)
            dup2(null, fd);
    if (keep_fd < 3) {
        closefrom(3);
    } else {
        for (int fd = 3; fd < keep_fd; fd++)
            close(fd);
        closefrom(keep_fd + 1);
    }
    return true;
}

/* What a learner's program has no business with answers EPERM.  (A deny-list: the engine itself
 * runs here, and what libc needs differs between versions.) */
static bool filter(void)
{
    static const int refused[] = {
        SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(clone),
        SCMP_SYS(clone3), SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind),
        SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(unlink),
        SCMP_SYS(unlinkat), SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2),
        SCMP_SYS(rmdir), SCMP_SYS(mkdir), SCMP_SYS(mkdirat), SCMP_SYS(link), SCMP_SYS(linkat),
        SCMP_SYS(symlink), SCMP_SYS(symlinkat), SCMP_SYS(chmod), SCMP_SYS(fchmod),
        SCMP_SYS(fchmodat), SCMP_SYS(chown), SCMP_SYS(fchown), SCMP_SYS(fchownat), SCMP_SYS(creat),
        SCMP_SYS(truncate), SCMP_SYS(ftruncate), SCMP_SYS(mknod), SCMP_SYS(mknodat),
        SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(chroot), SCMP_SYS(setns), SCMP_SYS(unshare),
        SCMP_SYS(bpf), SCMP_SYS(keyctl), SCMP_SYS(perf_event_open), SCMP_SYS(io_uring_setup),
        SCMP_SYS(prctl), SCMP_SYS(openat2), SCMP_SYS(kill), SCMP_SYS(tkill), SCMP_SYS(pidfd_send_signal),
        SCMP_SYS(pidfd_open), SCMP_SYS(memfd_create), SCMP_SYS(setpgid), SCMP_SYS(setsid),
    };
    scmp_filter_ctx context = seccomp_init(SCMP_ACT_ALLOW);
    const struct scmp_arg_cmp others = {
        .arg = 0, .op = SCMP_CMP_NE, .datum_a = (scmp_datum_t)getpid(), .datum_b = 0};
    bool ok = context != NULL;

    for (size_t i = 0; ok && i < sizeof refused / sizeof *refused; i++)
        ok = refused[i] < 0 || seccomp_rule_add(context, SCMP_ACT_ERRNO(EPERM), refused[i], 0) == 0;
    /* opening a file for writing */
    ok = ok && seccomp_rule_add(context, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(openat), 1,
                                SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE, O_WRONLY)) == 0;
    ok = ok && seccomp_rule_add(context, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(openat), 1,
                                SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE, O_RDWR)) == 0;
#ifdef __NR_open
    ok = ok && seccomp_rule_add(context, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(open), 1,
                                SCMP_A1(SCMP_CMP_MASKED_EQ, O_ACCMODE, O_WRONLY)) == 0;
    ok = ok && seccomp_rule_add(context, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(open), 1,
                                SCMP_A1(SCMP_CMP_MASKED_EQ, O_ACCMODE, O_RDWR)) == 0;
#endif
    /* signals to anybody but ourselves */
    ok = ok && seccomp_rule_add_array(context, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(tgkill), 1, &others) == 0;
    ok = ok && seccomp_load(context) == 0;
    if (context)
        seccomp_release(context);
    return ok;
}

bool sandbox_enter(struct shared *shared, int keep_fd, const char **what)
{
    noted = shared;
    *what = "dying with the parent";
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
        return false;
    *what = "closing descriptors";
    if (!streams(keep_fd))
        return false;
    *what = "setting limits";
    if (!limit(RLIMIT_CORE, 0) || !limit(RLIMIT_FSIZE, 64 * 1024 * 1024) || !limit(RLIMIT_CPU, CPU_SECONDS))
        return false;
    *what = "catching signals";
    if (!catch_signals())
        return false;
    *what = "the seccomp filter";
    return filter();
}

void sandbox_new_run(void)
{
    run_seconds = 0;
}
