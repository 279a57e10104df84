/* parse.c -- Lua 5.4's grammar by recursive descent, after lparser.c: tokens, nodes,
 * statements.
 *
 * The text has been accepted by Lua before, so a message is never needed; but
 * whatever the text, the parser ends: a surprise moves it to the end of the text
 * (parse_fail), where every loop stops.
 */
#include "lua/parse.h"

#include <string.h>

/* --- tokens -------------------------------------------------------------- */

void parse_fail(struct parser *p)
{
    p->failed = true;
    p->at = p->tree->tokens.count - 1;
}

enum token_kind parse_kind(const struct parser *p)
{
    return p->tree->tokens.at[p->at].kind;
}

enum token_kind parse_ahead(const struct parser *p)
{
    return parse_kind(p) == TOKEN_EOF ? TOKEN_EOF : p->tree->tokens.at[p->at + 1].kind;
}

void parse_advance(struct parser *p)
{
    if (parse_kind(p) != TOKEN_EOF)
        p->at++;
}

bool parse_accept(struct parser *p, enum token_kind wanted)
{
    if (parse_kind(p) != wanted)
        return false;
    parse_advance(p);
    return true;
}

void parse_expect(struct parser *p, enum token_kind wanted)
{
    if (!parse_accept(p, wanted))
        parse_fail(p);
}

bool parse_enter(struct parser *p)
{
    if (++p->level > TREE_LEVELS || p->scope.failed)
        parse_fail(p);
    return !p->failed;
}

void parse_leave(struct parser *p)
{
    p->level--;
}

/* --- nodes --------------------------------------------------------------- */

struct node *parse_node(struct parser *p, enum node_kind node_kind)
{
    struct node *node = region_alloc(&p->tree->region, sizeof *node);

    if (!node) {
        parse_fail(p);
        p->nowhere = (struct node){.kind = NODE_LIST};
        return &p->nowhere;
    }
    node->kind = node_kind;
    node->first = node->last = node->mark = p->at;
    node->level = p->level;
    node->func = p->scope.func;
    node->active = p->scope.func ? p->scope.func->active : 0;
    return node;
}

void parse_add(struct parser *p, struct node *parent, struct node *child)
{
    if (child == &p->nowhere || parent == &p->nowhere)
        return;
    child->prev = parent->last_child;
    if (parent->last_child)
        parent->last_child->next = child;
    else
        parent->child = child;
    parent->last_child = child;
}

/* The node ends with the token before the current one. */
void parse_end(const struct parser *p, struct node *node)
{
    if (p->at > node->first)
        node->last = p->at - 1;
}

void parse_declare(struct parser *p, struct var **list)
{
    const struct token *token = &p->tree->tokens.at[p->at];

    scope_var(&p->scope, list, p->tree->text + token->start, token->end - token->start,
              token->line);
    parse_expect(p, TOKEN_NAME);
}

/* --- statements ---------------------------------------------------------- */

static bool block_ends(const struct parser *p)
{
    switch (parse_kind(p)) {
    case TOKEN_ELSE: case TOKEN_ELSEIF: case TOKEN_END: case TOKEN_UNTIL: case TOKEN_EOF:
        return true;
    default:
        return false;
    }
}

static void block(struct parser *p, struct node *into)
{
    uint32_t start = scope_mark(&p->scope);

    parse_statements(p, into);
    scope_reset(&p->scope, start);
}

static struct node *if_statement(struct parser *p)
{
    struct node *node = parse_node(p, NODE_LIST);

    do {
        parse_advance(p); /* if, elseif */
        parse_add(p, node, parse_expression(p));
        parse_expect(p, TOKEN_THEN);
        block(p, node);
    } while (parse_kind(p) == TOKEN_ELSEIF);
    if (parse_accept(p, TOKEN_ELSE))
        block(p, node);
    parse_expect(p, TOKEN_END);
    parse_end(p, node);
    return node;
}

static struct node *while_statement(struct parser *p)
{
    struct node *node = parse_node(p, NODE_LIST);

    parse_advance(p);
    p->scope.func->loops++;
    parse_add(p, node, parse_expression(p));
    parse_expect(p, TOKEN_DO);
    block(p, node);
    parse_expect(p, TOKEN_END);
    p->scope.func->loops--;
    parse_end(p, node);
    return node;
}

static struct node *repeat_statement(struct parser *p)
{
    struct node *node = parse_node(p, NODE_LIST);
    uint32_t start = scope_mark(&p->scope);

    parse_advance(p);
    p->scope.func->loops++;
    parse_statements(p, node);
    parse_expect(p, TOKEN_UNTIL);
    parse_add(p, node, parse_expression(p)); /* sees the block's variables */
    scope_reset(&p->scope, start);
    p->scope.func->loops--;
    parse_end(p, node);
    return node;
}

