/* inside.h -- what the files of c/ share; of no use to anybody else.
 *
 * Everything here is called on the stack of the learner's goroutine, from the
 * learner's code.  When no run is on (an object's constructors) run_current is NULL,
 * and the hooks do nothing.
 */
#ifndef BRAID_C_INSIDE_H
#define BRAID_C_INSIDE_H

#include "c/face.h"
#include "c/heap.h"
#include "c/image.h"
#include "check/race.h"
#include "rt/stack.h"

#include <signal.h>
#include <stdarg.h>

enum {
    C_ATEXIT_MAX = 32,
    C_TRAPS = 3,
    C_EPOCH = 1257894000, /* programs begin when Go was announced, as on Go's playground */
};

struct posix_entries;
struct posix_threads;
struct roots;

enum { C_FRAMED_MAX = 8 };

enum { C_WORDS_IMAGE, C_WORDS_HEAP }; /* spans of the words */

/* What witness.c knows of the accesses it is asked about. */
struct c_held {
    const void *at;           /* the place held; NULL: none */
    uint64_t size;
    struct c_framed {
        uintptr_t where;      /* on a stack, in the frame of ... */
        uint32_t pc;          /* ... the function that goes on there, ... */
        int64_t offset;       /* ... so far from its canonical address */
    } framed[C_FRAMED_MAX];
    uint32_t nframed;
};

struct c_face {
    struct image image;
    struct heap heap;
    struct c_fault fault;
    struct race *race;        /* at this run, if it alone looks at accesses; else NULL */
    struct shadow_words words; /* for it */
    uint32_t *names;          /* per symbol: its name in this run's trace; 0 = not yet */
    const void *named;        /* the function whose name was asked for last */
    char function_name[64];   /* ... its name; "": it has none */
    const void *returned;     /* the function c_returned saw last, and its last line's place */
    uint32_t returned_pc;
    uint64_t stamp;           /* of the last run */
    struct c_unset unset[C_UNSET_MAX]; /* in this run */
    uint32_t nunset;
    struct c_unset doubtful;  /* clang's: see unset.c; size 0: none */
    bool copies;              /* see c_copy */
    bool probing;             /* see c_probe_begin */
    enum c_fault_kind probe;  /* probing: what it is if that traps */
    uintptr_t main_low, main_high; /* main's stack; it stays readable after main returned */
    uintptr_t main_sp;        /* where main's frame began when it returned; 0: it has not */
    uint32_t main_made;       /* blocks of the heap made by then */
    size_t main_frame;        /* bytes of main's stack that were in use when it returned last, in
                                 this run or one before; 0: it never has */
    uintptr_t sp;             /* of the learner's function that called the hook now running */
    uintptr_t stacks_low, stacks_high; /* around the stacks of all goroutines but main */
    struct goroutine *near;   /* whose stack was looked at last; may be dead */
    struct deferred *spare;   /* deferred calls that were made, in this run */
    struct posix_entries *entries; /* of posix.c, in this run; NULL: none yet */
    struct roots *roots;      /* of roots.c; NULL: none yet */
    struct posix_threads *threads; /* of pthread.c, in this run; NULL: none yet */
    struct c_held held;       /* of witness.c */
    struct places atomics;    /* of atomics.c: numbers of the addresses of atomic operations */
    struct cell **cells;      /* and their objects, of this run */
    uint32_t cells_cap;
    void (*at_exit[C_ATEXIT_MAX])(void);
    uint32_t nat_exit;
    struct sigaction traps_before[C_TRAPS]; /* who had our signals */
    uint64_t watch_ticks, watch_steps; /* trap.c: at the last look */
    uint32_t watch_still;     /* trap.c: looks without any progress */
};

static inline struct c_face *c_face_of(const struct run *run)
{
    return run->face;
}

/* The running goroutine's stack is used up. */
_Noreturn void c_stack_over(struct run *run);

/* Bytes below sp that are left of the running goroutine's stack; 0 when it is outside. */
static inline size_t c_stack_left(const struct run *run, uintptr_t sp)
{
    size_t left = sp - (uintptr_t)run->self->fiber.stack;

    return left < run->self->fiber.stack_size ? left : 0;
}

/* Whether less than so many bytes below sp are left of the running goroutine's stack, or sp is
 * outside of it. */
static inline bool c_stack_short(const struct run *run, uintptr_t sp, size_t need)
{
    const struct fiber *fiber = &run->self->fiber;

    return sp - (uintptr_t)fiber->stack - need >= fiber->stack_size - need;
}

