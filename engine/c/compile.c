/* compile.c -- a learner's C file becomes a shared object. */
#include "c/compile.h"
#include "base/text.h"
#include "c/meant.h"
#include "c/wrap.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    WALL_SECONDS = 20,
    OUTPUT_CAP = 64 * 1024,
    FILE_CAP = 64 * 1024 * 1024,
    ARGS_MAX = 128,
    MESSAGES_MAX = 64,
};

static const rlim_t memory_cap = (rlim_t)2 << 30;

struct compile {
    pid_t pid;            /* 0: not running */
    int pipe;             /* what it says; -1: closed */
    int64_t deadline;     /* ms, monotonic */
    enum compile_end end; /* valid once pipe is -1 */
    bool flags;           /* the user gave some */
    char *include;        /* where go.h is; NULL: nowhere */
    struct text said;
    char *compiler;
    struct scratch scratch;
    char *object;
};

extern char **environ;

/* What c/undefined.c puts into words.  Left out: null pointers (the access itself is seen, and &p->x
 * of none does no harm), left shifts into the sign, which gcc and clang define. */
#define UNDEFINED                                                                           \
    "signed-integer-overflow,integer-divide-by-zero,shift-exponent,bounds,vla-bound,"       \
    "unreachable,float-cast-overflow,bool,enum,builtin,alignment"

static const char *const checks[] = {
    "-O0", "-fsanitize=thread", "-fsanitize=" UNDEFINED, "-fno-sanitize-recover=" UNDEFINED,
    "-fsanitize-coverage=trace-pc", NULL
};

static const char *const no_checks[] = {"-O2", "-DGO_FAST", NULL};

static const char *const ours[] = {
    "-std=gnu17", "-g", "-gz=none", "-pipe", "-fPIC", "-shared", "-nostdlib",
    "-ftrivial-auto-var-init=pattern", "-fno-omit-frame-pointer",
    "-fno-plt", "-U_FORTIFY_SOURCE", "-fdiagnostics-color=never",
    /* what the compiler would write itself no hook would see */
    "-fno-builtin-memcpy", "-fno-builtin-memmove", "-fno-builtin-memset", "-fno-builtin-strcpy",
    "-fno-builtin-strncpy", "-fno-builtin-strcat", "-fno-builtin-strncat", "-fno-builtin-stpcpy",
    "-fno-builtin-sprintf", "-fno-builtin-snprintf",
    /* errors in newer compilers and in Go, warnings in these */
    "-Werror=implicit-function-declaration", "-Werror=implicit-int", "-Werror=int-conversion",
    "-Werror=incompatible-pointer-types", "-Werror=return-type",
    "-Wl,-Bsymbolic,-z,now"
#define X(name) ",--wrap=" #name
    C_WRAPS(X) C_REFUSED(X)
#undef X
    , NULL
};

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* The environment with messages in plain English; the strings are borrowed. */
static char **plain_environment(void)
{
    size_t n = 0, kept = 0;
    char **list;

    while (environ[n])
        n++;
    list = calloc(n + 2, sizeof *list);
    if (!list)
        return NULL;
    for (size_t i = 0; i < n; i++)
        if (strncmp(environ[i], "LC_", 3) != 0 && strncmp(environ[i], "LANGUAGE=", 9) != 0)
            list[kept++] = environ[i];
    list[kept] = (char *)"LC_ALL=C";
    return list;
}

static bool make_object_path(struct compile *compile)
{
    struct text path = {0};
    char *wanted;

    if (!scratch_make(&compile->scratch, &wanted)) {
        text_addf(&compile->said, "cannot make a directory like '%s': %s",
                  wanted ? wanted : "braid-XXXXXX", strerror(errno));
        free(wanted);
        return false;
    }
    text_addf(&path, "%s/program.so", compile->scratch.path);
    compile->object = text_take(&path);
    return compile->object != NULL;
}

/* Starts one compiler; 0 or an errno. */
static int spawn(struct compile *compile, char **argv, int said)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    char **env = plain_environment();
    int status = ENOMEM;

    if (!env)
        return ENOMEM;
    if (posix_spawn_file_actions_init(&files) != 0)
        goto free_env;
    if (posix_spawnattr_init(&attributes) != 0)
        goto destroy_files;
    sigemptyset(&none);
    sigfillset(&all);
    /* a group of its own: it can be ended whole, and the terminal's Ctrl-C is ours */
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                              POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files, said, 1);
    posix_spawn_file_actions_adddup2(&files, said, 2);
    /* the folder is in use for as long as the compiler is at work, even without us */
    posix_spawn_file_actions_adddup2(&files, compile->scratch.lock, 3);
    status = posix_spawnp(&compile->pid, argv[0], &files, &attributes, argv, env);
    if (status != 0)
        compile->pid = 0;
    posix_spawnattr_destroy(&attributes);
destroy_files:
    posix_spawn_file_actions_destroy(&files);
