/* scan.c -- sscanf: what it writes, and where.
 *
 * How much a "%s" writes only the text decides, so all is scanned into room of our own first.  Then
 * each argument is written as if by the learner's code: one that is too small is a fault at the
 * call, and nothing next to it was touched.  A format we do not know is the library's alone.
 */
#include "c/inside.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum {
    MOST = 24,    /* arguments */
    SMALL = 1024, /* bytes of room on the stack */
    NUMBER = 16,  /* of the largest number, a long double, which is aligned so, too */
};

/* One argument. */
struct target {
    void *to;
    size_t size;     /* bytes it gets; of text: at most, all there is */
    enum { TARGET_NUMBER, TARGET_TEXT, TARGET_BYTES, TARGET_COUNT } kind; /* COUNT: "%n" */
    char *room;
};

struct scan {
    struct target at[MOST];
    size_t count;
    size_t room;     /* bytes for all */
    size_t longest;  /* what a text may get: the input and its end */
};

/* Bytes of room for one of this size, so that the next is aligned for any number. */
static size_t room_for(size_t size)
{
    return (size + NUMBER - 1) / NUMBER * NUMBER;
}

/* The size of what a conversion stores a number in; modifiers: "", "hh", "l", ... */
static size_t number_size(const char *modifiers, size_t n, bool real)
{
    if (real)
        return n == 0 ? sizeof(float) : *modifiers == 'L' ? sizeof(long double) : sizeof(double);
    if (n == 0)
        return sizeof(int);
    if (*modifiers == 'h')
        return n == 1 ? sizeof(short) : sizeof(char);
    return sizeof(long);
}

/* After the set that begins with '['; NULL: it does not end. */
static const char *after_set(const char *at)
{
    at += *at == '^';
    at += *at == ']';
    at = strchr(at, ']');
    return at ? at + 1 : NULL;
}

/* What a conversion writes, from its kind on; false: not known to us. */
static bool describe(struct scan *scan, char kind, const char *modifiers, size_t n, size_t width,
                     struct target *target)
{
    *target = (struct target){.kind = TARGET_NUMBER};
    if (strchr("diouxX", kind))
        target->size = number_size(modifiers, n, false);
    else if (strchr("eEfFgGaA", kind))
        target->size = number_size(modifiers, n, true);
    else if (kind == 'p')
        target->size = sizeof(void *);
    else if (kind == 'n')
        *target = (struct target){.size = number_size(modifiers, n, false), .kind = TARGET_COUNT};
    else if (kind == 'c' && n == 0)
        *target = (struct target){.size = width ? width : 1, .kind = TARGET_BYTES};
    else if ((kind == 's' || kind == '[') && n == 0)
        *target = (struct target){.size = scan->longest, .kind = TARGET_TEXT};
    else
        return false;
    return true;
}

/* Reads one conversion behind its '%', and takes its argument; NULL: not known to us. */
static const char *conversion(struct scan *scan, const char *at, va_list *list)
{
    bool dropped = *at == '*';
    size_t width = 0, n;
    const char *modifiers;
    struct target target;
    char kind;

    if (*at == '%')
        return at + 1;
    for (at += dropped; isdigit((unsigned char)*at) && width < 1 << 20; at++)
        width = 10 * width + (size_t)(*at - '0');
    n = strspn(modifiers = at, "hlqjztL");
    at += n;
    kind = *at;
    if (!kind || !describe(scan, kind, modifiers, n, width, &target))
        return NULL;
    at = kind == '[' ? after_set(at + 1) : at + 1;
    if (dropped || !at)
        return at;
    if (scan->count == MOST)
        return NULL;
    target.to = va_arg(*list, void *);
    scan->room += room_for(target.size);
    scan->at[scan->count++] = target;
    return at;
}

static bool take_apart(struct scan *scan, const char *format, va_list *list)
{
    while (format && (format = strchr(format, '%')))
        if (!(format = conversion(scan, format + 1, list)))
            return false;
    return true;
}

/* Whether the library came to a "%n". */
static bool was_counted(const struct target *target)
{
    for (size_t i = 0; i < target->size; i++)
        if (target->room[i] != (char)0xff)
            return true;
    return false;
}

/* What was scanned goes where the learner wants it; n: how many were assigned. */
static void hand_over(struct run *run, const struct scan *scan, int n)
{
    for (size_t i = 0; i < scan->count; i++) {
        const struct target *target = &scan->at[i];
        size_t size = target->kind == TARGET_TEXT ? strlen(target->room) + 1 : target->size;

        if (target->kind == TARGET_COUNT ? !was_counted(target) : n-- <= 0)
            continue;
        c_library(run, target->to, size, true);
        memcpy(target->to, target->room, size);
    }
}

static int scan_text(struct run *run, const char *text, const char *format, va_list list)
{
    struct scan scan = {.longest = strlen(text) + 1};
    char small[SMALL] __attribute__((aligned(NUMBER))), *room = small;
    void *at[MOST] = {NULL};
    va_list again;
    bool known;
    int n;

    va_copy(again, list);
    known = take_apart(&scan, format, &again);
    va_end(again);
    if (known && scan.room > sizeof small)
        room = region_alloc(&run->objects, scan.room);
    if (!known)
        return vsscanf(text, format, list);
    if (!room)
        run_stop(run, RUN_MEMORY);
    memset(room, 0xff, scan.room);
    for (size_t i = 0; i < scan.count; i++) {
        at[i] = scan.at[i].room = room;
        room += room_for(scan.at[i].size);
    }
    n = sscanf(text, format, at[0], at[1], at[2], at[3], at[4], at[5], at[6], at[7], at[8], at[9],
               at[10], at[11], at[12], at[13], at[14], at[15], at[16], at[17], at[18], at[19],
               at[20], at[21], at[22], at[23]);
    hand_over(run, &scan, n);
    return n;
}

static int scanned(struct run *run, const char *text, const char *format, va_list list)
{
    if (!run)
        return vsscanf(text, format, list);
    c_library(run, text, 1, false);
    c_library(run, text, strlen(text) + 1, false);
    return scan_text(run, text, format, list);
}

#define SCAN(name)                                                                              \
    C_WRAP(int, name, const char *text, const char *format, ...)                                \
    {                                                                                           \
        struct run *run = c_called(__builtin_return_address(0), __builtin_frame_address(0));    \
        va_list list;                                                                           \
        int n;                                                                                  \
                                                                                                \
        va_start(list, format);                                                                 \
        n = scanned(run, text, format, list);                                                   \
        va_end(list);                                                                           \
        return n;                                                                               \
    }

#define SCAN_LIST(name)                                                                         \
    C_WRAP(int, name, const char *text, const char *format, va_list list)                       \
    {                                                                                           \
        return scanned(c_called(__builtin_return_address(0), __builtin_frame_address(0)), text, \
                       format, list);                                                           \
    }

/* glibc's headers call it by the year of the standard. */
SCAN(sscanf)
SCAN(__isoc99_sscanf)
SCAN(__isoc23_sscanf)
SCAN_LIST(vsscanf)
SCAN_LIST(__isoc99_vsscanf)
SCAN_LIST(__isoc23_vsscanf)