/* Main is over, by its return or by pthread_exit; sp: where its frame began. */
_Noreturn void c_leave_main(struct run *run, uintptr_t sp);

/* What threads returned, and nobody joined, nobody holds any more (pthread.c). */
void c_forget_results(struct run *run);

/* A function of go.h was called outside of runs. */
_Noreturn void c_no_run(void);

/* An address of the learner's that is kept only to know it again, in a form that does not keep a
 * block of the heap from being lost (lost.c). */
static inline uintptr_t c_weak(const void *at)
{
    return ~(uintptr_t)at;
}

/* Notes the caller in the learner's code; above the frame of its callee lies the caller's own. */
static inline void c_note_caller(struct run *run, const void *caller, const void *frame)
{
    struct c_face *face = c_face_of(run);
    uint32_t pc = image_pc(&face->image, caller);

    if (pc) /* else it is a deferred call, made for the program */
        run->self->pc = pc;
    face->sp = (uintptr_t)frame;
    if (__builtin_expect(c_stack_short(run, face->sp, STACK_RESERVE / 2), 0))
        c_stack_over(run);
}

/* Of the stack, what lies below the caller's frame is made zero: what functions that have returned
 * left there would be found by a scan between the variables of those that are called next. */
void c_wipe_stack(void);

/* Begins a call from the learner's code: the run, with the caller's place noted. */
static inline __attribute__((always_inline)) struct run *c_enter(const void *caller)
{
    struct run *run = run_current;

    if (__builtin_expect(!run, 0))
        c_no_run();
    c_note_caller(run, caller, __builtin_frame_address(0));
    if (__builtin_expect(run->tidy, 0))
        c_wipe_stack();
    return run;
}

/* The same in a hook, which only the learner's code calls, be a run on or not: NULL then. */
#define C_HOOK() c_hook(__builtin_return_address(0), __builtin_frame_address(0))

static inline struct run *c_hook(const void *caller, const void *frame)
{
    struct run *run = run_current;
    struct c_face *face;

    if (!run)
        return NULL;
    face = c_face_of(run);
    run->self->pc = (uint32_t)((uintptr_t)caller - face->image.base);
    face->sp = (uintptr_t)frame;
    if (__builtin_expect(c_stack_short(run, (uintptr_t)frame, STACK_RESERVE / 2), 0))
        c_stack_over(run);
    return run;
}

/* The same as c_hook, of a function of the C library that the engine may call for the learner. */
static inline struct run *c_called(const void *caller, const void *frame)
{
    struct run *run = run_current;

    if (run)
        c_note_caller(run, caller, frame);
    return run;
}

/* Between the two a pointer that a learner gave to go.h is looked at; if that traps, it is
 * the learner's fault `kind`.  The fences keep the looking inside. */
static inline void c_probe_begin(struct c_face *face, enum c_fault_kind kind)
{
    face->probe = kind;
    face->probing = true;
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
}

static inline void c_probe_end(struct c_face *face)
{
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    face->probing = false;
}

/* --- access.c ------------------------------------------------------------ */

/* Where memory is found as a place, see access.c. */
#define C_PLACE_IMAGE ((uintptr_t)1 << 40)
#define C_PLACE_HEAP ((uintptr_t)1 << 45)
#define C_PLACE_STACK ((uintptr_t)1 << 62)

enum { C_STACK_SPAN = 16 * 1024 * 1024 };

static inline uintptr_t c_stack_place(uint32_t g, uintptr_t offset)
{
    return C_PLACE_STACK + (uintptr_t)g * C_STACK_SPAN + offset;
}

static inline bool c_on_stack(const struct goroutine *g, uintptr_t at, size_t size)
{
    uintptr_t offset = at - (uintptr_t)g->fiber.stack;

    return offset < g->fiber.stack_size && size <= g->fiber.stack_size - offset;
}

/* The place of what is most common, and certainly the program's: the running goroutine's stack
 * where it is in use, and variables that can be written.  0: look closer. */
static inline uintptr_t c_common_place(const struct c_face *face, const struct goroutine *g,
                                       uintptr_t at, size_t size)
{
    if (at >= face->sp && c_on_stack(g, at, size))
        return c_stack_place(g->id, at - (uintptr_t)g->fiber.stack);
    if (at - face->image.data < face->image.data_end - face->image.data &&
        size <= face->image.data_end - at)
        return C_PLACE_IMAGE + (at - face->image.base);
    return 0;
}

/* Whether it lies on the running goroutine's stack where that is not in use. */
static inline bool c_popped(const struct goroutine *g, uintptr_t sp, uintptr_t at)
{
    uintptr_t stack = (uintptr_t)g->fiber.stack;

    return at - stack < sp - stack;
}

