/* parse_expr.c -- expressions and functions of Lua 5.4. */
#include "lua/parse.h"

#include <string.h>

static struct node *subexpression(struct parser *p, int limit);

struct node *parse_name(struct parser *p)
{
    struct node *node = parse_node(p, NODE_NAME);

    if (parse_kind(p) != TOKEN_NAME)
        parse_fail(p);
    else if (node != &p->nowhere)
        scope_resolve(&p->scope, node);
    parse_advance(p);
    return node;
}

void parse_expressions(struct parser *p, struct node *into)
{
    do
        parse_add(p, into, parse_expression(p));
    while (parse_accept(p, TOKEN_COMMA));
}

static struct node *table(struct parser *p)
{
    struct node *node = parse_node(p, NODE_LIST);

    parse_expect(p, TOKEN_LBRACE);
    while (!p->failed && parse_kind(p) != TOKEN_RBRACE) {
        if (parse_accept(p, TOKEN_LBRACKET)) {
            parse_add(p, node, parse_expression(p));
            parse_expect(p, TOKEN_RBRACKET);
            parse_expect(p, TOKEN_ASSIGN);
        } else if (parse_kind(p) == TOKEN_NAME && parse_ahead(p) == TOKEN_ASSIGN) {
            parse_advance(p);
            parse_advance(p);
        }
        parse_add(p, node, parse_expression(p));
        if (!parse_accept(p, TOKEN_COMMA) && !parse_accept(p, TOKEN_SEMICOLON))
            break;
    }
    parse_expect(p, TOKEN_RBRACE);
    parse_end(p, node);
    return node;
}

/* From the '(' of the parameters to the `end`. */
struct node *parse_function(struct parser *p, bool method)
{
    uint32_t scope_start = scope_mark(&p->scope);
    struct node *node = parse_node(p, NODE_FUNC);
    struct func *func = scope_enter(&p->scope);

    if (!func || node == &p->nowhere) {
        parse_fail(p);
        return &p->nowhere;
    }
    node->func = func;
    if (method)
        scope_var(&p->scope, &node->declared, "self", 4, p->tree->tokens.at[p->at].line);
    parse_expect(p, TOKEN_LPAREN);
    if (parse_kind(p) != TOKEN_RPAREN) {
        do {
            if (parse_accept(p, TOKEN_DOTS)) {
                func->varargs = true;
                break;
            }
            parse_declare(p, &node->declared);
        } while (parse_accept(p, TOKEN_COMMA));
    }
    node->mark = p->at;
    parse_expect(p, TOKEN_RPAREN);
    scope_show(&p->scope, node->declared);
    parse_statements(p, node);
    parse_expect(p, TOKEN_END);
    parse_end(p, node);
    scope_reset(&p->scope, scope_start);
    scope_leave(&p->scope);
    return node;
}

/* After `primary`, in the main chunk: could it start a goroutine? */
static bool may_start(const struct node *primary)
{
    static const char *const harmless[] = {"chan",    "error",    "fmt",    "math", "print",
                                           "require", "string",   "sync",   "setmetatable",
                                           "tonumber", "tostring", "type"};
    const struct global *global = primary->global;

    if (primary->kind != NODE_NAME || !global)
        return true;
    for (size_t i = 0; i < sizeof harmless / sizeof harmless[0]; i++)
        if (strlen(harmless[i]) == global->len
            && memcmp(harmless[i], global->name, global->len) == 0)
            return false;
    return true;
}

static bool arguments(struct parser *p, struct node *call)
{
    switch (parse_kind(p)) {
    case TOKEN_STRING:
        parse_advance(p);
        return true;
    case TOKEN_LBRACE:
        parse_add(p, call, table(p));
        return true;
    case TOKEN_LPAREN:
        parse_advance(p);
        if (parse_kind(p) != TOKEN_RPAREN)
            parse_expressions(p, call);
        parse_expect(p, TOKEN_RPAREN);
        return true;
    default:
        return false;
    }
}

/* One of .name [e] (args) :parse_name(args); NULL: the chain ends here. */
static struct node *suffix(struct parser *p, const struct node *primary)
{
    struct node *node;

    switch (parse_kind(p)) {
    case TOKEN_DOT:
        node = parse_node(p, NODE_FIELD);
        parse_advance(p);
        parse_expect(p, TOKEN_NAME);
        break;
    case TOKEN_LBRACKET:
        node = parse_node(p, NODE_INDEX);
        parse_advance(p);
        parse_add(p, node, parse_expression(p));
        parse_expect(p, TOKEN_RBRACKET);
        break;
    case TOKEN_COLON:
        node = parse_node(p, NODE_METHOD);
        parse_advance(p);
        parse_expect(p, TOKEN_NAME);
        if (!arguments(p, node))
            parse_fail(p);
        break;
    case TOKEN_STRING:
    case TOKEN_LBRACE:
    case TOKEN_LPAREN:
        node = parse_node(p, NODE_CALL);
        arguments(p, node);
        break;
    default:
        return NULL;
    }
    if ((node->kind == NODE_CALL || node->kind == NODE_METHOD)
        && p->scope.func == p->tree->main && may_start(primary))
        p->scope.main_called = true;
    parse_end(p, node);
    return node;
}

