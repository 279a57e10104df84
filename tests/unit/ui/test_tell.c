/* A verdict as the app words it: one line, and Markdown that shows foreign text as it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "ui/tell.h"

static struct judged judged;
static struct text out;

static int clear(void **state)
{
    (void)state;
    memset(&judged, 0, sizeof judged);
    judged.program.path = "a.c";
    judged.program.name = "a.c";
    text_clear(&out);
    return 0;
}

static void the_headline_says_verdict_and_first_line(void **state)
{
    (void)state;
    judged.result.verdict = VERDICT_NO_COMPILE;
    judged.result.message = "a.c:3: expected ';'\na.c:9: too few arguments\n";
    tell_headline(&judged, &out, false);
    assert_string_equal(out.at, "✗ does not compile: a.c:3: expected ';'");
    text_clear(&out);
    tell_headline(&judged, &out, true);
    assert_string_equal(out.at, "x does not compile: a.c:3: expected ';'");
}

static void one_run_without_fault_proves_nothing(void **state)
{
    (void)state;
    judged.result.verdict = VERDICT_PASSED;
    judged.result.runs = 1;
    tell_headline(&judged, &out, false);
    assert_string_equal(out.at, "✓ no fault in this run");
    text_clear(&out);
    judged.result.runs = judged.result.interleavings = 1248;
    judged.result.complete = true;
    tell_headline(&judged, &out, false);
    assert_non_null(strstr(out.at, "passed, verified: all 1,248 interleavings"));
}

static void foreign_text_is_escaped(void **state)
{
    (void)state;
    tell_escape(&out, "a_b *c* [d](e) `f` é");
    assert_string_equal(out.at, "a\\_b \\*c\\* \\[d\\]\\(e\\) \\`f\\` é");
}

/* Every line of a block is indented, fits, and the long one hangs under its own text. */
static void long_lines_of_a_message_are_wrapped(void **state)
{
    (void)state;
    judged.result.verdict = VERDICT_NO_LOAD;
    judged.result.message = "a.c:1: one two three four five six seven eight nine ten\n```\nend";
    char *told = tell_markdown(&judged, NULL, 34); /* 30 after the margin */
    assert_non_null(told);
    assert_non_null(strstr(told, "\n    a.c:1: one two three four\n"));
    assert_non_null(strstr(told, "\n          five six seven eight\n"));
    assert_non_null(strstr(told, "\n          nine ten\n"));
    assert_non_null(strstr(told, "\n    ```\n    end\n"));
    free(told);
}

static void words_longer_than_a_line_are_cut(void **state)
{
    char *message = malloc(1000);

    (void)state;
    memset(message, 'x', 999);
    message[999] = '\0';
    judged.result.verdict = VERDICT_NO_LOAD;
    judged.result.message = message;
    char *told = tell_markdown(&judged, NULL, 40);
    assert_non_null(told);
    size_t xs = 0;
    for (char *line = strtok(told, "\n"); line; line = strtok(NULL, "\n")) {
        assert_true(strlen(line) <= 40);
        for (char *c = line; *c; c++)
            xs += *c == 'x';
    }
    assert_int_equal(xs, 999);
    free(told);
    free(message);
}

static void a_file_that_cannot_be_read_is_a_verdict(void **state)
{
    struct job job = {0};

    (void)state;
    assert_true(job_start(&job, "/nowhere/a.lua", JUDGE_RUN, NULL, NULL, NULL));
    assert_true(job_running(&job));
    struct judged *told = job_take(&job);
    assert_non_null(told);
    assert_int_equal(told->result.verdict, VERDICT_NO_LOAD);
    assert_non_null(strstr(told->result.message, "/nowhere/a.lua"));
    assert_false(job_running(&job));
    assert_null(job_take(&job));
    judged_drop(told);
}

static void numbers_are_grouped(void **state)
{
    (void)state;
    job_number(&out, 0);
    text_add(&out, " ");
    job_number(&out, 999);
    text_add(&out, " ");
    job_number(&out, 1002003);
    assert_string_equal(out.at, "0 999 1,002,003");
}

int main(void)
{
#define TELL_TEST(test) cmocka_unit_test_setup(test, clear)
    const struct CMUnitTest tests[] = {
        TELL_TEST(the_headline_says_verdict_and_first_line),
        TELL_TEST(one_run_without_fault_proves_nothing),
        TELL_TEST(foreign_text_is_escaped),
        TELL_TEST(long_lines_of_a_message_are_wrapped),
        TELL_TEST(words_longer_than_a_line_are_cut),
        TELL_TEST(a_file_that_cannot_be_read_is_a_verdict),
        TELL_TEST(numbers_are_grouped),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    text_release(&out);
    return failed;
}
