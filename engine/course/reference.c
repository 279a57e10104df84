/* reference.c -- reads the entries from engine/reference. */
#include "course/reference.h"

#include "base/text.h"
#include "course/files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char folder[] = "engine/reference";

enum fence { FENCE_NONE, FENCE_LUA, FENCE_C, FENCE_PRINTS, FENCE_OTHER };

struct reader {
    struct reference *reference;
    course_complaint *complain;
    void *context;
    char *place;
    char *group;
    uint32_t line;
    bool in_head;        /* of the entry: the lines before the first blank one */
    enum fence fence;
    struct text text;    /* of the meaning or the fence being read */
    bool failed;         /* out of memory */
};

static void complain(struct reader *reader, const char *what, const char *subject)
{
    struct text message = {0};

    text_addf(&message, "%s:%u: %s", reader->place, reader->line, what);
    if (subject)
        text_addf(&message, " '%s'", subject);
    reader->complain(reader->context, text_string(&message));
    text_release(&message);
}

static char *keep(struct reader *reader, const char *string, size_t len)
{
    char *copy = region_alloc(&reader->reference->memory, len + 1);

    if (copy)
        memcpy(copy, string, len);
    else
        reader->failed = true;
    return copy;
}

static void list_add(struct reader *reader, struct reference_list *list, const char *string,
                     size_t len)
{
    char *copy = keep(reader, string, len);

    if (list->count == list->cap) {
        size_t cap = list->cap ? list->cap * 2 : 4;
        char **grown = region_alloc(&reader->reference->memory, cap * sizeof *grown);

        if (!grown) {
            reader->failed = true;
            return;
        }
        if (list->count)
            memcpy(grown, list->at, list->count * sizeof *grown);
        list->at = grown;
        list->cap = cap;
    }
    if (copy)
        list->at[list->count++] = copy;
}

/* "a, b, c" */
static void list_split(struct reader *reader, struct reference_list *list, const char *names)
{
    while (*names) {
        size_t len = strcspn(names, ",");

        list_add(reader, list, names, len);
        names += len;
        names += strspn(names, ", ");
    }
}

static struct reference_entry *current(struct reader *reader)
{
    struct reference *reference = reader->reference;
    struct reference_entry *last =
        reference->count ? &reference->entries[reference->count - 1] : NULL;

    return last && strcmp(last->place, reader->place) == 0 ? last : NULL;
}

/* What was gathered, without the blank lines around it. */
static char *take_text(struct reader *reader)
{
    struct text *text = &reader->text;
    size_t start = strspn(text_string(text), "\n"), end = text->len;
    char *kept;

    while (end > start && text->at[end - 1] == '\n')
        end--;
    if (text->failed)
        reader->failed = true;
    kept = keep(reader, text_string(text) + start, end - start);
    text_clear(text);
    return kept;
}

static void end_text(struct reader *reader)
{
    struct reference_entry *entry = current(reader);

    if (entry && !entry->text)
        entry->text = take_text(reader);
    else if (text_string(&reader->text)[strspn(text_string(&reader->text), "\n")])
        complain(reader, "text after the programs", NULL);
    text_clear(&reader->text);
}

static void begin_entry(struct reader *reader, const char *name)
{
    struct reference *reference = reader->reference;
    struct reference_entry *grown;

    end_text(reader);
    for (size_t i = 0; i < reference->count; i++)
        if (strcmp(reference->entries[i].name, name) == 0)
            complain(reader, "a second entry", name);
    grown = realloc(reference->entries, (reference->count + 1) * sizeof *grown);
    if (!grown) {
        reader->failed = true;
        return;
    }
    reference->entries = grown;
    grown[reference->count++] = (struct reference_entry){.name = keep(reader, name, strlen(name)),
                                                         .group = reader->group,
                                                         .place = reader->place,
                                                         .line = reader->line};
    if (!reader->group)
        complain(reader, "an entry before its group", name);
    reader->in_head = true;
}

static void read_head(struct reader *reader, struct reference_entry *entry, const char *line)
{
    const char *value = strchr(line, ':');
    size_t len = value ? (size_t)(value - line) : 0;
    struct reference_list *lists[] = {&entry->go, &entry->lua, &entry->c};
    static const char *const keys[] = {"go", "lua", "c"};

    if (!value) {
        complain(reader, "neither a 'key: value' nor a blank line", line);
        return;
    }
    value += 1 + strspn(value + 1, " ");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strlen(keys[i]) == len && strncmp(line, keys[i], len) == 0) {
            list_add(reader, lists[i], value, strlen(value));
            return;
        }
    if (strncmp(line, "covers:", 7) == 0)
        list_split(reader, &entry->covers, value);
    else if (strncmp(line, "see:", 4) == 0)
        list_split(reader, &entry->see, value);
    else if (strncmp(line, "lesson:", 7) == 0)
        entry->lesson = keep(reader, value, strlen(value));
    else if (strncmp(line, "verdict:", 8) == 0)
        entry->verdict = keep(reader, value, strlen(value));
    else
        complain(reader, "no such key, as in", line);
}

