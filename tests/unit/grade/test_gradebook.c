/* test_gradebook.c -- grades as JSON, as a table and as words. */
#include "grade/gradebook.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

static void fill(struct gradebook *book)
{
    struct grade *grade = gradebook_add(book, "ann", "05-worker-pool", "basic_pool", "lua");

    assert_non_null(grade);
    assert_true(grade_set(grade, 7, "passed", "verified", "all\nof it\n"));
    grade = gradebook_add(book, "ann", "05-worker-pool", "who_closes", "");
    assert_true(grade_set(grade, 0, "missing", NULL, NULL));
    grade = gradebook_add(book, "ben", "05-worker-pool", "basic_pool", "c");
    assert_true(grade_set(grade, UINT64_MAX, "leak", "says \"x\", \xff", NULL));
    assert_non_null(gradebook_add(book, "cleo", "05-worker-pool", "basic_pool", "c"));
}

static void test_words(void **state)
{
    struct gradebook book = {0};
    struct text out = {0};

    (void)state;
    fill(&book);
    gradebook_sum(&book, &out);
    assert_string_equal(text_string(&out), "3 students, 3 submissions: 1 passed, 1 failed, "
                                           "1 missing, 1 not graded\n");
    text_clear(&out);
    grade_line(&book.at[0], &out);
    grade_line(&book.at[1], &out);
    assert_string_equal(text_string(&out),
                        "  passed            05-worker-pool/basic_pool.lua\n"
                        "                    verified\n"
                        "  missing           05-worker-pool/who_closes\n");
    text_release(&out);
    gradebook_release(&book);
}

static void test_csv(void **state)
{
    struct gradebook book = {0};
    struct text out = {0};

    (void)state;
    fill(&book);
    assert_true(grade_set(&book.at[0], 7, "passed", "-1+2", NULL));
    gradebook_csv(&book, &out);
    assert_string_equal(
        text_string(&out),
        "student,topic,exercise,language,passed,verdict,headline\n"
        "\"ann\",\"05-worker-pool\",\"basic_pool\",\"lua\",1,\"passed\",\"'-1+2\"\n"
        "\"ann\",\"05-worker-pool\",\"who_closes\",\"\",0,\"missing\",\"\"\n"
        "\"ben\",\"05-worker-pool\",\"basic_pool\",\"c\",0,\"leak\",\"says \"\"x\"\", \xff\"\n"
        "\"cleo\",\"05-worker-pool\",\"basic_pool\",\"c\",0,\"not graded\",\"\"\n");
    text_release(&out);
    gradebook_release(&book);
}

static void test_kept(void **state)
{
    static char folder[] = "/tmp/braid-book-XXXXXX";
    struct gradebook book = {0}, again;
    const struct grade *found;
    char *error, command[80];

    (void)state;
    assert_non_null(mkdtemp(folder));
    fill(&book);
    assert_true(gradebook_read(&again, folder, &error));
    assert_int_equal(again.count, 0);
    assert_true(gradebook_write(&book, folder));
    assert_true(gradebook_read(&again, folder, &error));
    assert_int_equal(again.count, 3); /* what is not graded is not kept */
    found = gradebook_find(&again, &book.at[0]);
    assert_non_null(found);
    assert_string_equal(found->report, "all\nof it\n");
    assert_true(found->digest == 7);
    found = gradebook_find(&again, &book.at[2]);
    assert_non_null(found);
    assert_string_equal(found->headline, "says \"x\", ?"); /* no UTF-8 */
    assert_true(found->digest == UINT64_MAX);
    assert_null(gradebook_find(&again, &book.at[3]));
    gradebook_release(&again);
    gradebook_release(&book);
    snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
}

/* The published values of FNV-1a, 64 bits. */
static void test_digest(void **state)
{
    (void)state;
    assert_true(digest_add(DIGEST_BASIS, "", 0) == UINT64_C(0xcbf29ce484222325));
    assert_true(digest_add(DIGEST_BASIS, "a", 1) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(digest_add(DIGEST_BASIS, "foobar", 6) == UINT64_C(0x85944171f73967e8));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_csv),
        cmocka_unit_test(test_kept),
        cmocka_unit_test(test_digest),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
