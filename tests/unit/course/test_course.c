/* test_course.c -- loading lessons and exercises, complaints, finding. */
#include "course/course.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "content.h"

static char complaints[4096];

static void complain(void *context, const char *message)
{
    size_t len = strlen(complaints);

    assert_ptr_equal(context, complaints);
    snprintf(complaints + len, sizeof complaints - len, "%s\n", message);
}

static bool load(struct course *course)
{
    complaints[0] = '\0';
    return course_load(course, content_root, complain, complaints);
}

/* A course of two topics: three exercises, of which the last two share a name. */
static void write_course(void)
{
    static const char *const sources[] = {
        "01-go/first.lua", "01-go/first.c", "01-go/same.lua", "01-go/same.c",
        "02-chan/same.lua", "02-chan/same.c",
    };
    char path[128];

    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        snprintf(path, sizeof path, "exercises/%s", sources[i]);
        content_write(path, "starter");
        snprintf(path, sizeof path, "solutions/%s", sources[i]);
        content_write(path, "solution");
    }
    content_write("lessons/01-go/lesson.md",
                  "# Goroutines\n\n## Start\n\nText.\n\n[watch](demo)\n\n"
                  "[predict] What then?\n- a b\n- deadlock\n\n- no answer\n\n[goal] print 2 1\n[goal] race\n\n"
                  "```c\n## no heading\n[watch](no_demo)\n```\n\n## End\n[exercise](first)\n");
    content_write("lessons/01-go/demo.lua", "x");
    content_write("lessons/01-go/demo.c", "x");
    content_write("exercises/01-go/topic.lua",
                  "return { exercises = {\n"
                  "  { name = 'first', title = 'First', task = 'Do *it*.', fault = 'deadlock',\n"
                  "    output = 'a\\nb\\n', any_order = true, goroutines = {min = 2, max = 3},\n"
                  "    elapsed = '20ms', runs = 500, hints = {'one', 'two'},\n"
                  "    utilisation = 0.5, speedup = 3, parallel = {min = 2, max = 4}, processors = 8,\n"
                  "    signals = {{at = '50ms', name = 'SIGINT'}, {at = '1s', name = 'SIGTERM'}} },\n"
                  "  { name = 'same', title = 'S', task = 'T', fault = 'leak', step = 2 },\n"
                  "} }\n");
    content_write("lessons/glossary.md", "# Words\n\n## channel\n\nA queue.\n\n## leak\nLost.\n");
    content_write("lessons/02-chan/lesson.md", "# Channels\n## Only\n[exercise](same)\n");
    content_write("exercises/02-chan/topic.lua",
                  "return { exercises = { { name = 'same', title = 'S', task = 'T',"
                  " fault = 'race' } } }\n");
}

static void loads_lessons(void **state)
{
    struct course course;
    const struct lesson *lesson;

    (void)state;
    write_course();
    assert_true(load(&course));
    assert_string_equal(complaints, "");
    assert_int_equal(course.nlessons, 2);
    lesson = &course.lessons[0];
    assert_string_equal(lesson->id, "01-go");
    assert_string_equal(lesson->title, "Goroutines");
    assert_int_equal(lesson->nsteps, 2);
    assert_string_equal(lesson->steps[0].title, "Start");
    assert_string_equal(lesson->steps[0].markdown,
                        "## Start\n\nText.\n\n\n**Predict.** What then?\n\n1. `a b`\n2. `deadlock`\n"
                        "\n- no answer\n\n**Be the scheduler.** Watch the program, take over with "
                        "`s`, and bring about:\n\n- `print 2 1`\n- `race`\n\n```c\n## no heading\n[watch](no_demo)\n```");
    assert_string_equal(lesson->steps[0].demo_lua, content_path("lessons/01-go/demo.lua"));
    assert_string_equal(lesson->steps[0].demo_c, content_path("lessons/01-go/demo.c"));
    assert_null(lesson->steps[0].exercise);
    assert_string_equal(lesson->steps[0].question, "What then?");
    assert_int_equal(lesson->steps[0].nanswers, 2);
    assert_string_equal(lesson->steps[0].answers[1], "deadlock");
    assert_int_equal(lesson->steps[0].ngoals, 2);
    assert_string_equal(lesson->steps[0].goals[0], "print 2 1");
    assert_ptr_equal(course_step_of(&course, content_path("lessons/01-go/demo.c")),
                     &lesson->steps[0]);
    assert_null(course_step_of(&course, "lessons/01-go/demo.c"));
    assert_null(lesson->steps[1].question);
    assert_null(lesson->steps[1].demo_lua);
    assert_string_equal(lesson->steps[1].exercise, "first");
    assert_string_equal(course.lessons[1].title, "Channels");
    assert_int_equal(course.glossary.nsteps, 2);
    assert_string_equal(course.glossary.steps[1].title, "leak");
    assert_string_equal(course.glossary.steps[0].markdown, "## channel\n\nA queue.");
    course_release(&course);
}

