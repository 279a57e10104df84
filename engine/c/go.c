/* go.c -- the functions of go.h that start and end goroutines, and the channels. */
#include "go.h"
#include "c/go_inside.h"
#include "rt/basic.h"
#include "sync/chan.h"
#include "sync/clock.h"

#include <stdio.h>
#include <string.h>

#define ENTER() c_enter(__builtin_return_address(0))

enum { TEXT_MAX = 512 };

/* --- goroutines ---------------------------------------------------------- */

/* Where a goroutine begins; its `face` is the learner's function. */
static void enter_goroutine(void *arg)
{
    void (*fn)(void *) = (void (*)(void *))run_current->self->face;

    fn(arg);
    c_returned(run_current, (const void *)fn);
    c_goroutine_ends(run_current);
}

struct goroutine *c_go(struct run *run, void (*entry)(void *), void *arg, const void *function)
{
    struct goroutine *g = run_go(run, entry, arg, c_function_name(run, function));

    if (!g)
        run_stop(run, RUN_MEMORY);
    go_note_stack(run, g);
    return g;
}

void go_note_stack(struct run *run, const struct goroutine *g)
{
    struct c_face *face = c_face_of(run);
    uintptr_t low = (uintptr_t)g->fiber.stack;

    if (face->stacks_high == 0 || low < face->stacks_low)
        face->stacks_low = low;
    if (low + g->fiber.stack_size > face->stacks_high)
        face->stacks_high = low + g->fiber.stack_size;
}

void go(void (*fn)(void *), void *arg)
{
    struct run *run = ENTER();

    if (!fn)
        c_panic(run, true, "go of nil func value");
    c_go(run, enter_goroutine, arg, (const void *)fn)->face = (void *)fn;
}

void go_name(const char *format, ...)
{
    struct run *run = ENTER();
    char text[TEXT_MAX];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    basic_name(run, text);
}

void go_mark(const char *name)
{
    basic_mark(ENTER(), name);
}

void go_sched(void)
{
    basic_yield(ENTER());
}

int go_num_goroutine(void)
{
    return (int)basic_count(ENTER());
}

int go_rand(int n)
{
    struct run *run = ENTER();

    if (n < 1)
        c_panic(run, false, "invalid argument to Intn");
    return (int)basic_rand(run, (uint32_t)n);
}

static void check_fault(struct run *run, enum fault fault)
{
    if (fault == FAULT_NO_MEMORY)
        run_stop(run, RUN_MEMORY);
    if (fault != FAULT_NONE)
        c_panic(run, fault_is_fatal(fault), "%s", fault_text(fault));
}

/* --- elements ------------------------------------------------------------ */

/* Types of channels made here; those of the engine's own (time, Done) have no name. */
struct c_type {
    struct chan_type base;
    const char *name;
};

#define SHOW(name, type)                                                                       \
    static int64_t name(struct run *run, const void *element, enum value_kind *kind)           \
    {                                                                                          \
        type value;                                                                            \
                                                                                               \
        (void)run;                                                                             \
        memcpy(&value, element, sizeof value);                                                 \
        *kind = VALUE_INT;                                                                     \
        return (int64_t)value;                                                                 \
    }

SHOW(show_i8, int8_t)
SHOW(show_i16, int16_t)
SHOW(show_i32, int32_t)
SHOW(show_i64, int64_t)
SHOW(show_u8, uint8_t)
SHOW(show_u16, uint16_t)
SHOW(show_u32, uint32_t)

static int64_t bits_of(double number, enum value_kind *kind)
{
    int64_t bits;

    memcpy(&bits, &number, sizeof bits);
    *kind = VALUE_NUM;
    return bits;
}

static int64_t show_float(struct run *run, const void *element, enum value_kind *kind)
{
    float number;

    (void)run;
    memcpy(&number, element, sizeof number);
    return bits_of(number, kind);
}

