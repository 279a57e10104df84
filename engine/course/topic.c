/* topic.c -- the exercises of a topic, from its topic.lua.
 *
 *     return {
 *       title = "Worker pool",            -- used where there is no lesson.md
 *       exercises = {                     -- in the order of the course
 *         {
 *           name = "basic_pool",          -- of its files: basic_pool.lua, basic_pool.c
 *           title = "A basic pool",
 *           task = [[Markdown]],
 *           fault = "deadlock",           -- the verdict of its starters
 *           output = [[...]],             -- what it must print
 *           any_order = true,             -- lines of the output in any order
 *           goroutines = {min = 3, max = 4}, -- started besides main
 *           together = 3,                 -- so many of those under way at once, in some run
 *           heard = 3,                    -- so many of those main heard of before it returned, in
 *                                         -- every run: by a value, a Done, a lock
 *           values = {min = 6},           -- received from channels, in every run
 *           cancels = 1,                 -- contexts cancelled in every run, at least
 *           busy = "60ms",               -- slept or worked in every run, by all but main together, at least
 *           at_once = {min = 2, max = 2}, -- the most that slept or worked at once, in every run
 *           elapsed = "100ms",            -- virtual time until main returns, at most
 *           utilisation = 0.9,            -- of the processors, at least
 *           speedup = 3,                  -- against one processor, at least
 *           parallel = {min = 4, max = 4}, -- the most that worked at once
 *           processors = 4,               -- GOMAXPROCS when the program starts
 *           signals = {{at = "50ms", name = "SIGINT"}}, -- that the world sends
 *           mutants = {"drops_one"},      -- that it must fail with (course/mutants.h):
 *                                         -- mutants/drops_one.lua, mutants/drops_one.c
 *           runs = 2000,                  -- budget of the check
 *           step = 2,                     -- of the lesson, from 1; else the one that names it
 *           hints = { "...", "..." },
 *         },
 *       },
 *     }
 */
#include "course/files.h"
#include "course/load.h"
#include "lua/data.h"
#include "rt/processor.h"
#include "sync/signal.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct key {
    const char *name;
    enum data_kind kind;
    bool required;
};

static const struct key topic_keys[] = {
    {"title", DATA_STRING, false},
    {"exercises", DATA_TABLE, true},
    {0},
};

static const struct key exercise_keys[] = {
    {"name", DATA_STRING, true},
    {"title", DATA_STRING, true},
    {"task", DATA_STRING, true},
    {"fault", DATA_STRING, true},
    {"output", DATA_STRING, false},
    {"any_order", DATA_BOOL, false},
    {"goroutines", DATA_TABLE, false},
    {"together", DATA_INT, false},
    {"heard", DATA_INT, false},
    {"values", DATA_TABLE, false},
    {"cancels", DATA_INT, false},
    {"busy", DATA_STRING, false},
    {"at_once", DATA_TABLE, false},
    {"elapsed", DATA_STRING, false},
    {"utilisation", DATA_NUM, false},
    {"speedup", DATA_NUM, false},
    {"parallel", DATA_TABLE, false},
    {"processors", DATA_INT, false},
    {"signals", DATA_TABLE, false},
    {"mutants", DATA_TABLE, false},
    {"runs", DATA_INT, false},
    {"step", DATA_INT, false},
    {"hints", DATA_TABLE, false},
    {0},
};

static const struct key range_keys[] = {
    {"min", DATA_INT, false},
    {"max", DATA_INT, false},
    {0},
};

static const struct key signal_keys[] = {
    {"at", DATA_STRING, true},
    {"name", DATA_STRING, true},
    {0},
};

/* The file being read, and how far. */
struct reader {
    struct loading *loading;
    struct lesson *lesson;
    struct data_file file;
    char *place;       /* exercises/ID/topic.lua */
    const char *after; /* the exercise's name: where its keys are looked for; NULL: none yet */
};

/* word: what the text holds at the line meant. */
static void complain(struct reader *reader, const char *word, const char *what,
                     const char *subject)
{
    load_complain(reader->loading, reader->place, data_line(&reader->file, reader->after, word),
                  what, subject);
}