free_env:
    free(env);
    return status;
}

static void limit(pid_t pid)
{
    prlimit(pid, RLIMIT_CPU, &(struct rlimit){WALL_SECONDS, WALL_SECONDS + 1}, NULL);
    prlimit(pid, RLIMIT_FSIZE, &(struct rlimit){FILE_CAP, FILE_CAP}, NULL);
    prlimit(pid, RLIMIT_AS, &(struct rlimit){memory_cap, memory_cap}, NULL);
    prlimit(pid, RLIMIT_CORE, &(struct rlimit){0, 0}, NULL);
}

/* Appends a list's entries to argv from n on; the new n. */
static size_t append(const char *const *list, char **argv, size_t n)
{
    for (; *list; list++)
        argv[n++] = (char *)*list;
    return n;
}

/* Splits words at spaces, in place, into argv from n on; the new n. */
static size_t split(char *words, char **argv, size_t n)
{
    char *rest, *word;

    for (word = strtok_r(words, " \t", &rest); word && n < ARGS_MAX / 2;
         word = strtok_r(NULL, " \t", &rest))
        argv[n++] = word;
    return n;
}

static int spawn_named(struct compile *compile, const char *compiler,
                       const struct compile_request *request, int said)
{
    char *words = strdup(compiler), *include = NULL, *argv[ARGS_MAX];
    int status = ENOMEM;
    size_t n;

    if (!words || asprintf(&include, "-I%s", request->include) < 0)
        goto out;
    n = split(words, argv, 0);
    if (n == 0) {
        status = ENOENT;
        goto out;
    }
    n = append(ours, argv, n);
    n = append(request->unchecked ? no_checks : checks, argv, n);
    argv[n++] = include;
    if (strstr(compiler, "clang")) {
        /* else `n++` would be told as a write only */
        argv[n++] = (char *)"-mllvm";
        argv[n++] = (char *)"-tsan-instrument-read-before-write=1";
        argv[n++] = (char *)"-fmacro-backtrace-limit=1";
    } else if (strstr(compiler, "gcc")) {
        argv[n++] = (char *)"-ftrack-macro-expansion=0"; /* a message tells the learner's line */
    }
    for (const char *const *flag = request->flags; flag && *flag; flag++) {
        if (n == ARGS_MAX - 10) {
            status = E2BIG;
            goto out;
        }
        argv[n++] = (char *)*flag;
    }
    n = append((const char *const[]){"-o", compile->object, "-x", "c", request->source, "-x",
                                     "none", "-lm", "-lc", NULL}, argv, n);
    argv[n] = NULL;
    status = spawn(compile, argv, said);
out:
    free(include);
    free(words);
    return status;
}

static void start(struct compile *compile, const struct compile_request *request)
{
    const char *wanted = getenv("BRAID_CC");
    const char *const known[] = {"gcc", "cc", "clang", NULL};
    const char *const only[] = {wanted, NULL};
    const char *const *name = wanted && *wanted ? only : known;
    int ends[2], status = ENOENT;

    if (!make_object_path(compile))
        return;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        text_addf(&compile->said, "cannot start the compiler: %s", strerror(errno));
        return;
    }
    for (; *name && status == ENOENT; name++) {
        status = spawn_named(compile, *name, request, ends[1]);
        if (status == 0)
            compile->compiler = strdup(*name);
    }
    close(ends[1]);
    if (status == 0) {
        limit(compile->pid);
        fcntl(ends[0], F_SETFL, O_NONBLOCK);
        compile->pipe = ends[0];
        compile->deadline = now_ms() + WALL_SECONDS * 1000;
        return;
    }
    close(ends[0]);
    if (status == ENOENT && wanted && *wanted)
        text_addf(&compile->said, "no C compiler '%s' ($BRAID_CC): unset it, or name one that is "
                                  "installed", wanted);
    else if (status == ENOENT)
        text_add(&compile->said, "no C compiler found: install one (apt-get install gcc "
                                 "libc6-dev), or set BRAID_CC");
    else
        text_addf(&compile->said, "cannot start the compiler: %s", strerror(status));
}

struct compile *compile_start(const struct compile_request *request)
{
    struct compile *compile = calloc(1, sizeof *compile);

    if (!compile)
        return NULL;
    compile->pipe = -1;
    compile->end = COMPILE_FAILED;
    compile->flags = request->flags && *request->flags;
    compile->include = request->include ? strdup(request->include) : NULL;
    start(compile, request);
    return compile;
}

int compile_fd(const struct compile *compile)
{
    return compile->pipe;
}

/* The compiler closed its end, or must stop now. */
static void over(struct compile *compile, bool kill_it)
{
    int status = 0;

    if (kill_it)
        kill(-compile->pid, SIGKILL);
    close(compile->pipe);
    compile->pipe = -1;
    while (waitpid(compile->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    compile->pid = 0;
    if (kill_it || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)) {
        compile->end = COMPILE_OVER_LIMIT;
        text_clear(&compile->said);
        text_addf(&compile->said, "the compiler needed more than %d seconds", WALL_SECONDS);
    } else if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        compile->end = COMPILE_DONE;
    } else {
        compile->end = COMPILE_ERRORS;
        if (compile->said.len == 0)
            text_add(&compile->said, "the compiler failed without a message");
    }
}