static void loads_exercises(void **state)
{
    struct course course;
    const struct exercise *first, *same;

    (void)state;
    write_course();
    assert_true(load(&course));
    assert_int_equal(course.lessons[0].nexercises, 2);
    first = &course.lessons[0].exercises[0];
    assert_string_equal(first->topic, "01-go");
    assert_string_equal(first->title, "First");
    assert_string_equal(first->task, "Do *it*.");
    assert_string_equal(first->fault, "deadlock");
    assert_string_equal(first->expect.output, "a\nb\n");
    assert_true(first->expect.any_order);
    assert_int_equal(first->expect.goroutines_min, 2);
    assert_int_equal(first->expect.goroutines_max, 3);
    assert_int_equal(first->expect.elapsed_max, 20000000);
    assert_true(first->expect.utilisation_min == 0.5);
    assert_true(first->expect.speedup_min == 3);
    assert_int_equal(first->expect.parallel_min, 2);
    assert_int_equal(first->expect.parallel_max, 4);
    assert_int_equal(first->world.processors, 8);
    assert_int_equal(first->world.nsignals, 2);
    assert_int_equal(first->world.signals[0].at, 50000000);
    assert_int_equal(first->world.signals[0].number, 2);
    assert_int_equal(first->world.signals[1].number, 15);
    assert_int_equal(first->runs, 500);
    assert_int_equal(first->step, 1); /* the second step names it */
    assert_int_equal(first->nhints, 2);
    assert_string_equal(first->hints[1], "two");
    assert_string_equal(first->starter[COURSE_LUA], content_path("exercises/01-go/first.lua"));
    assert_string_equal(first->solution[COURSE_C], content_path("solutions/01-go/first.c"));
    same = first + 1;
    assert_int_equal(same->step, 1);
    assert_null(same->expect.output);
    assert_int_equal(same->expect.goroutines_min, 0);
    assert_int_equal(same->runs, 0);
    course_release(&course);
}

static void finds(void **state)
{
    enum course_language language = COURSE_LUA;
    const struct exercise *found;
    struct course course;

    (void)state;
    write_course();
    assert_true(load(&course));
    found = course_find(&course, "first", &language);
    assert_ptr_equal(found, &course.lessons[0].exercises[0]);
    assert_int_equal(language, COURSE_LUA);
    assert_ptr_equal(course_find(&course, "first.c", &language), found);
    assert_int_equal(language, COURSE_C);
    assert_ptr_equal(course_find(&course, "/any/where/first.lua", &language), found);
    assert_int_equal(language, COURSE_LUA);
    assert_ptr_equal(course_find(&course, "first.c", NULL), found);
    assert_ptr_equal(course_find(&course, "same", &language), &course.lessons[0].exercises[1]);
    assert_ptr_equal(course_find(&course, "02-chan/same", &language),
                     &course.lessons[1].exercises[0]);
    assert_ptr_equal(course_find(&course, "/my/02-chan/same.c", &language),
                     &course.lessons[1].exercises[0]);
    assert_null(course_find(&course, "02-chan/first", &language));
    assert_null(course_find(&course, "firs", &language));
    assert_null(course_find(&course, "", &language));
    assert_null(course_find(&course, ".c", &language));
    assert_null(course_find(&course, "01-go/", &language));
    course_release(&course);
}

