/* test_braid.c -- strands over time, compared as text. */
#include "unit/view/tale.h"

#include "view/braid.h"
#include "view/scene.h"

#include <locale.h>

struct telling {
    struct lines lines;
    struct names *names;
    struct braid *braid;
};

static void begin(struct telling *t, const struct trace *trace, const struct program *program,
                  const struct findings *findings)
{
    assert_true(lines_init(&t->lines, trace));
    t->names = names_new(trace, program);
    t->braid = braid_new(trace, &t->lines, t->names, findings);
    assert_non_null(t->braid);
}

static void end(struct telling *t)
{
    braid_free(t->braid);
    names_free(t->names);
    lines_release(&t->lines);
}

static void check_drawn(struct telling *t, struct rect area, bool ascii, uint32_t moment,
                        bool order, const char *expected)
{
    struct grid grid;
    char *text;

    assert_true(grid_init(&grid, area.rows, area.cols, ascii));
    braid_draw(t->braid, &grid, area, moment, order, NULL);
    text = grid_text(&grid);
    if (strcmp(text, expected) != 0)
        print_message("shown:\n%s", text);
    assert_string_equal(text, expected);
    free(text);
    grid_release(&grid);
}

/* Values cross from hand to hand; who waits is dotted; rows scroll with the moment. */
static void test_pool(void **state)
{
    struct trace *trace = pool_tale();
    struct program program;
    struct telling t;

    (void)state;
    tale_program(&program, "pool.lua", pool_source);
    begin(&t, trace, &program, NULL);
    check_drawn(&t, (struct rect){0, 0, 7, 80}, false, 8, false,
                "       main       worker 1   worker 2\n"
                "     5   ●─go───────┼─────────▶○         main starts worker 2; worker 2 blocks:…\n"
                "     6   ●─1───────▶○          ┊         main sends 1 on jobs to worker 1\n"
                "     7   │          ●          ┊         worker 1 sends 1 on results and blocks…\n"
                "▶    8   ●─2────────┼─────────▶○         main sends 2 on jobs to worker 2\n"
                "     9   │          ┊          ●         worker 2 sends 4 on results and blocks…\n"
                "    10   ●─3───────▶○          ┊         main sends 3 on jobs to worker 1; work…\n");
    check_drawn(&t, (struct rect){0, 0, 4, 60}, true, UINT32_MAX, false,
                "       main     worker 1 worker 2\n"
                "     9   |        :        *       worker 2 sends 4 on resu~\n"
                "    10   *-3----->o        :       main sends 3 on jobs to ~\n"
                ">   11   *-4------+------->o       main sends 4 on jobs to ~\n");
    end(&t);
    tale_program_release(&program);
    free(trace);
}

/* What came before a moment is heavy without colour too: main knows of its hand-off to 3, at 8, and
 * of nothing that 3 did since; what comes after it is double. */
static void test_order(void **state)
{
    struct trace *trace = pool_tale();
    struct telling t;

    (void)state;
    begin(&t, trace, NULL, NULL);
    check_drawn(&t, (struct rect){0, 0, 9, 40}, true, 10, true,
                "       main  g2    g3\n"
                "     5  *-go--+---->o     main starts g~\n"
                "     6  *-1-->o     %     main sends 1 ~\n"
                "     7  #     *     %     goroutine 2 s~\n"
                "     8  *=2===+====>o     main sends 2 ~\n"
                "     9  #     %     *     goroutine 3 s~\n"
                ">   10  *=3==>o     :     main sends 3 ~\n"
                "    11  *~4~~~+~~~~>o     main sends 4 ~\n"
                "# leads here: goroutine 2 up to step 10~\n");
    end(&t);
    free(trace);
}

/* a is done, main waits for it and closes, b sees that: an arrow to 6 and one from 7.  What b did
 * at 5 is before nothing and after nothing of that. */
