/* libc.c -- chance, time and the end of the program, as the learner's code asks the C
 * library for them. */
#include "c/inside.h"
#include "rt/basic.h"
#include "sync/clock.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const int64_t second = 1000 * 1000 * 1000;

#define ENTER() c_enter(__builtin_return_address(0))

/* --- chance -------------------------------------------------------------- */

C_WRAP(int, rand, void)
{
    return (int)basic_rand(ENTER(), (uint32_t)RAND_MAX + 1);
}

C_WRAP(long, random, void)
{
    return (long)basic_rand(ENTER(), (uint32_t)RAND_MAX + 1);
}

/* The strategy decides what is drawn, so a seed has nothing to say. */
C_WRAP(void, srand, unsigned seed)
{
    (void)seed;
}

C_WRAP(void, srandom, unsigned seed)
{
    (void)seed;
}

/* --- time ---------------------------------------------------------------- */

C_WRAP(time_t, time, time_t *to)
{
    struct run *run = ENTER();
    time_t now = (time_t)(C_EPOCH + run->now / second);

    if (to) {
        c_access(run, to, sizeof *to, true, false);
        *to = now;
    }
    return now;
}

C_WRAP(clock_t, clock, void)
{
    return (clock_t)(ENTER()->now / (second / CLOCKS_PER_SEC));
}

C_WRAP(int, clock_gettime, clockid_t clock, struct timespec *to)
{
    struct run *run = ENTER();

    c_access(run, to, sizeof *to, true, false);
    to->tv_sec = (time_t)((clock == CLOCK_REALTIME ? C_EPOCH : 0) + run->now / second);
    to->tv_nsec = (long)(run->now % second);
    return 0;
}

C_WRAP(int, gettimeofday, struct timeval *to, void *zone)
{
    struct run *run = ENTER();

    (void)zone;
    c_access(run, to, sizeof *to, true, false);
    to->tv_sec = (time_t)(C_EPOCH + run->now / second);
    to->tv_usec = (suseconds_t)(run->now % second / 1000);
    return 0;
}

C_WRAP(int, nanosleep, const struct timespec *duration, struct timespec *rest)
{
    struct run *run = ENTER();

    (void)rest; /* nothing interrupts */
    c_access(run, duration, sizeof *duration, false, false);
    if (duration->tv_sec < 0 || duration->tv_nsec < 0 || duration->tv_nsec >= second) {
        errno = EINVAL;
        return -1;
    }
    clock_sleep(run, duration->tv_sec > INT64_MAX / second - 1
                         ? INT64_MAX
                         : duration->tv_sec * second + duration->tv_nsec);
    return 0;
}

C_WRAP(int, usleep, useconds_t us)
{
    clock_sleep(ENTER(), (int64_t)us * 1000);
    return 0;
}

C_WRAP(unsigned, sleep, unsigned seconds)
{
    clock_sleep(ENTER(), (int64_t)seconds * second);
    return 0;
}

/* --- the end ------------------------------------------------------------- */

void c_run_at_exit(struct c_face *face)
{
    while (face->nat_exit > 0)
        face->at_exit[--face->nat_exit]();
}

C_WRAP(int, atexit, void (*function)(void))
{
    struct c_face *face;

    if (!run_current)
        return -1;
    face = c_face_of(run_current);
    if (face->nat_exit == C_ATEXIT_MAX)
        return -1;
    face->at_exit[face->nat_exit++] = function;
    return 0;
}

/* Blocks that nobody can free are looked for then. */
static _Noreturn void end_program(struct run *run, int code)
{
    c_wipe_stack();
    basic_exit(run, code & 0xff);
}

C_WRAP(_Noreturn void, exit, int code)
{
    struct run *run = ENTER();
    uint32_t pc = run->self->pc;

    c_run_at_exit(c_face_of(run));
    run->self->pc = pc;
    end_program(run, code);
}

C_WRAP(_Noreturn void, _exit, int code)
{
    end_program(ENTER(), code);
}

C_WRAP(_Noreturn void, _Exit, int code)
{
    end_program(ENTER(), code);
}

C_WRAP(_Noreturn void, quick_exit, int code)
{
    end_program(ENTER(), code);
}

/* Kills the process, as it does anywhere: whoever watches it sees a crash. */
C_WRAP(_Noreturn void, abort, void)
{
    ENTER();
    abort();
}

C_WRAP(_Noreturn void, __assert_fail, const char *expression, const char *file, unsigned line,
       const char *function)
{
    struct run *run = ENTER();
    char text[256];

    (void)file, (void)line, (void)function;
    snprintf(text, sizeof text, "assertion failed: %s", expression);
    basic_check_failed(run, text);
}