static void goes_on_to_the_next(void **state)
{
    const struct exercise *first;
    struct course course;

    (void)state;
    write_course();
    assert_true(load(&course));
    first = &course.lessons[0].exercises[0];
    assert_ptr_equal(course_next(&course, first), first + 1);
    assert_ptr_equal(course_next(&course, first + 1), &course.lessons[1].exercises[0]);
    assert_null(course_next(&course, &course.lessons[1].exercises[0]));
    assert_ptr_equal(course_lesson_of(&course, first + 1), &course.lessons[0]);
    course_release(&course);
}

static void complains_of_a_topic(void **state)
{
    struct course course;

    (void)state;
    write_course();
    content_write("exercises/02-chan/topic.lua",
                  "return {\n"
                  "  exercises = {\n"
                  "    { name = 'same', title = 'S', task = 'T', fault = 'race',\n"
                  "      goroutines = {most = 3}, elapsed = '20 years',"
                  " processors = 257, signals = {{at = 'soon', name = 'SIGINT'},"
                  " {at = '1s', name = 'SIGFOO'}, {at = '1s'}, 3} },\n"
                  "    { name = 'other', title = 3, task = 'T', fault = 'race', colour = 'red' },\n"
                  "    { name = 'third', title = 'T', fault = 'race',"
                  " speedup = -1, utilisation = 'all' },\n"
                  "    { name = 'same', title = 'S', task = 'T', fault = 'race' },\n"
                  "    { name = 'Fourth!', title = 'S', task = 'T', fault = 'race' },\n"
                  "    'word',\n"
                  "  },\n"
                  "  author = 'nobody',\n"
                  "}\n");
    assert_true(load(&course));
    assert_string_equal(complaints,
                        "exercises/02-chan/topic.lua:11: unknown key 'author'\n"
                        "exercises/02-chan/topic.lua:4: unknown key 'most'\n"
                        "exercises/02-chan/topic.lua:4: no duration such as \"100ms\" '20 years'\n"
                        "exercises/02-chan/topic.lua:4: out of range 'processors'\n"
                        "exercises/02-chan/topic.lua:4: no duration such as \"100ms\" 'soon'\n"
                        "exercises/02-chan/topic.lua:4: no signal such as \"SIGINT\" 'SIGFOO'\n"
                        "exercises/02-chan/topic.lua:3: missing key 'name'\n"
                        "exercises/02-chan/topic.lua:4: is a list of tables 'signals'\n"
                        "exercises/02-chan/topic.lua:5: unknown key 'colour'\n"
                        "exercises/02-chan/topic.lua:5: must be a string 'title'\n"
                        "exercises/02-chan/topic.lua:6: out of range 'speedup'\n"
                        "exercises/02-chan/topic.lua:6: must be a number 'utilisation'\n"
                        "exercises/02-chan/topic.lua:6: missing key 'task'\n"
                        "exercises/02-chan/topic.lua:3: names are unlike each other, of a-z, 0-9 "
                        "and _ 'same'\n"
                        "exercises/02-chan/topic.lua:8: names are unlike each other, of a-z, 0-9 "
                        "and _ 'Fourth!'\n"
                        "exercises/02-chan/topic.lua:2: is a list of tables 'exercises'\n");
    assert_int_equal(course.lessons[1].nexercises, 1);
    course_release(&course);
}

static void a_broken_topic_spares_the_others(void **state)
{
    struct course course;

    (void)state;
    write_course();
    content_write("exercises/01-go/topic.lua", "return {\n  exercises = }\n");
    assert_true(load(&course));
    assert_string_equal(complaints,
                        "exercises/01-go/topic.lua:2: unexpected symbol near '}'\n"
                        "exercises/01-go/first.c:1: not named in topic.lua 'first.c'\n"
                        "exercises/01-go/first.lua:1: not named in topic.lua 'first.lua'\n"
                        "exercises/01-go/same.c:1: not named in topic.lua 'same.c'\n"
                        "exercises/01-go/same.lua:1: not named in topic.lua 'same.lua'\n"
                        "lessons/01-go/lesson.md:1: no such exercise in topic.lua 'first'\n");
    assert_int_equal(course.nlessons, 2);
    assert_int_equal(course.lessons[0].nexercises, 0);
    assert_int_equal(course.lessons[1].nexercises, 1);
    course_release(&course);
}

