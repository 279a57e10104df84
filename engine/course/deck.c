/* deck.c -- cuts a lesson into slides. */
#include "course/deck.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_LEAD = 300 }; /* bytes of a paragraph that leads up to a question */

struct cutting {
    struct deck *deck;
    uint32_t step, cap;
    bool open;   /* the next block of text belongs to the last slide */
    bool failed; /* out of memory */
};

static struct slide *last_of(const struct cutting *cut)
{
    return &cut->deck->slides[cut->deck->count - 1];
}

static char *keep(struct cutting *cut, const char *text, size_t len)
{
    char *copy = region_alloc(&cut->deck->memory, len + 1);

    if (copy)
        memcpy(copy, text, len);
    else
        cut->failed = true;
    return copy;
}

/* text: of `len` bytes, without the newlines at its end. */
static void add_slide(struct cutting *cut, enum slide_kind kind, const char *text, size_t len)
{
    struct deck *deck = cut->deck;

    if (deck->count == cut->cap) {
        uint32_t cap = cut->cap ? 2 * cut->cap : 32;
        struct slide *slides = realloc(deck->slides, cap * sizeof *slides);

        if (!slides) {
            cut->failed = true;
            return;
        }
        deck->slides = slides;
        cut->cap = cap;
    }
    while (len > 0 && text[len - 1] == '\n')
        len--;
    deck->slides[deck->count] = (struct slide){
        .kind = kind, .step = cut->step, .markdown = keep(cut, text, len),
        .notes = keep(cut, "", 0)};
    deck->count += !cut->failed;
    cut->open = false;
}

/* first, between, second: all kept as one. */
static char *join(struct cutting *cut, const char *first, const char *between, const char *second,
                  size_t len)
{
    struct text text = {0};
    char *joined;

    text_addf(&text, "%s%s", first, *first ? between : "");
    text_add_n(&text, second, len);
    while (text.len && text.at[text.len - 1] == '\n')
        text.len--;
    joined = keep(cut, text_string(&text), text.len);
    cut->failed |= text.failed;
    text_release(&text);
    return joined;
}

/* --- text ---------------------------------------------------------------- */

static bool is_fence(const char *line)
{
    return strncmp(line, "```", 3) == 0;
}

static bool is_item(const char *line)
{
    size_t digits = strspn(line, "0123456789");

    return strncmp(line, "- ", 2) == 0 || line[0] == ' '
           || (digits > 0 && strncmp(line + digits, ". ", 2) == 0);
}

/* Whether more is announced: the block is a heading, or ends with a colon. */
static bool announces(const char *block, size_t len)
{
    while (len > 0 && strchr("*_ \n", block[len - 1]))
        len--;
    return len > 0 && (block[len - 1] == ':' || (block[0] == '#' && !memchr(block, '\n', len)));
}

static const char *line_end(const char *at, const char *end)
{
    const char *newline = memchr(at, '\n', (size_t)(end - at));

    return newline ? newline + 1 : end;
}

/* The end of the block that begins at `at`: the next empty line outside of code. */
static const char *block_end(const char *at, const char *end)
{
    bool fenced = false;

    for (; at < end && (fenced || *at != '\n'); at = line_end(at, end))
        if (is_fence(at))
            fenced = !fenced;
    return at;
}

static void cut_text(struct cutting *cut, const char *at)
{
    const char *end = at + strlen(at), *behind;
    bool list = false, code = false;

    for (; at < end && !cut->failed; at = behind) {
        bool item = is_item(at), fence = is_fence(at);

        behind = block_end(at, end);
        if (behind == at) {
            behind++;
            continue;
        }
        if (cut->open || (list && item) || (code && fence)) {
            struct slide *last = last_of(cut);
            last->markdown = join(cut, last->markdown, "\n\n", at, (size_t)(behind - at));
        } else {
            add_slide(cut, SLIDE_TEXT, at, (size_t)(behind - at));
        }
        cut->open = announces(at, (size_t)(behind - at));
        list = item;
        code = fence;
    }
}

/* --- the other parts ----------------------------------------------------- */

/* "**Watch** the jobs leave the channel" is what to say about the demo, so that they share a slide. */
static void take_over(struct cutting *cut, enum slide_kind kind)
{
    struct slide *last = last_of(cut);
    const char *words = last->markdown, *at;

    while ((at = strstr(words, "\n\n")))
        words = at + 2;
    if (last->kind == SLIDE_TEXT && last->step == cut->step && strncmp(words, "**", 2) == 0
        && !strstr(last->markdown, "```"))
        last->kind = kind;
    else
        add_slide(cut, kind, "", 0);
}

