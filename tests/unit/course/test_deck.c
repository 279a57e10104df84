/* test_deck.c -- a lesson as slides, and where a presentation is. */
#include "course/deck.h"
#include "course/talk.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/inotify.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "content.h"

static struct course course;
static struct text complaints;

static void complain(void *context, const char *message)
{
    (void)context;
    text_addf(&complaints, "%s\n", message);
}

static void load(const char *lesson)
{
    content_write("lessons/01-go/lesson.md", lesson);
    content_write("lessons/01-go/demo.lua", "x");
    content_write("lessons/01-go/demo.c", "x");
    content_write("exercises/01-go/first.lua", "x");
    content_write("exercises/01-go/first.c", "x");
    content_write("solutions/01-go/first.lua", "x");
    content_write("solutions/01-go/first.c", "x");
    content_write("exercises/01-go/topic.lua",
                  "return { exercises = { { name = 'first', title = 'First', task = 'Do it.',"
                  " fault = 'deadlock' } } }\n");
    text_clear(&complaints);
    assert_true(course_load(&course, content_root, complain, NULL));
}

static void is_slide(const struct deck *deck, uint32_t nth, enum slide_kind kind,
                     const char *markdown, const char *notes)
{
    assert_true(nth < deck->count);
    assert_int_equal(deck->slides[nth].kind, kind);
    assert_string_equal(deck->slides[nth].markdown, markdown);
    assert_string_equal(deck->slides[nth].notes, notes);
}

static void a_slide_is_one_thing(void **state)
{
    struct deck deck;

    (void)state;
    load("# Go\n\n## Start\n[minutes] 8\n\nFirst\nlines.\n\n[notes] Say\nhello.\n\nSecond.\n\n"
         "Two ways:\n\n- one\n\n- two\n\nIn code:\n\n```lua\na\n\nb\n```\n```c\nc\n```\n\n"
         "[notes] Twice.\n[notes] And again.\n\n[predict] What?\n- 1\n- deadlock\n\n**Watch** it.\n\n"
         "[watch](demo)\n\n[goal] deadlock\n\n[checkpoint] all have seen it\n\n## End\n\n**Now you.**\n\n"
         "[exercise](first)\n\nBye.\n");
    assert_string_equal(text_string(&complaints), "");
    assert_true(deck_make(&deck, &course.lessons[0]));
    assert_int_equal(deck.count, 11);
    is_slide(&deck, 0, SLIDE_COVER, "# Go\n\n1. Start, 8 minutes\n2. End", "");
    is_slide(&deck, 1, SLIDE_TEXT, "## Start\n\nFirst\nlines.", "Say\nhello.");
    is_slide(&deck, 2, SLIDE_TEXT, "Second.", "");
    is_slide(&deck, 3, SLIDE_TEXT, "Two ways:\n\n- one\n\n- two", "");
    is_slide(&deck, 4, SLIDE_TEXT, "In code:\n\n```lua\na\n\nb\n```\n```c\nc\n```",
             "Twice.\n\nAnd again.");
    is_slide(&deck, 5, SLIDE_QUESTION, "**Predict.** What?", "");
    is_slide(&deck, 6, SLIDE_WATCH, "**Watch** it.", "");
    assert_int_equal(deck.slides[7].kind, SLIDE_GOALS);
    assert_non_null(strstr(deck.slides[7].markdown, "- `deadlock`"));
    is_slide(&deck, 8, SLIDE_CHECKPOINT, "all have seen it", "");
    is_slide(&deck, 9, SLIDE_EXERCISE, "## End\n\n**Now you.**", "");
    is_slide(&deck, 10, SLIDE_TEXT, "Bye.", "");
    assert_int_equal(deck.checkpoints, 1);
    assert_int_equal(deck.minutes, 8);
    assert_int_equal(deck.slides[8].step, 0);
    assert_int_equal(deck.slides[9].step, 1);
    assert_null(deck_exercise(&deck, 8));
    assert_string_equal(deck_exercise(&deck, 9)->name, "first");
    assert_int_equal(deck_seek(&deck, 0, 1), 1);
    assert_int_equal(deck_seek(&deck, 1, 1), 9);
    assert_int_equal(deck_seek(&deck, 9, 1), 9);
    assert_int_equal(deck_seek(&deck, 10, -1), 9);
    assert_int_equal(deck_seek(&deck, 9, -1), 1);
    assert_int_equal(deck_seek(&deck, 1, -1), 0);
    assert_int_equal(deck_seek(&deck, 0, -1), 0);
    deck_release(&deck);
    course_release(&course);
}

static void a_short_paragraph_leads_up_to_the_question(void **state)
{
    struct deck deck;

    (void)state;
    load("# Go\n\n## One\n\nFirst.\n\nThree cooks.\n\n[notes] Wait.\n\n[predict] What?\n- 1\n- 2\n\n[watch](demo)\n\n"
         "## Two\n\nOnly the heading's.\n\n[predict] Really?\n- 1\n- 2\n\n[watch](demo)\n\n"
         "[exercise](first)\n");
    assert_string_equal(text_string(&complaints), "");
    assert_true(deck_make(&deck, &course.lessons[0]));
    is_slide(&deck, 2, SLIDE_QUESTION, "Three cooks.\n\n**Predict.** What?", "Wait.");
    is_slide(&deck, 4, SLIDE_TEXT, "## Two\n\nOnly the heading's.", "");
    is_slide(&deck, 5, SLIDE_QUESTION, "**Predict.** Really?", "");
    deck_release(&deck);
    course_release(&course);
}