static struct node *for_statement(struct parser *p)
{
    struct node *node = parse_node(p, NODE_FOR);
    uint32_t start = scope_mark(&p->scope);
    bool numeric;

    parse_advance(p);
    parse_declare(p, &node->declared);
    numeric = parse_accept(p, TOKEN_ASSIGN);
    if (!numeric) {
        while (parse_accept(p, TOKEN_COMMA))
            parse_declare(p, &node->declared);
        parse_expect(p, TOKEN_IN);
    }
    scope_hide(&p->scope, numeric ? 3 : 4);
    parse_expressions(p, node);
    node->mark = p->at;
    parse_expect(p, TOKEN_DO);
    p->scope.func->loops++;
    scope_show(&p->scope, node->declared);
    parse_statements(p, node);
    p->scope.func->loops--;
    parse_expect(p, TOKEN_END);
    scope_reset(&p->scope, start);
    parse_end(p, node);
    return node;
}

static struct node *do_statement(struct parser *p)
{
    struct node *node = parse_node(p, NODE_LIST);

    parse_advance(p);
    block(p, node);
    parse_expect(p, TOKEN_END);
    parse_end(p, node);
    return node;
}

/* The path of `function a.b:c`, as a chain; its `:` in *colon. */
static struct node *function_path(struct parser *p, uint32_t *colon)
{
    struct node *primary = parse_name(p), *chain, *part;

    if (parse_kind(p) != TOKEN_DOT && parse_kind(p) != TOKEN_COLON)
        return primary;
    chain = parse_node(p, NODE_CHAIN);
    chain->first = primary->first;
    parse_add(p, chain, primary);
    while (!*colon && (parse_kind(p) == TOKEN_DOT || parse_kind(p) == TOKEN_COLON)) {
        part = parse_node(p, NODE_FIELD);
        if (parse_kind(p) == TOKEN_COLON)
            *colon = p->at;
        parse_advance(p);
        parse_expect(p, TOKEN_NAME);
        parse_end(p, part);
        parse_add(p, chain, part);
    }
    parse_end(p, chain);
    return chain;
}

static struct node *function_statement(struct parser *p)
{
    struct node *node = parse_node(p, NODE_FUNCSTAT), *target;
    uint32_t colon = 0;
    bool captured;

    parse_advance(p);
    target = function_path(p, &colon);
    captured = scope_captured(target);
    parse_add(p, node, target);
    parse_add(p, node, parse_function(p, colon != 0));
    if (target->kind == NODE_NAME)
        scope_assign(&p->scope, target, captured);
    node->mark = colon;
    parse_end(p, node);
    return node;
}

static struct node *local_function(struct parser *p)
{
    struct node *node = parse_node(p, NODE_LOCALFUNC);

    parse_advance(p);
    parse_advance(p);
    parse_declare(p, &node->declared);
    scope_show(&p->scope, node->declared);
    parse_add(p, node, parse_function(p, false));
    parse_end(p, node);
    return node;
}

static bool is_close(const struct parser *p)
{
    const struct token *token = &p->tree->tokens.at[p->at];

    return token->end - token->start == 5 && memcmp(p->tree->text + token->start, "close", 5) == 0;
}

static struct node *local_statement(struct parser *p)
{
    struct node *node = parse_node(p, NODE_LOCAL);

    parse_advance(p);
    do {
        parse_declare(p, &node->declared);
        if (parse_accept(p, TOKEN_LT)) { /* an attribute: const or close, neither is assigned */
            p->scope.func->closes |= is_close(p);
            parse_expect(p, TOKEN_NAME);
            parse_expect(p, TOKEN_GT);
        }
    } while (parse_accept(p, TOKEN_COMMA));
    if (parse_accept(p, TOKEN_ASSIGN))
        parse_expressions(p, node);
    scope_show(&p->scope, node->declared);
    parse_end(p, node);
    return node;
}

static bool is_target(const struct node *node)
{
    return node->kind == NODE_NAME
           || (node->kind == NODE_CHAIN
               && (node->last_child->kind == NODE_FIELD || node->last_child->kind == NODE_INDEX));
}

static bool is_function(const struct node *value)
{
    return value->kind == NODE_LIST && value->child && value->child->kind == NODE_FUNC
           && !value->child->next;
}

/* An assignment or a call. */
static struct node *expression_statement(struct parser *p)
{
    struct node *first = parse_chain(p), *node, *targets, *values;
    bool captured = false, plain_values = true;

