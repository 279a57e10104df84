/* test_finding.c -- findings: the gravest first, the same fault known again. */
#include "check/finding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void add(struct findings *f, enum finding_kind kind, uint32_t g, uint32_t line, uint32_t other)
{
    finding_add(f, &(struct finding){.kind = kind, .at = {.g = g, .line = line}, .other = {.line = other}});
}

static void test_sort(void **state)
{
    struct findings f = {0};

    (void)state;
    add(&f, FINDING_LEAK, 3, 7, 0);
    add(&f, FINDING_RACE, 2, 9, 8);
    add(&f, FINDING_LEAK, 2, 7, 0);
    findings_sort(&f);
    assert_int_equal(f.at[0].kind, FINDING_RACE);
    assert_int_equal(f.at[1].at.g, 2);
    assert_int_equal(f.at[2].at.g, 3);
}

static void test_full(void **state)
{
    struct findings f = {0};

    (void)state;
    for (int i = 0; i < FINDINGS_MAX + 3; i++)
        add(&f, FINDING_LEAK, 2, 1, 0);
    assert_int_equal(f.count, FINDINGS_MAX);
    assert_int_equal(f.more, 3);
}

static void test_show(void **state)
{
    struct findings want = {0}, none = {0}, other = {0}, graver = {0}, race = {0}, turned = {0};

    (void)state;
    add(&want, FINDING_LEAK, 2, 7, 0);
    assert_true(findings_show(&want, &want));
    assert_false(findings_show(&none, &want));
    add(&other, FINDING_LEAK, 2, 8, 0); /* at another place */
    assert_false(findings_show(&other, &want));
    add(&other, FINDING_LEAK, 3, 7, 0); /* besides, by another goroutine: the place counts */
    assert_true(findings_show(&other, &want));
    add(&graver, FINDING_LEAK, 2, 7, 0);
    add(&graver, FINDING_PANIC, 2, 7, 0);
    findings_sort(&graver);
    assert_false(findings_show(&graver, &want));
    add(&race, FINDING_RACE, 2, 9, 8);
    add(&turned, FINDING_RACE, 3, 8, 9); /* met the other way round */
    assert_true(findings_show(&turned, &race));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sort),
        cmocka_unit_test(test_full),
        cmocka_unit_test(test_show),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
