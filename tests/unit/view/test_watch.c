/* test_watch.c -- whole screens of the watch view, compared with tests/ui/expected.
 *
 * BRAID_WRITE_EXPECTED=1 writes the screens instead; look at them before they are committed.
 */
#include "unit/view/tale.h"

#include "view/watch.h"

#include <locale.h>
#include <stdio.h>

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = calloc(1, 1 << 16);

    if (file) {
        text[fread(text, 1, (1 << 16) - 1, file)] = '\0';
        fclose(file);
    }
    return text;
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static char *screen(struct watch *watch, int rows, int cols, bool ascii)
{
    struct grid grid;
    char *text;

    assert_true(grid_init(&grid, rows, cols, ascii));
    watch_draw(watch, &grid, (struct rect){0, 0, rows, cols});
    text = grid_text(&grid);
    assert_non_null(text);
    grid_release(&grid);
    return text;
}

/* Takes the text. */
static void check_text(char *shown, const char *name)
{
    char path[256], *expected;

    snprintf(path, sizeof path, "tests/ui/expected/%s.txt", name);
    if (getenv("BRAID_WRITE_EXPECTED"))
        write_file(path, shown);
    expected = read_file(path);
    if (strcmp(shown, expected) != 0)
        print_message("%s differs; shown:\n%s", path, shown);
    assert_string_equal(shown, expected);
    free(shown);
    free(expected);
}

static void check_screen(struct watch *watch, int rows, int cols, bool ascii, const char *name)
{
    check_text(screen(watch, rows, cols, ascii), name);
}

/* The moment alone: nothing in it tells that the run ends in a deadlock. */
static void test_moment_alone(void **state)
{
    static const struct { int rows, cols; bool ascii; const char *name; } sizes[] = {
        {14, 80, false, "watch_now"},
        {6, 60, true, "watch_now_small"},
        {24, 120, false, "watch_now_wide"},
    };
    struct trace *trace = pool_tale();
    struct program program;
    struct watch *watch;

    (void)state;
    tale_program(&program, "pool.lua", pool_source);
    watch = watch_new(trace, &program, NULL);
    watch_go(watch, 6);
    assert_int_equal(watch_at(watch), 6);
    watch_go_events(watch, watch_events(watch));
    assert_int_equal(watch_at(watch), 6);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct grid grid;

        assert_true(grid_init(&grid, sizes[i].rows, sizes[i].cols, sizes[i].ascii));
        watch_draw_now(watch, &grid, (struct rect){0, 0, sizes[i].rows, sizes[i].cols});
        check_text(grid_text(&grid), sizes[i].name);
        grid_release(&grid);
    }
    watch_go_events(watch, 0);
    assert_int_equal(watch_at(watch), 0);
    watch_free(watch);
    tale_program_release(&program);
    free(trace);
}

static void test_pool_screens(void **state)
{
    struct trace *trace = pool_tale();
    struct findings findings = pool_findings();
    struct program program;
    struct watch *watch;

    (void)state;
    tale_program(&program, "pool.lua", pool_source);
    watch = watch_new(trace, &program, &findings);
    assert_non_null(watch);
    check_screen(watch, 23, 80, false, "watch_pool_begin");
    watch_go(watch, 6);
    check_screen(watch, 23, 80, false, "watch_pool_handoff");
    watch_go(watch, 9);
    check_screen(watch, 23, 80, false, "watch_pool_buffered");
    check_screen(watch, 23, 80, true, "watch_pool_ascii");
    check_screen(watch, 39, 120, false, "watch_pool_wide");
    check_screen(watch, 39, 120, true, "watch_pool_wide_ascii");
    check_screen(watch, 12, 60, false, "watch_pool_small");
    watch_set_look(watch, WATCH_BRAID);
    check_screen(watch, 23, 80, false, "watch_braid");
    check_screen(watch, 39, 120, false, "watch_braid_wide");
    watch_set_look(watch, WATCH_ORDER);
    assert_int_equal(watch_look(watch), WATCH_ORDER);
    check_screen(watch, 12, 60, true, "watch_braid_order_ascii");
    check_screen(watch, 23, 80, false, "watch_braid_order");
    check_screen(watch, 39, 120, false, "watch_braid_order_wide");
    watch_set_look(watch, WATCH_STAGE);
    watch_go(watch, UINT32_MAX);
    check_screen(watch, 23, 80, false, "watch_pool_deadlock");
    watch_free(watch);
    tale_program_release(&program);
    free(trace);
}

