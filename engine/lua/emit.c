/* emit.c -- the rewritten text: the learner's own, copied from token to token, and
 * the hooks between.
 *
 * `at` only moves forward: what is put in is written when the copying has come to
 * its place, so nothing has to be sorted afterwards, and line ends are copied
 * exactly once.
 */
#include "lua/emit.h"

#include <stdlib.h>
#include <string.h>

/* Hooks nest calls, which Lua limits together with the source's own nesting. */
enum { OPEN_MAX = 40, LEVEL_MAX = TREE_LEVELS - 80 };

static void copy_to(struct emitter *e, size_t end)
{
    if (end > e->at) {
        text_add_n(&e->out, e->tree->text + e->at, end - e->at);
        e->at = end;
    }
}

/* A space for what is left out, lest "\n" and "\r" around it become one line end. */
static void skip_to(struct emitter *e, size_t end)
{
    bool run = false;

    for (; e->at < end; e->at++) {
        char c = e->tree->text[e->at];

        if (c == '\n' || c == '\r') {
            text_add_char(&e->out, c);
            run = false;
        } else if (!run) {
            text_add_char(&e->out, ' ');
            run = true;
        }
    }
}

void emit_before(struct emitter *e, uint32_t token)
{
    copy_to(e, e->tree->tokens.at[token].start);
}

void emit_through(struct emitter *e, uint32_t token)
{
    copy_to(e, e->tree->tokens.at[token].end);
}

void emit_skip_before(struct emitter *e, uint32_t token)
{
    skip_to(e, e->tree->tokens.at[token].start);
}

void emit_skip_through(struct emitter *e, uint32_t token)
{
    skip_to(e, e->tree->tokens.at[token].end);
}

void emit_gap(struct emitter *e)
{
    char last = e->out.len ? e->out.at[e->out.len - 1] : ' ';

    if (last == '_' || last == '.' || (last >= '0' && last <= '9') || (last >= 'a' && last <= 'z')
        || (last >= 'A' && last <= 'Z'))
        text_add_char(&e->out, ' ');
}

void emit_token(struct emitter *e, uint32_t token)
{
    const struct token *t = &e->tree->tokens.at[token];

    text_add_n(&e->out, e->tree->text + t->start, t->end - t->start);
}

void emit_tokens(struct emitter *e, const struct node *node)
{
    for (uint32_t i = node->first; i <= node->last; i++)
        emit_token(e, i);
}

uint32_t emit_site(struct emitter *e, const struct rewrite_site *site)
{
    if (e->nsites == e->sites_cap) {
        uint32_t cap = e->sites_cap ? e->sites_cap * 2 : 64;
        struct rewrite_site *sites = realloc(e->sites, cap * sizeof *sites);

        if (!sites) {
            e->failed = true;
            return 0;
        }
        e->sites = sites;
        e->sites_cap = cap;
    }
    e->sites[e->nsites] = *site;
    return e->nsites++;
}

/* Lua finishes a read when it has seen what follows it: an operator, a comma and a
 * closing parenthesis count as read by then (luaK_exp2nextreg after luaX_next). */
uint32_t emit_error_line(const struct emitter *e, uint32_t last)
{
    const struct token *next = &e->tree->tokens.at[last + 1];

    switch (next->kind) {
    case TOKEN_EOF: case TOKEN_NAME: case TOKEN_DOT: case TOKEN_LBRACKET: case TOKEN_LPAREN:
    case TOKEN_STRING: case TOKEN_LBRACE: case TOKEN_RBRACKET: case TOKEN_RBRACE:
    case TOKEN_SEMICOLON: case TOKEN_DO: case TOKEN_THEN: case TOKEN_END: case TOKEN_ELSE:
    case TOKEN_ELSEIF: case TOKEN_UNTIL: case TOKEN_LOCAL: case TOKEN_FUNCTION: case TOKEN_FOR:
    case TOKEN_IF: case TOKEN_WHILE: case TOKEN_REPEAT: case TOKEN_RETURN: case TOKEN_BREAK:
    case TOKEN_GOTO: case TOKEN_LABEL:
        return e->tree->tokens.at[last].line;
    default:
        return next->line;
    }
}

bool emit_allowed(const struct emitter *e, const struct node *node)
{
    return !e->func->plain && node->level < LEVEL_MAX && e->open < OPEN_MAX;
}

bool emit_boxed(const struct node *name)
{
    return name->var && scope_boxed(name->var);
}

bool emit_global(const struct emitter *e, const struct node *name)
{
    return name->global && scope_watched(e->tree, name->global);
}