static bool read_all(struct compile *compile)
{
    char bytes[4096];
    ssize_t n;

    while ((n = read(compile->pipe, bytes, sizeof bytes)) > 0) {
        size_t room = OUTPUT_CAP - compile->said.len;

        text_add_n(&compile->said, bytes, (size_t)n < room ? (size_t)n : room);
    }
    return n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR);
}

bool compile_poll(struct compile *compile, int timeout_ms)
{
    int64_t until = timeout_ms < 0 ? INT64_MAX : now_ms() + timeout_ms;

    while (compile->pipe >= 0) {
        int64_t now = now_ms(), end = until < compile->deadline ? until : compile->deadline;
        struct pollfd wait = {.fd = compile->pipe, .events = POLLIN};

        if (poll(&wait, 1, end > now ? (int)(end - now) : 0) > 0) {
            if (read_all(compile))
                over(compile, false);
        } else if (now_ms() >= compile->deadline) {
            over(compile, true);
        } else if (now_ms() >= until) {
            return false;
        }
    }
    return true;
}

/* --- what the compiler said ---------------------------------------------- */

static bool starts(const char *at, const char *word)
{
    return strncmp(at, word, strlen(word)) == 0;
}

/* Reads "file:line:column: error: message" (the column may be missing); cuts the line up. */
static bool parse(char *line, struct compile_message *message)
{
    for (char *colon = strchr(line, ':'); colon; colon = strchr(colon + 1, ':')) {
        char *after;
        unsigned long number = strtoul(colon + 1, &after, 10);

        if (after == colon + 1 || *after != ':' || number > UINT32_MAX)
            continue;
        if (after[1] >= '0' && after[1] <= '9')
            strtoul(after + 1, &after, 10);
        if (!starts(after, ": "))
            continue;
        after += 2;
        message->error = starts(after, "error: ") || starts(after, "fatal error: ");
        if (!message->error && !starts(after, "warning: "))
            return false;
        *colon = '\0';
        message->file = line;
        message->line = (uint32_t)number;
        message->message = strchr(after, ':') + 2;
        return true;
    }
    return false;
}

static void parse_all(struct compile_result *result)
{
    char *rest;

    result->strings = strdup(result->text);
    result->messages = calloc(MESSAGES_MAX, sizeof *result->messages);
    if (!result->strings || !result->messages)
        return;
    for (char *line = strtok_r(result->strings, "\n", &rest); line && result->count < MESSAGES_MAX;
         line = strtok_r(NULL, "\n", &rest))
        if (parse(line, &result->messages[result->count]))
            result->count++;
}

/* Whether what the compiler refused is the learner's: a line of the source (or of its inline
 * assembly), or a flag.  A full disk or a broken installation must not be their mark. */
static bool learners(const struct compile *compile, const struct compile_result *result)
{
    for (size_t i = 0; i < result->count; i++)
        if (result->messages[i].error)
            return true;
    return compile->flags || strstr(result->text, ": Error: ");
}

static void add_meant(const struct compile *compile, struct compile_result *result)
{
    struct text all = {0};
    size_t n = strlen(result->text);

    text_add(&all, result->text);
    if (n > 0 && result->text[n - 1] != '\n')
        text_add_char(&all, '\n');
    meant_in_messages(&all, result, compile->include);
    if (all.failed) {
        text_release(&all);
        return;
    }
    free(result->text);
    result->text = text_take(&all);
}

void compile_finish(struct compile *compile, struct compile_result *result)
{
    if (compile->pipe >= 0)
        over(compile, true);
    *result = (struct compile_result){.end = compile->end, .compiler = compile->compiler};
    result->text = text_take(&compile->said);
    if (!result->text)
        result->text = calloc(1, 1);
    if (compile->end == COMPILE_DONE || compile->end == COMPILE_ERRORS)
        parse_all(result);
    if (compile->end == COMPILE_ERRORS && !learners(compile, result))
        result->end = COMPILE_FAILED;
    if (result->end == COMPILE_ERRORS && compile->include)
        add_meant(compile, result);
    if (compile->end == COMPILE_DONE) {
        result->object = compile->object;
        result->scratch = compile->scratch;
        compile->object = NULL;
        compile->scratch = (struct scratch){0};
    }
    scratch_remove(&compile->scratch);
    free(compile->object);
    free(compile->include);
    free(compile);
}

void compile_result_release(struct compile_result *result)
{
    scratch_remove(&result->scratch);
    free(result->object);
    free(result->compiler);
    free(result->text);
    free(result->strings);
    free(result->messages);
    *result = (struct compile_result){0};
}