static void begin_fence(struct reader *reader, const char *language)
{
    end_text(reader);
    reader->fence = strcmp(language, "lua") == 0  ? FENCE_LUA
                    : strcmp(language, "c") == 0 ? FENCE_C
                    : strcmp(language, "text") == 0 ? FENCE_PRINTS
                                                    : FENCE_OTHER;
    if (reader->fence == FENCE_OTHER)
        complain(reader, "a program is lua, c or text, not", language);
}

static void end_fence(struct reader *reader)
{
    struct reference_entry *entry = current(reader);
    char **slots[] = {
        [FENCE_LUA] = &entry->program[COURSE_LUA],
        [FENCE_C] = &entry->program[COURSE_C],
        [FENCE_PRINTS] = &entry->prints,
    };
    char *text = take_text(reader);

    if (reader->fence != FENCE_OTHER) {
        if (*slots[reader->fence])
            complain(reader, "a second program of a language", entry->name);
        *slots[reader->fence] = text;
    }
    reader->fence = FENCE_NONE;
}

static void read_line(struct reader *reader, const char *line)
{
    struct reference_entry *entry = current(reader);
    bool fence = strncmp(line, "```", 3) == 0;

    if (reader->fence != FENCE_NONE && fence) {
        end_fence(reader);
    } else if (reader->fence == FENCE_NONE && strncmp(line, "# ", 2) == 0) {
        end_text(reader);
        reader->group = keep(reader, line + 2, strlen(line + 2));
    } else if (reader->fence == FENCE_NONE && strncmp(line, "## ", 3) == 0) {
        begin_entry(reader, line + 3);
    } else if (!entry) {
        if (*line)
            complain(reader, "text before the first entry", line);
    } else if (reader->fence == FENCE_NONE && fence) {
        begin_fence(reader, line + 3);
    } else if (reader->in_head && *line) {
        read_head(reader, entry, line);
    } else {
        reader->in_head = false;
        text_add(&reader->text, line);
        text_add_char(&reader->text, '\n');
    }
}

static void read_file(struct reader *reader, const char *root, const char *name)
{
    char *path = files_path(root, folder, name, NULL), *place = files_path(folder, name, NULL);
    char *text = NULL, *end;
    size_t len;

    if (!path || !place) {
        reader->failed = true;
        goto done;
    }
    reader->place = keep(reader, place, strlen(place));
    reader->group = NULL;
    reader->line = 0;
    if (reader->failed)
        goto done;
    text = files_read(path, &len);
    if (!text)
        complain(reader, "cannot be read", NULL);
    for (char *line = text; line && *line && !reader->failed; line = end) {
        end = line + strcspn(line, "\n");
        if (*end)
            *end++ = '\0';
        reader->line++;
        read_line(reader, line);
    }
    if (reader->fence != FENCE_NONE && current(reader)) {
        complain(reader, "a program has no end", NULL);
        end_fence(reader);
    }
    end_text(reader);
done:
    free(text);
    free(path);
    free(place);
}

bool reference_load(struct reference *reference, const char *root, course_complaint *say,
                    void *context)
{
    struct reader reader = {.reference = reference, .complain = say, .context = context};
    char *path = files_path(root, folder, NULL);
    char **names = path ? files_list(path) : NULL;

    *reference = (struct reference){0};
    for (size_t i = 0; names && names[i]; i++) {
        size_t len = strlen(names[i]);

        if (len > 3 && strcmp(names[i] + len - 3, ".md") == 0)
            read_file(&reader, root, names[i]);
    }
    if (names)
        files_list_free(names);
    text_release(&reader.text);
    if (reference->count == 0 || reader.failed) {
        struct text message = {0};

        text_addf(&message, "%s: %s", path ? path : folder,
                  reader.failed ? "out of memory" : "no entries");
        say(context, text_string(&message));
        text_release(&message);
        reference_release(reference);
    }
    free(path);
    return reference->count > 0;
}

void reference_release(struct reference *reference)
{
    region_release(&reference->memory);
    free(reference->entries);
    *reference = (struct reference){0};
}

static bool has_program(const struct reference_entry *entry)
{
    return entry->program[COURSE_LUA] || entry->program[COURSE_C];
}

const struct reference_entry *reference_shown(const struct reference *reference,
                                              const struct reference_entry *entry)
{
    for (const struct reference_entry *at = entry; at >= reference->entries; at--) {
        size_t len = strlen(at->name);
        bool above = at == entry || (strncasecmp(at->name, entry->name, len) == 0
                                     && entry->name[len] == '.');

        if (above && has_program(at))
            return at;
    }
    return NULL;
}