/* Live memory of the heap is about to be used: whether c_unset_look has to be asked. */
static inline bool c_unset_may(const struct c_face *face, const void *at, bool write)
{
    return write ? face->doubtful.size != 0 : *(const unsigned char *)at == HEAP_PATTERN;
}

/* Whether a plain access of 1 to 8 bytes only repeats what the goroutine did there since the last
 * event: then it costs a tick, which is counted, and nothing else is to be done.  Memory of which
 * that can be known is the program's. */
static inline __attribute__((always_inline)) bool c_repeats(struct run *run,
                                                            const struct c_face *face,
                                                            const void *pointer, size_t size,
                                                            bool write)
{
    const struct shadow_span *image = &face->words.spans[C_WORDS_IMAGE];
    const struct shadow_span *heap = &face->words.spans[C_WORDS_HEAP];
    const struct race *race = face->race;
    uintptr_t at = (uintptr_t)pointer, offset = at - image->low;
    bool repeats = false;

    if (!race || race->epoch_of != run->self->id || run->ticks >= run->limits.ticks)
        return false;
    if (offset < image->size)
        repeats = race_knows(race, image->words[offset / SHADOW_GRANULE], at, size, write);
    else if ((offset = at - heap->low) < heap->size)
        repeats = race_knows(race, heap->words[offset / SHADOW_GRANULE], at, size, write) &&
                  !c_unset_may(face, pointer, write);
    run->ticks += repeats;
    return repeats;
}

/* Whether it is a variable of the program's, whose word should be written. */
static inline bool c_worth_knowing(const struct c_face *face, uintptr_t at)
{
    const struct shadow_span *image = &face->words.spans[C_WORDS_IMAGE];

    return at - image->low < image->size;
}

void c_access_slowly(struct run *run, const void *at, size_t size, bool write, bool atomic);
void c_check_slowly(struct run *run, const void *at, size_t size, bool write);

/* Whether a plain access by g is one that it made lately; it is done with then.  sp: where its
 * stack is in use from. */
static inline __attribute__((always_inline)) bool c_access_again(struct run *run,
                                                                 const struct c_face *face,
                                                                 const struct goroutine *g,
                                                                 uintptr_t sp, const void *pointer,
                                                                 size_t size, bool write)
{
    uintptr_t at = (uintptr_t)pointer;
    struct race *race = face->race;
    uint64_t ticks = run->ticks;

    if (size - 1 >= SHADOW_GRANULE || !race || ticks >= run->limits.ticks || c_popped(g, sp, at) ||
        (race_long(race, run) && c_worth_knowing(face, at)) || !race_same(race, g, at, size, write))
        return false;
    run->ticks = ticks + 1;
    return true;
}

/* The learner's code reads or writes memory: one tick; ends the run when the access is
 * wild; tells the race detector. */
static inline __attribute__((always_inline)) void c_access(struct run *run, const void *at,
                                                           size_t size, bool write, bool atomic)
{
    const struct c_face *face = c_face_of(run);

    if (atomic || !c_access_again(run, face, run->self, face->sp, at, size, write))
        c_access_slowly(run, at, size, write, atomic);
}

/* The same without the race detector. */
static inline void c_check(struct run *run, const void *at, size_t size, bool write)
{
    if (run->ticks < run->limits.ticks &&
        c_common_place(c_face_of(run), run->self, (uintptr_t)at, size))
        run->ticks++;
    else
        c_check_slowly(run, at, size, write);
}

/* c_access from go.h's functions, which run with checks or without. */
static inline void c_access_inside(struct run *run, const void *at, size_t size, bool write)
{
    if (run->access_watchers)
        c_access(run, at, size, write, false);
    else
        c_check(run, at, size, write);
}

/* Runs whose accesses are steps: the learner's code is about to access memory others may see. */
void c_point(struct run *run, const void *at, size_t size, bool write);

/* unset.c: live memory of the heap is about to be used, perhaps read before it was written. */
void c_unset_look(struct run *run, const void *at, size_t size, bool write);

/* The learner's code copies bytes, which need not have been written. */
static inline void c_copy(struct run *run, void *to, const void *from, size_t size)
{
    c_face_of(run)->copies = true;
    c_access(run, from, size, false, false);
    c_face_of(run)->copies = false;
    c_access(run, to, size, true, false);
}

/* The name of the variable at a place, for struct run. */
uint32_t c_variable(struct run *run, uintptr_t place);