static void who_reads_sees_no_notes(void **state)
{
    (void)state;
    load("# Go\n\n## Start\n[minutes] 8\n[notes] Say hello.\n\nText.\n[checkpoint] all are here\nMore.\n[exercise](first)\n");
    assert_string_equal(text_string(&complaints), "");
    assert_string_equal(course.lessons[0].steps[0].markdown, "## Start\n\nText.\nMore.");
    course_release(&course);
}

static void wrong_remarks_are_told(void **state)
{
    (void)state;
    load("# Go\n\n## Start\n[minutes] soon\n[minutes] 0\n[notes]\n\n[checkpoint]\nText.\n[exercise](first)\n");
    assert_string_equal(text_string(&complaints),
                        "lessons/01-go/lesson.md:4: minutes are a number from 1 to 600, not 'soon'\n"
                        "lessons/01-go/lesson.md:5: minutes are a number from 1 to 600, not '0'\n"
                        "lessons/01-go/lesson.md:6: notes that say nothing\n"
                        "lessons/01-go/lesson.md:8: a checkpoint that says nothing\n");
    course_release(&course);
}

static void finds_lessons(void **state)
{
    static const char *const words[] = {"01", "1", "01-go", "go"}, *const none[] = {"2", "", "o", "11"};

    (void)state;
    load("# Go\n\n## Start\n\nText.\n\n[exercise](first)\n");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_ptr_equal(course_find_lesson(&course, words[i]), &course.lessons[0]);
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_null(course_find_lesson(&course, none[i]));
    course_release(&course);
}

/* --- where it is --------------------------------------------------------- */

static void what_is_written_is_read(void **state)
{
    struct talk talk = {.slide = 3, .slides = 9, .began = 100, .step = 250, .agreed = 5}, read;
    struct lesson lesson = {.id = (char *)"01-go"};
    char *path;

    (void)state;
    setenv("BRAID_DATA", content_path("data"), 1);
    path = talk_path(&lesson);
    assert_string_equal(path, content_path("data/present/01-go"));
    assert_false(talk_read(path, &read));
    talk.hands[2][1] = 12;
    int lock = talk_lock(path);
    assert_true(lock >= 0);
    assert_true(talk_write(path, &talk));
    assert_true(talk_read(path, &read));
    assert_memory_equal(&talk, &read, sizeof talk);
    assert_int_equal(talk_hands(&read, 2), 12);
    assert_int_equal(talk_hands(&read, 1000), 0);
    content_write("data/present/01-go", "slide 9 of 9\nhands 99 0 1\nagreed 77\n");
    assert_false(talk_read(path, &read));
    close(lock);
    free(path);
}

/* The exit status of a child that looks whether the file is held. */
static int seen_by_another(const char *path)
{
    int status;
    pid_t child = fork();

    if (child == 0)
        _exit(talk_is_held(path) ? 1 : talk_lock(path) >= 0 ? 2 : errno == EAGAIN ? 3 : 4);
    assert_int_equal(waitpid(child, &status, 0), child);
    return WEXITSTATUS(status);
}

static void the_lock_goes_with_the_process(void **state)
{
    const char *path = content_path("data/present/02-chan");

    (void)state;
    assert_false(talk_is_held(path));
    int lock = talk_lock(path);
    assert_true(lock >= 0);
    assert_int_equal(seen_by_another(path), 1);
    close(lock);
    assert_int_equal(seen_by_another(path), 2); /* took it, and is gone */
    assert_false(talk_is_held(path));
}

/* Else the notes, which look whenever something happens in the folder, would never rest. */
static void looking_whether_it_is_held_is_no_news(void **state)
{
    const char *path = content_path("data/present/03-mutex");
    int lock = talk_lock(path), news = inotify_init1(IN_NONBLOCK);
    char room[1024];

    (void)state;
    assert_true(lock >= 0 && news >= 0);
    assert_true(inotify_add_watch(news, content_path("data/present"),
                                  IN_CLOSE_WRITE | IN_MOVED_TO) >= 0);
    assert_int_equal(seen_by_another(path), 1);
    assert_int_equal(read(news, room, sizeof room), -1);
    close(news);
    close(lock);
}

static void the_clock_counts_down_where_minutes_are_given(void **state)
{
    static const struct {
        int64_t now;
        uint32_t minutes;
        const char *told;
    } rows[] = {
        {0, 0, "0:00  step 0:00"},
        {65000, 0, "1:05  step 0:05"},
        {60000, 2, "1:00  step 2:00 left"},
        {60001, 2, "1:00  step 2:00 left"},
        {61000, 2, "1:01  step 1:59 left"},
        {180000, 2, "3:00  step 0:00 left"},
        {190000, 2, "3:10  step 0:10 over"},
        {3661000, 0, "1:01:01  step 1:00:01"},
    };
    struct talk talk = {.began = 0, .step = 60000};
    struct text out = {0};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        text_clear(&out);
        talk_clock(&talk, rows[i].minutes, rows[i].now, &out);
        assert_string_equal(text_string(&out), rows[i].told);
    }
    text_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slide_is_one_thing),
        cmocka_unit_test(a_short_paragraph_leads_up_to_the_question),
        cmocka_unit_test(who_reads_sees_no_notes),
        cmocka_unit_test(wrong_remarks_are_told),
        cmocka_unit_test(finds_lessons),
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(the_lock_goes_with_the_process),
        cmocka_unit_test(looking_whether_it_is_held_is_no_news),
        cmocka_unit_test(the_clock_counts_down_where_minutes_are_given),
    };

    return cmocka_run_group_tests(tests, content_setup, content_teardown);
}