static struct trace *arrows_tale(void)
{
    struct trace *trace = tale_new();

    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 2, .text = tale_text(trace, "a"));
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 3, .text = tale_text(trace, "b"));
    TELL(trace, .kind = EVENT_YIELD, .g = 2);
    TELL(trace, .kind = EVENT_WG_ADD, .g = 2, .obj = 1, .value = -1);
    TELL(trace, .kind = EVENT_YIELD, .g = 3);
    TELL(trace, .kind = EVENT_WG_WAIT, .g = 1, .obj = 1);
    TELL(trace, .kind = EVENT_CLOSE, .g = 1, .obj = 2);
    TELL(trace, .kind = EVENT_RECV, .g = 3, .obj = 2, .flags = EVENT_CLOSED);
    return trace;
}

static void test_arrows(void **state)
{
    struct trace *trace = arrows_tale();
    struct telling t;

    (void)state;
    begin(&t, trace, NULL, NULL);
    check_drawn(&t, (struct rect){0, 0, 11, 40}, true, 6, true,
                "       main  a     b\n"
                "     1  *-go->o           main starts a\n"
                "     2  *-go--+---->o     main starts b\n"
                "     3  #     *     |     a gives way\n"
                "     4  # #===*     |     a is done: ob~\n"
                "     5  # #   |     *     b gives way\n"
                ">    6  *<#   |     |     main has wait~\n"
                "     7  *~~~~~~~~~+ |     main closes o~\n"
                "     8  \"     |   +>*     b's receive f~\n"
                "# leads here: a up to step 4\n"
                "\" follows from it: b from step 8\n");
    check_drawn(&t, (struct rect){0, 0, 11, 40}, false, 8, true,
                "       main  a     b\n"
                "     1  ●─go─▶○           main starts a\n"
                "     2  ●─go──┼────▶○     main starts b\n"
                "     3  ┃     ●     ┃     a gives way\n"
                "     4  ┃ ┏━━━●     ┃     a is done: ob…\n"
                "     5  ┃ ┃   │     ●     b gives way\n"
                "     6  ●◀┛   │     ┃     main has wait…\n"
                "     7  ●━━━━━━━━━┓ ┃     main closes o…\n"
                "▶    8  │     │   ┗▶●     b's receive f…\n"
                "┃ leads here: main up to step 7, a up t…\n"
                "║ nobody else hears of it\n");
    end(&t);
    free(trace);
}

/* An end that is not shown is above, or below. */
static void test_arrow_from_above(void **state)
{
    struct trace *trace = arrows_tale();
    struct telling t;

    (void)state;
    begin(&t, trace, NULL, NULL);
    check_drawn(&t, (struct rect){0, 0, 4, 40}, true, 6, true,
                "       main  a     b\n"
                "     5  # #   |     *     b gives way\n"
                ">    6  *<#   |     |     main has wait~\n"
                "     7  *~~~~~~~~~+ |     main closes o~\n");
    check_drawn(&t, (struct rect){0, 0, 4, 40}, true, 3, true,
                "       main  a     b\n"
                "     2  *-go--+---->o     main starts b\n"
                ">    3  |     *     |     a gives way\n"
                "     4  | +~~~*     |     a is done: ob~\n");
    end(&t);
    free(trace);
}

/* main takes out of a buffer what 2 put there. */
static void test_buffer(void **state)
{
    struct trace *trace = tale_new();
    struct telling t;
    char *plain;

    (void)state;
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = 1, .extra = OBJECT_CHAN, .value = 2);
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 2, .text = tale_text(trace, "left"));
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 3, .text = tale_text(trace, "right"));
    TELL(trace, .kind = EVENT_SEND, .g = 3, .obj = 1, .value = 7, .value_kind = VALUE_INT);
    TELL(trace, .kind = EVENT_RECV, .g = 1, .obj = 1, .value = 7, .value_kind = VALUE_INT);
    TELL(trace, .kind = EVENT_PANIC, .g = 2, .text = tale_text(trace, "oops"));
    begin(&t, trace, NULL, NULL);
    plain = braid_plain(t.braid, true);
    assert_string_equal(plain,
                        "       main       left       right\n"
                        "     1   *                               main makes channel 1 with room for 2\n"
                        "     2   *-go------>o                    main starts left\n"
                        "     3   *-go-------+--------->o         main starts right\n"
                        "     4   |          |          *         right sends 7 on channel 1\n"
                        "     5   *<.........+........7.|         main receives 7 from channel 1\n"
                        "     6   |          X          |         left panics: oops\n");
    free(plain);
    end(&t);
    free(trace);
}

