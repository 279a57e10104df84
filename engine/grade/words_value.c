/* words_value.c -- values, durations and places as learners read them.
 *
 * Whatever a program made, no byte of it reaches a screen that is not text.
 */
#include "grade/words.h"

#include "base/utf8.h"

#include <math.h>
#include <string.h>

enum { MOST_VALUE = 40 }; /* characters of a value that are shown */

void words_safe(struct text *out, const char *string, size_t most)
{
    const char *end = string + strlen(string);

    for (size_t n = 0; string < end; n++) {
        const char *before = string;
        uint32_t rune;
        char bytes[4];

        if (n == most) {
            text_add(out, "...");
            return;
        }
        rune = utf8_next(&string, end);
        if (rune == '\n')
            text_add(out, "\\n");
        else if (rune == '\t')
            text_add(out, "\\t");
        else if (rune == UTF8_BAD || rune < 0x20 || rune == 0x7F)
            text_addf(out, "\\x%02x", (unsigned)(unsigned char)*before);
        else if (utf8_is_control(rune))
            text_addf(out, "\\u{%x}", rune);
        else
            text_add_n(out, bytes, utf8_put(bytes, rune));
    }
}

static void add_number(struct text *out, double number)
{
    if (isnan(number)) {
        text_add(out, "nan");
    } else if (isinf(number)) {
        text_add(out, number < 0 ? "-inf" : "inf");
    } else {
        size_t from = out->len;

        text_addf(out, "%.14g", number);
        /* a float stays one, as Lua shows it: 3.0 */
        if (out->at && !strpbrk(out->at + from, ".en"))
            text_add(out, ".0");
    }
}

/* Whether a text is how its language writes the value (a quoted string, a table, a thing by its
 * kind and number), not the bytes of a string. */
static bool is_written(const char *text)
{
    static const char *const kinds[] = {
        "chan",    "function",  "thread", "userdata", "table",
        "context", "WaitGroup", "Mutex",  "ticker",   "timer",
        "RWMutex", "Once",      "Cond",   "Pool",     "Map",
    };

    if (*text == '"' || *text == '{')
        return true;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        size_t len = strlen(kinds[i]);

        if (strncmp(text, kinds[i], len) == 0 &&
            (!text[len] || strspn(text + len, " :0123456789") == strlen(text + len)))
            return true;
    }
    return false;
}

void words_value(struct text *out, const struct trace *trace, enum value_kind kind, int64_t value)
{
    const char *text;
    double number;

    switch (kind) {
    case VALUE_NONE:
        break;
    case VALUE_INT:
        text_addf(out, "%lld", (long long)value);
        break;
    case VALUE_NUM:
        memcpy(&number, &value, sizeof number);
        add_number(out, number);
        break;
    case VALUE_BOOL:
        text_add(out, value ? "true" : "false");
        break;
    case VALUE_NIL:
        text_add(out, "nil");
        break;
    case VALUE_TEXT:
        text = trace_text(trace, value < 0 || value > UINT32_MAX ? 0 : (uint32_t)value);
        if (!is_written(text))
            text_add_char(out, '"');
        words_safe(out, text, MOST_VALUE);
        if (!is_written(text))
            text_add_char(out, '"');
        break;
    }
}

void words_duration(struct text *out, int64_t ns)
{
    static const struct { int64_t unit; const char *name; } units[] = {
        {60000000000, "m"}, {1000000000, "s"}, {1000000, "ms"}, {1000, "us"}, {1, "ns"},
    };
    uint64_t left = ns < 0 ? -(uint64_t)ns : (uint64_t)ns;
    bool minutes = false;

    if (ns == 0) {
        text_add(out, "0s");
        return;
    }
    if (ns < 0)
        text_add_char(out, '-');
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        uint64_t unit = (uint64_t)units[i].unit, fraction;

        if (left < unit)
            continue;
        if (i == 0) {
            text_addf(out, "%llum", (unsigned long long)(left / unit));
            left %= unit;
            minutes = true;
            if (left == 0)
                return;
            continue;
        }
        if (minutes && i > 1) { /* 1m0.5s, not 1m500ms */
            unit = (uint64_t)units[1].unit;
            i = 1;
        }
        fraction = left % unit;
        text_addf(out, "%llu", (unsigned long long)(left / unit));
        if (fraction) {
            char digits[24];
            int n = 0;

            for (uint64_t u = unit / 10; fraction; u /= 10) {
                digits[n++] = (char)('0' + fraction / u);
                fraction %= u;
            }
            text_add_char(out, '.');
            text_add_n(out, digits, (size_t)n);
        }
        text_add(out, units[i].name);
        return;
    }
}

void words_place(struct text *out, const struct trace *trace, const struct program *program,
                 uint32_t file, uint32_t line)
{
    const char *name = file ? trace_text(trace, file) : program ? program->name : "";
    const char *slash = strrchr(name, '/');

    if (slash)
        name = slash + 1;
    words_safe(out, name, MOST_VALUE);
    if (line && *name)
        text_addf(out, ":%u", line);
    else if (line)
        text_addf(out, "line %u", line);
    else if (!*name)
        text_add(out, "an unknown place");
}
