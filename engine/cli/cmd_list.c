/* cmd_list.c -- braid list: lessons and exercises, and what is done. */
#include "cli/command.h"
#include "cli/target.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

static int list(const struct options *options);

const struct command command_list = {"list", "", "lessons and exercises, and what is done", list};

static const char *mark(const struct target *t, const struct exercise *e, enum course_language language)
{
    if (!e->starter[language])
        return "   -   ";
    return progress_passed(t->progress, e, language) ? "passed " : "  .    ";
}

/* How many of its questions were answered, and how many of these rightly. */
static size_t count_foretold(const struct target *t, const struct lesson *lesson, size_t *right)
{
    size_t told = 0;

    *right = 0;
    for (size_t i = 0; i < lesson->nsteps; i++) {
        enum foretold foretold = lesson->steps[i].question
                                     ? progress_foretold(t->progress, lesson, &lesson->steps[i])
                                     : FORETOLD_OPEN;

        told += foretold != FORETOLD_OPEN;
        *right += foretold == FORETOLD_RIGHT;
    }
    return told;
}

static void print_text(const struct target *t)
{
    for (size_t i = 0; i < t->course.nlessons; i++) {
        const struct lesson *lesson = &t->course.lessons[i];
        uint32_t read = progress_step(t->progress, lesson);
        size_t right, told = count_foretold(t, lesson, &right);

        printf("%s%s  %s  (read %u of %zu", i ? "\n" : "", lesson->id, lesson->title, read,
               lesson->nsteps);
        if (told > 0)
            printf("; predicted %zu of %zu right", right, told);
        printf(")\n");
        if (lesson->nexercises)
            printf("    Lua     C       exercise\n");
        for (size_t k = 0; k < lesson->nexercises; k++) {
            const struct exercise *e = &lesson->exercises[k];

            printf("    %s %s %-22s %s\n", mark(t, e, COURSE_LUA), mark(t, e, COURSE_C), e->name,
                   e->title);
        }
    }
}

static void print_json(const struct target *t)
{
    json_t *lessons = json_array();
    char *dump;

    for (size_t i = 0; i < t->course.nlessons; i++) {
        const struct lesson *lesson = &t->course.lessons[i];
        json_t *exercises = json_array();
        size_t right, told = count_foretold(t, lesson, &right);

        for (size_t k = 0; k < lesson->nexercises; k++) {
            const struct exercise *e = &lesson->exercises[k];

            json_array_append_new(
                exercises, json_pack("{s:s, s:s, s:b, s:b}", "name", e->name, "title", e->title, "lua",
                                     progress_passed(t->progress, e, COURSE_LUA), "c",
                                     progress_passed(t->progress, e, COURSE_C)));
        }
        json_array_append_new(
            lessons, json_pack("{s:s, s:s, s:i, s:i, s:i, s:i, s:o}", "id", lesson->id, "title",
                               lesson->title,
                               "steps", (int)lesson->nsteps, "read",
                               (int)progress_step(t->progress, lesson), "predicted", (int)told,
                               "predicted_right", (int)right, "exercises", exercises));
    }
    dump = json_dumps(lessons, JSON_COMPACT);
    if (dump)
        puts(dump);
    free(dump);
    json_decref(lessons);
}

static int list(const struct options *options)
{
    struct target target = {0};

    if (!target_course(&target)) {
        target_release(&target);
        return 3;
    }
    if (options->json)
        print_json(&target);
    else
        print_text(&target);
    target_release(&target);
    return 0;
}
