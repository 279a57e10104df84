/* go_errors.c -- the functions of go.h for package errors.
 *
 * An error is its text.  One made here stands behind a header that says what it wraps; any other
 * string is an error that wraps nothing.  Which it is must be seen without reading what is not
 * the program's: texts made here stand 16 bytes behind a multiple of 32, so that of any string
 * at such a place the 16 bytes before are on the same page, and the last of them hold the text's
 * own address.
 *
 *     | type, value, wrapped, n ... self | text ... NUL
 *                                        ^ 32 k + 16
 */
#include "go.h"
#include "c/go_inside.h"
#include "sync/context.h"

#include <string.h>

#define ENTER() c_enter(__builtin_return_address(0))

enum { TEXT_ALIGN = 32, TEXT_OFFSET = 16, TEXT_MAX = 512 };

struct error {
    const void *type;     /* err_of: known by its address; else NULL */
    void *value;
    const char **wrapped; /* n of them */
    size_t n;
    uintptr_t padding;
    const char *self;     /* the text, right behind */
};

/* What is known of an error; NULL: nothing, it is a plain string. */
static const struct error *error_of(const char *err)
{
    const struct error *error;

    if (!err || (uintptr_t)err % TEXT_ALIGN != TEXT_OFFSET)
        return NULL;
    error = (const struct error *)(const void *)err - 1;
    return error->self == err ? error : NULL;
}

static struct error *make(struct run *run, const char *text, const char *const *wrapped, size_t n)
{
    size_t len = strlen(text);
    char *room = region_alloc(&run->objects, sizeof(struct error) + len + 1 + 2 * TEXT_ALIGN);
    const char **list = n ? region_alloc(&run->objects, n * sizeof *list) : NULL;
    struct error *error;
    uintptr_t at;

    if (!room || (n && !list))
        run_stop(run, RUN_MEMORY);
    at = (uintptr_t)room + sizeof(struct error) - TEXT_OFFSET;
    room += (at + TEXT_ALIGN - 1) / TEXT_ALIGN * TEXT_ALIGN - at;
    error = (struct error *)(void *)room;
    *error = (struct error){.wrapped = list, .n = n, .self = (char *)(error + 1)};
    memcpy(error + 1, text, len + 1);
    for (size_t i = 0; i < n; i++)
        list[i] = wrapped[i];
    return error;
}

const char *c_error(struct run *run, const char *text, const char *const *wrapped, size_t n)
{
    return make(run, text, wrapped, n)->self;
}

/* --- for learners ---------------------------------------------------------- */

const char *err_new(const char *format, ...)
{
    struct run *run = ENTER();
    char text[TEXT_MAX];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return c_error(run, text, NULL, 0);
}

const char *err_of(const void *type, void *value, const char *format, ...)
{
    struct run *run = ENTER();
    char text[TEXT_MAX];
    struct error *error;
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    error = make(run, text, NULL, 0);
    error->type = type;
    error->value = value;
    return error->self;
}

const char *err_wrap(const char *err, const char *format, ...)
{
    struct run *run = ENTER();
    char text[TEXT_MAX];
    va_list args;
    int len;

    if (!err)
        return NULL;
    va_start(args, format);
    len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (len >= 0 && (size_t)len < sizeof text)
        snprintf(text + len, sizeof text - (size_t)len, ": %s", err);
    return c_error(run, text, &err, 1);
}

const char *err_join_at(const char *const *errs, size_t n)
{
    struct run *run = ENTER();
    const char **left = region_alloc(&run->objects, n * sizeof *left + 1);
    size_t nleft = 0, size = 0;
    char *all, *end;

    for (size_t i = 0; left && i < n; i++)
        if (errs[i]) {
            left[nleft++] = errs[i];
            size += strlen(errs[i]) + 1; /* with a newline, or the end */
        }
    all = end = left && nleft ? region_alloc(&run->objects, size) : NULL;
    if (!left || (nleft && !all))
        run_stop(run, RUN_MEMORY);
    for (size_t i = 0; i < nleft; i++) {
        if (i > 0)
            *end++ = '\n';
        end = stpcpy(end, left[i]);
    }
    return nleft ? c_error(run, all, left, nleft) : NULL;
}

const char *err_unwrap(const char *err)
{
    const struct error *error = error_of(err);

    return error && error->n == 1 ? error->wrapped[0] : NULL;
}

bool err_is(const char *err, const char *target)
{
    const struct error *error = error_of(err);

    if (err == target)
        return true;
    for (size_t i = 0; error && i < error->n; i++)
        if (err_is(error->wrapped[i], target))
            return true;
    return false;
}

void *err_as(const char *err, const void *type)
{
    const struct error *error = error_of(err);
    void *value = error && error->type == type ? error->value : NULL;

    for (size_t i = 0; error && !value && i < error->n; i++)
        value = err_as(error->wrapped[i], type);
    return value;
}

const char *ctx_canceled(void)
{
    return context_error_text(CONTEXT_CANCELED);
}

const char *ctx_deadline_exceeded(void)
{
    return context_error_text(CONTEXT_DEADLINE);
}
