/* cmd_doctor.c -- braid doctor: what this machine has for braid. */
#include "base/place.h"
#include "c/compile.h"
#include "cli/command.h"
#include "cli/target.h"
#include "grade/judge.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int doctor(const struct options *options);

const struct command command_doctor = {"doctor", "", "what works on this machine, and what to do", doctor};

static bool say(bool ok, const char *what, const char *detail)
{
    printf("  %-4s %-22s %s\n", ok ? "ok" : "NO", what, detail);
    return ok;
}

/* Judges a tiny program of each language: compiler, cage and all. */
static bool try_program(const char *name, const char *text)
{
    char dir[] = "/tmp/braid-doctor-XXXXXX", path[PATH_MAX], error[512] = "";
    struct program program = {0};
    struct result result = {0};
    bool ok = false;
    FILE *file;

    if (!mkdtemp(dir))
        return say(false, name, "no folder could be made in /tmp");
    snprintf(path, sizeof path, "%s/%s", dir, name);
    if ((file = fopen(path, "w"))) {
        fputs(text, file);
        fclose(file);
        if (program_load(&program, path, error, sizeof error)) {
            struct judge_request request = {.program = &program, .mode = JUDGE_CHECK, .output = -1};

            judge(&request, &result);
            ok = result.verdict == VERDICT_PASSED;
            snprintf(error, sizeof error, "%s%s%s%s%s", verdict_word(result.verdict),
                     result.compiler ? ", compiled by " : "", result.compiler ? result.compiler : "",
                     result.message ? ": " : "", result.message ? result.message : "");
            result_release(&result);
            program_release(&program);
        }
        unlink(path);
    }
    rmdir(dir);
    return say(ok, name, error);
}

static int doctor(const struct options *options)
{
    char root[PATH_MAX];
    struct target target = {0};
    const char *lang = getenv("LC_ALL") ? getenv("LC_ALL") : getenv("LC_CTYPE") ? getenv("LC_CTYPE")
                       : getenv("LANG") ? getenv("LANG") : "";
    bool ok;

    (void)options;
    ok = say(place_root(root, sizeof root), "lessons", root);
    if (ok && target_course(&target)) {
        const char *workspace = progress_workspace(target.progress);

        say(true, "workspace", workspace ? workspace : "none yet: 'braid init' makes one");
    }
    target_release(&target);
    say(isatty(STDOUT_FILENO), "terminal", isatty(STDOUT_FILENO) ? getenv("TERM") ? getenv("TERM") : "?"
                                                                 : "standard output is not one: text only");
    say(strstr(lang, "UTF-8") || strstr(lang, "utf8"), "UTF-8 locale",
        *lang ? lang : "none set: the app draws in ASCII; try LANG=C.UTF-8");
    say(true, "cage", "L1: process, rlimits, seccomp");
    ok &= try_program("hello.lua", "print('hello')\n");
    ok &= try_program("hello.c", "#include \"go.h\"\nint main(void) { puts(\"hello\"); }\n");
    if (!ok)
        printf("Lua and C exercises need 'apt-get install gcc libc6-dev'; see README.md.\n");
    return ok ? 0 : 3;
}
