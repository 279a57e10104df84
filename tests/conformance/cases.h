/* cases.h -- the cases of tests/conformance: a rule of Go's, a program that shows it, its outcomes.
 *
 * A data file (*.txt) is a list of cases:
 *
 *     ## a closed channel yields zero values        the rule; unique in all files
 *     source: Go spec, "Receive operator"           where Go says so
 *     expect: 0 false                               an outcome: the lines printed, joined by " / ";
 *     expect: 7 true / 0 false                      one line each, when the schedule may choose
 *     lua:                                          the program, once a language, indented by 4;
 *         print(...)                                a language may be missing
 *     c:
 *         int main(void) { ... }
 *     go:
 *         fmt.Println(...)                          the body of main
 *
 * An outcome ends with what ended the program, unless main returned: "panic: ..." (a line for each
 * panic that followed from one), "fatal error: ...", "exit 3", "race".  `expect:` alone is the empty outcome.  The set is
 * complete: all interleavings together must show exactly these.  Lines before the first
 * case, and those that begin with '#' and a blank, are comments.
 */
#ifndef BRAID_TEST_CASES_H
#define BRAID_TEST_CASES_H

#include "base/text.h"

#include <glob.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CASE_OUTCOMES_MAX = 24 };

enum case_language { CASE_LUA, CASE_C, CASE_GO, CASE_LANGUAGES };

static const char *const case_language_name[CASE_LANGUAGES] = {"lua", "c", "go"};

struct conformance_case {
    char *name, *source;
    char *file;                    /* of the data file */
    uint32_t line;                 /* of its "## rule" */
    char *expected[CASE_OUTCOMES_MAX];
    uint32_t nexpected;
    char *program[CASE_LANGUAGES]; /* without the indentation; NULL: none */
};

struct cases {
    struct conformance_case *at;
    size_t count;
};

/* The whole file on the heap, a newline put before it; NULL: it cannot be read. */
static inline char *cases_file(const char *path)
{
    FILE *file = fopen(path, "r");
    struct text text = {0};
    char part[4096];
    size_t n;

    if (!file)
        return NULL;
    text_add_char(&text, '\n');
    while ((n = fread(part, 1, sizeof part, file)) > 0)
        text_add_n(&text, part, n);
    fclose(file);
    return text_take(&text);
}

/* Index of the outcome among those expected; -1: not one of them. */
static inline int case_outcome(const struct conformance_case *one, const char *outcome)
{
    for (uint32_t i = 0; i < one->nexpected; i++)
        if (strcmp(one->expected[i], outcome) == 0)
            return (int)i;
    return -1;
}

/* What follows the key; NULL: the line is another's. */
static inline const char *case_field(const char *line, const char *key)
{
    size_t n = strlen(key);

    if (strncmp(line, key, n) != 0)
        return NULL;
    return line + n + strspn(line + n, " ");
}

/* What is wrong with a case that is complete; NULL: nothing. */
static inline const char *case_fault(const struct cases *cases)
{
    const struct conformance_case *one = &cases->at[cases->count - 1];

    for (size_t i = 0; i + 1 < cases->count; i++)
        if (strcmp(cases->at[i].name, one->name) == 0)
            return "the rule is stated twice";
    if (!one->source)
        return "no source";
    if (one->nexpected == 0)
        return "no outcome expected";
    if (!one->program[CASE_LUA] && !one->program[CASE_C])
        return "no program in Lua or C";
    return NULL;
}

/* Takes one line; what is wrong with it, or NULL.  *program gathers indented lines; *language:
 * whose they are, CASE_LANGUAGES for nobody's. */
static inline const char *cases_line(struct cases *cases, const char *path, uint32_t number,
                                     const char *line, struct text *program,
                                     enum case_language *language)
{
    struct conformance_case *one = cases->count ? &cases->at[cases->count - 1] : NULL;
    const char *rest;

    if (one && strcmp(one->file, path) != 0)
        one = NULL; /* no case of this file yet */

