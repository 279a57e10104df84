/* report_review.c -- the answers to the eight questions as text for people and for machines. */
#include "grade/answers.h"
#include "grade/report.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

enum { WIDTH = 80, INDENT = 5 };

/* Words from a column on, further lines indented. */
static void add_folded(struct text *out, const char *words, size_t column)
{
    while (*words) {
        size_t n = strcspn(words, " "), space = column > INDENT;

        if (column > INDENT && column + space + n > WIDTH) {
            text_addf(out, "\n%*s", INDENT, "");
            column = INDENT;
            space = 0;
        }
        if (space)
            text_add_char(out, ' ');
        text_add_n(out, words, n);
        column += space + n;
        words += n;
        words += *words == ' ';
    }
    text_add_char(out, '\n');
}

/* "  ! worker: 2 started, 1 returned ... (pool.lua:12; in 3 of 12 runs)" */
static void add_answer(struct text *out, const struct answer *answer, const struct result *result,
                       const struct program *program)
{
    static const char marks[SIGN_COUNT] = {'!', '-', ' '};
    struct text words = {0};

    text_add(&words, answer->text ? answer->text : "");
    if (answer->line)
        text_addf(&words, " (%s:%" PRIu32, program ? program->name : "line", answer->line);
    if (answer->runs) {
        text_add(&words, answer->line ? "; in " : " (in ");
        report_count(&words, answer->runs);
        text_add(&words, " of ");
        report_count(&words, result->review->runs);
        text_addf(&words, " run%s", result->review->runs == 1 ? "" : "s");
    }
    if (answer->line || answer->runs)
        text_add_char(&words, ')');
    text_addf(out, "   %c ", marks[answer->sign]);
    add_folded(out, text_string(&words), INDENT);
    text_release(&words);
}

static void add_question(struct text *out, const struct answers *answers, enum question question,
                         const struct result *result, const struct program *program, bool colour)
{
    static const int colours[SIGN_COUNT] = {31, 33, 32};
    enum sign sign = answers->sign[question];

    text_addf(out, "%d. %s: ", (int)question + 1, question_title(question));
    if (colour)
        text_addf(out, "\033[1;%dm%s\033[0m", colours[sign], sign_word(sign));
    else
        text_add(out, sign_word(sign));
    text_addf(out, "   %s\n", question_asked(question));
    for (size_t i = 0; i < answers->count; i++)
        if (answers->at[i].question == question)
            add_answer(out, &answers->at[i], result, program);
}

void report_review(struct text *out, const struct result *result, const struct program *program,
                   bool colour)
{
    struct answers answers;

    if (!result->review || !answers_init(&answers, result, program))
        return;
    text_add(out, "\nThe review of ");
    report_count(out, result->review->runs);
    text_addf(out, " run%s%s:\n", result->review->runs == 1 ? "" : "s",
              result->complete ? ", every interleaving among them" : "");
    for (int sign = 0; sign < SIGN_COUNT; sign++)
        for (int q = 0; q < QUESTION_COUNT; q++)
            if (answers.sign[q] == (enum sign)sign)
                add_question(out, &answers, (enum question)q, result, program, colour);
    if (result->review->full)
        text_add(out, "More places than a review has room for: some were left out.\n");
    answers_release(&answers);
}

static json_t *json_answer(const struct answer *answer, const struct program *program)
{
    json_t *object = json_object();

    json_object_set_new(object, "sign", json_string(sign_word(answer->sign)));
    json_object_set_new(object, "message", json_string(answer->text ? answer->text : ""));
    json_object_set_new(object, "file", json_string(program ? program->name : ""));
    json_object_set_new(object, "line", answer->line ? json_integer((json_int_t)answer->line)
                                                     : json_null());
    json_object_set_new(object, "runs", answer->runs ? json_integer((json_int_t)answer->runs)
                                                     : json_null());
    return object;
}

struct json_t *report_review_json(const struct result *result, const struct program *program)
{
    json_t *object = json_object(), *list = json_array();
    struct answers answers;

    if (answers_init(&answers, result, program))
        for (int q = 0; q < QUESTION_COUNT; q++) {
            json_t *question = json_object(), *found = json_array();

            json_object_set_new(question, "question", json_string(question_title((enum question)q)));
            json_object_set_new(question, "sign", json_string(sign_word(answers.sign[q])));
            for (size_t i = 0; i < answers.count; i++)
                if (answers.at[i].question == (enum question)q)
                    json_array_append_new(found, json_answer(&answers.at[i], program));
            json_object_set_new(question, "answers", found);
            json_array_append_new(list, question);
        }
    answers_release(&answers);
    json_object_set_new(object, "runs", json_integer((json_int_t)result->review->runs));
    json_object_set_new(object, "questions", list);
    return object;
}