static const struct key *find_key(const struct key *keys, const char *name)
{
    while (keys->name && strcmp(keys->name, name) != 0)
        keys++;
    return keys->name ? keys : NULL;
}

/* Complains of keys that are unknown, of another type, out of range or missing.  False: what is
 * there cannot be used; an unknown key does no harm. */
static bool check_keys(struct reader *reader, const struct data *table, const struct key *keys)
{
    bool good = true;
    char what[80];

    for (size_t i = 0; i < table->table.nfields; i++) {
        const struct data_field *field = &table->table.fields[i];
        const struct key *key = find_key(keys, field->key);

        if (!key) {
            complain(reader, field->key, "unknown key", field->key);
        } else if (key->kind != field->value.kind &&
                   !(key->kind == DATA_NUM && field->value.kind == DATA_INT)) {
            snprintf(what, sizeof what, "must be a %s", data_kind_name(key->kind));
            complain(reader, field->key, what, field->key);
            good = false;
        } else if (field->value.kind == DATA_INT &&
                   (field->value.integer < 0 || field->value.integer > UINT32_MAX)) {
            complain(reader, field->key, "out of range", field->key);
            good = false;
        }
    }
    for (const struct key *key = keys; key->name; key++)
        if (key->required && data_get(table, key->name)->kind == DATA_NIL) {
            complain(reader, reader->after ? reader->after : "return", "missing key", key->name);
            good = false;
        }
    return good;
}

/* "100ms" in nanoseconds; -1: no duration. */
static int64_t duration(const char *text)
{
    static const struct { const char *unit; int64_t ns; } units[] = {
        {"ns", 1}, {"us", 1000}, {"ms", 1000000}, {"s", 1000000000}, {"m", 60000000000},
    };
    char *end;
    long number = strtol(text, &end, 10);

    if (!isdigit((unsigned char)*text) || number <= 0 || number > 1000000)
        return -1;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(end, units[i].unit) == 0)
            return number * units[i].ns;
    return -1;
}

/* A number, also when it is written as a whole one; at least 0. */
static double number(struct reader *reader, const struct data *table, const char *key)
{
    const struct data *value = data_get(table, key);
    double number = value->kind == DATA_INT ? (double)value->integer : 0;

    if (value->kind == DATA_NUM)
        number = value->number;
    if (number >= 0)
        return number;
    complain(reader, key, "out of range", key);
    return 0;
}

/* {min = 2, max = 4}, of which either may be missing. */
static void read_range(struct reader *reader, const struct data *table, const char *key,
                       uint32_t *min, uint32_t *max)
{
    const struct data *range = data_get(table, key);

    if (range->kind != DATA_TABLE || !check_keys(reader, range, range_keys))
        return;
    *min = (uint32_t)data_int(range, "min", 0);
    *max = (uint32_t)data_int(range, "max", 0);
}

static int64_t read_duration(struct reader *reader, const struct data *table, const char *key)
{
    const char *text = data_string(table, key, NULL);
    int64_t ns = text ? duration(text) : 0;

    if (ns < 0)
        complain(reader, key, "no duration such as \"100ms\"", text);
    return ns < 0 ? 0 : ns;
}

static void read_expectation(struct reader *reader, const struct data *table,
                             struct expectation *expect)
{
    const char *output = data_string(table, "output", NULL);

    if (output)
        expect->output = load_string(reader->loading, output);
    expect->any_order = data_bool(table, "any_order", false);
    if (expect->any_order && !output)
        complain(reader, "any_order", "needs an 'output' beside it", "any_order");
    read_range(reader, table, "goroutines", &expect->goroutines_min, &expect->goroutines_max);
    read_range(reader, table, "values", &expect->values_min, &expect->values_max);
    read_range(reader, table, "parallel", &expect->parallel_min, &expect->parallel_max);
    read_range(reader, table, "at_once", &expect->at_once_min, &expect->at_once_max);
    expect->together_min = (uint32_t)data_int(table, "together", 0);
    expect->heard_min = (uint32_t)data_int(table, "heard", 0);
    expect->cancels_min = (uint32_t)data_int(table, "cancels", 0);
    expect->utilisation_min = number(reader, table, "utilisation");
    expect->speedup_min = number(reader, table, "speedup");
    expect->elapsed_max = read_duration(reader, table, "elapsed");
    expect->busy_min = read_duration(reader, table, "busy");
}