static void test_race(void **state)
{
    struct trace *trace = tale_new();
    struct findings findings = {.count = 1};
    struct telling t;
    char *plain;

    (void)state;
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 2);
    TELL(trace, .kind = EVENT_YIELD, .g = 2, .line = 4);
    TELL(trace, .kind = EVENT_YIELD, .g = 1, .line = 9);
    findings.at[0] = (struct finding){
        .kind = FINDING_RACE, .event = 2, .text = tale_text(trace, "count"),
        .at = {.g = 1, .event = 2, .write = true}, .other = {.g = 2, .event = 1}};
    begin(&t, trace, NULL, &findings);
    plain = braid_plain(t.braid, false);
    assert_string_equal(plain,
                        "       main       g2\n"
                        "     1   ●─go──────▶○         main starts goroutine 2\n"
                        "     2   │          ●         goroutine 2 gives way\n"
                        "         │          ✗         race: goroutine 2 reads count\n"
                        "     3   ●          │         main gives way\n"
                        "         ✗          │         race, no path from step 2: main writes "
                        "count\n");
    free(plain);
    end(&t);
    free(trace);
}

static const char race_from_first[] =
    "       main      a         b\n"
    "     1   *-go----->o                  main starts a\n"
    "     2   *-go------+-------->o        main starts b\n"
    ">    3   #         *         #        a gives way\n"
    "         #         X         #        race: a reads n\n"
    "     4   *=================# #        main closes object 1\n"
    "     5   | +~~~~~~~*       # #        a is done: object 2 counts ~\n"
    "     6   | \"       \"       #>*        b's receive from object 1 s~\n"
    "         | \"       \"         X        race, no path from step 3: ~\n"
    "     7   *<+       \"         |        main has waited for object ~\n"
    "\n"
    "X no path: a reads n after step 3, b writes it after 6\n"
    "\" what follows the first and # what leads to the second never meet\n";

static const char race_from_second[] =
    "       main      a         b\n"
    "     1   *-go----->o                  main starts a\n"
    "     2   *-go------+-------->o        main starts b\n"
    "     3   #         *         #        a gives way\n"
    "         #         X         #        race: a reads n\n"
    "     4   *=================# #        main closes object 1\n"
    "     5   | +~~~~~~~*       # #        a is done: object 2 counts ~\n"
    ">    6   | \"       \"       #>*        b's receive from object 1 s~\n"
    "         | \"       \"         X        race, no path from step 3: ~\n"
    "     7   *<+       \"         |        main has waited for object ~\n"
    "\n"
    "X no path: a reads n after step 3, b writes it after 6\n"
    "\" what follows the first and # what leads to the second never meet\n";

/* What the first access leads to and what leads to the second, from the present moment of
 * either. */
static void test_race_cones(void **state)
{
    struct trace *trace = tale_new();
    struct findings findings = {.count = 1};
    struct telling t;

    (void)state;
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 2, .text = tale_text(trace, "a"));
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 3, .text = tale_text(trace, "b"));
    TELL(trace, .kind = EVENT_YIELD, .g = 2);
    TELL(trace, .kind = EVENT_CLOSE, .g = 1, .obj = 1);
    TELL(trace, .kind = EVENT_WG_ADD, .g = 2, .obj = 2, .value = -1);
    TELL(trace, .kind = EVENT_RECV, .g = 3, .obj = 1, .flags = EVENT_CLOSED);
    TELL(trace, .kind = EVENT_WG_WAIT, .g = 1, .obj = 2);
    findings.at[0] = (struct finding){
        .kind = FINDING_RACE, .event = 5, .text = tale_text(trace, "n"),
        .at = {.g = 3, .event = 5, .write = true}, .other = {.g = 2, .event = 2}};
    begin(&t, trace, NULL, &findings);
    for (uint32_t moment = 3; moment <= 6; moment += 3)
        check_drawn(&t, (struct rect){0, 0, 13, 66}, true, moment, true,
                    moment == 3 ? race_from_first : race_from_second);
    end(&t);
    free(trace);
}

