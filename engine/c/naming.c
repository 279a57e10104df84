/* naming.c -- names and values of the accesses that a C program's trace tells. */
#include "c/naming.h"

#include "c/variables.h"

#include <ctype.h>
#include <string.h>

struct naming {
    struct object object;
    struct object_symbols symbols;
    struct variables *variables;
    const char *source;
    struct trace *trace;
};

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* --- names from the line that made the access ------------------------------ */

/* A piece of the source. */
struct span {
    const char *at, *end;
};

static struct span line_of(const char *source, uint32_t line)
{
    const char *at = source;

    for (; line > 1 && at; line--)
        at = (at = strchr(at, '\n')) ? at + 1 : NULL;
    if (!at || line == 0)
        return (struct span){"", ""};
    return (struct span){at, at + strcspn(at, "\n")};
}

/* What is assigned to, when the line assigns: up to its first '='. */
static struct span assigned(struct span line)
{
    for (const char *at = line.at; at < line.end; at++)
        if (*at == '=' && at > line.at && at + 1 < line.end && at[1] != '=' &&
            !strchr("=!<>", at[-1]))
            return (struct span){line.at, at};
    return line;
}

/* Where the expression before `end` begins that goes on there: names, ".", "->" and "[...]". */
static const char *expression(const char *low, const char *end)
{
    const char *at = end;

    while (at > low) {
        if (is_word(at[-1]) || at[-1] == '.') {
            at--;
        } else if (at - low >= 2 && at[-1] == '>' && at[-2] == '-') {
            at -= 2;
        } else if (at[-1] == ']') {
            int open = 0;

            do {
                at--;
                open += *at == ']' ? 1 : *at == '[' ? -1 : 0;
            } while (open > 0 && at > low);
        } else {
            break;
        }
    }
    return at;
}

/* A member whose name ends at `end`, behind "." or "->": the byte may be in it. */
static bool name_member(const struct naming *n, struct span line, const char *end,
                        const struct event *place, struct text *out, struct variable *variable)
{
    const char *word = end;
    struct text member = {0}, inside = {0};
    bool found;

    while (word > line.at && is_word(word[-1]))
        word--;
    if (word == end || word == line.at || !strchr(".>", word[-1]))
        return false;
    text_add_n(&member, word, (size_t)(end - word));
    found = variables_member(n->variables, place->seq, (uint64_t)place->value,
                             text_string(&member), &inside, variable);
    if (found) {
        const char *start = expression(line.at, end);

        text_add_n(out, start, (size_t)(end - start));
        text_add(out, text_string(&inside));
    }
    text_release(&member);
    text_release(&inside);
    return found;
}

/* "name[" with elements as large as the access, or "*name". */
static bool name_element(struct span line, const char *end, const struct event *place,
                         const struct event *access, struct text *out)
{
    const char *word = end;

    while (word > line.at && is_word(word[-1]))
        word--;
    if (word == end || isdigit((unsigned char)*word))
        return false;
    if (end < line.end && *end == '[' && access->seq - 1u < 8 && place->seq % access->seq == 0) {
        const char *start = expression(line.at, end);

        text_add_n(out, start, (size_t)(end - start));
        text_addf(out, "[%lld]", (long long)place->value / access->seq);
        return true;
    }
    if (word > line.at && word[-1] == '*' && place->value == 0) {
        text_add_n(out, word - 1, (size_t)(end - word + 1));
        return true;
    }
    return false;
}

/* The last that fits: it is the innermost. */
static bool name_in(const struct naming *n, struct span line, const struct event *place,
                    const struct event *access, struct text *out, struct variable *variable)
{
    for (const char *end = line.end; end > line.at; end--)
        if (is_word(end[-1]) && (end == line.end || !is_word(*end)) &&
            name_member(n, line, end, place, out, variable))
            return true;
    for (const char *end = line.end; end > line.at; end--)
        if (is_word(end[-1]) && (end == line.end || !is_word(*end)) &&
            name_element(line, end, place, access, out))
            return true;
    return false;
}