static void complains_of_missing_files(void **state)
{
    struct course course;

    (void)state;
    write_course();
    unlink(content_path("lessons/01-go/demo.c"));
    unlink(content_path("solutions/01-go/first.c"));
    unlink(content_path("exercises/02-chan/same.lua"));
    assert_true(load(&course));
    assert_string_equal(complaints,
                        "lessons/01-go/lesson.md:7: no such demo beside the lesson 'demo.c'\n"
                        "exercises/01-go/topic.lua:2: no such file in its folder of solutions "
                        "'first.c'\n"
                        "exercises/02-chan/topic.lua:1: no such file in its folder of exercises "
                        "'same.lua'\n");
    assert_null(course.lessons[0].steps[0].demo_c);
    assert_null(course.lessons[0].exercises[0].solution[COURSE_C]);
    assert_null(course.lessons[1].exercises[0].starter[COURSE_LUA]);
    course_release(&course);
}

static void complains_of_a_lesson(void **state)
{
    struct course course;

    (void)state;
    write_course();
    content_write("lessons/02-chan/lesson.md",
                  "Early.\n# Channels\n# Again\n## Only\r\n[exercise](same)\n[exercise](same)\n"
                  "```c\nno end\n");
    content_write("lessons/notes/lesson.md", "# Notes\n");
    assert_true(load(&course));
    assert_string_equal(complaints,
                        "lessons/02-chan/lesson.md:1: text before the first step 'Early.'\n"
                        "lessons/02-chan/lesson.md:3: a second title 'Again'\n"
                        "lessons/02-chan/lesson.md:6: a step has one exercise, this is its second "
                        "'same'\n"
                        "lessons/02-chan/lesson.md:8: a code block has no end\n"
                        "lessons/notes:1: folders here are called NN-topic, not 'notes'\n");
    assert_string_equal(course.lessons[1].steps[0].title, "Only");
    course_release(&course);
}

static void an_empty_root_loads_nothing(void **state)
{
    struct course course;
    char expected[128];

    (void)state;
    assert_false(load(&course));
    snprintf(expected, sizeof expected, "%s:1: no lessons below this folder\n", content_root);
    assert_string_equal(complaints, expected);
    content_write("lessons/01-go/lesson.md", "");
    assert_false(load(&course));
}

static void exercises_need_no_lesson(void **state)
{
    struct course course;

    (void)state;
    write_course();
    unlink(content_path("lessons/02-chan/lesson.md"));
    content_write("exercises/02-chan/topic.lua",
                  "return { title = 'Pipes', exercises = { { name = 'same', title = 'S',\n"
                  "  task = 'T', fault = 'race' } } }\n");
    assert_true(load(&course));
    assert_string_equal(complaints,
                        "lessons/02-chan/lesson.md:1: cannot be read\n"
                        "exercises/02-chan/topic.lua:1: no step of the lesson names the exercise "
                        "'same'\n");
    assert_string_equal(course.lessons[1].title, "Pipes");
    assert_int_equal(course.lessons[1].nexercises, 1);
    course_release(&course);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, content_setup, content_teardown)
    const struct CMUnitTest tests[] = {
        TEST(loads_lessons),
        TEST(loads_exercises),
        TEST(finds),
        TEST(goes_on_to_the_next),
        TEST(complains_of_a_topic),
        TEST(a_broken_topic_spares_the_others),
        TEST(complains_of_missing_files),
        TEST(complains_of_a_lesson),
        TEST(an_empty_root_loads_nothing),
        TEST(exercises_need_no_lesson),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