static int64_t show_double(struct run *run, const void *element, enum value_kind *kind)
{
    double number;

    (void)run;
    memcpy(&number, element, sizeof number);
    return bits_of(number, kind);
}

static int64_t show_bool(struct run *run, const void *element, enum value_kind *kind)
{
    (void)run;
    *kind = VALUE_BOOL;
    return *(const unsigned char *)element != 0;
}

static int64_t show_char(struct run *run, const void *element, enum value_kind *kind)
{
    char c = *(const char *)element;

    *kind = c >= ' ' && c <= '~' ? VALUE_TEXT : VALUE_INT;
    return *kind == VALUE_TEXT ? (int64_t)run_text(run, &c, 1) : c;
}

/* A string is shown when it lies where the program's own strings do. */
static int64_t show_text(struct run *run, const void *element, enum value_kind *kind)
{
    const struct c_face *face = c_face_of(run);
    const struct image_segment *segment;
    const char *text;
    size_t most = 0;

    memcpy(&text, element, sizeof text);
    if (!text) {
        *kind = VALUE_NIL;
        return 0;
    }
    if (heap_has(&face->heap, (uintptr_t)text)) {
        while (most < 64 && heap_live(&face->heap, (uintptr_t)text, most + 1))
            most++;
    } else if ((segment = image_segment(&face->image, (uintptr_t)text, 1))) {
        most = segment->end - (uintptr_t)text < 64 ? segment->end - (uintptr_t)text : 64;
    }
    *kind = most > 0 ? VALUE_TEXT : VALUE_NONE;
    return most > 0 ? run_text(run, text, strnlen(text, most)) : 0;
}

static int64_t show_nothing(struct run *run, const void *element, enum value_kind *kind)
{
    (void)run, (void)element;
    *kind = VALUE_NONE;
    return 0;
}

static const struct known {
    char kind; /* as GO_KIND of go.h says */
    uint8_t size;
    int64_t (*show)(struct run *run, const void *element, enum value_kind *kind);
} known[] = {
    {'i', 1, show_i8}, {'i', 2, show_i16}, {'i', 4, show_i32}, {'i', 8, show_i64},
    {'u', 1, show_u8}, {'u', 2, show_u16}, {'u', 4, show_u32}, {'u', 8, show_i64},
    {'f', 4, show_float}, {'f', 8, show_double}, {'b', 1, show_bool},
    {'c', 1, show_char}, {'s', sizeof(char *), show_text},
};

enum { KNOWN = sizeof known / sizeof *known };

static struct chan_type type_of(char kind, size_t size)
{
    for (size_t i = 0; i < KNOWN; i++)
        if (known[i].kind == kind && known[i].size == size)
            return (struct chan_type){(uint32_t)size, known[i].show};
    return (struct chan_type){(uint32_t)size, show_nothing};
}

/* The name of the elements' type; NULL: a Done channel's, which has no values. */
static const char *type_name(const struct chan_type *type)
{
    if (type == &clock_type)
        return "int64_t";
    if (type->show == show_nothing)
        return ((const struct c_type *)type)->name;
    for (size_t i = 0; i < KNOWN; i++)
        if (type->show == known[i].show)
            return ((const struct c_type *)type)->name;
    return NULL;
}

/* --- channels ------------------------------------------------------------ */

struct chan *go_chan_new(struct run *run, size_t size, ptrdiff_t cap, const char *type, char kind,
                         const char *name)
{
    struct c_type *own = region_alloc(&run->objects, sizeof *own);
    struct chan *chan;

    if (!own)
        run_stop(run, RUN_MEMORY);
    if (cap < 0 || (size_t)cap > (UINT32_MAX >> 4) / (size ? size : 1))
        check_fault(run, FAULT_CHAN_SIZE);
    *own = (struct c_type){type_of(kind, size), type};
    chan = chan_make(run, &own->base, (uint32_t)cap, 0, name && *name ? name : NULL);
    if (!chan)
        run_stop(run, RUN_MEMORY);
    chan->own_size = (uint32_t)size;
    return chan;
}