static void read_signal(struct reader *reader, const struct data *table, struct world *world)
{
    struct world_signal signal;

    if (table->kind != DATA_TABLE || !check_keys(reader, table, signal_keys)) {
        if (table->kind != DATA_TABLE)
            complain(reader, "signals", "is a list of tables", "signals");
        return;
    }
    signal.at = duration(data_string(table, "at", ""));
    signal.number = signal_number(data_string(table, "name", ""));
    if (signal.at < 0)
        complain(reader, "signals", "no duration such as \"100ms\"", data_string(table, "at", ""));
    else if (!signal.number)
        complain(reader, "signals", "no signal such as \"SIGINT\"", data_string(table, "name", ""));
    else if (world->nsignals == WORLD_SIGNALS_MAX)
        complain(reader, "signals", "has too many entries", "signals");
    else
        world->signals[world->nsignals++] = signal;
}

static void read_world(struct reader *reader, const struct data *table, struct world *world)
{
    int64_t processors = data_int(table, "processors", 0);
    const struct data *signals = data_get(table, "signals");

    if (processors > PROCESSORS_MAX)
        complain(reader, "processors", "out of range", "processors");
    else
        world->processors = (uint32_t)processors;
    if (signals->kind != DATA_TABLE)
        return;
    if (signals->table.nfields)
        complain(reader, "signals", "is a list of tables, without keys", "signals");
    for (size_t i = 0; i < signals->table.nitems; i++)
        read_signal(reader, &signals->table.items[i], world);
}

static void read_hints(struct reader *reader, const struct data *hints, struct exercise *exercise)
{
    if (hints->kind != DATA_TABLE)
        return;
    if (hints->table.nfields)
        complain(reader, "hints", "is a list of strings, without keys", "hints");
    exercise->hints = load_alloc(reader->loading,
                                 (hints->table.nitems + 1) * sizeof *exercise->hints);
    for (size_t i = 0; exercise->hints && i < hints->table.nitems; i++) {
        if (hints->table.items[i].kind == DATA_STRING)
            exercise->hints[exercise->nhints++] =
                load_string(reader->loading, hints->table.items[i].string);
        else
            complain(reader, "hints", "is a list of strings", "hints");
    }
}

/* The file `name` has in a folder of one language; a missing one is a complaint. */
static char *find_source(struct reader *reader, const char *folder, const char *name,
                         enum course_language language)
{
    char file[256], what[80], *path;

    snprintf(file, sizeof file, "%.200s.%s", name, language == COURSE_LUA ? "lua" : "c");
    path = load_path(reader->loading, folder, reader->lesson->id, file);
    if (!path) {
        snprintf(what, sizeof what, "no such file in its folder of %s", folder);
        complain(reader, name, what, file);
    }
    return path;
}

/* The files of the wrong programs in one language. */
static void read_mutants(struct reader *reader, const struct data *list, const char *right,
                         enum course_language language, struct mutants *mutants)
{
    char file[256], *path;

    if (list->kind != DATA_TABLE)
        return;
    if (list->table.nfields)
        complain(reader, "mutants", "is a list of names, without keys", "mutants");
    mutants->right = right;
    mutants->paths = load_alloc(reader->loading, (list->table.nitems + 1) * sizeof *mutants->paths);
    for (size_t i = 0; mutants->paths && i < list->table.nitems; i++) {
        if (list->table.items[i].kind != DATA_STRING) {
            complain(reader, "mutants", "is a list of names", "mutants");
            continue;
        }
        snprintf(file, sizeof file, "mutants/%.200s.%s", list->table.items[i].string,
                 language == COURSE_LUA ? "lua" : "c");
        path = load_path(reader->loading, "exercises", reader->lesson->id, file);
        if (path)
            mutants->paths[mutants->count++] = path;
        else
            complain(reader, list->table.items[i].string, "no such file in its folder of exercises",
                     file);
    }
}

