/* cmd_present.c -- braid present: a lesson before an audience, or its deck as text. */
#include "base/place.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/target.h"
#include "course/deck.h"
#include "course/prefer.h"
#include "ui/ui.h"
#include "view/markdown.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int present(const struct options *options);

const struct command command_present = {
    "present", "LESSON", "a lesson before an audience; --notes on a second terminal", present};

enum { COLS = 78 };

static bool print_markdown(const char *text, int language)
{
    char *one = language < 0 ? NULL : prefer_language(text, (enum course_language)language);
    struct markdown *markdown = markdown_new(one ? one : text, COLS, false);
    char *plain = markdown ? markdown_plain(markdown) : NULL;

    printf("%s", plain ? plain : "");
    free(plain);
    markdown_free(markdown);
    free(one);
    return plain;
}

static void print_answers(const struct lesson_step *step)
{
    for (size_t i = 0; i < step->nanswers; i++)
        printf("  %zu. %s\n", i + 1, step->answers[i]);
}

/* A demo's path from lessons/ on. */
static const char *below_root(const struct lesson *lesson, const char *path)
{
    const char *folder = strstr(path, lesson->id);

    return folder && folder - path >= 8 ? folder - 8 : path;
}

static bool print_slide(const struct deck *deck, uint32_t nth, const struct options *options)
{
    const struct slide *slide = &deck->slides[nth];
    const struct lesson_step *step = &deck->lesson->steps[slide->step];
    const struct exercise *exercise = deck_exercise(deck, nth);
    bool begins = slide->kind != SLIDE_COVER && deck_seek(deck, nth + 1 < deck->count ? nth + 1 : nth,
                                                          -1) == nth;

    printf("--- %u of %u%s", nth + 1, deck->count,
           slide->kind == SLIDE_CHECKPOINT ? ", checkpoint" : "");
    if (begins && step->minutes)
        printf(", %u minutes", step->minutes);
    printf("\n\n");
    if (!options->notes && !print_markdown(slide->markdown, options->language))
        return false;
    if (!options->notes && slide->kind == SLIDE_QUESTION)
        print_answers(step);
    if (slide->kind == SLIDE_WATCH && step->demo_lua && step->demo_c && !options->notes)
        printf("  braid watch %s\n", below_root(deck->lesson, options->language == COURSE_C
                                                                 ? step->demo_c : step->demo_lua));
    if (exercise && !options->notes)
        printf("  exercise: %s (%s)\n", exercise->title, exercise->name);
    if (*slide->notes && !options->notes)
        printf("\nNotes:\n");
    return (!*slide->notes || print_markdown(slide->notes, -1)) && printf("\n") > 0;
}

/* The deck with its notes; with --notes only those slides that have some. */
static int print_deck(const struct lesson *lesson, const struct options *options)
{
    struct deck deck;
    bool printed = deck_make(&deck, lesson);

    for (uint32_t i = 0; printed && i < deck.count; i++)
        if (!options->notes || *deck.slides[i].notes || deck.slides[i].kind == SLIDE_CHECKPOINT)
            printed = print_slide(&deck, i, options);
    if (!printed)
        fprintf(stderr, "braid: out of memory\n");
    deck_release(&deck);
    return printed ? 0 : 3;
}

static int print_plain(const struct options *options)
{
    struct target t = {0};
    const struct lesson *lesson;
    int status = 3;

    if (target_course(&t)) {
        lesson = course_find_lesson(&t.course, options->words[0]);
        status = lesson ? print_deck(lesson, options) : 2;
        if (!lesson)
            fprintf(stderr, "braid: no lesson '%s': 'braid list' shows them\n", options->words[0]);
    }
    target_release(&t);
    return status;
}

static int present(const struct options *options)
{
    char root[PATH_MAX], error[512] = "";
    struct ui_options ui = {
        .root = root,
        .language = options->language >= 0 ? (enum course_language)options->language : COURSE_LUA,
        .lesson = options->words[0],
        .notes = options->notes,
        .cflags = options->ncflags ? options->cflags : NULL,
    };
    int status;

    if (options->nwords != 1) {
        fprintf(stderr, "braid: present which lesson? 'braid list' shows them\n");
        return 2;
    }
    if (options->plain)
        return print_plain(options);
    if (!place_root(root, sizeof root)) {
        fprintf(stderr, "braid: the lessons are not at '%s': set BRAID_ROOT to the checkout\n", root);
        return 3;
    }
    status = ui_run(&ui, error, sizeof error);
    if (*error)
        fprintf(stderr, "braid: %s\n", error);
    return status;
}