struct chan *go_chan_make(size_t size, ptrdiff_t cap, const char *type, char kind, const char *name)
{
    return go_chan_new(ENTER(), size, cap, type, kind, name);
}

/* A view is the channel's address with a tag. */
enum view { VIEW_NONE, VIEW_SENDER, VIEW_RECEIVER, VIEW_TAGS };

/* What is to be done with a channel. */
enum chan_use { USE_ANY, USE_SEND, USE_CLOSE, USE_RECV };

static _Noreturn void refuse(struct run *run, enum chan_use use)
{
    static const char *const words[] = {"", "send to receive-only", "close receive-only",
                                        "receive from send-only"};

    c_panic(run, false, "invalid operation: cannot %s channel", words[use]);
}

/* The channel a learner's pointer means.  It is taken for one, or for a view of one, when it
 * holds what a channel of this run would. */
static inline struct chan *chan_of(struct run *run, struct chan *view, enum chan_use use)
{
    struct c_face *face = c_face_of(run);
    uintptr_t tag = (uintptr_t)view % _Alignof(struct chan);
    struct chan *chan = (struct chan *)((uintptr_t)view - tag);
    bool fits;

    if (!view)
        return NULL;
    if (tag >= VIEW_TAGS)
        c_wild(run, C_FAULT_NOT_CHAN, view, sizeof *view, false);
    c_probe_begin(face, C_FAULT_NOT_CHAN);
    fits = chan->buffer == (unsigned char *)(chan + 1) && chan->id - 1 < run->last_object;
    c_probe_end(face);
    if (!fits)
        c_wild(run, C_FAULT_NOT_CHAN, view, sizeof *view, false);
    if (tag != VIEW_NONE && use != USE_ANY && (tag == VIEW_SENDER) != (use < USE_RECV))
        refuse(run, use);
    return chan;
}

static void *view_of(struct run *run, struct chan *chan, enum chan_use use, enum view view)
{
    chan = chan_of(run, chan, use);
    return chan ? (char *)chan + view : NULL;
}

struct send_chan *go_sender(struct chan *chan)
{
    return view_of(ENTER(), chan, USE_SEND, VIEW_SENDER);
}

struct recv_chan *go_receiver(struct chan *chan)
{
    return view_of(ENTER(), chan, USE_RECV, VIEW_RECEIVER);
}

struct recv_chan *go_receiver_of(struct chan *chan)
{
    return (struct recv_chan *)((char *)chan + VIEW_RECEIVER);
}

bool go_same_at(struct chan *a, struct chan *b)
{
    struct run *run = ENTER();

    return chan_of(run, a, USE_ANY) == chan_of(run, b, USE_ANY);
}

/* Ends the run if elements of this size cannot go this way. */
static void check_element(struct run *run, const struct chan_type *type, size_t size, bool send)
{
    const char *name = type_name(type), *what = send ? "send" : "receive";

    if (send && (!name || type == &clock_type))
        refuse(run, USE_SEND);
    if (!name)
        c_panic(run, false, "%s of a value on a Done channel, which carries none", what);
    if (type->size != size)
        c_panic(run, false, "%s of %zu bytes on a channel of %s (%u bytes)", what, size, name,
                type->size);
}

/* Looks at one case, and returns its channel: the size of the element, its memory. */
static inline struct chan *check_clause(struct run *run, struct chan *view, const void *element,
                                        size_t size, bool send)
{
    struct chan *chan = chan_of(run, view, send ? USE_SEND : USE_RECV);

    if (!element) {
        if (send)
            c_wild(run, C_FAULT_NULL, element, size, false);
        return chan;
    }
    if (chan && (chan->type->size != size || size == 0 || chan->type == &clock_type))
        check_element(run, chan->type, size, send);
    if (send)
        c_access_inside(run, element, size, false);
    else
        c_check(run, element, size, true);
    return chan;
}

