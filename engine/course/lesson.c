/* lesson.c -- a lesson.md as a title and steps. */
#include "course/files.h"
#include "course/load.h"

#include "base/text.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The file being read, and the step it is in. */
struct reader {
    struct loading *loading;
    struct lesson *lesson;
    char *place;          /* lessons/ID/lesson.md */
    uint32_t line;
    bool fenced;          /* inside ``` */
    bool asking;          /* answers may follow */
    struct lesson_step *step; /* NULL: before the first heading */
    struct text markdown; /* of the step; the part being read begins at `part` */
    size_t part;
    enum lesson_part_kind kind; /* of that part: TEXT, QUESTION or GOALS */
    struct lesson_part *last;   /* of the step's; NULL: none yet */
    struct text notes;    /* being read; they end with an empty line */
};

static void complain(struct reader *reader, const char *what, const char *subject)
{
    load_complain(reader->loading, reader->place, reader->line, what, subject);
}

static bool begins(const char *line, const char *with)
{
    return strncmp(line, with, strlen(with)) == 0;
}

static bool is_blank(const char *line)
{
    return line[strspn(line, " \t")] == '\0';
}

/* --- parts --------------------------------------------------------------- */

static void add_part(struct reader *reader, enum lesson_part_kind kind, const char *text,
                     size_t len)
{
    struct lesson_part *part = load_alloc(reader->loading, sizeof *part);

    if (!part)
        return;
    part->kind = kind;
    part->text = load_string_n(reader->loading, text, len);
    if (reader->last)
        reader->last->next = part;
    else
        reader->step->parts = part;
    reader->last = part;
}

/* Ends the part of the text that is being read, unless it is of that kind already. */
static void begin_part(struct reader *reader, enum lesson_part_kind kind)
{
    const char *text = text_string(&reader->markdown) + reader->part;
    size_t len = reader->markdown.len - reader->part;

    if (reader->kind == kind)
        return;
    if (strspn(text, "\n") < len)
        add_part(reader, reader->kind, text, len);
    reader->part = reader->markdown.len;
    reader->kind = kind;
}

/* The text ends here, and goes on after something that is not shown to who reads it. */
static void cut_text(struct reader *reader)
{
    begin_part(reader, PART_NOTES);
    begin_part(reader, PART_TEXT);
}

static void end_notes(struct reader *reader)
{
    if (reader->notes.len)
        add_part(reader, PART_NOTES, text_string(&reader->notes), reader->notes.len);
    if (reader->notes.failed)
        reader->loading->failed = true;
    text_clear(&reader->notes);
}

static void end_step(struct reader *reader)
{
    struct text *markdown = &reader->markdown;

    if (!reader->step)
        return;
    end_notes(reader);
    cut_text(reader);
    if ((reader->step->question || reader->step->ngoals > 0) && !reader->step->demo_lua
        && !reader->step->demo_c)
        complain(reader, "a question or a goal without a `[watch]`", reader->step->title);
    while (markdown->len && markdown->at[markdown->len - 1] == '\n')
        markdown->len--;
    reader->step->markdown = load_string_n(reader->loading, text_string(markdown), markdown->len);
    if (markdown->failed)
        reader->loading->failed = true;
    text_clear(markdown);
    reader->part = 0;
    reader->last = NULL;
}

static void begin_step(struct reader *reader, const char *title)
{
    end_step(reader);
    reader->step = &reader->lesson->steps[reader->lesson->nsteps++];
    reader->step->title = load_string(reader->loading, title);
    if (is_blank(title))
        complain(reader, "a step without a title", NULL);
}

/* `[word](name)` alone on its line: the name, cut off in place.  NULL: another sort of line. */
static char *directive(char *line, const char *word)
{
    size_t len = strlen(word);
    char *name, *end;

    if (line[0] != '[' || strncmp(line + 1, word, len) != 0 || !begins(line + 1 + len, "]("))
        return NULL;
    name = line + len + 3;
    end = strchr(name, ')');
    if (!end || !is_blank(end + 1) || strpbrk(name, "/ ") || end == name)
        return NULL;
    *end = '\0';
    return name;
}