bool emit_one_line(const struct emitter *e, const struct node *node)
{
    for (uint32_t i = node->first; i <= node->last; i++)
        if (e->tree->tokens.at[i].spans_lines)
            return false;
    return true;
}

bool emit_simple(const struct emitter *e, const struct node *node)
{
    if (node->kind == NODE_LITERAL)
        return emit_one_line(e, node);
    return node->kind == NODE_NAME && !emit_boxed(node) && !emit_global(e, node);
}

/* --- reads --------------------------------------------------------------- */

static void emit_name(struct emitter *e, const struct node *node)
{
    uint32_t line = e->tree->tokens.at[node->first].line;
    struct rewrite_site site = {.line = line, .error_line = line};

    emit_before(e, node->first);
    if (emit_boxed(node)) {
        if (emit_allowed(e, node) && node->var != e->joined) {
            site.kind = SITE_LOCAL;
            site.name = site_name(e, node, NULL, "");
            site.self = site_variable(e, node);
            site.error_line = emit_error_line(e, node->last);
            text_addf(&e->out, "%sR(%u,", e->prefix, emit_site(e, &site));
            emit_token(e, node->first);
            text_add(&e->out, ")");
        } else {
            emit_token(e, node->first);
        }
        text_add(&e->out, ".");
    } else if (emit_global(e, node) && emit_allowed(e, node)) {
        site.kind = SITE_GLOBAL;
        site.name = site_name(e, node, NULL, "");
        site.self = site_variable(e, node);
        site.container = site_environment(e, node);
        site.error_line = emit_error_line(e, node->last);
        text_addf(&e->out, "%sN(_ENV,\"", e->prefix);
        emit_token(e, node->first);
        text_addf(&e->out, "\",%u).", emit_site(e, &site));
    }
    emit_through(e, node->last);
}

/* Whether a chain's part is a read to be told of. */
static bool noted(const struct emitter *e, const struct node *part)
{
    const struct node *before = part->prev;

    if (part->kind == NODE_INDEX)
        return true;
    return part->kind == NODE_FIELD
           && !(before->kind == NODE_NAME && before->global && before->global->library
                && !emit_global(e, before));
}

static void emit_noted(struct emitter *e, const struct node *chain, const struct node *part)
{
    struct rewrite_site site = {
        .kind = SITE_FIELD,
        .line = e->tree->tokens.at[part->last].line,
        .error_line = emit_error_line(e, part->last),
        .name = site_name(e, chain, part, ""),
        .container = site_described(e, chain, part),
    };
    uint32_t id = emit_site(e, &site);

    if (part->kind == NODE_FIELD) {
        text_add(&e->out, ",\"");
        emit_token(e, part->last);
        text_addf(&e->out, "\",%u)", id);
        emit_through(e, part->last);
    } else if (emit_simple(e, part->child)) {
        text_add(&e->out, ",");
        emit_tokens(e, part->child);
        text_addf(&e->out, ",%u)", id);
        emit_through(e, part->last);
    } else {
        emit_before(e, part->first);
        emit_skip_through(e, part->first);
        text_add(&e->out, ",");
        emit_node(e, part->child);
        emit_before(e, part->last);
        emit_skip_through(e, part->last);
        text_addf(&e->out, ",%u)", id);
    }
}

void emit_chain(struct emitter *e, const struct node *chain, const struct node *stop)
{
    const struct node *last = stop ? stop->prev : chain->last_child;
    bool allowed = emit_allowed(e, chain);
    uint32_t count = 0;

    for (const struct node *part = chain->child->next; allowed && part != stop; part = part->next)
        count += noted(e, part);
    if (e->open + count > OPEN_MAX)
        allowed = false;
    emit_before(e, chain->first);
    emit_gap(e);
    for (const struct node *part = last; allowed && part != chain->child; part = part->prev)
        if (noted(e, part))
            text_addf(&e->out, "%s%c(", e->prefix,
                      part->kind == NODE_FIELD || emit_simple(e, part->child) ? 'N' : 'G');
    if (allowed)
        e->open += count;
    emit_node(e, chain->child);
    for (const struct node *part = chain->child->next; part != stop; part = part->next) {
        if (allowed && noted(e, part)) {
            emit_noted(e, chain, part);
            e->open--;
        } else {
            emit_children(e, part);
        }
    }
}

