/* course.c -- loads all content below a root, and finds exercises in it. */
#include "course/course.h"

#include "base/text.h"
#include "course/files.h"
#include "course/load.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- for lesson.c and topic.c -------------------------------------------- */

void *load_alloc(struct loading *loading, size_t size)
{
    void *at = region_alloc(&loading->course->memory, size);

    if (!at)
        loading->failed = true;
    return at;
}

char *load_string_n(struct loading *loading, const char *string, size_t len)
{
    char *copy = load_alloc(loading, len + 1);

    if (copy)
        memcpy(copy, string, len);
    return copy;
}

char *load_string(struct loading *loading, const char *string)
{
    return load_string_n(loading, string, strlen(string));
}

char *load_path(struct loading *loading, const char *a, const char *b, const char *c)
{
    char *path = files_path(loading->course->root, a, b, c, NULL), *kept = NULL;

    if (!path)
        loading->failed = true;
    else if (files_exist(path))
        kept = load_string(loading, path);
    free(path);
    return kept;
}

void load_complain(struct loading *loading, const char *place, uint32_t line, const char *what,
                   const char *subject)
{
    struct text message = {0};

    text_addf(&message, "%s:%u: %s", place, line, what);
    if (subject)
        text_addf(&message, " '%s'", subject);
    loading->complain(loading->context, text_string(&message));
    text_release(&message);
}

/* --- loading ------------------------------------------------------------- */

static bool is_topic(const char *name)
{
    return isdigit((unsigned char)name[0]) && isdigit((unsigned char)name[1]) && name[2] == '-';
}

/* Two sorted lists of names walked as one: the next name, or NULL. */
static const char *next_name(char ***a, char ***b)
{
    int order = !**a ? 1 : !**b ? -1 : strcmp(**a, **b);
    const char *name = order <= 0 ? **a : **b;

    if (!name)
        return NULL;
    if (order <= 0)
        ++*a;
    if (order >= 0)
        ++*b;
    return name;
}

static bool names_source(const struct lesson *lesson, const char *file)
{
    for (size_t i = 0; i < lesson->nexercises; i++) {
        size_t len = strlen(lesson->exercises[i].name);

        if (strncmp(file, lesson->exercises[i].name, len) == 0 &&
            (strcmp(file + len, ".lua") == 0 || strcmp(file + len, ".c") == 0))
            return true;
        if (lesson->exercises[i].mutants[COURSE_LUA].count > 0 && strcmp(file, "mutants") == 0)
            return true;
    }
    return strcmp(file, "topic.lua") == 0;
}

static bool names_mutant(const struct lesson *lesson, const char *file)
{
    for (size_t i = 0; i < lesson->nexercises; i++)
        for (enum course_language l = COURSE_LUA; l <= COURSE_C; l++)
            for (size_t k = 0; k < lesson->exercises[i].mutants[l].count; k++)
                if (strcmp(strrchr(lesson->exercises[i].mutants[l].paths[k], '/') + 1, file) == 0)
                    return true;
    return false;
}

/* Complains of each file of a folder of exercises that is not named. */
static void check_files(struct loading *loading, const struct lesson *lesson, const char *inside,
                        bool (*names)(const struct lesson *lesson, const char *file))
{
    char *folder = files_path(loading->course->root, "exercises", lesson->id, inside, NULL);
    char **files = folder ? files_list(folder) : NULL;
    struct text place = {0};

    for (char **file = files; file && *file; file++) {
        if (names(lesson, *file))
            continue;
        text_clear(&place);
        text_addf(&place, "exercises/%s/%s%s%s", lesson->id, inside ? inside : "",
                  inside ? "/" : "", *file);
        load_complain(loading, text_string(&place), 1, "not named in topic.lua", *file);
    }
    text_release(&place);
    files_list_free(files);
    free(folder);
}