static const char counter_source[] =
    "local mu, wg = sync.Mutex(), sync.WaitGroup()\n"
    "count = 0\n"
    "local function careful()\n"
    "  mu:lock()\n"
    "  count = count + 1\n"
    "  mu:unlock()\n"
    "  wg:done()\n"
    "end\n"
    "local function careless()\n"
    "  count = count + 1\n"
    "  wg:done()\n"
    "end\n"
    "wg:add(2)\n"
    "go(careful)\n"
    "go(careless)\n"
    "wg:wait()\n"
    "print(count)\n";

/* Two accesses that nothing orders; before and after them, what orders the rest. */
static struct trace *counter_tale(void)
{
    struct trace *trace = tale_new();

    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = 1, .extra = OBJECT_MUTEX, .line = 1);
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = 2, .extra = OBJECT_WAITGROUP, .line = 1);
    TELL(trace, .kind = EVENT_WG_ADD, .g = 1, .obj = 2, .value = 2, .extra = 2, .line = 13);
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 2, .line = 14);              /* moment 2 */
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 3, .line = 15);
    TELL(trace, .kind = EVENT_BLOCK, .g = 1, .extra = WAIT_WG, .obj = 2, .line = 16);
    TELL(trace, .kind = EVENT_LOCK, .g = 2, .obj = 1, .line = 4);               /* 4 */
    TELL(trace, .kind = EVENT_UNLOCK, .g = 2, .obj = 1, .line = 6);             /* 5 */
    TELL(trace, .kind = EVENT_WG_ADD, .g = 3, .obj = 2, .value = -1, .extra = 1, .line = 11);
    TELL(trace, .kind = EVENT_WG_ADD, .g = 2, .obj = 2, .value = -1, .line = 7); /* 7 */
    TELL(trace, .kind = EVENT_WG_WAIT, .g = 1, .obj = 2, .line = 16);
    TELL(trace, .kind = EVENT_PRINT, .g = 1, .text = tale_text(trace, "2\n"), .line = 17);
    return trace;
}

static void test_race_screens(void **state)
{
    struct trace *trace = counter_tale();
    struct findings findings = {.count = 1};
    struct program program;
    struct watch *watch;

    (void)state;
    findings.at[0] = (struct finding){
        .kind = FINDING_RACE, .event = 8, .text = tale_text(trace, "count"),
        .at = {.g = 3, .event = 4, .line = 10, .write = true},
        .other = {.g = 2, .event = 6, .line = 5, .write = true}};
    tale_program(&program, "counter.lua", counter_source);
    watch = watch_new(trace, &program, &findings);
    watch_set_look(watch, WATCH_ORDER);
    watch_go_events(watch, 9);
    check_screen(watch, 23, 80, false, "watch_race");
    check_screen(watch, 39, 120, false, "watch_race_wide");
    check_screen(watch, 23, 80, true, "watch_race_ascii");
    watch_free(watch);
    tale_program_release(&program);
    free(trace);
}

/* The row and column in which a text stands; row -1: nowhere. */
static void find_text(const char *screen_text, const char *text, int *row, int *col)
{
    const char *at = strstr(screen_text, text), *line = screen_text;

    *row = -1;
    if (!at)
        return;
    for (const char *c = screen_text; c < at; c++)
        if (*c == '\n') {
            ++*row;
            line = c + 1;
        }
    ++*row;
    *col = grid_width_n(line, (size_t)(at - line));
}

/* A value goes from its sender over the channel to its receiver, picture by picture. */
static void test_travel(void **state)
{
    struct trace *trace = pool_tale();
    struct program program;
    struct watch *watch;
    int last = -1, row, col = 0;
    char *there;

    (void)state;
    tale_program(&program, "pool.lua", pool_source);
    watch = watch_new(trace, &program, NULL);
    assert_int_equal(watch_frames(watch), 0);
    watch_go(watch, 5);
    assert_int_equal(watch_frames(watch), 0); /* a goroutine starts: no value moves */
    watch_go(watch, 10);                      /* main sends 3 on jobs to worker 1 */
    there = screen(watch, 23, 80, false);
    assert_true(watch_frames(watch) > 3);
    for (uint32_t frame = 1; frame <= watch_frames(watch); frame++) {
        char *shown;

        watch_set_frame(watch, frame);
        shown = screen(watch, 23, 80, false);
        find_text(shown, " 3 ", &row, &col);
        assert_true(row >= 0 && col > last); /* ever further to the right */
        last = col;
        assert_non_null(strstr(shown, "recv jobs")); /* worker 1 does not have it yet */
        free(shown);
    }
    check_screen(watch, 23, 80, false, "watch_travel_arrives");
    watch_set_frame(watch, 2);
    check_screen(watch, 23, 80, false, "watch_travel_leaves");
    check_screen(watch, 39, 120, true, "watch_travel_wide_ascii");
    watch_set_frame(watch, 0);
    check_text(screen(watch, 23, 80, false), "watch_travel_there");
    watch_set_frame(watch, watch_frames(watch) + 1);
    watch_set_look(watch, WATCH_BRAID);
    assert_int_equal(watch_frames(watch), 0); /* the braid shows all of it anyway */
    free(there);
    watch_free(watch);
    tale_program_release(&program);
    free(trace);
}

