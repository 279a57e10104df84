/* test_predictions.c -- the lessons' questions and goals, held against what their demos can do. */
#include "course/course.h"
#include "grade/judge.h"
#include "grade/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { RUNS = 1500 }; /* of a demo; the rarest answer came in one of 20 runs */

static struct course course;
static const char *const no_flags[] = {NULL};

static void complain(void *context, const char *message)
{
    (void)context;
    fail_msg("%s", message);
}

static int load(void **state)
{
    (void)state;
    setenv("BRAID_ROOT", ".", 0); /* where go.h lies */
    return course_load(&course, getenv("BRAID_ROOT"), complain, NULL) ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    course_release(&course);
    return 0;
}

static uint64_t reached(const char *path, const struct wish *wish)
{
    struct judge_request request = {.mode = JUDGE_CAN, .wish = *wish, .keep_going = true,
                                    .runs = RUNS, .cflags = no_flags, .output = -1};
    struct program program = {0};
    struct result result;
    struct text words = {0};
    char error[512];

    assert_true(program_load(&program, path, error, sizeof error));
    request.program = &program;
    judge(&request, &result);
    report_wish(&words, wish);
    text_add(&words, " in ");
    report_share(&words, &result);
    print_message("%s %s\n", program.name, text_string(&words));
    if (result.message)
        print_message("%s\n", result.message);
    assert_true(result.reached > 0 || result.verdict == VERDICT_PASSED
                || result.verdict == VERDICT_INCOMPLETE);
    uint64_t count = result.reached;
    text_release(&words);
    result_release(&result);
    program_release(&program);
    return count;
}

/* Both faces of a demo answer alike. */
static bool comes_true(const struct lesson_step *step, const char *words)
{
    struct wish wish = wish_of_words(words);
    bool lua = reached(step->demo_lua, &wish) > 0;

    assert_int_equal(reached(step->demo_c, &wish) > 0, lua);
    return lua;
}

static void questions_have_a_true_answer(void **state)
{
    size_t asked = 0;

    (void)state;
    for (size_t i = 0; i < course.nlessons; i++)
        for (size_t j = 0; j < course.lessons[i].nsteps; j++) {
            const struct lesson_step *step = &course.lessons[i].steps[j];
            size_t right = 0;

            for (size_t a = 0; a < step->nanswers; a++)
                right += comes_true(step, step->answers[a]);
            if (step->nanswers > 0 && (right == 0 || right == step->nanswers))
                fail_msg("'%s': %zu of %zu answers are true", step->question, right,
                         step->nanswers);
            asked += step->question != NULL;
        }
    assert_true(asked > 0);
}

/* A goal may be out of reach: then that is what is to be found out; but not all of a step. */
static void steps_have_a_goal_in_reach(void **state)
{
    (void)state;
    for (size_t i = 0; i < course.nlessons; i++)
        for (size_t j = 0; j < course.lessons[i].nsteps; j++) {
            const struct lesson_step *step = &course.lessons[i].steps[j];
            size_t in_reach = 0;

            for (size_t g = 0; g < step->ngoals; g++)
                in_reach += comes_true(step, step->goals[g]);
            if (step->ngoals > 0 && in_reach == 0)
                fail_msg("'%s': no goal can be reached", step->title);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(questions_have_a_true_answer),
        cmocka_unit_test(steps_have_a_goal_in_reach),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
