/* test_scratch.c -- folders for objects, and what killed processes leave of them. */
#include "c/scratch.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char root[] = "/tmp/scratch-test-XXXXXX";

static int make_root(void **state)
{
    (void)state;
    return mkdtemp(root) && setenv("TMPDIR", root, 1) == 0 ? 0 : -1;
}

static int remove_root(void **state)
{
    (void)state;
    return rmdir(root);
}

static const char *below(const char *name)
{
    static char paths[4][256];
    static unsigned next;
    char *path = paths[next++ % 4];

    snprintf(path, sizeof paths[0], "%s/%s", root, name);
    return path;
}

static void make_file(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

    assert_true(fd >= 0);
    close(fd);
}

/* Made long ago, as far as can be seen. */
static void age(const char *path)
{
    static const struct timespec long_ago[2] = {{1000, 0}, {1000, 0}};

    assert_int_equal(utimensat(AT_FDCWD, path, long_ago, 0), 0);
}

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

static void is_removed_with_its_object(void **state)
{
    struct scratch scratch;
    char *path, object[256];

    (void)state;
    assert_true(scratch_make(&scratch, &path));
    assert_null(path);
    assert_memory_equal(scratch.path, below("braid-"), strlen(below("braid-")));
    snprintf(object, sizeof object, "%s/program.so", scratch.path);
    make_file(object);
    path = strdup(scratch.path);
    scratch_remove(&scratch);
    assert_false(exists(path));
    assert_null(scratch.path);
    scratch_remove(&scratch);
    free(path);
}

static void says_where_it_could_not_be_made(void **state)
{
    struct scratch scratch;
    char *path;

    (void)state;
    setenv("TMPDIR", below("nowhere"), 1);
    assert_false(scratch_make(&scratch, &path));
    assert_non_null(strstr(path, "/nowhere/braid-"));
    assert_null(scratch.path);
    free(path);
    setenv("TMPDIR", root, 1);
}

static void only_what_is_left_is_swept(void **state)
{
    struct scratch held;
    char *path;

    (void)state;
    assert_true(scratch_make(&held, &path)); /* in use, however old */
    age(held.path);
    mkdir(below("braid-dead01"), 0700);
    make_file(below("braid-dead01/program.so"));
    age(below("braid-dead01"));
    mkdir(below("braid-young1"), 0700);
    mkdir(below("braid-other1"), 0700); /* not ours: something else is in it */
    make_file(below("braid-other1/letter"));
    age(below("braid-other1"));
    mkdir(below("braid-longer-name"), 0700);
    age(below("braid-longer-name"));
    assert_int_equal(symlink(root, below("braid-link01")), 0);

    scratch_sweep(root);
    assert_true(exists(held.path));
    assert_false(exists(below("braid-dead01")));
    assert_true(exists(below("braid-young1")));
    assert_true(exists(below("braid-other1/letter")));
    assert_true(exists(below("braid-longer-name")));
    assert_true(exists(below("braid-link01")));

    scratch_remove(&held);
    rmdir(below("braid-young1"));
    unlink(below("braid-other1/letter"));
    rmdir(below("braid-other1"));
    rmdir(below("braid-longer-name"));
    unlink(below("braid-link01"));
}

static void what_a_killed_process_left_is_swept(void **state)
{
    struct scratch scratch;
    char *path, left[256] = "";
    int told[2], status;
    pid_t child;

    (void)state;
    assert_int_equal(pipe(told), 0);
    child = fork();
    if (child == 0) {
        if (scratch_make(&scratch, &path) && write(told[1], scratch.path, strlen(scratch.path)) > 0)
            pause();
        _exit(1);
    }
    assert_true(read(told[0], left, sizeof left - 1) > 0);
    age(left);
    scratch_sweep(root);
    assert_true(exists(left));
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &status, 0), child);
    scratch_sweep(root);
    assert_false(exists(left));
    close(told[0]);
    close(told[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_removed_with_its_object),
        cmocka_unit_test(says_where_it_could_not_be_made),
        cmocka_unit_test(only_what_is_left_is_swept),
        cmocka_unit_test(what_a_killed_process_left_is_swept),
    };

    return cmocka_run_group_tests(tests, make_root, remove_root);
}
