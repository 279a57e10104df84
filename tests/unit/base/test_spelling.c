/* test_spelling.c -- how far a name is from the one that was meant. */
#include "base/spelling.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static unsigned far(const char *a, const char *b)
{
    unsigned one = spelling_distance(a, strlen(a), b, strlen(b));

    assert_int_equal(one, spelling_distance(b, strlen(b), a, strlen(a)));
    return one;
}

static void test_distance(void **state)
{
    (void)state;
    assert_int_equal(far("WithCancel", "with_cancel"), 0);
    assert_int_equal(far("", ""), 0);
    assert_int_equal(far("unlok", "unlock"), 1);
    assert_int_equal(far("recieve", "receive"), 1); /* two letters swapped */
    assert_int_equal(far("Mutx", "Mutex"), 1);
    assert_int_equal(far("kitten", "sitting"), SPELLING_FAR); /* 3 of 7 */
    assert_int_equal(far("waitgrp", "WaitGroup"), 2);
    assert_int_equal(far("go", "do"), SPELLING_FAR);
    assert_int_equal(far("send", ""), SPELLING_FAR);
}

static void test_long(void **state)
{
    char name[200];

    (void)state;
    memset(name, 'a', sizeof name);
    assert_int_equal(spelling_distance(name, 48, name, 48), 0);
    assert_int_equal(spelling_distance(name, 49, name, 48), SPELLING_FAR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_distance),
        cmocka_unit_test(test_long),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
