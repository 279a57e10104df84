/* site.c -- how accesses are named: for reports, and as Lua's messages would. */
#include "lua/emit.h"

#include <string.h>

/* Names longer than this are cut. */
enum { NAME_MAX_LENGTH = 40 };

static const char *keep(struct emitter *e, struct text *text)
{
    char *copy = NULL;

    if (!text->failed && (copy = region_alloc(&e->region, text->len + 1)))
        memcpy(copy, text_string(text), text->len + 1);
    else
        e->failed = true;
    text_release(text);
    return copy ? copy : "";
}

static void add_tokens(struct emitter *e, struct text *text, uint32_t first, uint32_t last)
{
    const struct token *tokens = e->tree->tokens.at;

    for (uint32_t i = first; i <= last; i++)
        text_add_n(text, e->tree->text + tokens[i].start, tokens[i].end - tokens[i].start);
}

static void add_part(struct emitter *e, struct text *text, const struct node *part)
{
    switch (part->kind) {
    case NODE_NAME:
    case NODE_FIELD:
        add_tokens(e, text, part->first, part->last);
        break;
    case NODE_INDEX:
        text_add(text, "[");
        if (part->last - part->first <= 6 && emit_one_line(e, part))
            add_tokens(e, text, part->first + 1, part->last - 1);
        else
            text_add(text, "...");
        text_add(text, "]");
        break;
    case NODE_CALL:
        text_add(text, part->child ? "(...)" : "()");
        break;
    case NODE_METHOD:
        add_tokens(e, text, part->first, part->first + 1);
        text_add(text, part->child ? "(...)" : "()");
        break;
    default:
        text_add(text, "(...)");
    }
}

const char *site_name(struct emitter *e, const struct node *node, const struct node *last,
                      const char *before)
{
    struct text text = {0};

    text_add(&text, before);
    if (node->kind == NODE_CHAIN) {
        for (const struct node *part = node->child; part; part = part->next) {
            add_part(e, &text, part);
            if (part == last)
                break;
        }
    } else {
        add_part(e, &text, node);
    }
    if (text.len > NAME_MAX_LENGTH) {
        size_t cut = NAME_MAX_LENGTH - 3;

        while (cut > 0 && ((unsigned char)text.at[cut] & 0xc0) == 0x80)
            cut--; /* not inside a character */
        text.len = cut;
        text_add(&text, "...");
    }
    return keep(e, &text);
}

static const char *described(struct emitter *e, const char *sort, const char *name, size_t len)
{
    struct text text = {0};

    text_addf(&text, "%s '%.*s'", sort, (int)len, name);
    return keep(e, &text);
}

static const char *token_described(struct emitter *e, const char *sort, uint32_t token)
{
    const struct token *t = &e->tree->tokens.at[token];

    return described(e, sort, e->tree->text + t->start, t->end - t->start);
}

static bool is_environment(const struct emitter *e, const struct node *name)
{
    const struct token *t = &e->tree->tokens.at[name->first];

    return name->kind == NODE_NAME && t->end - t->start == 4
           && memcmp(e->tree->text + t->start, "_ENV", 4) == 0;
}

const char *site_variable(struct emitter *e, const struct node *name)
{
    if (name->var)
        return token_described(e, name->var->func == e->func ? "local" : "upvalue", name->first);
    return token_described(e, is_environment(e, name) ? "upvalue" : "global", name->first);
}

const char *site_environment(struct emitter *e, const struct node *name)
{
    bool local = name->environment && name->environment->func == e->func;

    return described(e, local ? "local" : "upvalue", "_ENV", 4);
}

/* "sort 'string'" for a string literal without escapes, else NULL. */
static const char *string_described(struct emitter *e, const char *sort, const struct node *node)
{
    const struct token *t = &e->tree->tokens.at[node->first];
    const char *text = e->tree->text + t->start;
    size_t len = t->end - t->start;

    if (node->kind == NODE_LITERAL && t->kind == TOKEN_STRING && text[0] != '['
        && !memchr(text, '\\', len))
        return described(e, sort, text + 1, len - 2);
    return NULL;
}

static const char *part_described(struct emitter *e, const struct node *part)
{
    const char *name;

    switch (part->kind) {
    case NODE_NAME:
        return site_variable(e, part);
    case NODE_PAREN:
        return site_described(e, part->child, NULL);
    case NODE_FIELD:
        return token_described(e, is_environment(e, part->prev) ? "global" : "field", part->last);
    case NODE_INDEX:
        name = string_described(e, "field", part->child);
        return name ? name : described(e, "field", "?", 1);
    case NODE_LITERAL:
        return string_described(e, "constant", part);
    default:
        return NULL;
    }
}

const char *site_described(struct emitter *e, const struct node *node, const struct node *stop)
{
    if (node->kind == NODE_CHAIN)
        return part_described(e, stop ? stop->prev : node->last_child);
    return part_described(e, node);
}
