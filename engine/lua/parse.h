/* parse.h -- what the two halves of the parser share. */
#ifndef BRAID_LUA_PARSE_H
#define BRAID_LUA_PARSE_H

#include "lua/scope.h"
#include "lua/tree.h"

struct parser {
    struct tree *tree;
    struct scope scope;
    uint32_t at;      /* the current token */
    uint32_t level;   /* nesting of statements and expressions, as Lua counts */
    bool failed;
    struct node nowhere; /* stands for nodes that memory had no room for; failed by then */
};

/* The text is not Lua: moves to its end, where every loop stops. */
void parse_fail(struct parser *p);

enum token_kind parse_kind(const struct parser *p);  /* of the current token */
enum token_kind parse_ahead(const struct parser *p); /* of the next */
void parse_advance(struct parser *p);
bool parse_accept(struct parser *p, enum token_kind wanted);
void parse_expect(struct parser *p, enum token_kind wanted);

/* One level deeper; false: too deep.  parse_leave is due in either case. */
bool parse_enter(struct parser *p);
void parse_leave(struct parser *p);

struct node *parse_node(struct parser *p, enum node_kind kind); /* at the current token */
void parse_add(struct parser *p, struct node *parent, struct node *child);
void parse_end(const struct parser *p, struct node *node); /* ends before the current token */

/* A new variable named by the current token, appended to *list. */
void parse_declare(struct parser *p, struct var **list);

/* parse_expr.c */
struct node *parse_name(struct parser *p);
struct node *parse_chain(struct parser *p);
struct node *parse_function(struct parser *p, bool method); /* from its '(' to its `end` */
struct node *parse_expression(struct parser *p);
void parse_expressions(struct parser *p, struct node *into);

/* parse.c */
void parse_statements(struct parser *p, struct node *into);

#endif