    if (parse_kind(p) != TOKEN_ASSIGN && parse_kind(p) != TOKEN_COMMA) {
        if (first->kind != NODE_CHAIN || is_target(first))
            parse_fail(p);
        return first;
    }
    node = parse_node(p, NODE_ASSIGN);
    targets = parse_node(p, NODE_LIST);
    if (node == &p->nowhere || targets == &p->nowhere || first == &p->nowhere)
        return &p->nowhere;
    node->first = targets->first = first->first;
    parse_add(p, targets, first);
    while (parse_accept(p, TOKEN_COMMA))
        parse_add(p, targets, parse_chain(p));
    parse_end(p, targets);
    for (struct node *target = targets->child; target; target = target->next) {
        if (!is_target(target))
            parse_fail(p);
        captured = captured || scope_captured(target);
    }
    node->mark = p->at;
    parse_expect(p, TOKEN_ASSIGN);
    values = parse_node(p, NODE_LIST);
    parse_expressions(p, values);
    parse_end(p, values);
    parse_add(p, node, targets);
    parse_add(p, node, values);
    parse_end(p, node);

    /* `f = function ... f() ... end`: the closure that captures f runs after the assignment. */
    for (struct node *value = values->child; value; value = value->next)
        if (!is_function(value) && value->kind != NODE_LITERAL)
            plain_values = false;
    for (struct node *target = targets->child; target; target = target->next)
        if (target->kind == NODE_NAME)
            scope_assign(&p->scope, target, plain_values ? captured : scope_captured(target));
    return node;
}

static struct node *return_statement(struct parser *p)
{
    struct node *node = parse_node(p, NODE_LIST);

    parse_advance(p);
    if (!block_ends(p) && parse_kind(p) != TOKEN_SEMICOLON)
        parse_expressions(p, node);
    parse_accept(p, TOKEN_SEMICOLON);
    if (!block_ends(p))
        parse_fail(p);
    parse_end(p, node);
    return node;
}

/* NULL: a statement without anything in it to rewrite. */
static struct node *statement(struct parser *p)
{
    switch (parse_kind(p)) {
    case TOKEN_IF: return if_statement(p);
    case TOKEN_WHILE: return while_statement(p);
    case TOKEN_DO: return do_statement(p);
    case TOKEN_FOR: return for_statement(p);
    case TOKEN_REPEAT: return repeat_statement(p);
    case TOKEN_FUNCTION: return function_statement(p);
    case TOKEN_LOCAL:
        return parse_ahead(p) == TOKEN_FUNCTION ? local_function(p) : local_statement(p);
    case TOKEN_RETURN: return return_statement(p);
    case TOKEN_SEMICOLON:
    case TOKEN_BREAK:
        parse_advance(p);
        return NULL;
    case TOKEN_LABEL:
        p->scope.func->has_label = true;
        parse_advance(p);
        parse_expect(p, TOKEN_NAME);
        parse_expect(p, TOKEN_LABEL);
        return NULL;
    case TOKEN_GOTO:
        parse_advance(p);
        parse_expect(p, TOKEN_NAME);
        return NULL;
    default:
        return expression_statement(p);
    }
}

void parse_statements(struct parser *p, struct node *into)
{
    while (!block_ends(p)) {
        struct node *node = NULL;

        if (parse_enter(p))
            node = statement(p);
        parse_leave(p);
        if (node)
            parse_add(p, into, node);
    }
}

static bool mentions_recover(const struct tree *tree)
{
    for (uint32_t i = 0; i < tree->tokens.count; i++) {
        const struct token *token = &tree->tokens.at[i];

        if (token->kind == TOKEN_NAME && token->end - token->start == 7 &&
            memcmp(tree->text + token->start, "recover", 7) == 0)
            return true;
    }
    return false;
}

bool tree_read(struct tree *tree, const char *text, size_t len, size_t from, uint32_t line)
{
    struct parser p = {.tree = tree, .scope = {.tree = tree}};
    struct func *main;

    *tree = (struct tree){.text = text, .len = len};
    if (!lex_all(&tree->tokens, text, len, from, line))
        return false;
    tree->recovers = mentions_recover(tree);
    main = scope_enter(&p.scope);
    tree->root = parse_node(&p, NODE_FUNC);
    if (main && !p.failed) {
        tree->root->func = main;
        main->varargs = true;
        parse_statements(&p, tree->root);
        if (parse_kind(&p) != TOKEN_EOF)
            parse_fail(&p);
        tree->root->last = p.at;
    }
    if (p.scope.failed)
        p.failed = true;
    scope_release(&p.scope);
    scope_decide(tree);
    return !p.failed && main;
}

void tree_release(struct tree *tree)
{
    lex_release(&tree->tokens);
    region_release(&tree->region);
    *tree = (struct tree){0};
}