/* The step the table names, else the first one that names the exercise. */
static uint32_t find_step(struct reader *reader, const struct data *table, const char *name)
{
    const struct lesson *lesson = reader->lesson;
    int64_t step = data_int(table, "step", 0);

    if (step > (int64_t)lesson->nsteps || (step == 0 && data_get(table, "step")->kind))
        complain(reader, "step", "the lesson has no such step", "step");
    else if (step > 0)
        return (uint32_t)step - 1;
    for (uint32_t i = 0; i < lesson->nsteps; i++)
        if (lesson->steps[i].exercise && strcmp(lesson->steps[i].exercise, name) == 0)
            return i;
    if (step == 0)
        complain(reader, name, "no step of the lesson names the exercise", name);
    return 0;
}

static bool good_name(const struct lesson *lesson, const char *name)
{
    for (size_t i = 0; i < lesson->nexercises; i++)
        if (strcmp(lesson->exercises[i].name, name) == 0)
            return false;
    return *name && name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}

static void read_exercise(struct reader *reader, const struct data *table)
{
    struct loading *loading = reader->loading;
    struct lesson *lesson = reader->lesson;
    struct exercise exercise = {0};
    const char *name;

    reader->after = NULL;
    if (table->kind != DATA_TABLE) {
        complain(reader, "exercises", "is a list of tables", "exercises");
        return;
    }
    name = data_string(table, "name", NULL);
    if (name)
        reader->after = name;
    if (!check_keys(reader, table, exercise_keys) || !name)
        return;
    if (!good_name(lesson, name)) {
        complain(reader, name, "names are unlike each other, of a-z, 0-9 and _", name);
        return;
    }
    exercise.topic = lesson->id;
    exercise.name = load_string(loading, name);
    exercise.title = load_string(loading, data_string(table, "title", ""));
    exercise.task = load_string(loading, data_string(table, "task", ""));
    exercise.fault = load_string(loading, data_string(table, "fault", ""));
    exercise.runs = (uint64_t)data_int(table, "runs", 0);
    exercise.step = find_step(reader, table, name);
    read_expectation(reader, table, &exercise.expect);
    read_world(reader, table, &exercise.world);
    read_hints(reader, data_get(table, "hints"), &exercise);
    for (enum course_language i = COURSE_LUA; i <= COURSE_C; i++) {
        exercise.starter[i] = find_source(reader, "exercises", name, i);
        exercise.solution[i] = find_source(reader, "solutions", name, i);
        read_mutants(reader, data_get(table, "mutants"), exercise.starter[i], i,
                     &exercise.mutants[i]);
    }
    if (!loading->failed)
        lesson->exercises[lesson->nexercises++] = exercise;
}

static void read_table(struct reader *reader)
{
    const struct data *root = &reader->file.root, *list = data_get(root, "exercises");

    if (!check_keys(reader, root, topic_keys))
        return;
    if (list->table.nfields)
        complain(reader, "exercises", "is a list of tables, without keys", "exercises");
    if (!reader->lesson->title)
        reader->lesson->title = load_string(reader->loading, data_string(root, "title", ""));
    reader->lesson->exercises = load_alloc(
        reader->loading, (list->table.nitems + 1) * sizeof *reader->lesson->exercises);
    for (size_t i = 0; reader->lesson->exercises && i < list->table.nitems; i++)
        read_exercise(reader, &list->table.items[i]);
}

void topic_read(struct loading *loading, struct lesson *lesson)
{
    struct reader reader = {.loading = loading, .lesson = lesson};
    char *path = load_path(loading, "exercises", lesson->id, "topic.lua"), *text = NULL;
    char error[512];
    size_t len;

    if (!path)
        return;
    reader.place = files_path("exercises", lesson->id, "topic.lua", NULL);
    if (!reader.place)
        loading->failed = true;
    else if (!(text = files_read(path, &len)))
        load_complain(loading, reader.place, 1, "cannot be read", NULL);
    else if (!data_load(&reader.file, reader.place, text, len, error, sizeof error))
        loading->complain(loading->context, error);
    else
        read_table(&reader);
    data_release(&reader.file);
    free(text);
    free(reader.place);
}