static void emit_length(struct emitter *e, const struct node *node)
{
    const struct node *operand = node->child;
    bool prefix = operand->kind == NODE_NAME || operand->kind == NODE_CHAIN
                  || operand->kind == NODE_PAREN;
    uint32_t line = e->tree->tokens.at[node->first].line;
    struct rewrite_site site = {.kind = SITE_LENGTH, .line = line, .error_line = line};

    if (!prefix || !emit_allowed(e, node)) {
        emit_children(e, node);
        return;
    }
    site.name = site_name(e, operand, NULL, "#");
    site.container = site_described(e, operand, NULL);
    emit_through(e, node->first);
    text_addf(&e->out, "%sZ(", e->prefix);
    e->open++;
    emit_node(e, operand);
    e->open--;
    text_addf(&e->out, ",%u)", emit_site(e, &site));
}

/* --- declarations -------------------------------------------------------- */

/* After its declaration, each variable that needs one gets its box. */
static void emit_boxes(struct emitter *e, const struct var *list)
{
    for (const struct var *var = list; var; var = var->next) {
        int len = (int)var->len;

        if (scope_boxed(var))
            text_addf(&e->out, " %.*s={%.*s=%.*s};", len, var->name, len, var->name, len,
                      var->name);
    }
}

static bool framed(const struct emitter *e, const struct node *function)
{
    return e->tree->recovers && function->func->closes && !function->func->plain;
}

static void emit_parameters(struct emitter *e, const struct node *function)
{
    const char *between = "";

    for (const struct var *var = function->declared; var; var = var->next) {
        text_addf(&e->out, "%s%.*s", between, (int)var->len, var->name);
        between = ",";
    }
    if (function->func->varargs)
        text_addf(&e->out, "%s...", between);
}

void emit_frame_begin(struct emitter *e, const struct node *function)
{
    if (!framed(e, function))
        return;
    text_addf(&e->out, " return %sF(function(", e->prefix);
    emit_parameters(e, function);
    text_add(&e->out, ") ");
}

void emit_frame_end(struct emitter *e, const struct node *function)
{
    if (!framed(e, function))
        return;
    text_add(&e->out, function->declared || function->func->varargs ? " end," : " end");
    emit_parameters(e, function);
    text_add(&e->out, ") ");
}

void emit_function(struct emitter *e, const struct node *node, bool name_self)
{
    const struct func *outer = e->func;

    e->func = node->func;
    emit_through(e, node->first);
    if (name_self)
        text_add(&e->out, node->mark == node->first + 1 ? "self" : "self,");
    emit_through(e, node->mark);
    emit_frame_begin(e, node);
    emit_boxes(e, node->declared);
    for (const struct node *child = node->child; child; child = child->next)
        emit_node(e, child);
    emit_before(e, node->last);
    emit_frame_end(e, node);
    emit_through(e, node->last);
    e->func = outer;
}

static void emit_local_function(struct emitter *e, const struct node *node)
{
    const struct var *var = node->declared;
    int len = (int)var->len;

    if (!scope_boxed(var)) {
        emit_children(e, node);
        return;
    }
    emit_through(e, node->first);
    emit_skip_through(e, node->first + 2); /* function name */
    text_addf(&e->out, "%.*s={};%.*s.%.*s=function", len, var->name, len, var->name, len,
              var->name);
    emit_children(e, node);
    text_add(&e->out, ";");
}

static void emit_for(struct emitter *e, const struct node *node)
{
    const struct node *child = node->child;

    for (; child && child->first < node->mark; child = child->next)
        emit_node(e, child);
    emit_through(e, node->mark);
    emit_boxes(e, node->declared);
    for (; child; child = child->next)
        emit_node(e, child);
    emit_through(e, node->last);
}

/* --- all ----------------------------------------------------------------- */

void emit_children(struct emitter *e, const struct node *node)
{
    for (const struct node *child = node->child; child; child = child->next)
        emit_node(e, child);
    emit_through(e, node->last);
}

void emit_node(struct emitter *e, const struct node *node)
{
    switch (node->kind) {
    case NODE_NAME:
        emit_name(e, node);
        break;
    case NODE_CHAIN:
        emit_chain(e, node, NULL);
        break;
    case NODE_LENGTH:
        emit_length(e, node);
        break;
    case NODE_FUNC:
        emit_function(e, node, false);
        break;
    case NODE_LOCAL:
        emit_children(e, node);
        emit_boxes(e, node->declared);
        break;
    case NODE_LOCALFUNC:
        emit_local_function(e, node);
        break;
    case NODE_FOR:
        emit_for(e, node);
        break;
    case NODE_ASSIGN:
        emit_assign(e, node);
        break;
    case NODE_FUNCSTAT:
        emit_function_statement(e, node);
        break;
    default:
        emit_children(e, node);
    }
}