/* A name or parenthesis with whatever follows it. */
struct node *parse_chain(struct parser *p)
{
    struct node *primary, *node, *part;

    if (parse_kind(p) == TOKEN_LPAREN) {
        primary = parse_node(p, NODE_PAREN);
        parse_advance(p);
        parse_add(p, primary, parse_expression(p));
        parse_expect(p, TOKEN_RPAREN);
        parse_end(p, primary);
    } else {
        primary = parse_name(p);
    }
    part = suffix(p, primary);
    if (!part)
        return primary;
    node = parse_node(p, NODE_CHAIN);
    if (node == &p->nowhere)
        return node;
    node->first = primary->first;
    parse_add(p, node, primary);
    do
        parse_add(p, node, part);
    while ((part = suffix(p, primary)));
    parse_end(p, node);
    return node;
}

static struct node *simple(struct parser *p)
{
    struct node *node;

    switch (parse_kind(p)) {
    case TOKEN_NUMBER:
    case TOKEN_STRING:
    case TOKEN_NIL:
    case TOKEN_TRUE:
    case TOKEN_FALSE:
        node = parse_node(p, NODE_LITERAL);
        parse_advance(p);
        return node;
    case TOKEN_DOTS:
        node = parse_node(p, NODE_LIST);
        parse_advance(p);
        return node;
    case TOKEN_LBRACE:
        return table(p);
    case TOKEN_FUNCTION:
        node = parse_node(p, NODE_LIST);
        parse_advance(p);
        parse_add(p, node, parse_function(p, false));
        parse_end(p, node);
        return node;
    default:
        return parse_chain(p);
    }
}

enum { UNARY_PRIORITY = 12 };

/* Left and right priority; 0: not a binary operator. */
static int priority(enum token_kind operator, int *right)
{
    int left;

    switch (operator) {
    case TOKEN_OR: left = 1; break;
    case TOKEN_AND: left = 2; break;
    case TOKEN_LT: case TOKEN_GT: case TOKEN_LE: case TOKEN_GE: case TOKEN_NE: case TOKEN_EQ:
        left = 3;
        break;
    case TOKEN_PIPE: left = 4; break;
    case TOKEN_TILDE: left = 5; break;
    case TOKEN_AMPERSAND: left = 6; break;
    case TOKEN_SHL: case TOKEN_SHR: left = 7; break;
    case TOKEN_CONCAT: left = 9; break;
    case TOKEN_PLUS: case TOKEN_MINUS: left = 10; break;
    case TOKEN_STAR: case TOKEN_DIV: case TOKEN_IDIV: case TOKEN_PERCENT: left = 11; break;
    case TOKEN_CARET: left = 14; break;
    default: return 0;
    }
    *right = operator == TOKEN_CONCAT || operator == TOKEN_CARET ? left - 1 : left;
    return left;
}

static struct node *unary(struct parser *p)
{
    enum token_kind operator = parse_kind(p);
    struct node *node = parse_node(p, operator == TOKEN_HASH ? NODE_LENGTH : NODE_LIST);
    struct node *operand;

    parse_advance(p);
    operand = subexpression(p, UNARY_PRIORITY);
    parse_add(p, node, operand);
    parse_end(p, node);
    if (operator == TOKEN_MINUS && operand->kind == NODE_LITERAL && !operand->literal_minus
        && p->tree->tokens.at[operand->first].kind == TOKEN_NUMBER && node != &p->nowhere) {
        node->kind = NODE_LITERAL;
        node->literal_minus = true;
    }
    return node;
}

static struct node *subexpression(struct parser *p, int limit)
{
    struct node *first, *list = NULL;
    int right = 0;

    if (!parse_enter(p)) {
        parse_leave(p);
        return &p->nowhere;
    }
    switch (parse_kind(p)) {
    case TOKEN_NOT: case TOKEN_MINUS: case TOKEN_TILDE: case TOKEN_HASH:
        first = unary(p);
        break;
    default:
        first = simple(p);
    }
    while (priority(parse_kind(p), &right) > limit) {
        if (!list) {
            list = parse_node(p, NODE_LIST);
            if (list == &p->nowhere)
                break;
            list->first = first->first;
            parse_add(p, list, first);
        }
        parse_advance(p);
        parse_add(p, list, subexpression(p, right));
        parse_end(p, list);
    }
    parse_leave(p);
    return list ? list : first;
}

struct node *parse_expression(struct parser *p)
{
    return subexpression(p, 0);
}
