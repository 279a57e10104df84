/* subject.c -- finds the marked lines and cuts between them. */
#include "grade/subject.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char begin_mark[] = "[subject]", end_mark[] = "[end of subject]";

/* The lines between the marks: after `first`, before `last`, from 1. */
struct part {
    uint32_t first, last;
};

static bool has_mark(const char *line, size_t len, const char *mark)
{
    size_t n = strlen(mark);

    for (size_t i = 0; i + n <= len; i++)
        if (memcmp(line + i, mark, n) == 0)
            return true;
    return false;
}

static bool find_part(const struct program *program, struct part *part)
{
    *part = (struct part){0};
    for (uint32_t i = 1; i <= program->nlines && !part->last; i++) {
        size_t len;
        const char *line = program_line(program, i, &len);

        if (!part->first && has_mark(line, len, begin_mark))
            part->first = i;
        else if (part->first && has_mark(line, len, end_mark))
            part->last = i;
    }
    return part->last > 0;
}

static char *say_changed(uint32_t line)
{
    struct text out = {0};

    text_addf(&out, "line %u: the program under test was changed; write below '%s' only, or 'braid "
                    "reset' brings it back", line, end_mark);
    return text_take(&out);
}

/* The first line of the check's subject that is not the right one's; 0: none. */
static uint32_t first_change(const struct program *check, const struct part *here,
                             const struct program *right, const struct part *there)
{
    for (uint32_t i = 1;; i++) {
        size_t n, m;
        const char *got = program_line(check, here->first + i, &n);
        const char *want = program_line(right, there->first + i, &m);
        bool over = here->first + i == here->last;

        if (over && there->first + i == there->last)
            return 0;
        if (over || there->first + i == there->last || n != m || memcmp(got, want, n) != 0)
            return here->first + i;
    }
}

bool subject_kept(const struct program *check, const char *right, char **error)
{
    struct program original;
    struct part here, there;
    char words[512];
    uint32_t line = 0;

    *error = NULL;
    if (!program_load(&original, right, words, sizeof words)) {
        *error = strdup(words);
        return false;
    }
    if (!find_part(check, &here))
        *error = strdup("there is no '[subject]' line with an '[end of subject]' line below it: the "
                        "program under test stands between them; 'braid reset' brings it back");
    else if (!find_part(&original, &there))
        *error = strdup("the exercise has no subject");
    else if ((line = first_change(check, &here, &original, &there)) != 0)
        *error = say_changed(line);
    program_release(&original);
    return !*error;
}

/* "-- it drops the last job\n..." -> "it drops the last job" */
static char *first_comment(const struct program *program)
{
    size_t len;
    const char *line = program_line(program, 1, &len);
    size_t skip = 0;

    while (skip < len && strchr("-/* ", line[skip]))
        skip++;
    return strndup(line + skip, len - skip);
}

static bool write_file(const char *path, const struct text *text)
{
    FILE *file = fopen(path, "w");
    bool written = file && fwrite(text_string(text), 1, text->len, file) == text->len;

    if (file && fclose(file) != 0)
        written = false;
    return written;
}

/* The check with the other subject, on disk. */
static bool put(struct program *out, const char *path, const struct program *check,
                const struct part *part, const struct program *mutant, char *words, size_t size)
{
    struct text text = {0};
    const char *from = check->lines[part->last - 1];
    bool good;

    text_add_n(&text, check->text, (size_t)(check->lines[part->first] - check->text));
    text_add_n(&text, mutant->text, mutant->length);
    text_add(&text, mutant->text[mutant->length - 1] == '\n' ? "" : "\n");
    text_add_n(&text, from, (size_t)(check->text + check->length - from));
    snprintf(words, size, "%s: cannot be written", path);
    good = !text.failed && write_file(path, &text) && program_load(out, path, words, size);
    text_release(&text);
    return good;
}

bool subject_replace(struct program *out, struct scratch *scratch, char **what,
                     const struct program *check, const char *path, char **error)
{
    bool c = check->language == LANGUAGE_C, good = false;
    struct program mutant = {0};
    struct text file = {0};
    struct part part;
    char words[512] = "the check has no subject", *folder = NULL;

    *error = NULL;
    if (!find_part(check, &part) || !program_load(&mutant, path, words, sizeof words))
        goto done;
    if (!scratch_make(scratch, &folder)) {
        snprintf(words, sizeof words, "%s: no folder can be made there", folder ? folder : "$TMPDIR");
        goto done;
    }
    text_addf(&file, "%s/%s", scratch->path, c ? "program.c" : "program.lua");
    good = put(out, text_string(&file), check, &part, &mutant, words, sizeof words);
    if (good && !(*what = first_comment(&mutant))) {
        program_release(out);
        good = false;
    }
    if (!good)
        scratch_remove(scratch);
done:
    if (!good)
        *error = strdup(words);
    program_release(&mutant);
    text_release(&file);
    free(folder);
    return good;
}