/* Eight stages at 80 columns: the way of the values goes on from row to row. */
static void test_pipeline(void **state)
{
    static const char *const names[] = {"raw", "clean", "parse", "check", "price", "sum", "pack"};
    struct trace *trace = tale_new();
    struct watch *watch;

    (void)state;
    for (uint32_t i = 0; i < 7; i++)
        TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = i + 1, .extra = OBJECT_CHAN,
             .text = tale_text(trace, names[i]));
    for (uint32_t g = 2; g <= 8; g++)
        TELL(trace, .kind = EVENT_GO, .g = 1, .other = g, .text = tale_text(trace, "stage"));
    for (uint32_t obj = 7; obj > 0; obj--)
        TELL(trace, .kind = EVENT_BLOCK, .g = obj + 1, .extra = WAIT_RECV, .obj = obj);
    for (uint32_t obj = 1; obj <= 7; obj++)
        TELL(trace, .kind = EVENT_SEND, .g = obj, .other = obj + 1, .obj = obj, .value = 40 + obj,
             .value_kind = VALUE_INT);
    watch = watch_new(trace, NULL, NULL);
    assert_non_null(watch);
    watch_go_events(watch, 7 + 7 + 7 + 4);
    check_screen(watch, 23, 80, false, "watch_pipeline");
    check_screen(watch, 23, 80, true, "watch_pipeline_ascii");
    check_screen(watch, 39, 120, false, "watch_pipeline_wide");
    watch_set_frame(watch, watch_frames(watch) / 2);
    check_screen(watch, 23, 80, false, "watch_pipeline_travel");
    watch_free(watch);
    free(trace);
}

/* The cancelling of a context goes down its tree, one after the other. */
static void test_cancelling(void **state)
{
    static const char *const names[] = {"house", "kitchen", "stove", "office"};
    static const uint32_t parents[] = {0, 1, 3, 1};
    struct trace *trace = tale_new();
    struct watch *watch;

    (void)state;
    for (uint32_t i = 0; i < 4; i++) {
        TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = 2 * i + 1, .extra = OBJECT_CONTEXT,
             .other = parents[i], .value = -1, .text = tale_text(trace, names[i]));
        TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = 2 * i + 2, .extra = OBJECT_CHAN,
             .other = 2 * i + 1);
    }
    TELL(trace, .kind = EVENT_CANCEL, .g = 1, .obj = 1, .text = tale_text(trace, "canceled"));
    TELL(trace, .kind = EVENT_CANCEL, .g = 1, .obj = 3, .other = 1);
    TELL(trace, .kind = EVENT_CANCEL, .g = 1, .obj = 5, .other = 3);
    TELL(trace, .kind = EVENT_CANCEL, .g = 1, .obj = 7, .other = 1);
    watch = watch_new(trace, NULL, NULL);
    watch_go(watch, UINT32_MAX);
    assert_int_equal(watch_frames(watch), 4);
    for (uint32_t frame = 1; frame <= 4; frame++) {
        char *shown;
        uint32_t cancelled = 0;

        watch_set_frame(watch, frame);
        shown = screen(watch, 23, 80, false);
        for (const char *at = shown; (at = strstr(at, "context, cancelled")); at++)
            cancelled++;
        assert_int_equal(cancelled, frame);
        free(shown);
    }
    watch_set_frame(watch, 2);
    check_screen(watch, 23, 80, false, "watch_cancelling");
    watch_free(watch);
    free(trace);
}

