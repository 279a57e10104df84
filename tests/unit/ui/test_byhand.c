/* A trace becomes turns, and a turn with a choice becomes a schedule. */
#include "unit/view/tale.h"

#include "ui/byhand.h"
#include "ui/offer.h"

#include <stdio.h>

/* main makes c (1) unbuffered and wg (2), starts 2 and 3, which send on c; main counts wg up,
 * receives from 2, then 2 panics. */
static struct trace *tell(void)
{
    struct trace *t = tale_new();

    TELL(t, .kind = EVENT_MAKE, .g = 1, .obj = 1, .extra = OBJECT_CHAN);
    TELL(t, .kind = EVENT_MAKE, .g = 1, .obj = 2, .extra = OBJECT_WAITGROUP);
    TELL(t, .kind = EVENT_GO, .g = 1, .other = 2, .text = tale_text(t, "a"));
    TELL(t, .kind = EVENT_GO, .g = 1, .other = 3, .text = tale_text(t, "b"));
    TELL(t, .kind = EVENT_BLOCK, .g = 2, .obj = 1, .extra = WAIT_SEND);
    TELL(t, .kind = EVENT_BLOCK, .g = 3, .obj = 1, .extra = WAIT_SEND);
    TELL(t, .kind = EVENT_OPTION, .g = 1);                                     /* 6 */
    TELL(t, .kind = EVENT_WG_ADD, .g = 1, .obj = 2, .value = 2, .extra = 2);   /* 7: step 1 */
    TELL(t, .kind = EVENT_OPTION, .g = 1, .obj = 1, .extra = WAIT_RECV);       /* 8 */
    TELL(t, .kind = EVENT_RECV, .g = 1, .obj = 1, .other = 2, .value = 7,      /* 9: step 2 */
         .value_kind = VALUE_INT, .flags = EVENT_PARTNER_CHOSEN);
    TELL(t, .kind = EVENT_BLOCK, .g = 1, .obj = 2, .extra = WAIT_WG);
    TELL(t, .kind = EVENT_OPTION, .g = 2);                                     /* 11 */
    TELL(t, .kind = EVENT_PANIC, .g = 2, .text = tale_text(t, "no")); /* 12: the last entry */
    return t;
}

static void turns_are_the_steps_and_the_last_panic(void **state)
{
    struct trace *trace = tell();
    struct byhand run;
    uint32_t first = 0;

    (void)state;
    assert_true(byhand_init(&run, trace));
    assert_int_equal(byhand_steps(&run), 3);
    assert_int_equal(byhand_events(&run, 0), 7);
    assert_int_equal(byhand_events(&run, 1), 9);
    assert_int_equal(byhand_events(&run, 2), 12);
    assert_int_equal(byhand_events(&run, 3), 13);
    assert_int_equal(byhand_turn(&run, 0), 0);
    assert_int_equal(byhand_turn(&run, 7), 0);
    assert_int_equal(byhand_turn(&run, 8), 1);
    assert_int_equal(byhand_turn(&run, 13), 3);
    assert_int_equal(byhand_options(&run, 0, &first), 1);
    assert_int_equal(first, 6);
    assert_int_equal(byhand_options(&run, 2, &first), 1);
    assert_int_equal(trace->events[first].g, 2);
    assert_int_equal(byhand_options(&run, 3, &first), 0);
    byhand_release(&run);
    free(trace);
}

static void a_turn_and_a_choice_make_a_schedule(void **state)
{
    struct trace *trace = tell();
    struct byhand run;
    static const struct {
        uint32_t turn;
        struct schedule_step step;
        const char *text, *with;
    } rows[] = {
        {0, {.g = 3, .chosen_case = -1, .drawn = -1}, "rr", "3"},
        {1, {.g = 1, .chosen_case = -1, .partner = 3, .drawn = -1}, "1", "1 1@3"},
        {1, {.g = 1, .chosen_case = -1, .drawn = -1}, "1", "1x2"},
        {2, {.g = 4, .chosen_case = 2, .drawn = -1}, "1 1@2", "1 1@2 4.2"},
        {3, {.g = 4, .chosen_case = -1, .drawn = 9}, "1 1@2 2", "1 1@2 2 4=9"},
        {9, {.g = 4, .chosen_case = -1, .drawn = -1}, "1 1@2 2", "1 1@2 2 4"},
    };

    (void)state;
    assert_true(byhand_init(&run, trace));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = byhand_text(&run, rows[i].turn);
        char *with = byhand_text_with(&run, rows[i].turn, &rows[i].step);

        assert_string_equal(text, rows[i].text);
        assert_string_equal(with, rows[i].with);
        free(text);
        free(with);
    }
    byhand_release(&run);
    free(trace);
}