/* A short paragraph before the question leads up to it, and shares its slide. */
static bool leads_up(const struct cutting *cut, const struct slide *slide)
{
    return slide->kind == SLIDE_TEXT && slide->step == cut->step
           && strlen(slide->markdown) <= MOST_LEAD && slide->markdown[0] != '#'
           && !strstr(slide->markdown, "\n\n") && !strstr(slide->markdown, "```")
           && !is_item(slide->markdown);
}

static void cut_question(struct cutting *cut, const struct lesson_step *step)
{
    struct slide *last = last_of(cut);
    struct text text = {0};

    text_addf(&text, "**Predict.** %s", step->question);
    if (leads_up(cut, last)) {
        last->kind = SLIDE_QUESTION;
        last->markdown = join(cut, last->markdown, "\n\n", text_string(&text), text.len);
    } else {
        add_slide(cut, SLIDE_QUESTION, text_string(&text), text.len);
    }
    cut->failed |= text.failed;
    text_release(&text);
}

static void add_notes(struct cutting *cut, const char *text)
{
    struct slide *last = last_of(cut);

    last->notes = join(cut, last->notes, "\n\n", text, strlen(text));
}

static void cut_part(struct cutting *cut, const struct lesson_step *step,
                     const struct lesson_part *part)
{
    switch (part->kind) {
    case PART_TEXT: cut_text(cut, part->text); break;
    case PART_QUESTION: cut_question(cut, step); break;
    case PART_GOALS: add_slide(cut, SLIDE_GOALS, part->text, strlen(part->text)); break;
    case PART_WATCH: take_over(cut, SLIDE_WATCH); break;
    case PART_EXERCISE: take_over(cut, SLIDE_EXERCISE); break;
    case PART_NOTES: add_notes(cut, part->text); break;
    case PART_CHECKPOINT:
        add_slide(cut, SLIDE_CHECKPOINT, part->text, strlen(part->text));
        if (!cut->failed)
            last_of(cut)->checkpoint = cut->deck->checkpoints++;
        break;
    }
}

static void add_cover(struct cutting *cut, const struct lesson *lesson)
{
    struct text text = {0};

    text_addf(&text, "# %s\n\n", lesson->title);
    for (size_t i = 0; i < lesson->nsteps; i++) {
        text_addf(&text, "%zu. %s", i + 1, lesson->steps[i].title);
        if (lesson->steps[i].minutes)
            text_addf(&text, ", %u minutes", lesson->steps[i].minutes);
        text_add_char(&text, '\n');
        cut->deck->minutes += lesson->steps[i].minutes;
    }
    add_slide(cut, SLIDE_COVER, text_string(&text), text.len);
    cut->failed |= text.failed;
    text_release(&text);
}

bool deck_make(struct deck *deck, const struct lesson *lesson)
{
    struct cutting cut = {.deck = deck};

    *deck = (struct deck){.lesson = lesson};
    add_cover(&cut, lesson);
    for (cut.step = 0; cut.step < lesson->nsteps; cut.step++) {
        cut.open = false;
        for (struct lesson_part *part = lesson->steps[cut.step].parts; part && !cut.failed;
             part = part->next)
            cut_part(&cut, &lesson->steps[cut.step], part);
    }
    if (cut.failed)
        deck_release(deck);
    return !cut.failed;
}

void deck_release(struct deck *deck)
{
    region_release(&deck->memory);
    free(deck->slides);
    *deck = (struct deck){0};
}

/* --- finding ------------------------------------------------------------- */

static bool begins_step(const struct deck *deck, uint32_t slide)
{
    return slide <= 1 || deck->slides[slide].step != deck->slides[slide - 1].step;
}

uint32_t deck_seek(const struct deck *deck, uint32_t slide, int direction)
{
    uint32_t at = slide;

    if (direction > 0) {
        while (++at < deck->count && !begins_step(deck, at))
            ;
        return at < deck->count ? at : slide;
    }
    if (at > 0)
        at--;
    while (!begins_step(deck, at))
        at--;
    return at;
}

const struct exercise *deck_exercise(const struct deck *deck, uint32_t slide)
{
    const struct lesson *lesson = deck->lesson;
    const char *name = deck->slides[slide].kind == SLIDE_EXERCISE
                           ? lesson->steps[deck->slides[slide].step].exercise : NULL;

    for (size_t i = 0; name && i < lesson->nexercises; i++)
        if (strcmp(lesson->exercises[i].name, name) == 0)
            return &lesson->exercises[i];
    return NULL;
}