static void test_moments(void **state)
{
    struct trace *trace = pool_tale();
    struct findings findings = pool_findings();
    struct watch *watch = watch_new(trace, NULL, &findings);
    static const uint32_t blocking[] = {3, 5, 7, 9, 10, 11};

    (void)state;
    assert_int_equal(watch_moments(watch), 12);
    assert_int_equal(watch_at(watch), 0);
    for (size_t i = 0; i < sizeof blocking / sizeof blocking[0]; i++) {
        watch_jump(watch, WATCH_BLOCK, 1);
        assert_int_equal(watch_at(watch), blocking[i]);
    }
    watch_jump(watch, WATCH_BLOCK, 1);
    assert_int_equal(watch_at(watch), 11);
    watch_jump(watch, WATCH_BLOCK, -1);
    assert_int_equal(watch_at(watch), 10);
    for (int i = 0; i < 9; i++)
        watch_jump(watch, WATCH_BLOCK, -1);
    assert_int_equal(watch_at(watch), 0);
    watch_go(watch, 7);
    assert_string_equal(
        watch_sentence(watch),
        "goroutine 2 sends 1 on channel 2 and blocks: nobody is sending on channel 1");
    watch_free(watch);
    free(trace);
}

/* Following worker 1 through others' moments, then the channel it used last. */
static void test_follow(void **state)
{
    struct trace *trace = pool_tale();
    struct program program;
    struct watch *watch;

    (void)state;
    tale_program(&program, "pool.lua", pool_source);
    watch = watch_new(trace, &program, NULL);
    watch_go(watch, 7);
    assert_string_equal(watch_subject(watch, WATCH_GOROUTINE), "worker 1");
    assert_string_equal(watch_subject(watch, WATCH_OBJECT), "results");
    assert_true(watch_jump(watch, WATCH_GOROUTINE, 1));
    assert_int_equal(watch_at(watch), 10); /* main hands it 3, and it blocks */
    assert_string_equal(watch_subject(watch, WATCH_GOROUTINE), "worker 1");
    assert_false(watch_jump(watch, WATCH_GOROUTINE, 1));
    assert_int_equal(watch_at(watch), 10);
    assert_true(watch_jump(watch, WATCH_GOROUTINE, -1));
    assert_int_equal(watch_at(watch), 7);
    check_screen(watch, 12, 60, false, "watch_follow");
    assert_true(watch_jump(watch, WATCH_GOROUTINE, -1));
    assert_int_equal(watch_at(watch), 6);
    assert_true(watch_jump(watch, WATCH_GOROUTINE, -1));
    assert_int_equal(watch_at(watch), 3); /* it was started */
    assert_false(watch_jump(watch, WATCH_GOROUTINE, -1));
    assert_null(watch_subject(watch, WATCH_OBJECT)); /* a go is on no object */
    assert_false(watch_jump(watch, WATCH_OBJECT, 1));
    watch_go(watch, 7);
    assert_true(watch_jump(watch, WATCH_OBJECT, 1)); /* results: worker 2's send, who blocked on it */
    assert_int_equal(watch_at(watch), 9);
    assert_true(watch_jump(watch, WATCH_OBJECT, 1));
    assert_int_equal(watch_at(watch), 10);
    assert_true(watch_jump(watch, WATCH_OBJECT, 1));
    assert_int_equal(watch_at(watch), 11);
    watch_free(watch);
    tale_program_release(&program);
    free(trace);
}

/* The cursor in the source goes to steps at the next line above or below, or at the same. */
static void test_lines(void **state)
{
    struct trace *trace = pool_tale();
    struct watch *watch = watch_new(trace, NULL, NULL);

    (void)state;
    assert_false(watch_jump(watch, WATCH_LINE, 1)); /* nothing has happened: no line */
    assert_null(watch_subject(watch, WATCH_LINE));
    watch_go(watch, 6);
    assert_string_equal(watch_subject(watch, WATCH_LINE), "line 15");
    assert_true(watch_jump(watch, WATCH_LINE, 1));
    assert_int_equal(watch_at(watch), 8);
    assert_true(watch_jump(watch, WATCH_LINE, 1));
    assert_int_equal(watch_at(watch), 10);
    assert_true(watch_jump(watch, WATCH_LINE, -1));
    assert_int_equal(watch_at(watch), 8);
    assert_true(watch_move_line(watch, -1)); /* 13: main's go, last in step 5 */
    assert_int_equal(watch_at(watch), 5);
    assert_true(watch_move_line(watch, 1));  /* 15 again: the next step at it */
    assert_int_equal(watch_at(watch), 6);
    assert_false(watch_move_line(watch, 1));
    assert_true(watch_go_line(watch, 1));
    assert_int_equal(watch_at(watch), 1);
    assert_false(watch_move_line(watch, -1));
    assert_false(watch_go_line(watch, 7));
    assert_int_equal(watch_at(watch), 1);
    watch_free(watch);
    free(trace);
}