/* An address as it is told: the same in every process; 0 when that cannot be told. */
uint64_t c_place(struct run *run, uintptr_t at);

/* --- fault.c ------------------------------------------------------------- */

/* Ends the run as RUN_WILD. */
_Noreturn void c_wild(struct run *run, enum c_fault_kind kind, const void *at, size_t size,
                      bool write);

/* The same for an access of the heap that is not to live memory. */
_Noreturn void c_wild_heap(struct run *run, const void *at, size_t size, bool write);

/* Ends the run as RUN_WILD: the access goes beyond the variable it begins in, told in words. */
_Noreturn void c_overflow(struct run *run, const void *at, size_t size, bool write,
                          const char *format, ...) __attribute__((format(printf, 5, 6)));

/* bounds.c: a library function called by the learner's code reads or writes memory: ends the run
 * if that goes beyond the variable it begins in. */
void c_bounds(struct run *run, const void *at, size_t size, bool write);

/* Ends the run as RUN_UNDEFINED. */
_Noreturn void c_undefined(struct run *run, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* --- witness.c ----------------------------------------------------------- */

extern const struct witness c_witness;

/* Emits a FRAME for each function of the learner's that the running goroutine is in. */
void c_tell_stack(struct run *run);

/* --- trap.c -------------------------------------------------------------- */

/* Between the two a trap of the processor in the learner's code, or in a library function
 * it called, ends the run as RUN_WILD or RUN_STACK, and a loop without any hook ends it
 * as RUN_TICKS.  Other traps go to who had the signals before. */
bool trap_begin(struct c_face *face); /* false: out of memory */
void trap_end(const struct c_face *face);

/* --- roots.c ------------------------------------------------------------- */

void roots_free(struct roots *roots);

/* --- others -------------------------------------------------------------- */

/* The running goroutine panics, or the program ends with a fatal error. */
_Noreturn void c_panic(struct run *run, bool fatal, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* runtime.Goexit. */
_Noreturn void c_goexit(struct run *run);

/* A call to be made when a function is left, by return, panic or Goexit. */
struct deferred {
    struct deferred *below;
    void (*call)(void *arg);
    void *arg;
    uintptr_t frame; /* of the function */
    uint32_t pc;     /* where it was deferred */
    bool learners;   /* said by the learner: ours lie on our own stack */
};

/* Defers a call of our own while the learner's code runs below us (frame: ours); undone when that
 * returned. */
void c_defer(struct run *run, struct deferred *deferred, void (*call)(void *), void *arg,
             uintptr_t frame);
void c_undefer(struct run *run, const struct deferred *deferred);

/* The learner's function with this frame returns: makes the calls it deferred. */
void c_leave(struct run *run, uintptr_t frame);

/* An error that wraps n others, as text that lives as long as the run. */
const char *c_error(struct run *run, const char *text, const char *const *wrapped, size_t n);

/* Starts entry(arg) as a goroutine that is told as the learner's function. */
struct goroutine *c_go(struct run *run, void (*entry)(void *), void *arg, const void *function);

/* The name of a function of the learner's, as it is told; NULL: unknown.  Valid until the next
 * call. */
const char *c_function_name(const struct run *run, const void *function);

/* The name of a variable of `bytes` bytes, "a[3]" in an array of them; NULL: unknown. */
const char *c_name(const struct run *run, const void *variable, size_t bytes, char *name,
                   size_t size);

/* The running goroutine is about to end. */
void c_goroutine_ends(struct run *run);

/* At the end of the program: what it gave to atexit, last first. */
void c_run_at_exit(struct c_face *face);

/* The symbol of a function of the learner's; NULL: unknown. */
const struct object_symbol *c_function(const struct c_face *face, const void *function);

/* The running goroutine's function has returned: its place is the function's last line,
 * whatever the compiler told last. */
void c_returned(struct run *run, const void *function);

/* Text made by printf's rules (format.c), its strings read as by the learner's code: in the
 * buffer, or when that is too small in memory of the run; *len its length. */
char *c_format(struct run *run, char *buffer, size_t size, size_t *len, const char *format,
               va_list args);

/* A function of the C library that the learner's code called reads or writes memory; run may be
 * NULL. */
static inline void c_library(struct run *run, const void *at, size_t size, bool write)
{
    if (!run)
        return;
    c_bounds(run, at, size, write);
    c_access(run, at, size, write, false);
}

/* Defines a function that stands for one of the C library, see wrap.h. */
#define C_WRAP(type, name, ...)         \
    type __wrap_##name(__VA_ARGS__);    \
    type __wrap_##name(__VA_ARGS__)

#endif