static char *demo_path(struct reader *reader, const char *name, const char *ending)
{
    char file[256], *path;

    snprintf(file, sizeof file, "%.200s.%s", name, ending);
    path = load_path(reader->loading, "lessons", reader->lesson->id, file);
    if (!path)
        complain(reader, "no such demo beside the lesson", file);
    return path;
}

/* Adds a line to a list of at most `most`; false: there is no room. */
static bool add_to(struct reader *reader, char ***list, size_t *count, size_t most,
                   const char *line)
{
    if (!*list)
        *list = load_alloc(reader->loading, most * sizeof **list);
    if (!*list || *count == most)
        return false;
    (*list)[(*count)++] = load_string(reader->loading, line);
    return true;
}

/* `[predict] Question` and the answers below it, which stay in the text as a numbered list. */
static bool read_question(struct reader *reader, const char *line)
{
    struct lesson_step *step = reader->step;

    if (begins(line, "[predict] ")) {
        begin_part(reader, PART_QUESTION);
        if (step->question)
            complain(reader, "a step has one question, this is its second", line + 10);
        else
            step->question = load_string(reader->loading, line + 10);
        text_addf(&reader->markdown, "**Predict.** %s\n\n", line + 10);
        reader->asking = true;
        return true;
    }
    reader->asking = reader->asking && begins(line, "- ");
    if (!reader->asking)
        return false;
    if (!add_to(reader, &step->answers, &step->nanswers, COURSE_ANSWERS, line + 2))
        complain(reader, "more than 9 answers", line + 2);
    else
        text_addf(&reader->markdown, "%zu. `%s`\n", step->nanswers, line + 2);
    return true;
}

/* `[goal] what`: stays in the text as an item of a list. */
static bool read_goal(struct reader *reader, const char *line)
{
    struct lesson_step *step = reader->step;

    if (!begins(line, "[goal] "))
        return false;
    if (!add_to(reader, &step->goals, &step->ngoals, COURSE_GOALS, line + 7))
        complain(reader, "more than 4 goals", line + 7);
    begin_part(reader, PART_GOALS);
    if (step->ngoals == 1)
        text_add(&reader->markdown,
                 "**Be the scheduler.** Watch the program, take over with `s`, and bring "
                 "about:\n\n");
    text_addf(&reader->markdown, "- `%s`\n", line + 7);
    return true;
}

/* `[word] rest`: the rest, NULL: another sort of line. */
static const char *remark(const char *line, const char *word)
{
    size_t len = strlen(word);

    if (line[0] != '[' || strncmp(line + 1, word, len) != 0 || line[1 + len] != ']')
        return NULL;
    line += len + 2;
    return line + strspn(line, " ");
}

static void read_minutes(struct reader *reader, const char *number)
{
    char *end;
    unsigned long minutes = strtoul(number, &end, 10);

    if (!isdigit((unsigned char)*number) || !is_blank(end) || minutes < 1 || minutes > 600)
        complain(reader, "minutes are a number from 1 to 600, not", number);
    else
        reader->step->minutes = (uint32_t)minutes;
}

/* What only the presenter sees. */
static bool read_remark(struct reader *reader, const char *line)
{
    const char *rest;

    if (reader->notes.len && line[0] != '[' && !is_blank(line)) {
        text_addf(&reader->notes, "%s\n", line);
        return true;
    }
    end_notes(reader);
    if ((rest = remark(line, "minutes"))) {
        read_minutes(reader, rest);
    } else if ((rest = remark(line, "checkpoint"))) {
        if (is_blank(rest))
            complain(reader, "a checkpoint that says nothing", NULL);
        cut_text(reader);
        add_part(reader, PART_CHECKPOINT, rest, strlen(rest));
    } else if ((rest = remark(line, "notes"))) {
        if (is_blank(rest))
            complain(reader, "notes that say nothing", NULL);
        cut_text(reader);
        text_addf(&reader->notes, "%s\n", rest);
    }
    return rest != NULL;
}

