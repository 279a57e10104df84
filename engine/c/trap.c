/* trap.c -- what the hooks cannot see: the processor's own traps, and loops without a
 * single hook.
 *
 * A trap counts as the learner's when it happened in the object's code, in a library
 * function called from there, or while a pointer given to go.h was looked at; any
 * other is ours, and kills the process as it would without us.  The handlers leave by
 * ending the run: they run on a stack of their own and are never returned to.
 */
#include "c/inside.h"

#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <ucontext.h>

enum {
    HANDLER_STACK = 64 * 1024,
    LOOK_US = 100 * 1000, /* of processor time */
    STILL_MAX = 5,        /* looks */
};

static uintptr_t code_of(const ucontext_t *context)
{
#if defined(__x86_64__)
    return (uintptr_t)context->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
    return (uintptr_t)context->uc_mcontext.pc;
#else
    (void)context;
    return 0;
#endif
}

static uintptr_t stack_of(const ucontext_t *context)
{
#if defined(__x86_64__)
    return (uintptr_t)context->uc_mcontext.gregs[REG_RSP];
#elif defined(__aarch64__)
    return (uintptr_t)context->uc_mcontext.sp;
#else
    (void)context;
    return 0;
#endif
}

static bool is_text(const struct image *image, uintptr_t at)
{
    return at >= image->text && at < image->text_end;
}

/* The innermost return address into the object that the stack holds; 0: none. */
__attribute__((no_sanitize("address"))) static uintptr_t
caller_on_stack(const struct run *run, const struct image *image, uintptr_t sp)
{
    uintptr_t low = (uintptr_t)run->self->fiber.stack, high = low + run->self->fiber.stack_size;

    sp = (sp + sizeof sp - 1) & ~(sizeof sp - 1);
    if (sp < low || sp >= high)
        return 0;
    for (; sp + sizeof sp <= high; sp += sizeof sp)
        if (is_text(image, *(const uintptr_t *)sp))
            return *(const uintptr_t *)sp;
    return 0;
}

/* Whether code belongs to this executable rather than to a library. */
static bool is_ours(uintptr_t code)
{
    Dl_info about, us;

    return dladdr((void *)code, &about) && dladdr((void *)is_text, &us) &&
           about.dli_fbase == us.dli_fbase;
}

static const int signals[C_TRAPS] = {SIGSEGV, SIGBUS, SIGPROF};

/* The trap is not the learner's: it happens again when the handler returns, and then goes
 * to who had the signal before. */
static void die(const struct c_face *face, int signal)
{
    const struct sigaction deadly = {.sa_handler = SIG_DFL};

    for (size_t i = 0; i < C_TRAPS; i++)
        if (signals[i] == signal)
            sigaction(signal, face ? &face->traps_before[i] : &deadly, NULL);
}

static void trapped(int signal, siginfo_t *info, void *context)
{
    struct run *run = run_current;
    uintptr_t code = code_of(context), sp = stack_of(context), at = (uintptr_t)info->si_addr;
    enum c_fault_kind kind = C_FAULT_WILD;
    struct c_face *face = run ? c_face_of(run) : NULL;
    bool write = false;

    if (!run || !run->self || run->end != RUN_NONE) {
        die(NULL, signal);
        return;
    }
    if (is_text(&face->image, code)) {
        run->self->pc = (uint32_t)(code - face->image.base) + 1;
    } else if (face->probing) {
        kind = face->probe;
    } else if (c_stack_left(run, sp) > 0 && is_ours(code)) {
        die(face, signal);
        return;
    } else if ((code = caller_on_stack(run, &face->image, sp))) {
        run->self->pc = (uint32_t)(code - face->image.base);
    }
    if (c_stack_left(run, sp) < STACK_RESERVE / 4)
        kind = C_FAULT_STACK;
    else if (kind == C_FAULT_WILD && info->si_code > 0 && info->si_code != SI_KERNEL &&
             at < 64 * 1024)
        kind = C_FAULT_NULL;
#if defined(__x86_64__)
    write = (((const ucontext_t *)context)->uc_mcontext.gregs[REG_ERR] & 2) != 0;
#endif
    face->probing = false;
    c_wild(run, kind, kind == C_FAULT_NULL ? info->si_addr : NULL, 0, write);
}

static void looked(int signal, siginfo_t *info, void *context)
{
    struct run *run = run_current;
    struct c_face *face;
    uintptr_t code = code_of(context);

    (void)signal, (void)info;
    if (!run || !run->self || !(face = c_face_of(run)))
        return;
    if (run->ticks != face->watch_ticks || run->steps != face->watch_steps ||
        !is_text(&face->image, code)) {
        face->watch_ticks = run->ticks;
        face->watch_steps = run->steps;
        face->watch_still = 0;
        return;
    }
    if (++face->watch_still < STILL_MAX)
        return;
    run->self->pc = (uint32_t)(code - face->image.base) + 1;
    run_stop(run, RUN_TICKS);
}

bool trap_begin(struct c_face *face)
{
    stack_t stack, old;
    struct itimerval every = {{0, LOOK_US}, {0, LOOK_US}};

    /* kept for the life of the thread once it is there */
    if (sigaltstack(NULL, &old) != 0)
        return false;
    if (old.ss_flags & SS_DISABLE) {
        stack = (stack_t){.ss_sp = malloc(HANDLER_STACK), .ss_size = HANDLER_STACK};
        if (!stack.ss_sp)
            return false;
        if (sigaltstack(&stack, NULL) != 0) {
            free(stack.ss_sp);
            return false;
        }
    }
    for (size_t i = 0; i < C_TRAPS; i++) {
        /* not blocked meanwhile: the handler is left without a return */
        struct sigaction action = {.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER | SA_RESTART};

        sigemptyset(&action.sa_mask);
        action.sa_sigaction = signals[i] == SIGPROF ? looked : trapped;
        sigaction(signals[i], &action, &face->traps_before[i]);
    }
    setitimer(ITIMER_PROF, &every, NULL);
    return true;
}

void trap_end(const struct c_face *face)
{
    struct itimerval never = {0};

    setitimer(ITIMER_PROF, &never, NULL);
    for (size_t i = 0; i < C_TRAPS; i++)
        sigaction(signals[i], &face->traps_before[i], NULL);
}