    if ((strncmp(line, "    ", 4) == 0 || *line == '\0') && *language != CASE_LANGUAGES) {
        text_addf(program, "%s\n", *line ? line + 4 : "");
        return NULL;
    }
    if (*language != CASE_LANGUAGES)
        one->program[*language] = text_take(program);
    *language = CASE_LANGUAGES;
    if ((rest = case_field(line, "## "))) {
        const char *fault = one ? case_fault(cases) : NULL;

        if (fault)
            return fault;
        cases->at = realloc(cases->at, (cases->count + 1) * sizeof *cases->at);
        cases->at[cases->count++] = (struct conformance_case){
            .name = strdup(rest), .file = strdup(path), .line = number};
        return NULL;
    }
    if (!one || *line == '\0' || strncmp(line, "# ", 2) == 0)
        return NULL;
    if ((rest = case_field(line, "source:"))) {
        free(one->source);
        one->source = strdup(rest);
        return NULL;
    }
    if ((rest = case_field(line, "expect:"))) {
        if (one->nexpected == CASE_OUTCOMES_MAX)
            return "too many outcomes";
        if (case_outcome(one, rest) >= 0)
            return "the outcome is stated twice";
        one->expected[one->nexpected++] = strdup(rest);
        return NULL;
    }
    for (int i = 0; i < CASE_LANGUAGES; i++)
        if ((rest = case_field(line, case_language_name[i])) && strcmp(rest, ":") == 0) {
            if (one->program[i])
                return "a second program in the same language";
            *language = (enum case_language)i;
            return NULL;
        }
    return "neither 'source:', 'expect:', 'lua:', 'c:' nor 'go:'";
}

static inline bool cases_read_file(struct cases *cases, const char *path, char *error, size_t size)
{
    char *text = cases_file(path), *line = text ? text + 1 : NULL;
    struct text program = {0};
    enum case_language language = CASE_LANGUAGES;
    const char *fault = text ? NULL : "cannot be read";
    uint32_t number = 0;

    while (!fault && line) {
        char *end = strchr(line, '\n');

        if (end)
            *end = '\0';
        fault = cases_line(cases, path, ++number, line, &program, &language);
        line = end ? end + 1 : NULL;
    }
    if (!fault && language != CASE_LANGUAGES)
        cases->at[cases->count - 1].program[language] = text_take(&program);
    if (!fault && cases->count > 0)
        fault = case_fault(cases);
    if (fault)
        snprintf(error, size, "%s:%u: %s", path, number, fault);
    text_release(&program);
    free(text);
    return !fault;
}

/* Reads all data files of a folder, in order of their names.  False: *error (size bytes) says
 * what is wrong, "file:line: what". */
static inline bool cases_read(struct cases *cases, const char *folder, char *error, size_t size)
{
    char pattern[256];
    glob_t found;
    bool good = true;

    snprintf(pattern, sizeof pattern, "%s/*.txt", folder);
    if (glob(pattern, 0, NULL, &found) != 0) {
        snprintf(error, size, "%s: no data files", folder);
        return false;
    }
    for (size_t i = 0; good && i < found.gl_pathc; i++) {
        const char *name = strrchr(found.gl_pathv[i], '/') + 1;

        if (strcmp(name, "known.txt") != 0)
            good = cases_read_file(cases, found.gl_pathv[i], error, size);
    }
    globfree(&found);
    return good;
}

static inline void cases_release(struct cases *cases)
{
    for (size_t i = 0; i < cases->count; i++) {
        struct conformance_case *one = &cases->at[i];

        free(one->name);
        free(one->source);
        free(one->file);
        for (uint32_t k = 0; k < one->nexpected; k++)
            free(one->expected[k]);
        for (int k = 0; k < CASE_LANGUAGES; k++)
            free(one->program[k]);
    }
    free(cases->at);
    *cases = (struct cases){0};
}

#endif
