/* test_examples.c -- every program of the reference gets the verdict its entry states, in all
 * interleavings, and prints what the entry says; and the two faces fit side by side.
 *
 * Arguments: words; only entries whose name contains one of them are run.
 */
#include "base/text.h"
#include "course/reference.h"
#include "grade/judge.h"
#include "view/page.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const language_name[] = {"lua", "c"};
static char folder[] = "/tmp/braid-examples-XXXXXX";
static int failures;

static void complain(void *context, const char *message)
{
    (void)context;
    failures++;
    printf("FAIL reference: %s\n", message);
}

static bool write_program(const struct reference_entry *entry, int language, char *path,
                          size_t size)
{
    FILE *file;

    snprintf(path, size, "%s/%s.%s", folder, entry->name, language_name[language]);
    file = fopen(path, "w");
    if (!file)
        return false;
    fprintf(file, "%s%s\n", language == COURSE_C ? "#include \"go.h\"\n\n" : "",
            entry->program[language]);
    return fclose(file) == 0;
}

/* The first thing that was found wrong, in words. */
static const char *why(const struct result *result)
{
    if (result->message)
        return result->message;
    if (!result->findings.count || !result->trace)
        return "";
    return trace_text(result->trace, result->findings.at[0].text);
}

static void run_program(const struct reference_entry *entry, int language)
{
    const char *want = entry->verdict ? entry->verdict : "passed";
    struct expectation expect = {0};
    struct program program = {0};
    struct result result = {0};
    struct text prints = {0};
    char path[PATH_MAX], error[512] = "cannot be written";
    bool good = false;

    if (entry->prints)
        text_addf(&prints, "%s\n", entry->prints);
    expect.output = entry->prints ? prints.at : NULL;
    if (write_program(entry, language, path, sizeof path)
        && program_load(&program, path, error, sizeof error)) {
        struct judge_request request = {
            .program = &program, .mode = JUDGE_CHECK, .expect = &expect, .output = -1};

        judge(&request, &result);
        good = strcmp(verdict_word(result.verdict), want) == 0;
        snprintf(error, sizeof error, "%s, not %s: %s", verdict_word(result.verdict), want,
                 why(&result));
        result_release(&result);
        program_release(&program);
    }
    if (good)
        printf("ok %s (%s)\n", entry->name, language_name[language]);
    else
        printf("FAIL %s (%s): %s:%u: %s\n", entry->name, language_name[language], entry->place,
               (unsigned)entry->line, error);
    failures += !good;
    fflush(stdout);
    unlink(path);
    text_release(&prints);
}

/* At PAGE_WIDE columns both programs begin in the same row. */
static void check_wide(const struct reference *reference, const struct reference_entry *entry)
{
    struct grid wide = {0}, narrow = {0};
    bool good;

    if (!entry->program[COURSE_LUA] || !entry->program[COURSE_C])
        return;
    good = page_draw(&wide, reference, entry, -1, PAGE_WIDE, false)
           && page_draw(&narrow, reference, entry, -1, PAGE_WIDE - 1, false)
           && wide.rows < narrow.rows;
    if (!good)
        printf("FAIL %s: %s:%u: its programs do not fit side by side in %d columns\n", entry->name,
               entry->place, (unsigned)entry->line, PAGE_WIDE);
    failures += !good;
    grid_release(&wide);
    grid_release(&narrow);
}

static bool wanted(const char *name, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strstr(name, argv[i]))
            return true;
    return argc < 2;
}

int main(int argc, char **argv)
{
    struct reference reference;

    if (!reference_load(&reference, ".", complain, NULL)
        || !mkdtemp(folder)) {
        printf("FAIL reference: not there, or no room in /tmp\n");
        return 1;
    }
    for (size_t i = 0; i < reference.count; i++) {
        const struct reference_entry *entry = &reference.entries[i];

        if (!wanted(entry->name, argc, argv))
            continue;
        check_wide(&reference, entry);
        for (int language = COURSE_LUA; language <= COURSE_C; language++)
            if (entry->program[language])
                run_program(entry, language);
    }
    rmdir(folder);
    reference_release(&reference);
    return failures > 0;
}
