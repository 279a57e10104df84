/* format.c -- printf's formats: the text they make, and the strings they read on the way.
 *
 * What "%s" reads is looked at as if the learner's code did it; numbers come by value and
 * were read by the call itself.
 */
#include "c/inside.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* One conversion of a format, without its '%'. */
struct conversion {
    int precision;  /* -1: none given */
    char length;    /* 'l' for long and what has its size, 'L', 0 for int */
    char kind;      /* 'd', 's', ...; 0: not known */
};

/* The list goes from function to function only in a struct. */
struct arguments {
    va_list list;
};

/* A number of the format, or the next argument for '*'. */
static int number(const char **format, struct arguments *args)
{
    int n = 0;

    if (**format == '*') {
        ++*format;
        return va_arg(args->list, int);
    }
    while (**format >= '0' && **format <= '9')
        n = n < INT32_MAX / 10 - 1 ? 10 * n + (*(*format)++ - '0') : (++*format, n);
    return n;
}

static struct conversion conversion(const char **format, struct arguments *args)
{
    struct conversion c = {.precision = -1};

    *format += strspn(*format, "-+ #0'I");
    number(format, args);
    if (**format == '.') {
        ++*format;
        c.precision = number(format, args);
    }
    for (; **format && strchr("hlqjztL", **format); ++*format)
        if (**format != 'h')
            c.length = **format == 'L' ? 'L' : 'l';
    if (**format && strchr("diouxXceEfFgGaAspnm%", **format))
        c.kind = *(*format)++;
    return c;
}

static void read_string(struct run *run, const struct conversion *c, const char *text)
{
    if (!text || c->length)
        return; /* "(null)"; wide */
    if (c->precision == 0)
        return;
    c_access(run, text, 1, false, false);
    if (c->precision < 0)
        c_access(run, text, strlen(text) + 1, false, false);
    else
        c_access(run, text, strnlen(text, (size_t)c->precision), false, false);
}

static void skip(const struct conversion *c, struct arguments *args)
{
    if (strchr("eEfFgGaA", c->kind)) {
        if (c->length == 'L')
            (void)va_arg(args->list, long double);
        else
            (void)va_arg(args->list, double);
    } else if (c->kind == 'p' || c->kind == 'n') {
        (void)va_arg(args->list, void *);
    } else if (strchr("diouxXc", c->kind)) {
        if (c->length)
            (void)va_arg(args->list, long);
        else
            (void)va_arg(args->list, int);
    }
}

/* Reads what the format's strings read; stops at what it does not know. */
static void read_strings(struct run *run, const char *format, va_list list)
{
    struct arguments args;

    va_copy(args.list, list);
    while ((format = strchr(format, '%'))) {
        struct conversion c;

        format++;
        c = conversion(&format, &args);
        if (!c.kind)
            break;
        if (c.kind == 's')
            read_string(run, &c, va_arg(args.list, const char *));
        else
            skip(&c, &args);
    }
    va_end(args.list);
}

char *c_format(struct run *run, char *buffer, size_t size, size_t *len, const char *format,
               va_list args)
{
    char *text = buffer;
    va_list again;
    int n;

    read_strings(run, format, args);
    va_copy(again, args);
    n = vsnprintf(buffer, size, format, args);
    *len = n < 0 ? 0 : (size_t)n;
    if (*len >= size) {
        text = region_alloc(&run->objects, *len + 1);
        if (!text)
            run_stop(run, RUN_MEMORY);
        vsnprintf(text, *len + 1, format, again);
    }
    va_end(again);
    return text;
}