/* More strands than columns: main's and those of who acts; the others are counted. */
static void test_many(void **state)
{
    struct trace *trace = tale_new();
    struct telling t;

    (void)state;
    for (uint32_t g = 2; g <= 100; g++)
        TELL(trace, .kind = EVENT_GO, .g = 1, .other = g, .text = tale_text(trace, "worker"));
    TELL(trace, .kind = EVENT_SEND, .g = 7, .obj = 1, .other = 90, .value = 5,
         .value_kind = VALUE_INT);
    TELL(trace, .kind = EVENT_YIELD, .g = 40);
    begin(&t, trace, NULL, NULL);
    check_drawn(&t, (struct rect){0, 0, 3, 80}, true, UINT32_MAX, false,
                "       main      worker 6  worker 39 worker 89 +96 more\n"
                "   100   |         *-5-------+-------->o                worker 6 sends 5 on obj~\n"
                ">  101   |         |         *         |                worker 39 gives way\n");
    end(&t);
    free(trace);
}

/* Too few columns even for those who act: the present step's come first. */
static void test_crowd(void **state)
{
    struct trace *trace = tale_new();
    struct telling t;

    (void)state;
    for (uint32_t g = 2; g <= 100; g++)
        TELL(trace, .kind = EVENT_GO, .g = 1, .other = g, .text = tale_text(trace, "worker"));
    for (uint32_t g = 11; g <= 60; g++)
        TELL(trace, .kind = EVENT_SEND, .g = 100, .obj = 1, .other = g, .value = 5,
             .value_kind = VALUE_INT);
    begin(&t, trace, NULL, NULL);
    /* 33 columns past the margin, 18 of them for 6 strands: main, the sender, who got a value at
     * 119, then at 118, 120 and 117 */
    check_drawn(&t, (struct rect){0, 0, 8, 40}, true, 119, false,
                "       ma 27 28 29 30 99 +94 more\n"
                "   116 |  |  |  |  |  *           worke~\n"
                "   117 |  o<-+--+--+--*           worke~\n"
                "   118 |  |  o<-+--+--*           worke~\n"
                ">  119 |  |  |  o<-+--*           worke~\n"
                "   120 |  |  |  |  o<-*           worke~\n"
                "   121 |  |  |  |  |  *           worke~\n"
                "   122 |  |  |  |  |  *           worke~\n");
    end(&t);
    free(trace);
}

/* Whatever a stray write left in the trace. */
static void test_wild(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 6; seed++) {
        struct trace *trace = wild_tale(seed, 150);
        struct findings findings = pool_findings();
        struct telling t;
        struct grid grid;
        char *plain;

        findings.at[0].kind = FINDING_RACE;
        findings.at[0].at.g = UINT32_MAX;
        begin(&t, trace, NULL, &findings);
        assert_true(grid_init(&grid, 24, 80, false));
        for (uint32_t m = 0; m <= t.lines.count; m++)
            braid_draw(t.braid, &grid, (struct rect){0, 0, 24, 80},
                       m < t.lines.count ? m : UINT32_MAX, true, NULL);
        grid_release(&grid);
        plain = braid_plain(t.braid, false);
        assert_non_null(plain);
        free(plain);
        end(&t);
        free(trace);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pool), cmocka_unit_test(test_order), cmocka_unit_test(test_buffer),
        cmocka_unit_test(test_arrows), cmocka_unit_test(test_arrow_from_above),
        cmocka_unit_test(test_race_cones),
        cmocka_unit_test(test_race), cmocka_unit_test(test_many),  cmocka_unit_test(test_crowd),
        cmocka_unit_test(test_wild),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