/* What no topic.lua and no lesson names would never be seen by a learner. */
static void check_references(struct loading *loading, const struct lesson *lesson)
{
    struct text source = {0};

    check_files(loading, lesson, NULL, names_source);
    check_files(loading, lesson, "mutants", names_mutant);
    text_addf(&source, "lessons/%s/lesson.md", lesson->id);
    for (size_t i = 0; i < lesson->nsteps; i++) {
        const char *name = lesson->steps[i].exercise;
        bool found = !name;

        for (size_t k = 0; k < lesson->nexercises && !found; k++)
            found = strcmp(lesson->exercises[k].name, name) == 0;
        if (!found)
            load_complain(loading, text_string(&source), 1, "no such exercise in topic.lua", name);
    }
    text_release(&source);
}

static void load_lesson(struct loading *loading, const char *id)
{
    struct lesson *lesson = &loading->course->lessons[loading->course->nlessons];

    lesson->id = load_string(loading, id);
    if (!lesson->id)
        return;
    lesson_read(loading, lesson);
    topic_read(loading, lesson);
    if (!lesson->title)
        lesson->title = lesson->id;
    check_references(loading, lesson);
    if (lesson->nsteps || lesson->nexercises)
        loading->course->nlessons++;
    else
        *lesson = (struct lesson){0};
}

static void complain_of_folder(struct loading *loading, const char *name)
{
    bool in_lessons = load_path(loading, "lessons", name, NULL);
    char *place = files_path(in_lessons ? "lessons" : "exercises", name, NULL);

    load_complain(loading, place ? place : name, 1, "folders here are called NN-topic, not", name);
    free(place);
}

static void load_lessons(struct loading *loading, char **lessons, char **exercises)
{
    const char *name;
    size_t count = 1;

    for (char **at = lessons; *at; at++)
        count++;
    for (char **at = exercises; *at; at++)
        count++;
    loading->course->lessons = load_alloc(loading, count * sizeof *loading->course->lessons);
    while (loading->course->lessons && (name = next_name(&lessons, &exercises))) {
        if (strcmp(name, "glossary.md") == 0)
            lesson_read(loading, &loading->course->glossary);
        else if (is_topic(name))
            load_lesson(loading, name);
        else
            complain_of_folder(loading, name);
    }
}

bool course_load(struct course *course, const char *root, course_complaint *complain,
                 void *context)
{
    struct loading loading = {.course = course, .complain = complain, .context = context};
    char *folders[2], **names[2];
    char *none = NULL;

    *course = (struct course){0};
    course->root = load_string(&loading, root);
    folders[0] = files_path(root, "lessons", NULL);
    folders[1] = files_path(root, "exercises", NULL);
    for (int i = 0; i < 2; i++)
        names[i] = folders[i] ? files_list(folders[i]) : NULL;
    if (course->root && (names[0] || names[1]))
        load_lessons(&loading, names[0] ? names[0] : &none, names[1] ? names[1] : &none);
    if (course->nlessons == 0 && !loading.failed)
        load_complain(&loading, root, 1, "no lessons below this folder", NULL);
    if (loading.failed)
        complain(context, "not enough memory to load the lessons");
    for (int i = 0; i < 2; i++) {
        files_list_free(names[i]);
        free(folders[i]);
    }
    if (course->nlessons && !loading.failed)
        return true;
    course_release(course);
    return false;
}

void course_release(struct course *course)
{
    region_release(&course->memory);
    *course = (struct course){0};
}

/* --- finding ------------------------------------------------------------- */

/* Cuts the ending of a source file off a length of text; -1: it has none. */
static int cut_ending(const char *text, size_t *len)
{
    if (*len > 4 && strncmp(text + *len - 4, ".lua", 4) == 0) {
        *len -= 4;
        return COURSE_LUA;
    }
    if (*len > 2 && strncmp(text + *len - 2, ".c", 2) == 0) {
        *len -= 2;
        return COURSE_C;
    }
    return -1;
}

