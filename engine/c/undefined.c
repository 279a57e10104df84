/* undefined.c -- what C leaves undefined, as the compiler's checks find it.
 *
 * The names, arguments and layouts are those of UBSan's runtime, in gcc and clang: each check that
 * fails calls its handler with what the compiler knows of the place and with the operands.  Those
 * that end in _abort are of -fno-sanitize-recover, and do not return.
 */
#include "c/inside.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- what the compiler tells ------------------------------------------------ */

struct location {
    const char *file;
    uint32_t line, column;
};

enum { KIND_INTEGER = 0, KIND_FLOAT = 1 };

struct type {
    uint16_t kind;
    uint16_t info; /* integers: 1 if signed, + 2 * log2 of the bits; floats: the bits */
    char name[];   /* "'int'" */
};

struct operation { /* add, sub, mul, negate, divide */
    struct location at;
    const struct type *type;
};

struct shift {
    struct location at;
    const struct type *left, *right;
};

struct bounds {
    struct location at;
    const struct type *array, *index;
};

struct mismatch {
    struct location at;
    const struct type *type;
    unsigned char log_alignment, kind;
};

struct conversion {
    struct location at;
    const struct type *from, *to;
};

struct builtin {
    struct location at;
    unsigned char kind; /* 0: of ctz, 1: of clz */
};

/* --- values ------------------------------------------------------------------ */

enum { VALUE_MAX = 64 };

static unsigned bits_of(const struct type *type)
{
    return type->kind == KIND_INTEGER ? 1u << (type->info >> 1) : type->info;
}

static bool is_signed(const struct type *type)
{
    return type->kind == KIND_INTEGER && type->info & 1;
}

/* An operand of up to 64 bits comes as itself; a longer one by its address: its lower half. */
static int64_t integer(const struct type *type, uintptr_t operand)
{
    unsigned bits = bits_of(type);
    uint64_t value = operand;

    if (bits > 64)
        memcpy(&value, (const void *)operand, sizeof value);
    if (bits < 64 && is_signed(type) && value >> (bits - 1) & 1)
        value |= ~(uint64_t)0 << bits;
    else if (bits < 64)
        value &= ((uint64_t)1 << bits) - 1;
    return (int64_t)value;
}

static const char *number(const struct type *type, uintptr_t operand, char text[VALUE_MAX])
{
    if (type->kind == KIND_INTEGER && bits_of(type) > 64) {
        uint64_t words[2];

        memcpy(words, (const void *)operand, sizeof words);
        snprintf(text, VALUE_MAX, "0x%" PRIx64 "%016" PRIx64, words[1], words[0]);
    } else if (type->kind == KIND_INTEGER && is_signed(type)) {
        snprintf(text, VALUE_MAX, "%" PRId64, integer(type, operand));
    } else if (type->kind == KIND_INTEGER) {
        snprintf(text, VALUE_MAX, "%" PRIu64, (uint64_t)integer(type, operand));
    } else if (bits_of(type) == 32) {
        float value;

        memcpy(&value, &operand, sizeof value);
        snprintf(text, VALUE_MAX, "%g", (double)value);
    } else if (bits_of(type) == 64) {
        double value;

        memcpy(&value, &operand, sizeof value);
        snprintf(text, VALUE_MAX, "%g", value);
    } else {
        long double value;

        memcpy(&value, (const void *)operand, sizeof value);
        snprintf(text, VALUE_MAX, "%Lg", value);
    }
    return text;
}

/* A type's name without its quotes, as clang and most people say it. */
static const char *name_of(const struct type *type, char text[VALUE_MAX])
{
    static const char *const gcc[][2] = {
        {"short int", "short"}, {"short unsigned int", "unsigned short"},
        {"long int", "long"}, {"long unsigned int", "unsigned long"},
        {"long long int", "long long"}, {"long long unsigned int", "unsigned long long"},
    };
    const char *name = type->name + (type->name[0] == '\'');

    snprintf(text, VALUE_MAX, "%.*s", (int)strcspn(name, "'"), name);
    for (size_t i = 0; i < sizeof gcc / sizeof *gcc; i++)
        if (strcmp(text, gcc[i][0]) == 0)
            snprintf(text, VALUE_MAX, "%s", gcc[i][1]);
    return text;
}

/* The length in the name of an array's type: "int [4]"; -1: it says none. */
static long length_of(const struct type *array)
{
    const char *open = strchr(array->name, '[');
    char *end;
    long length = open ? strtol(open + 1, &end, 10) : -1;

    return open && end > open + 1 && *end == ']' ? length : -1;
}

/* --- handlers ---------------------------------------------------------------- */