static bool read_link(struct reader *reader, char *line)
{
    struct lesson_step *step = reader->step;
    char *name;

    if ((name = directive(line, "watch"))) {
        if (step->demo_lua || step->demo_c)
            complain(reader, "a step has one demo, this is its second", name);
        step->demo_lua = demo_path(reader, name, "lua");
        step->demo_c = demo_path(reader, name, "c");
    } else if ((name = directive(line, "exercise"))) {
        if (step->exercise)
            complain(reader, "a step has one exercise, this is its second", name);
        step->exercise = load_string(reader->loading, name);
    } else {
        return false;
    }
    bool watch = begins(line, "[watch");
    cut_text(reader);
    add_part(reader, watch ? PART_WATCH : PART_EXERCISE, name, strlen(name));
    return true;
}

static bool read_directive(struct reader *reader, char *line)
{
    return read_remark(reader, line) || read_link(reader, line) || read_question(reader, line)
           || read_goal(reader, line);
}

static void read_line(struct reader *reader, char *line)
{

    if (begins(line, "```")) {
        end_notes(reader);
        reader->fenced = !reader->fenced;
    }
    if (!reader->fenced && begins(line, "# ")) {
        if (reader->lesson->title)
            complain(reader, "a second title", line + 2);
        else
            reader->lesson->title = load_string(reader->loading, line + 2);
        return;
    }
    if (!reader->fenced && begins(line, "## ")) {
        begin_step(reader, line + 3);
    } else if (!reader->step) {
        if (!is_blank(line))
            complain(reader, "text before the first step", line);
        return;
    } else if (!reader->fenced && read_directive(reader, line)) {
        return;
    }
    if (!is_blank(line))
        begin_part(reader, PART_TEXT);
    text_add(&reader->markdown, line);
    text_add_char(&reader->markdown, '\n');
}

static size_t count_headings(const char *text)
{
    size_t count = begins(text, "## ");

    while ((text = strstr(text, "\n## "))) {
        count++;
        text++;
    }
    return count;
}

static void read_text(struct reader *reader, char *text)
{
    char *end;

    /* those inside fences are counted too: room to spare */
    reader->lesson->steps = load_alloc(reader->loading,
                                       (count_headings(text) + 1) * sizeof *reader->lesson->steps);
    if (!reader->lesson->steps)
        return;
    for (char *line = text; *line; line = end) {
        end = line + strcspn(line, "\n");
        if (*end)
            *end++ = '\0';
        line[strcspn(line, "\r")] = '\0';
        reader->line++;
        read_line(reader, line);
    }
    end_step(reader);
    if (reader->fenced)
        complain(reader, "a code block has no end", NULL);
    if (!reader->lesson->title)
        load_complain(reader->loading, reader->place, 1, "no `# ` title", NULL);
    if (reader->lesson->nsteps == 0)
        load_complain(reader->loading, reader->place, 1, "no `## ` step", NULL);
}

void lesson_read(struct loading *loading, struct lesson *lesson)
{
    struct reader reader = {.loading = loading, .lesson = lesson};
    const char *folder = lesson->id ? lesson->id : "glossary.md";
    const char *file = lesson->id ? "lesson.md" : NULL;
    char *path = load_path(loading, "lessons", folder, file), *text = NULL;
    size_t len = 0;

    reader.place = files_path("lessons", folder, file, NULL);
    if (!reader.place)
        loading->failed = true;
    else if (!path || !(text = files_read(path, &len)))
        load_complain(loading, reader.place, 1, "cannot be read", NULL);
    else if (strlen(text) != len)
        load_complain(loading, reader.place, 1, "a zero byte in the text", NULL);
    else
        read_text(&reader, text);
    free(text);
    free(reader.place);
    text_release(&reader.markdown);
    text_release(&reader.notes);
}
