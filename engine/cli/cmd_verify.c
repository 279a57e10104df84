/* cmd_verify.c -- braid verify: the content linter.
 *
 * Every starter must fail with its exercise's named fault, every solution must pass, every wrong
 * submission must get the verdict its first line names, every demo must end well unless its first
 * line names a fault:
 *
 *     -- expect: leak                             (Lua)
 *     // expect: panic: close of closed channel   (C)
 *
 * The word before a colon is the verdict; what follows must occur in the finding's text.
 */
#include "base/place.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/target.h"
#include "grade/judge.h"
#include "grade/names.h"
#include "grade/words.h"

#include <dirent.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int verify(const struct options *options);

const struct command command_verify = {
    "verify", "[NAME...]", "check the content: starters fail, solutions pass, faults are named", verify};

struct verifying {
    const struct options *options;
    const struct course *course;
    unsigned passed, failed;
};

static bool wanted(const struct verifying *v, const char *path)
{
    for (size_t i = 0; i < v->options->nwords; i++)
        if (strstr(path, v->options->words[i]))
            return true;
    return v->options->nwords == 0;
}

static void say(struct verifying *v, bool ok, const char *path, const char *detail)
{
    size_t root = strlen(v->course->root);

    if (strncmp(path, v->course->root, root) == 0 && path[root] == '/')
        path += root + 1;
    if (!ok || v->options->all)
        printf("%-4s %s: %s\n", ok ? "ok" : "FAIL", path, detail);
    fflush(stdout);
    if (ok)
        v->passed++;
    else
        v->failed++;
}

/* All findings' titles, to look for the words an author expects. */
static void add_titles(struct text *out, const struct result *result, const struct program *program)
{
    struct names *names = result->trace ? names_new(result->trace, program) : NULL;

    for (uint32_t i = 0; names && i < result->findings.count; i++) {
        words_finding_title(out, result->trace, names, &result->findings.at[i]);
        text_add(out, "\n");
        words_finding_why(out, result->trace, names, program, &result->findings.at[i]);
        text_add(out, "\n");
    }
    if (result->message)
        text_add(out, result->message);
    names_free(names);
}

/* expect: "leak" or "panic: close of closed channel". */
static void verify_file(struct verifying *v, const char *path, const struct exercise *exercise,
                        const char *expect)
{
    struct program program = {0};
    struct result result = {0};
    struct text titles = {0}, detail = {0};
    char error[PATH_MAX + 256];
    const char *colon = strchr(expect, ':'), *more = colon ? colon + 1 + strspn(colon + 1, " ") : "";
    size_t len = colon ? (size_t)(colon - expect) : strlen(expect);
    struct judge_request request = {.program = &program, .mode = JUDGE_CHECK, .output = -1};
    const char *got;
    bool ok;

    if (!wanted(v, path))
        return;
    if (!program_load(&program, path, error, sizeof error)) {
        say(v, false, path, error);
        return;
    }
    if (exercise) {
        request.expect = &exercise->expect;
        request.world = &exercise->world;
        request.runs = exercise->runs;
        request.mutants = exercise_mutants(exercise, program.language == LANGUAGE_C ? COURSE_C
                                                                                    : COURSE_LUA);
    }
    judge(&request, &result);
    got = verdict_word(result.verdict);
    add_titles(&titles, &result, &program);
    ok = strlen(got) == len && strncmp(got, expect, len) == 0 && strstr(text_string(&titles), more);
    if (ok)
        text_addf(&detail, "%s, %" PRIu64 " runs%s", got, result.runs, result.complete ? ", verified" : "");
    else
        text_addf(&detail, "expected '%s', got '%s'%s%s", expect, got, titles.len ? ": " : "",
                  text_string(&titles));
    say(v, ok, path, text_string(&detail));
    text_release(&titles);
    text_release(&detail);
    result_release(&result);
    program_release(&program);
}

/* The expectation on a file's first line, or `otherwise`. */
static const char *first_line(const char *path, const char *otherwise, char *line, size_t size)
{
    static const char *const marks[] = {"-- expect: ", "// expect: "};
    FILE *file = fopen(path, "r");
    const char *found = otherwise;

    if (file && fgets(line, (int)size, file)) {
        line[strcspn(line, "\r\n")] = '\0';
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            if (strncmp(line, marks[i], strlen(marks[i])) == 0)
                found = line + strlen(marks[i]);
    }
    if (file)
        fclose(file);
    return found;
}

static int is_program(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');

    return dot && (strcmp(dot, ".lua") == 0 || strcmp(dot, ".c") == 0);
}

/* Every program of a folder by what its first line expects; with none of their own when otherwise is NULL
 * the file is a complaint. */
static unsigned verify_folder(struct verifying *v, const char *folder, const struct exercise *exercise,
                              const char *otherwise)
{
    struct dirent **entries;
    int n = scandir(folder, &entries, is_program, alphasort);
    unsigned seen = 0;

    for (int i = 0; i < n; i++) {
        char path[PATH_MAX], line[512];
        const char *expect;

        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        expect = first_line(path, otherwise, line, sizeof line);
        if (expect)
            verify_file(v, path, exercise, expect);
        else
            say(v, false, path, "its first line must say '-- expect: VERDICT' (// in C)");
        seen++;
        free(entries[i]);
    }
    if (n >= 0)
        free(entries);
    return seen;
}

static void verify_exercise(struct verifying *v, const struct exercise *e)
{
    static const char *const endings[] = {".lua", ".c"};
    char folder[PATH_MAX];

    for (int language = 0; language < 2; language++) {
        char path[PATH_MAX];

        snprintf(path, sizeof path, "%s/exercises/%s/%s%s", v->course->root, e->topic, e->name,
                 endings[language]);
        if (!e->starter[language])
            say(v, false, path, "there is no starter");
        else
            verify_file(v, e->starter[language], e, e->fault);
        if (!e->solution[language])
            say(v, false, path, "there is no solution");
        else
            verify_file(v, e->solution[language], e, "passed");
    }
    snprintf(folder, sizeof folder, "%s/tests/submissions/%s/%s", v->course->root, e->topic, e->name);
    if (access(folder, R_OK) == 0 && verify_folder(v, folder, e, NULL) < 3)
        say(v, false, folder, "needs at least three wrong submissions");
}

static void complain(void *context, const char *message)
{
    struct verifying *v = context;

    printf("FAIL %s\n", message);
    v->failed++;
}

static int verify(const struct options *options)
{
    struct course course = {0};
    struct verifying v = {.options = options, .course = &course};
    char root[PATH_MAX], folder[PATH_MAX + 16];

    if (!place_root(root, sizeof root) || !course_load(&course, root, complain, &v)) {
        fprintf(stderr, "braid: no content at '%s'\n", root);
        return 3;
    }
    for (size_t i = 0; i < course.nlessons; i++) {
        for (size_t k = 0; k < course.lessons[i].nexercises; k++)
            verify_exercise(&v, &course.lessons[i].exercises[k]);
        snprintf(folder, sizeof folder, "%s/lessons/%s", root, course.lessons[i].id);
        verify_folder(&v, folder, NULL, "passed");
    }
    snprintf(folder, sizeof folder, "%s/tests/programs", root);
    if (access(folder, R_OK) == 0)
        verify_folder(&v, folder, NULL, NULL);
    course_release(&course);
    printf("%u passed, %u failed\n", v.passed, v.failed);
    if (v.passed + v.failed == 0) {
        fprintf(stderr, "braid: nothing matches\n");
        return 2;
    }
    return v.failed ? 1 : 0;
}