struct chan *go_chan_to_send(struct run *run, struct chan *view, size_t size)
{
    struct chan *chan = chan_of(run, view, USE_SEND);

    if (chan && (chan->type == &clock_type || !type_name(chan->type)))
        refuse(run, USE_SEND);
    if (chan && chan->type->size != size)
        c_panic(run, false, "a channel of %s (%u bytes) where one of %zu bytes is wanted",
                type_name(chan->type), chan->type->size, size);
    return chan;
}

void go_send_at(struct chan *chan, const void *element, size_t size)
{
    struct run *run = ENTER();

    chan = check_clause(run, chan, element, size, true);
    check_fault(run, chan_send(run, chan, (void *)element));
}

bool go_recv_at(struct chan *chan, void *element, size_t size)
{
    struct run *run = ENTER();
    uint32_t pc = run->self->pc;
    bool ok;

    chan = check_clause(run, chan, element, size, false);
    chan_recv(run, chan, element, &ok);
    run->self->pc = pc;
    if (element)
        c_access_inside(run, element, size, true);
    return ok;
}

static void close_view(struct run *run, struct chan *view)
{
    struct chan *chan = chan_of(run, view, USE_CLOSE);

    if (chan && (chan->type == &clock_type || !type_name(chan->type)))
        refuse(run, USE_CLOSE);
    check_fault(run, chan_close(run, chan));
}

void go_close_at(struct chan *chan)
{
    close_view(ENTER(), chan);
}

/* For go_defer, which takes a function. */
void (go_close)(void *chan)
{
    close_view(ENTER(), chan);
}

size_t (go_len)(struct chan *chan)
{
    struct run *run = ENTER();

    return chan_look(run, chan_of(run, chan, USE_ANY));
}

size_t (go_cap)(struct chan *chan)
{
    struct run *run = ENTER();

    return chan_cap(chan_of(run, chan, USE_ANY));
}

/* --- select -------------------------------------------------------------- */

/* Made here, where no hooks watch how it comes about: most of what a select cost were those. */
struct go_value go_value_of(void *element, bool *ok, size_t size, bool send, const char *name)
{
    return (struct go_value){element, ok, size, name, send};
}

/* Looks at what a case is to do, and makes it the clause. */
static inline void prepare(struct run *run, const struct go_case *one, struct clause *clause)
{
    const struct go_value *value = &one->value;
    struct chan *chan = check_clause(run, one->chan, value->element, value->size, value->send);

    if (value->ok)
        c_check(run, value->ok, sizeof *value->ok, true);
    *clause = (struct clause){.chan = chan, .send = value->send, .element = value->element,
                              .name = value->name};
}

int go_select_at(const struct go_case *cases, size_t n, bool has_default)
{
    struct run *run = ENTER();
    uint32_t pc = run->self->pc;
    const struct go_value *value;
    int32_t chosen;

    /* they lie on the goroutine's stack, as the learner's do: as many as it holds */
    if (n > STACK_SIZE / (2 * sizeof(struct clause)) ||
        c_stack_short(run, (uintptr_t)__builtin_frame_address(0), 2 * n * sizeof(struct clause)))
        c_stack_over(run);
    struct clause clauses[n ? n : 1];
    for (size_t i = 0; i < n; i++)
        prepare(run, &cases[i], &clauses[i]);
    check_fault(run, chan_select(run, clauses, (uint32_t)n, has_default, true, &chosen));
    if (chosen == CHAN_DEFAULT || clauses[chosen].send)
        return chosen;
    value = &cases[chosen].value;
    run->self->pc = pc;
    if (value->element)
        c_access_inside(run, value->element, value->size, true);
    if (value->ok) {
        c_access_inside(run, value->ok, sizeof *value->ok, true);
        *value->ok = clauses[chosen].ok;
    }
    return chosen;
}

_Noreturn void go_block(void)
{
    struct run *run = ENTER();
    int32_t chosen;

    chan_select(run, NULL, 0, false, true, &chosen);
    __builtin_unreachable();
}