/* Forth and back, the same picture. */
static void test_any_path(void **state)
{
    struct trace *trace = pool_tale();
    struct watch *watch = watch_new(trace, NULL, NULL);
    char *forth[12];

    (void)state;
    for (uint32_t m = 0; m < 12; m++) {
        watch_go(watch, m);
        forth[m] = screen(watch, 24, 80, false);
    }
    for (uint32_t m = 12; m-- > 0;) {
        char *back;

        watch_go(watch, m);
        back = screen(watch, 24, 80, false);
        assert_string_equal(back, forth[m]);
        assert_true(m == 11 || strcmp(forth[m], forth[m + 1]) != 0);
        free(back);
    }
    for (uint32_t m = 0; m < 12; m++)
        free(forth[m]);
    watch_free(watch);
    free(trace);
}

static void test_plain(void **state)
{
    struct trace *trace = pool_tale();
    struct program program;
    struct watch *watch;
    char *plain;

    (void)state;
    tale_program(&program, "pool.lua", pool_source);
    watch = watch_new(trace, &program, NULL);
    plain = watch_plain(watch);
    assert_string_equal(
        plain,
        "   1. main makes unbuffered channel jobs (pool.lua:1), makes channel results with room "
        "for 2,"
        " makes WaitGroup wg (pool.lua:2)\n"
        "   2. main adds 1 to wg, which is now 1 (pool.lua:12)\n"
        "   3. main starts worker 1 (pool.lua:13); worker 1 blocks: nobody is sending on jobs"
        " (pool.lua:5)\n"
        "   4. main adds 1 to wg, which is now 2 (pool.lua:12)\n"
        "   5. main starts worker 2 (pool.lua:13); worker 2 blocks: nobody is sending on jobs"
        " (pool.lua:5)\n"
        "   6. main sends 1 on jobs to worker 1 (pool.lua:15)\n"
        "   7. worker 1 sends 1 on results (pool.lua:6) and blocks: nobody is sending on jobs"
        " (pool.lua:5)\n"
        "   8. main sends 2 on jobs to worker 2 (pool.lua:15)\n"
        "   9. worker 2 sends 4 on results (pool.lua:6) and blocks: nobody is sending on jobs"
        " (pool.lua:5)\n"
        "  10. main sends 3 on jobs to worker 1 (pool.lua:15); worker 1 blocks: results is full"
        " (pool.lua:6)\n"
        "  11. main sends 4 on jobs to worker 2 (pool.lua:15); worker 2 blocks: results is full"
        " (pool.lua:6); main blocks: nobody is receiving from jobs (pool.lua:15)\n");
    free(plain);
    watch_free(watch);
    tale_program_release(&program);
    free(trace);
}

/* Many of everything: folded, and the row that acts is still seen. */
static void test_many(void **state)
{
    struct trace *trace = tale_new();
    struct watch *watch;

    (void)state;
    for (uint32_t obj = 1; obj <= 30; obj++)
        TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = obj, .extra = OBJECT_CHAN,
             .value = obj % 3 * 50);
    for (uint32_t g = 2; g <= 41; g++)
        TELL(trace, .kind = EVENT_GO, .g = 1, .other = g,
             .text = tale_text(trace, g % 2 ? "worker" : "reader"));
    for (uint32_t g = 2; g <= 31; g++)
        POOL_WAIT(g, WAIT_RECV, 3, 7);
    for (uint32_t g = 32; g <= 35; g++)
        TELL(trace, .kind = EVENT_END, .g = g);
    for (int i = 0; i < 9; i++)
        TELL(trace, .kind = EVENT_SEND, .g = 36, .obj = 1, .value = 100 + i,
             .value_kind = VALUE_INT);
    watch = watch_new(trace, NULL, NULL);
    watch_go(watch, UINT32_MAX);
    check_screen(watch, 23, 80, false, "watch_many");
    check_screen(watch, 39, 120, false, "watch_many_wide");
    watch_free(watch);
    free(trace);
}

