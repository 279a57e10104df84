/* go_defer.c -- the functions of go.h for defer, panic, recover and Goexit.
 *
 * A goroutine has a list of what is deferred, the last first, each with the frame of the function
 * that deferred it.  A function that returns makes its own calls (the compiler's hook at its end
 * asks for that).  A panic makes all of them, on top of the functions that still run, as Go does:
 * so a deferred call that recovers only marks the panic, and then everything up to and with the
 * function that deferred it is left at once.
 *
 *     main -> f (defers d) -> g -> go_panic -> d -> go_recover
 *      ^                               |
 *      `---- f returned 0 to main -----'
 */
#include "go.h"
#include "base/text.h"
#include "c/go_inside.h"
#include "rt/panic.h"
#include "rt/unwind.h"

#include <string.h>

#define ENTER() c_enter(__builtin_return_address(0))

/* The frame of the learner's function that called the function this stands in. */
#define CALLERS_FRAME() (*(uintptr_t *)__builtin_frame_address(0))

enum { TEXT_MAX = 512, MESSAGE_MAX = 1024 };

/* --- deferred calls -------------------------------------------------------- */

void c_defer(struct run *run, struct deferred *deferred, void (*call)(void *), void *arg,
             uintptr_t frame)
{
    *deferred = (struct deferred){.below = run->self->deferred, .call = call, .arg = arg,
                                  .frame = frame, .pc = run->self->pc};
    run->self->deferred = deferred;
}

void c_undefer(struct run *run, const struct deferred *deferred)
{
    run->self->deferred = deferred->below;
}

void go_defer_at(void (*call)(void *), void *arg)
{
    struct run *run = ENTER();
    struct deferred *deferred = c_face_of(run)->spare;

    if (deferred)
        c_face_of(run)->spare = deferred->below;
    else if (!(deferred = region_alloc(&run->objects, sizeof *deferred)))
        run_stop(run, RUN_MEMORY);
    c_defer(run, deferred, call, arg, CALLERS_FRAME());
    deferred->learners = true;
}

/* Takes the last one off the list; what it says. */
static struct deferred take_last(struct run *run)
{
    struct deferred *deferred = run->self->deferred, last = *deferred;

    run->self->deferred = last.below;
    if (last.learners) {
        deferred->arg = NULL;
        deferred->below = c_face_of(run)->spare;
        c_face_of(run)->spare = deferred;
    }
    return last;
}

/* Makes the last deferred call.  panic: it may recover from this one; NULL: none. */
static __attribute__((noinline)) void call_last(struct run *run, struct panic *panic)
{
    struct deferred last = take_last(run);

    run->self->pc = last.pc;
    if (panic)
        panic->caller = (uintptr_t)__builtin_frame_address(0);
    if (!last.call)
        c_panic(run, false, "runtime error: invalid memory address or nil pointer dereference");
    last.call(last.arg);
    if (panic)
        panic->caller = 0; /* also: no tail call, which would leave no frame */
}

void c_leave(struct run *run, uintptr_t frame)
{
    /* frames further in that did not come to their end were left by longjmp */
    while (run->self->deferred && run->self->deferred->frame <= frame)
        if (run->self->deferred->frame == frame)
            call_last(run, NULL);
        else
            take_last(run);
}

/* --- the end of a panic ---------------------------------------------------- */

static _Noreturn void unwind(struct run *run, struct panic *panic);

/* The deferred call of a function has recovered: that function returns. */
static _Noreturn void land(struct run *run, uintptr_t frame)
{
    struct goroutine *self = run->self;
    bool exiting = false;

    /* what began further in is left behind, too: but a Goexit goes on */
    for (; self->panic && self->panic->frame < frame; self->panic = self->panic->earlier)
        exiting |= !self->panic->text;
    if (exiting)
        c_goexit(run);
    c_leave(run, frame);
    unwind_return(frame);
    c_panic(run, true, "recover is not possible on this kind of machine");
}

static _Noreturn void uncaught(struct run *run, const struct panic *panic)
{
    char message[MESSAGE_MAX];
    struct text all = {0};

    panic_text(&all, panic);
    snprintf(message, sizeof message, "%s", text_string(&all));
    text_release(&all);
    c_tell_stack(run);
    run_panic(run, message, false);
}

/* Makes all deferred calls of the goroutine; then it ends, with the program if it panics. */
static _Noreturn void unwind(struct run *run, struct panic *panic)
{
    struct goroutine *self = run->self;
    uint32_t pc = self->pc, fault_obj = run->fault_obj;
    enum fault fault = run->fault;

    self->panic = panic;
    while (self->deferred) {
        uintptr_t frame = self->deferred->frame;

        call_last(run, panic);
        if (panic->recovered)
            land(run, frame);
    }
    self->pc = pc;
    if (panic->text) {
        /* others may have failed meanwhile */
        run->fault = fault;
        run->fault_obj = fault_obj;
        uncaught(run, panic);
    }
    c_goroutine_ends(run);
    run_goexit(run);
}

_Noreturn void c_goexit(struct run *run)
{
    struct panic exit = {.earlier = run->self->panic,
                         .frame = (uintptr_t)__builtin_frame_address(0)};

    unwind(run, &exit);
}

_Noreturn void c_panic(struct run *run, bool fatal, const char *format, ...)
{
    struct panic panic = {.earlier = run->self->panic,
                          .frame = (uintptr_t)__builtin_frame_address(0)};
    char text[TEXT_MAX];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (fatal) {
        c_tell_stack(run);
        run_panic(run, text, true);
    }
    panic.text = c_error(run, text, NULL, 0);
    unwind(run, &panic);
}

/* --- for learners ---------------------------------------------------------- */

_Noreturn void go_panic(const char *format, ...)
{
    struct run *run = ENTER();
    char text[TEXT_MAX];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    c_panic(run, false, "%s", text);
}

const char *go_recover(void)
{
    struct run *run = ENTER();
    struct panic *panic = run->self->panic;
    uintptr_t deferred = CALLERS_FRAME(); /* if it is a deferred call, who made that is below */

    if (!panic || !panic->text || panic->recovered || *(uintptr_t *)deferred != panic->caller)
        return NULL;
    panic->recovered = true;
    panic_recovered(run, panic->text);
    return panic->text;
}

_Noreturn void go_exit(void)
{
    c_goexit(ENTER());
}
