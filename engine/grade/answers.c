/* answers.c -- the eight questions of a code review, and how answers are collected.
 *
 * What has no line in the run that is shown is called by its kind.
 */
#include "grade/answers_inside.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *title, *asked;
} questions[] = {
#define X(name, title, asked) {title, asked},
    QUESTIONS(X)
#undef X
};

const char *question_title(enum question question)
{
    return questions[question].title;
}

const char *question_asked(enum question question)
{
    return questions[question].asked;
}

const char *sign_word(enum sign sign)
{
    static const char *const words[SIGN_COUNT] = {"red flag", "advice", "fine"};

    return words[sign];
}

static void add(struct asking *a, enum sign sign, uint32_t line, uint64_t runs)
{
    struct answers *answers = a->answers;
    struct answer *more = realloc(answers->at, (answers->count + 1) * sizeof *more);

    if (!more) {
        a->failed = true;
        text_clear(&a->text);
        return;
    }
    answers->at = more;
    more[answers->count++] =
        (struct answer){a->question, sign, line, runs, strdup(text_string(&a->text))};
    text_clear(&a->text);
}

void answer_add(struct asking *a, enum sign sign, uint32_t place, uint64_t runs)
{
    add(a, sign, a->review->places[place].line, runs);
}

void answer_add_line(struct asking *a, enum sign sign, uint32_t line)
{
    add(a, sign, line, 0);
}

void answer_words(struct asking *a, enum sign sign, const char *words)
{
    text_add(&a->text, words);
    answer_add(a, sign, 0, 0);
}

/* --- names ---------------------------------------------------------------- */

static bool is_at(const struct asking *a, const struct event *event, uint32_t place)
{
    const struct review_place *p = &a->review->places[place];

    return place && (p->pc ? event->pc == p->pc : event->line == p->line);
}

void answer_goroutines(struct asking *a, uint32_t place)
{
    const char *words = "a goroutine";
    size_t len;

    for (uint32_t i = 0; a->names && i < a->trace->count; i++) {
        const struct event *event = &a->trace->events[i];

        if (event->kind == EVENT_GO && is_at(a, event, place)) {
            words = names_goroutine(a->names, event->other);
            break;
        }
    }
    len = strlen(words);
    while (len > 0 && isdigit((unsigned char)words[len - 1]))
        len--;
    if (len > 1 && words[len] && words[len - 1] == ' ' && strncmp(words, "goroutine ", len) != 0)
        text_add_n(&a->text, words, len - 1);
    else
        text_add(&a->text, words);
}

void answer_name(struct asking *a, struct review_object of, const char *otherwise)
{
    for (uint32_t i = 0, n = 0; a->names && i < a->trace->count; i++) {
        const struct event *event = &a->trace->events[i];

        if (event->kind == EVENT_MAKE && is_at(a, event, of.place) && n++ == of.ordinal) {
            text_add(&a->text, names_object(a->names, event->obj));
            return;
        }
    }
    text_add(&a->text, otherwise);
}

void answer_line(struct asking *a, uint32_t place)
{
    if (a->review->places[place].line)
        text_addf(&a->text, " at line %" PRIu32, a->review->places[place].line);
}

const char *answer_wait(uint32_t wait)
{
    switch (wait) {
    case WAIT_SEND: case WAIT_NIL_SEND: return "sending";
    case WAIT_RECV: case WAIT_NIL_RECV: return "receiving";
    case WAIT_SELECT: case WAIT_EMPTY_SELECT: return "in its select";
    case WAIT_LOCK: case WAIT_RLOCK: case WAIT_READERS: return "at a lock";
    case WAIT_WG: return "at a Wait";
    case WAIT_COND: return "at a Cond";
    default: return "waiting";
    }
}

/* --- the whole ------------------------------------------------------------- */

static int by_gravity(const void *a, const void *b)
{
    const struct answer *x = a, *y = b;

    if (x->question != y->question)
        return x->question < y->question ? -1 : 1;
    if (x->sign != y->sign)
        return x->sign < y->sign ? -1 : 1;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return strcmp(x->text ? x->text : "", y->text ? y->text : "");
}

bool answers_init(struct answers *answers, const struct result *result,
                  const struct program *program)
{
    static void (*const ask[QUESTION_COUNT])(struct asking *a) = {
        answer_exit_paths, answer_ownership, answer_errors,     answer_cancellation,
        answer_cleanup,    answer_lock_order, answer_copies,   answer_buffers};
    struct asking a = {.answers = answers, .review = result->review, .trace = result->trace,
                       .program = program};
    struct names *names = result->trace ? names_new(result->trace, program) : NULL;

    *answers = (struct answers){0};
    a.names = names;
    for (int q = 0; q < QUESTION_COUNT; q++) {
        a.question = (enum question)q;
        ask[q](&a);
        answers->sign[q] = SIGN_FINE;
    }
    qsort(answers->at, answers->count, sizeof *answers->at, by_gravity);
    for (size_t i = 0; i < answers->count; i++)
        if (answers->at[i].sign < answers->sign[answers->at[i].question])
            answers->sign[answers->at[i].question] = answers->at[i].sign;
    text_release(&a.text);
    names_free(names);
    return !a.failed;
}

void answers_release(struct answers *answers)
{
    for (size_t i = 0; i < answers->count; i++)
        free(answers->at[i].text);
    free(answers->at);
    *answers = (struct answers){0};
}
