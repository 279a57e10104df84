/* test_wish.c -- wishes: words compared, markers passed before main returns. */
#include "grade/wish.h"

#include "rt/trace.h"
#include "rt/run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void test_words(void **state)
{
    (void)state;
    assert_true(wish_same_words("2 1", "2\n1\n"));
    assert_true(wish_same_words("  2\t1", "2 1"));
    assert_true(wish_same_words("", " \n"));
    assert_false(wish_same_words("2 1", "21"));
    assert_false(wish_same_words("2 1", "2 1 1"));
    assert_false(wish_same_words("2 1", "2"));
    assert_false(wish_same_words("ab", "a b"));
    assert_false(wish_same_words("a", "ab"));
}

static void words_make_wishes(void **state)
{
    struct wish wish = wish_of_words("deadlock");

    (void)state;
    assert_int_equal(wish.fault, FINDING_DEADLOCK);
    assert_null(wish.part);
    assert_null(wish.output);
    wish = wish_of_words("print 2 1");
    assert_string_equal(wish.output, "2 1");
    assert_null(wish.part);
    wish = wish_of_words("deadlock here");
    assert_string_equal(wish.part, "deadlock here");
    assert_int_equal(wish.fault, FINDING_NONE);
}

static void has_words(void **state)
{
    (void)state;
    assert_true(wish_has_words("x a b\nc y\n", "b c"));
    assert_true(wish_has_words("a a b", "a b"));
    assert_true(wish_has_words("a b", "a b"));
    assert_false(wish_has_words("xa b", "a b"));
    assert_false(wish_has_words("a bx", "a b"));
    assert_false(wish_has_words("a x b", "a b"));
    assert_false(wish_has_words("", "a"));
}

struct teller {
    struct run run;
    struct watcher *watcher;
    struct findings findings;
};

static void begin(struct teller *t, const struct wish *wish)
{
    memset(t, 0, sizeof *t);
    t->run.trace = trace_new(16, 256);
    t->watcher = wish_new(wish, &t->findings);
    t->watcher->begin(t->watcher, &t->run);
}

static void tell(struct teller *t, enum event_kind kind, const char *text, uint8_t flags)
{
    struct event event = {.kind = (uint8_t)kind, .g = 1, .flags = flags};

    event.text = trace_text_add(t->run.trace, text, strlen(text));
    trace_add(t->run.trace, &event);
    t->watcher->event(t->watcher, &t->run, &event);
}

static void end(struct teller *t, bool came_true)
{
    assert_int_equal(wish_came_true(t->watcher), came_true);
    wish_free(t->watcher);
    free(t->run.trace);
}

static void test_output(void **state)
{
    static const struct wish wish = {.output = "2 1"};
    struct teller t;

    (void)state;
    begin(&t, &wish);
    tell(&t, EVENT_PRINT, "2\n", 0);
    assert_false(wish_came_true(t.watcher));
    tell(&t, EVENT_PRINT, "1\n", 0);
    end(&t, true);

    begin(&t, &wish);
    tell(&t, EVENT_PRINT, "2\n", 0);
    tell(&t, EVENT_PRINT, "1\n", EVENT_AFTERMATH); /* nobody sees it */
    end(&t, false);

    begin(&t, &wish);
    tell(&t, EVENT_PRINT, "2 1 1", 0);
    t.watcher->begin(t.watcher, &t.run); /* the next run begins with nothing */
    tell(&t, EVENT_PRINT, "2 1", 0);
    end(&t, true);
}

static void test_mark(void **state)
{
    static const struct wish wish = {.mark = "here"}, both = {.mark = "here", .output = "1"};
    struct teller t;

    (void)state;
    begin(&t, &wish);
    tell(&t, EVENT_MARK, "there", 0);
    tell(&t, EVENT_NAME, "here", 0);
    tell(&t, EVENT_MARK, "here", EVENT_AFTERMATH);
    assert_false(wish_came_true(t.watcher));
    tell(&t, EVENT_MARK, "here", 0);
    end(&t, true);

    begin(&t, &both);
    tell(&t, EVENT_MARK, "here", 0);
    assert_false(wish_came_true(t.watcher));
    tell(&t, EVENT_PRINT, "1", 0);
    end(&t, true);
}

/* A run without a fault: of one that was cut off nobody knows. */
static void test_clean(void **state)
{
    static const struct wish wish = {.clean = true};
    struct teller t;

    (void)state;
    begin(&t, &wish);
    t.run.end = RUN_REDUNDANT;
    t.watcher->end(t.watcher, &t.run);
    assert_false(wish_came_true(t.watcher));
    t.watcher->begin(t.watcher, &t.run);
    t.run.end = RUN_DONE;
    t.watcher->end(t.watcher, &t.run);
    assert_true(wish_came_true(t.watcher));
    t.findings.count = 1;
    end(&t, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(words_make_wishes),
        cmocka_unit_test(has_words),
        cmocka_unit_test(test_output),
        cmocka_unit_test(test_mark),
        cmocka_unit_test(test_clean),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