static void runs_are_compared_step_by_step(void **state)
{
    struct trace *trace = tell(), *other = tell();
    struct byhand a, b;

    (void)state;
    assert_true(byhand_init(&a, trace));
    assert_true(byhand_init(&b, other));
    assert_int_equal(byhand_common(&a, &b), 3);
    byhand_release(&b);
    other->events[9].other = 3;
    assert_true(byhand_init(&b, other));
    assert_int_equal(byhand_common(&a, &b), 1);
    byhand_release(&b);
    trace_clear(other);
    assert_true(byhand_init(&b, other));
    assert_int_equal(byhand_steps(&b), 0);
    assert_int_equal(byhand_common(&a, &b), 0);
    byhand_release(&a);
    byhand_release(&b);
    free(trace);
    free(other);
}

/* What is said of everybody at a turn, one a line; options first. */
static void check_offers(const struct trace *trace, uint32_t turn, const char *expected)
{
    struct names *names = names_new(trace, NULL);
    struct scene *scene = scene_new(trace);
    struct byhand run;
    struct text out = {0};

    assert_true(byhand_init(&run, trace));
    scene_go(scene, byhand_events(&run, turn));
    struct offer offer = {.trace = trace, .names = names, .scene = scene};
    offer.count = byhand_options(&run, turn, &offer.options);
    for (uint32_t i = offer.options; i < offer.options + offer.count; i++) {
        uint32_t partners[8], n = offer_partners(&offer, i, partners, 8);

        offer_option(&out, &offer, i, n > 0 ? partners[n - 1] : 0);
        text_addf(&out, " [%u]\n", n);
    }
    for (uint32_t g = 1; g <= 3; g++) {
        bool option = false;

        for (uint32_t i = 0; i < offer.count; i++)
            option |= trace->events[offer.options + i].g == g;
        if (!option && offer_waiting(&out, &offer, g))
            text_add_char(&out, '\n');
    }
    assert_string_equal(text_string(&out), expected);
    text_release(&out);
    byhand_release(&run);
    scene_free(scene);
    names_free(names);
}

static void everybody_is_told_of(void **state)
{
    struct trace *trace = tell();

    (void)state;
    check_offers(trace, 0,
                 "main: add 2 to WaitGroup 2 [0]\n"
                 "a is blocked: nobody is receiving from channel 1\n"
                 "b is blocked: nobody is receiving from channel 1\n");
    /* main came to receive when both were there: they are no longer blocked */
    check_offers(trace, 1,
                 "main: receive from channel 1, sent by b [2]\n"
                 "a hands over when somebody receives from channel 1\n"
                 "b hands over when somebody receives from channel 1\n");
    check_offers(trace, 2,
                 "a: take its next step [0]\n"
                 "main is blocked: WaitGroup 2 is at 2, not 0\n"
                 "b is blocked: nobody is receiving from channel 1\n");
    free(trace);
}

/* A panic has a turn of its own where somebody was asked before it, as when its goroutine begins. */
static void test_panic(void **state)
{
    (void)state;
    for (int asked = 0; asked < 2; asked++) {
        struct trace *trace = trace_new(16, 16);
        struct byhand run;
        uint32_t first;

        assert_non_null(trace);
        trace_add(trace, &(struct event){.kind = EVENT_OPTION, .g = 1});
        trace_add(trace, &(struct event){.kind = EVENT_YIELD, .g = 1});
        if (asked)
            trace_add(trace, &(struct event){.kind = EVENT_OPTION, .g = 2});
        trace_add(trace, &(struct event){.kind = EVENT_FRAME, .g = 1 + (uint32_t)asked});
        trace_add(trace, &(struct event){.kind = EVENT_PANIC, .g = 1 + (uint32_t)asked});
        assert_true(byhand_init(&run, trace));
        assert_int_equal(byhand_steps(&run), 1 + asked);
        assert_int_equal(byhand_options(&run, 1, &first), asked);
        assert_int_equal(byhand_events(&run, 1 + (uint32_t)asked), trace->count);
        byhand_release(&run);
        free(trace);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(turns_are_the_steps_and_the_last_panic),
        cmocka_unit_test(a_turn_and_a_choice_make_a_schedule),
        cmocka_unit_test(runs_are_compared_step_by_step),
        cmocka_unit_test(everybody_is_told_of),
        cmocka_unit_test(test_panic),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