/* Draws a moment at several sizes; no cell holds what a terminal would act on. */
static void check_cells(struct watch *watch, uint32_t moment)
{
    static const struct { int rows, cols; } sizes[] = {{24, 80}, {40, 120}, {12, 60}, {3, 7}};

    watch_go(watch, moment);
    for (size_t size = 0; size < sizeof sizes / sizeof sizes[0]; size++) {
        struct grid grid;

        assert_true(grid_init(&grid, sizes[size].rows, sizes[size].cols, false));
        watch_draw(watch, &grid, (struct rect){0, 0, grid.rows, grid.cols});
        for (int i = 0; i < grid.rows * grid.cols; i++) {
            uint32_t rune = grid.cells[i].rune;

            assert_true(rune == 0 || (rune >= 0x20 && rune < 0x7f) || rune >= 0xa0);
            assert_int_not_equal(rune, 0x202e);
            assert_true(grid.cells[i].style < STYLE_COUNT);
        }
        grid_release(&grid);
    }
}

/* What a learner's program sends, prints and calls things cannot break the picture. */
static void test_hostile(void **state)
{
    static const char nasty[] = "\x1b[31m\x9b" "A\xff\xfe\t\r\n\xe4\xbd\xa0\xe5\xa5\xbd\xe2\x80\xae"
                                "very long and longer and longer and longer and longer";
    struct trace *trace = tale_new();
    struct program program;
    struct watch *watch;
    uint32_t text = tale_text(trace, nasty);

    (void)state;
    tale_program(&program, "nasty.lua",
                 "local a = 1 --[[ \x1b[2J \xff\n\tgo(x) \xe4\xbd\xa0\xe5\xa5\xbd ]] x\n");
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = 1, .extra = OBJECT_CHAN, .value = 3,
         .text = text, .line = 1);
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 2, .text = text, .line = 2);
    TELL(trace, .kind = EVENT_SEND, .g = 2, .obj = 1, .value = text, .value_kind = VALUE_TEXT,
         .line = 2);
    TELL(trace, .kind = EVENT_PRINT, .g = 2, .text = text, .line = 90000);
    TELL(trace, .kind = EVENT_SEND, .g = 2, .obj = 1, .value = INT64_MIN, .value_kind = VALUE_INT,
         .line = 2);
    watch = watch_new(trace, &program, NULL);
    for (uint32_t m = 0; m < watch_moments(watch); m++)
        check_cells(watch, m);
    watch_go(watch, 3);
    check_screen(watch, 23, 80, false, "watch_hostile");
    watch_free(watch);
    tale_program_release(&program);
    free(trace);
}

/* A trace of anything at all, as a stray write of a learner's program may leave it. */
static void test_wild(void **state)
{
    struct program program;

    (void)state;
    tale_program(&program, "pool.lua", pool_source);
    for (uint64_t seed = 0; seed < 6; seed++) {
        struct trace *trace = wild_tale(seed, 150);
        struct findings findings = pool_findings();
        struct watch *watch = watch_new(trace, &program, &findings);
        char *plain;

        for (uint32_t m = 0; m < watch_moments(watch); m++)
            check_cells(watch, m);
        plain = watch_plain(watch);
        assert_non_null(plain);
        free(plain);
        watch_free(watch);
        free(trace);
    }
    tale_program_release(&program);
}

static void test_too_small(void **state)
{
    struct trace *trace = pool_tale();
    struct watch *watch = watch_new(trace, NULL, NULL);
    char *text = screen(watch, 5, 20, false);

    (void)state;
    assert_string_equal(text, "too small to watch:\n\n\n\n\n");
    free(text);
    watch_free(watch);
    free(trace);
}

static void test_empty(void **state)
{
    struct trace *trace = tale_new();
    struct watch *watch = watch_new(trace, NULL, NULL);
    char *text;

    (void)state;
    assert_int_equal(watch_moments(watch), 1);
    watch_jump(watch, WATCH_BLOCK, 1);
    watch_jump(watch, WATCH_BLOCK, -1);
    assert_int_equal(watch_at(watch), 0);
    text = screen(watch, 24, 80, false);
    assert_non_null(strstr(text, "nothing has happened yet"));
    free(text);
    watch_free(watch);
    free(trace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moment_alone),
        cmocka_unit_test(test_pool_screens),
        cmocka_unit_test(test_race_screens),
        cmocka_unit_test(test_travel),
        cmocka_unit_test(test_pipeline),
        cmocka_unit_test(test_cancelling),
        cmocka_unit_test(test_moments),
        cmocka_unit_test(test_follow),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_any_path),
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_wild),
        cmocka_unit_test(test_too_small),
        cmocka_unit_test(test_empty),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