static bool is(const char *name, const char *text, size_t len)
{
    return strlen(name) == len && strncmp(name, text, len) == 0;
}

const struct exercise *course_find(const struct course *course, const char *text,
                                   enum course_language *language)
{
    const char *slash = strrchr(text, '/'), *name = slash ? slash + 1 : text, *topic = NULL;
    size_t len = strlen(name), topic_len = 0;
    int ending = cut_ending(name, &len);
    const struct exercise *found = NULL;
    bool in_topic = false;

    if (slash) {
        for (topic = slash; topic > text && topic[-1] != '/'; topic--)
            ;
        topic_len = (size_t)(slash - topic);
    }
    for (size_t i = 0; i < course->nlessons; i++)
        for (size_t k = 0; k < course->lessons[i].nexercises; k++) {
            const struct exercise *exercise = &course->lessons[i].exercises[k];
            bool here = topic && is(exercise->topic, topic, topic_len);

            if (is(exercise->name, name, len) && (!found || (here && !in_topic))) {
                found = exercise;
                in_topic = here;
            }
        }
    /* "topic/name" must be of that topic; a path to a file may lie in any folder */
    if (found && topic && !in_topic && ending < 0)
        return NULL;
    if (found && ending >= 0 && language)
        *language = (enum course_language)ending;
    return found;
}

/* "5" for "05-worker-pool". */
static bool is_number_of(const struct lesson *lesson, const char *word)
{
    return isdigit((unsigned char)word[0]) && word[strspn(word, "0123456789")] == '\0'
           && atoi(word) == atoi(lesson->id);
}

const struct lesson *course_find_lesson(const struct course *course, const char *word)
{
    size_t len = strlen(word);

    for (size_t i = 0; i < course->nlessons && len > 0; i++) {
        const struct lesson *lesson = &course->lessons[i];

        if (is_number_of(lesson, word) || strncmp(lesson->id, word, len) == 0
            || strncmp(lesson->id + 3, word, len) == 0)
            return lesson;
    }
    return NULL;
}

const struct lesson *course_lesson_of(const struct course *course, const struct exercise *exercise)
{
    for (size_t i = 0; i < course->nlessons; i++) {
        const struct lesson *lesson = &course->lessons[i];

        if (exercise >= lesson->exercises && exercise < lesson->exercises + lesson->nexercises)
            return lesson;
    }
    return NULL;
}

const struct lesson_step *course_step_of(const struct course *course, const char *path)
{
    for (size_t i = 0; i < course->nlessons; i++)
        for (size_t j = 0; j < course->lessons[i].nsteps; j++) {
            const struct lesson_step *step = &course->lessons[i].steps[j];

            if ((step->demo_lua && strcmp(step->demo_lua, path) == 0)
                || (step->demo_c && strcmp(step->demo_c, path) == 0))
                return step;
        }
    return NULL;
}

const struct mutants *exercise_mutants(const struct exercise *exercise,
                                       enum course_language language)
{
    return exercise->mutants[language].count > 0 ? &exercise->mutants[language] : NULL;
}

const struct exercise *course_next(const struct course *course, const struct exercise *exercise)
{
    const struct lesson *lesson = course_lesson_of(course, exercise);

    if (!lesson)
        return NULL;
    if (exercise + 1 < lesson->exercises + lesson->nexercises)
        return exercise + 1;
    while (++lesson < course->lessons + course->nlessons)
        if (lesson->nexercises)
            return lesson->exercises;
    return NULL;
}

const struct exercise *course_of_file(const struct course *course, const char *path,
                                      enum course_language *language)
{
    char real[PATH_MAX], *name, *topic;
    const struct exercise *exercise;

    if (!realpath(path, real) || !(name = strrchr(real, '/')))
        return NULL;
    *name++ = '\0';
    topic = strrchr(real, '/');
    exercise = course_find(course, name, language);
    return exercise && topic && strcmp(topic + 1, exercise->topic) == 0 ? exercise : NULL;
}