/* The run, at the place of the check that failed. */
#define FAILED() c_enter(__builtin_return_address(0))

/* Weak, for clang links a sanitized engine with handlers of its own. */
#define HANDLER(name, ...)                                                       \
    _Noreturn void __ubsan_handle_##name(__VA_ARGS__) __attribute__((weak));     \
    _Noreturn void __ubsan_handle_##name(__VA_ARGS__)

static _Noreturn void overflow(struct run *run, const struct operation *o, const char *sign,
                               uintptr_t left, uintptr_t right)
{
    char a[VALUE_MAX], b[VALUE_MAX], type[VALUE_MAX];

    c_undefined(run, "signed overflow: %s %s %s does not fit in %s", number(o->type, left, a), sign,
                number(o->type, right, b), name_of(o->type, type));
}

HANDLER(add_overflow_abort, const struct operation *o, uintptr_t left, uintptr_t right)
{
    overflow(FAILED(), o, "+", left, right);
}

HANDLER(sub_overflow_abort, const struct operation *o, uintptr_t left, uintptr_t right)
{
    overflow(FAILED(), o, "-", left, right);
}

HANDLER(mul_overflow_abort, const struct operation *o, uintptr_t left, uintptr_t right)
{
    overflow(FAILED(), o, "*", left, right);
}

HANDLER(negate_overflow_abort, const struct operation *o, uintptr_t operand)
{
    char a[VALUE_MAX], type[VALUE_MAX];

    c_undefined(FAILED(), "signed overflow: -(%s) does not fit in %s", number(o->type, operand, a),
                name_of(o->type, type));
}

HANDLER(divrem_overflow_abort, const struct operation *o, uintptr_t left, uintptr_t right)
{
    char a[VALUE_MAX];
    struct run *run = FAILED();

    if (o->type->kind == KIND_INTEGER && integer(o->type, right) == -1)
        overflow(run, o, "/", left, right);
    c_undefined(run, "integer divide by zero: %s / 0", number(o->type, left, a));
}

HANDLER(shift_out_of_bounds_abort, const struct shift *s, uintptr_t left, uintptr_t right)
{
    char a[VALUE_MAX], b[VALUE_MAX], type[VALUE_MAX];

    c_undefined(FAILED(), "shift of %s by %s: %s has %u bits", number(s->left, left, a),
                number(s->right, right, b), name_of(s->left, type), bits_of(s->left));
}

HANDLER(out_of_bounds_abort, const struct bounds *b, uintptr_t index)
{
    char i[VALUE_MAX];
    struct run *run = FAILED();
    long length = length_of(b->array);

    number(b->index, index, i);
    if (length < 0 || *i == '-')
        c_undefined(run, "index out of range [%s]", i);
    c_undefined(run, "index out of range [%s] with length %ld", i, length);
}

HANDLER(vla_bound_not_positive_abort, const struct operation *o, uintptr_t bound)
{
    char n[VALUE_MAX];

    c_undefined(FAILED(), "an array of %s elements", number(o->type, bound, n));
}

HANDLER(type_mismatch_v1_abort, const struct mismatch *m, uintptr_t at)
{
    char type[VALUE_MAX];
    struct run *run = FAILED();
    unsigned alignment = 1u << m->log_alignment;

    if (at == 0)
        c_wild(run, C_FAULT_NULL, NULL, 0, m->kind == 1);
    c_undefined(run, "misaligned address: %s lies at multiples of %u bytes, this is %u behind one",
                name_of(m->type, type), alignment, (unsigned)(at % alignment));
}

HANDLER(float_cast_overflow_abort, const struct conversion *c, uintptr_t from)
{
    char a[VALUE_MAX], type[VALUE_MAX];

    c_undefined(FAILED(), "conversion: %s does not fit in %s", number(c->from, from, a),
                name_of(c->to, type));
}

HANDLER(load_invalid_value_abort, const struct operation *o, uintptr_t value)
{
    char a[VALUE_MAX], type[VALUE_MAX];
    struct run *run = FAILED();

    number(o->type, value, a);
    name_of(o->type, type);
    if (strcmp(type, "_Bool") == 0)
        c_undefined(run, "a bool holds %s, neither true nor false", a);
    c_undefined(run, "%s holds %s, which is none of its values", type, a);
}

HANDLER(invalid_builtin_abort, const struct builtin *b)
{
    c_undefined(FAILED(), "%s of 0", b->kind == 0 ? "__builtin_ctz" : "__builtin_clz");
}

HANDLER(builtin_unreachable, const struct location *at)
{
    (void)at;
    c_undefined(FAILED(), "__builtin_unreachable was reached");
}