static void name_block(const struct naming *n, const struct event *place,
                       const struct event *access, struct text *out, struct variable *variable)
{
    struct span line = access->file ? (struct span){"", ""} : line_of(n->source, access->line);

    if (access->extra & ACCESS_WRITE &&
        name_in(n, assigned(line), place, access, out, variable))
        return;
    if (!name_in(n, line, place, access, out, variable))
        text_addf(out, "byte %lld of a block", (long long)place->value);
}

/* --- all ----------------------------------------------------------------- */

static void name_global(const struct naming *n, const struct event *place, struct text *out,
                        struct variable *variable)
{
    const struct object_symbol *symbol;

    if (n->variables &&
        variables_global(n->variables, (uint64_t)place->value, out, variable))
        return;
    symbol = object_symbol_at(&n->symbols, (uint32_t)place->value);
    if (symbol && (uint32_t)place->value > symbol->start)
        text_addf(out, "%s+%u", symbol->name, (uint32_t)place->value - symbol->start);
    else if (symbol)
        text_add(out, symbol->name);
}

/* The bits of an access as the value they are. */
static void value_of(struct event *access, struct variable variable)
{
    double number;
    float narrow;

    if (access->value_kind != VALUE_INT)
        return;
    if (variable.size != access->seq || variable.kind == VARIABLE_OTHER) {
        /* it may be half of something, or an address */
        if (access->value != (int32_t)access->value || (variable.size && access->value))
            access->value_kind = VALUE_NONE;
    } else if (variable.kind == VARIABLE_UNSIGNED && variable.size < 8) {
        access->value &= (int64_t)(((uint64_t)1 << (8 * variable.size)) - 1);
    } else if (variable.kind == VARIABLE_BOOL) {
        access->value_kind = VALUE_BOOL;
    } else if (variable.kind == VARIABLE_FLOAT) {
        uint32_t low = (uint32_t)access->value;

        access->value_kind = variable.size == 4 || variable.size == 8 ? VALUE_NUM : VALUE_NONE;
        if (variable.size == 4) {
            memcpy(&narrow, &low, sizeof narrow);
            number = (double)narrow;
            memcpy(&access->value, &number, sizeof number);
        }
    }
}

static void name_access(const struct naming *n, struct event *place, struct event *access)
{
    struct variable variable = {VARIABLE_OTHER, 0};
    const struct object_symbol *function;
    struct text name = {0};

    switch (place->extra) {
    case PLACE_VARIABLE: name_global(n, place, &name, &variable); break;
    case PLACE_BLOCK:
        if (n->variables)
            name_block(n, place, access, &name, &variable);
        break;
    case PLACE_FRAME:
        function = place->pc ? object_symbol_at(&n->symbols, place->pc - 1) : NULL;
        if (function)
            place->text = trace_text_add(n->trace, function->name, strlen(function->name));
        if (n->variables && place->pc)
            variables_local(n->variables, place->pc - 1, place->value, &name, &variable);
        break;
    default: break;
    }
    if (name.len > 0 && !name.failed)
        access->text = trace_text_add(n->trace, text_string(&name), name.len);
    value_of(access, variable);
    text_release(&name);
}

static void name_all(const struct naming *n, struct findings *findings)
{
    struct event *events = n->trace->events;

    for (uint32_t i = 1; i < n->trace->count; i++)
        if (events[i].kind == EVENT_ACCESS && events[i - 1].kind == EVENT_PLACE)
            name_access(n, &events[i - 1], &events[i]);
    for (uint32_t i = 0; i < findings->count; i++) {
        struct finding *f = &findings->at[i];

        if (f->kind == FINDING_RACE && f->at.event < n->trace->count &&
            events[f->at.event].kind == EVENT_ACCESS && events[f->at.event].text)
            f->text = events[f->at.event].text;
    }
}

void naming_resolve(const char *object_path, const char *source, struct trace *trace,
                    struct findings *findings)
{
    struct naming n = {.source = source, .trace = trace};
    bool tells = false;

    for (uint32_t i = 0; i < trace->count && !tells; i++)
        tells = trace->events[i].kind == EVENT_ACCESS;
    if (!tells || !object_open(&n.object, object_path))
        return;
    if (object_symbols(&n.object, &n.symbols)) {
        n.variables = variables_new(&n.object);
        name_all(&n, findings);
        variables_free(n.variables);
        object_symbols_release(&n.symbols);
    }
    object_close(&n.object);
}
