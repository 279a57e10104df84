/* cmd_learn.c -- braid hint, reset, lesson: what helps with an exercise, as text. */
#include "base/text.h"
#include "cli/command.h"
#include "cli/target.h"
#include "course/prefer.h"
#include "course/spellings.h"
#include "course/workspace.h"
#include "view/markdown.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int hint(const struct options *options);
static int reset(const struct options *options);
static int lesson(const struct options *options);

const struct command command_hint = {"hint", "[EXERCISE]", "the next hint (--all: every hint)", hint};
const struct command command_reset = {
    "reset", "EXERCISE", "back to the starter; your text is kept as a backup", reset};
const struct command command_lesson = {"lesson", "ID [STEP]", "a lesson as text", lesson};

static const char *word(const struct options *options)
{
    return options->nwords ? options->words[0] : NULL;
}

static int hint(const struct options *options)
{
    struct target t = {0};
    uint32_t shown;

    if (!target_exercise(&t, options, word(options))) {
        target_release(&t);
        return 2;
    }
    shown = progress_hints(t.progress, t.exercise);
    if (shown < t.exercise->nhints)
        shown++;
    if (options->all)
        shown = (uint32_t)t.exercise->nhints;
    for (uint32_t i = 0; i < shown; i++)
        printf("%s, hint %u of %zu: %s\n", t.exercise->name, i + 1, t.exercise->nhints,
               t.exercise->hints[i]);
    if (t.exercise->nhints == 0)
        printf("%s has no hints; its task:\n%s\n", t.exercise->name, t.exercise->task);
    progress_set_hints(t.progress, t.exercise, shown);
    target_release(&t);
    return 0;
}

static int reset(const struct options *options)
{
    struct target t = {0};
    char error[512] = "", *backup = NULL;
    const char *dir;
    int status = 2;

    if (options->nwords != 1) {
        fprintf(stderr, "braid: reset which exercise? 'braid reset EXERCISE'\n");
        return 2;
    }
    if (target_exercise(&t, options, word(options)) && (dir = target_workspace(&t)) &&
        options_yes(options, "Put the starter back? Your text is kept as a backup.")) {
        if (workspace_reset(&t.course, dir, t.exercise, t.language, &backup, error, sizeof error)) {
            if (backup)
                printf("%s is the starter again; your text is in %s\n", t.exercise->name, backup);
            else
                printf("%s is the starter\n", t.exercise->name);
            status = 0;
        } else {
            fprintf(stderr, "braid: %s\n", error);
        }
    }
    free(backup);
    target_release(&t);
    return status;
}

static void print_markdown(const char *text)
{
    struct markdown *markdown = markdown_new(text, 78, false);
    char *plain = markdown ? markdown_plain(markdown) : NULL;

    printf("%s\n", plain ? plain : "");
    free(plain);
    markdown_free(markdown);
}

static void print_step(const char *markdown, int language)
{
    char *one = language < 0 ? NULL : prefer_language(markdown, (enum course_language)language);

    print_markdown(one ? one : markdown);
    free(one);
}

/* What the calls in the steps' code are called in Go. */
static void print_spellings(const struct course *course, const struct lesson *lesson, size_t first,
                            size_t last, int language)
{
    struct text text = {0}, table = {0};

    for (size_t i = first; i < last; i++)
        text_addf(&text, "%s\n", lesson->steps[i].markdown);
    text_add(&table, "## The calls, and how Go spells them\n\n");
    if (spellings_table(course->root, text_string(&text), language, &table))
        print_markdown(text_string(&table));
    text_release(&text);
    text_release(&table);
}

static int lesson(const struct options *options)
{
    struct target t = {0};
    const struct lesson *found = NULL;
    size_t first = 0, last;

    if (!target_course(&t)) {
        target_release(&t);
        return 3;
    }
    if (options->nwords)
        found = course_find_lesson(&t.course, word(options));
    if (!found) {
        fprintf(stderr, "braid: which lesson? 'braid list' shows them\n");
        target_release(&t);
        return 2;
    }
    last = found->nsteps;
    if (options->nwords > 1) {
        first = (size_t)atoi(options->words[1]);
        if (first < 1 || first > found->nsteps) {
            fprintf(stderr, "braid: lesson %s has steps 1 to %zu\n", found->id, found->nsteps);
            target_release(&t);
            return 2;
        }
        last = first--;
    }
    for (size_t i = first; i < last; i++)
        print_step(found->steps[i].markdown, options->language);
    print_spellings(&t.course, found, first, last, options->language);
    target_release(&t);
    return 0;
}
