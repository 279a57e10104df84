/* markdown.c -- a lesson's Markdown as lines of styled text for a given width.
 *
 * md4c calls us block by block.  What we make at once are the final rows: text with one style a
 * byte.  Blocks nest in containers (quotes, list items), and each container adds its prefix to
 * every row made inside of it:
 *
 *     │ • a list in a quote, whose second row
 *     │   is indented by its marker's width
 */
#include "view/markdown.h"

#include "base/text.h"
#include "base/utf8.h"
#include "view/highlight.h"
#include "view/markdown_table.h"

#include <md4c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 16 };

struct container {
    char marker[16];  /* a list item's bullet or number; "" = a quote's bar */
    bool used;        /* the marker stands on the first row only */
    bool ordered, loose; /* lists; loose: with blank rows between the items */
    unsigned next;    /* lists: the next item's number; 0 = not a list */
    char delimiter;
};

struct markdown {
    struct styled_rows rows;
};

struct builder {
    struct styled_rows *rows;
    int cols;
    bool ascii;
    struct styled para;          /* the paragraph, heading or code being collected */
    struct container stack[DEEPEST];
    int depth;                   /* may exceed DEEPEST: deeper ones add nothing */
    uint8_t styles[DEEPEST];     /* of the spans we are in */
    int nstyles;
    uint8_t base;                /* the block's own style */
    bool tight;                  /* no blank row before the next block */
    enum language language;      /* code blocks */
    bool in_code, in_table, in_head;
    struct table *table;
    char link[256];
    bool failed;
};

/* --- rows ---------------------------------------------------------------- */

static const char *either(const struct builder *b, const char *unicode, const char *ascii)
{
    return b->ascii ? ascii : unicode;
}

static void add_prefix(struct builder *b, struct styled *row)
{
    for (int i = 0; i < b->depth && i < DEEPEST; i++) {
        struct container *c = &b->stack[i];

        if (c->next) {
            continue;
        } else if (!*c->marker) {
            styled_add(row, either(b, "│ ", "| "), STYLE_DIM);
        } else if (!c->used) {
            styled_add(row, c->marker, STYLE_BOLD);
            c->used = true;
        } else {
            for (int n = grid_width(c->marker); n > 0; n--)
                styled_add(row, " ", STYLE_PLAIN);
        }
    }
}

static int prefix_cols(const struct builder *b)
{
    int cols = 0;

    for (int i = 0; i < b->depth && i < DEEPEST; i++)
        if (!b->stack[i].next)
            cols += *b->stack[i].marker ? grid_width(b->stack[i].marker) : 2;
    return cols;
}

/* Makes a row of bytes from..to of what was collected. */
static void make_row(struct builder *b, const struct styled *from, size_t at, size_t len,
                     int indent)
{
    struct styled row = {0};

    add_prefix(b, &row);
    while (indent-- > 0)
        styled_add(&row, " ", STYLE_PLAIN);
    styled_add_part(&row, from, at, len);
    if (!styled_rows_take(b->rows, &row))
        b->failed = true;
}

/* A row between blocks: blank but for the bars of the quotes we are in. */
static void blank_row(struct builder *b)
{
    struct styled row = {0};

    if (b->rows->count == 0 || b->tight || styled_is_blank(&b->rows->at[b->rows->count - 1]))
        return;
    for (int i = 0; i < b->depth && i < DEEPEST; i++)
        if (!b->stack[i].next && !*b->stack[i].marker)
            styled_add(&row, either(b, "│ ", "| "), STYLE_DIM);
    if (!styled_rows_take(b->rows, &row))
        b->failed = true;
}

/* What was collected, wrapped. */
static void flush(struct builder *b)
{
    int cols = b->cols - prefix_cols(b);
    size_t at = 0, len;

    while (at < b->para.text.len) {
        size_t next = styled_wrap(&b->para, at, cols < 8 ? 8 : cols, &len);

        make_row(b, &b->para, at, len, 0);
        at = next;
    }
    styled_clear(&b->para);
}

static void rule(struct builder *b, const char *glyph, int cols, enum style style)
{
    struct styled line = {0};

    while (cols-- > 0)
        styled_add(&line, glyph, style);
    make_row(b, &line, 0, line.text.len, 0);
    styled_release(&line);
}

/* --- blocks -------------------------------------------------------------- */

static void push(struct builder *b, struct container container)
{
    if (b->depth < DEEPEST)
        b->stack[b->depth] = container;
    b->depth++;
}

static struct container *list_of(struct builder *b)
{
    for (int i = (b->depth < DEEPEST ? b->depth : DEEPEST) - 1; i >= 0; i--)
        if (b->stack[i].next)
            return &b->stack[i];
    return NULL;
}

static void enter_item(struct builder *b)
{
    struct container *list = list_of(b), item = {0};

    if (list && list->ordered)
        snprintf(item.marker, sizeof item.marker, "%u%c ", list->next, list->delimiter);
    else
        snprintf(item.marker, sizeof item.marker, "%s", either(b, "• ", "* "));
    if (list)
        list->next++;
    if (list && list->loose) {
        b->tight = false;
        blank_row(b);
    }
    push(b, item);
}

static void enter_code(struct builder *b, const MD_BLOCK_CODE_DETAIL *detail)
{
    const char *lang = detail->lang.text;
    size_t len = detail->lang.size;

    b->language = len == 3 && memcmp(lang, "lua", 3) == 0 ? LANGUAGE_LUA
                  : len == 1 && *lang == 'c'              ? LANGUAGE_C : LANGUAGE_NONE;
    b->in_code = true;
}

static void leave_code(struct builder *b)
{
    uint32_t state = HIGHLIGHT_START;
    const char *text = text_string(&b->para.text);

    while (b->para.text.len > 0 && text[b->para.text.len - 1] == '\n')
        styled_cut(&b->para, b->para.text.len - 1);
    for (size_t at = 0; at < b->para.text.len;) {
        size_t len = strcspn(text + at, "\n");

        state = highlight_line(b->language, state, text + at, len, b->para.styles + at);
        make_row(b, &b->para, at, len, 2);
        at += len + 1;
    }
    styled_clear(&b->para);
    b->in_code = false;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *user)
{
    struct builder *b = user;

    if (b->para.text.len > 0 && !b->in_table) { /* a tight item's text before its sublist */
        flush(b);
        b->tight = true;
    }
    switch (type) {
    case MD_BLOCK_QUOTE:
        blank_row(b);
        push(b, (struct container){0});
        b->tight = true;
        break;
    case MD_BLOCK_UL:
        blank_row(b);
        push(b, (struct container){.next = 1, .loose = !((MD_BLOCK_UL_DETAIL *)detail)->is_tight});
        break;
    case MD_BLOCK_OL:
        blank_row(b);
        push(b, (struct container){.next = ((MD_BLOCK_OL_DETAIL *)detail)->start
                                               ? ((MD_BLOCK_OL_DETAIL *)detail)->start : 1,
                                   .ordered = true,
                                   .loose = !((MD_BLOCK_OL_DETAIL *)detail)->is_tight,
                                   .delimiter = ((MD_BLOCK_OL_DETAIL *)detail)->mark_delimiter});
        break;
    case MD_BLOCK_LI:
        enter_item(b);
        b->tight = true;
        break;
    case MD_BLOCK_HR:
        blank_row(b);
        rule(b, either(b, "─", "-"), b->cols - prefix_cols(b), STYLE_DIM);
        b->tight = false;
        break;
    case MD_BLOCK_H:
        blank_row(b);
        b->base = ((MD_BLOCK_H_DETAIL *)detail)->level <= 2 ? STYLE_TITLE : STYLE_BOLD;
        break;
    case MD_BLOCK_CODE:
        blank_row(b);
        enter_code(b, detail);
        break;
    case MD_BLOCK_P:
        blank_row(b);
        break;
    case MD_BLOCK_TABLE:
        blank_row(b);
        b->table = table_new((int)((MD_BLOCK_TABLE_DETAIL *)detail)->col_count);
        b->failed = b->failed || !b->table;
        b->in_table = true;
        break;
    case MD_BLOCK_TR:
        if (b->table && !table_row(b->table, b->in_head))
            b->failed = true;
        break;
    case MD_BLOCK_THEAD: b->in_head = true; break;
    case MD_BLOCK_TH: b->base = STYLE_BOLD; break;
    default: break;
    }
    return b->failed;
}

static void draw_table(struct builder *b)
{
    struct styled_rows rows = {0};

    if (!b->table || !table_lay_out(b->table, &rows, b->cols - prefix_cols(b), b->ascii))
        b->failed = true;
    for (size_t i = 0; i < rows.count; i++)
        make_row(b, &rows.at[i], 0, rows.at[i].text.len, 0);
    styled_rows_release(&rows);
    table_free(b->table);
    b->table = NULL;
    b->in_table = false;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *user)
{
    struct builder *b = user;

    switch (type) {
    case MD_BLOCK_H: {
        bool first = ((MD_BLOCK_H_DETAIL *)detail)->level == 1;
        int width = grid_width(text_string(&b->para.text));

        flush(b);
        if (first)
            rule(b, either(b, "━", "="), width < b->cols ? width : b->cols, STYLE_TITLE);
        b->base = STYLE_PLAIN;
        b->tight = false;
        break;
    }
    case MD_BLOCK_P:
        flush(b);
        b->tight = false;
        break;
    case MD_BLOCK_CODE:
        leave_code(b);
        b->tight = false;
        break;
    case MD_BLOCK_LI: {
        struct container *item = b->depth <= DEEPEST ? &b->stack[b->depth - 1] : NULL;

        flush(b);
        if (item && !item->used) /* an empty item still has its marker */
            make_row(b, &b->para, 0, 0, 0);
        b->depth--;
        break;
    }
    case MD_BLOCK_UL: case MD_BLOCK_OL: case MD_BLOCK_QUOTE:
        flush(b);
        b->depth--;
        b->tight = false;
        break;
    case MD_BLOCK_TH: case MD_BLOCK_TD:
        if (b->table && !table_cell(b->table, &b->para))
            b->failed = true;
        styled_clear(&b->para);
        b->base = STYLE_PLAIN;
        break;
    case MD_BLOCK_THEAD: b->in_head = false; break;
    case MD_BLOCK_TABLE:
        draw_table(b);
        b->tight = false;
        break;
    default: break;
    }
    return b->failed;
}

/* --- spans and text ------------------------------------------------------ */

static uint8_t style_now(const struct builder *b)
{
    return b->nstyles > 0 ? b->styles[(b->nstyles < DEEPEST ? b->nstyles : DEEPEST) - 1] : b->base;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *user)
{
    struct builder *b = user;
    uint8_t style = style_now(b);

    if (type == MD_SPAN_STRONG || type == MD_SPAN_EM)
        style = STYLE_BOLD;
    else if (type == MD_SPAN_CODE)
        style = STYLE_CODE;
    else if (type == MD_SPAN_A) {
        const MD_ATTRIBUTE *href = &((MD_SPAN_A_DETAIL *)detail)->href;

        snprintf(b->link, sizeof b->link, "%.*s", (int)href->size, href->text ? href->text : "");
        style = STYLE_KEY;
        if (b->para.text.len == 0 && strncmp(b->link, "http", 4) != 0) /* a demo, an exercise */
            styled_add(&b->para, either(b, "▸ ", "> "), style);
    }
    if (b->nstyles < DEEPEST)
        b->styles[b->nstyles] = style;
    b->nstyles++;
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *user)
{
    struct builder *b = user;

    (void)detail;
    b->nstyles--;
    /* on paper or in a terminal nobody can follow a link that is not written out */
    if (type == MD_SPAN_A && strncmp(b->link, "http", 4) == 0) {
        const char *text = text_string(&b->para.text);
        size_t len = strlen(b->link);

        if (b->para.text.len < len || strcmp(text + b->para.text.len - len, b->link) != 0) {
            styled_add(&b->para, " (", style_now(b));
            styled_add(&b->para, b->link, style_now(b));
            styled_add(&b->para, ")", style_now(b));
        }
    }
    return 0;
}

static void add_entity(struct builder *b, const char *text, size_t size)
{
    static const struct { const char *name, *text; } entities[] = {
        {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"},
        {"&nbsp;", "\xC2\xA0"}, {"&mdash;", "\xE2\x80\x94"}, {"&ndash;", "\xE2\x80\x93"},
        {"&rarr;", "\xE2\x86\x92"}, {"&hellip;", "\xE2\x80\xA6"},
    };
    char bytes[8], number[16];
    unsigned long rune;

    for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++)
        if (strlen(entities[i].name) == size && memcmp(entities[i].name, text, size) == 0) {
            styled_add(&b->para, entities[i].text, style_now(b));
            return;
        }
    if (size > 3 && size < sizeof number && text[1] == '#') {
        bool hex = text[2] == 'x' || text[2] == 'X';

        memcpy(number, text + (hex ? 3 : 2), size - (hex ? 3 : 2));
        number[size - (hex ? 3 : 2)] = '\0';
        rune = strtoul(number, NULL, hex ? 16 : 10);
        if (rune >= 0x20 && rune <= 0x10FFFF) {
            styled_add_n(&b->para, bytes, utf8_put(bytes, (uint32_t)rune), style_now(b));
            return;
        }
    }
    styled_add_n(&b->para, text, size, style_now(b));
}

static int add_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *user)
{
    struct builder *b = user;

    switch (type) {
    case MD_TEXT_BR: styled_add(&b->para, b->in_table ? " " : "\n", style_now(b)); break;
    case MD_TEXT_SOFTBR: styled_add(&b->para, " ", style_now(b)); break;
    case MD_TEXT_NULLCHAR: styled_add(&b->para, "?", style_now(b)); break;
    case MD_TEXT_ENTITY: add_entity(b, text, size); break;
    case MD_TEXT_HTML: break;
    default:
        styled_add_n(&b->para, text, size, style_now(b));
        break;
    }
    return b->failed || b->para.text.failed;
}

/* --- outside ------------------------------------------------------------- */

struct markdown *markdown_new(const char *text, int cols, bool ascii)
{
    MD_PARSER parser = {
        .flags = MD_FLAG_TABLES | MD_FLAG_NOHTML | MD_FLAG_PERMISSIVEURLAUTOLINKS,
        .enter_block = enter_block,
        .leave_block = leave_block,
        .enter_span = enter_span,
        .leave_span = leave_span,
        .text = add_text,
    };
    struct markdown *markdown = calloc(1, sizeof *markdown);
    struct builder b = {.cols = cols < 20 ? 20 : cols, .ascii = ascii, .base = STYLE_PLAIN};
    int broken;

    if (!markdown)
        return NULL;
    b.rows = &markdown->rows;
    broken = md_parse(text, (MD_SIZE)strlen(text), &parser, &b);
    styled_release(&b.para);
    table_free(b.table);
    if (broken || b.failed) {
        markdown_free(markdown);
        return NULL;
    }
    return markdown;
}

void markdown_free(struct markdown *markdown)
{
    if (!markdown)
        return;
    styled_rows_release(&markdown->rows);
    free(markdown);
}

int markdown_rows(const struct markdown *markdown)
{
    return (int)markdown->rows.count;
}

void markdown_draw(const struct markdown *markdown, struct grid *grid, struct rect area, int first)
{
    for (int row = 0; row < area.rows; row++) {
        const struct styled *styled;

        if (first + row < 0 || (size_t)(first + row) >= markdown->rows.count)
            continue;
        styled = &markdown->rows.at[first + row];
        highlight_draw(grid, area.row + row, area.col, area.cols, text_string(&styled->text),
                       styled->text.len, styled->styles);
    }
}

int markdown_find(const struct markdown *markdown, const char *words)
{
    struct text all = {0};
    const char *at = NULL;
    int row = -1;

    for (size_t i = 0; i < markdown->rows.count; i++) {
        const char *text = text_string(&markdown->rows.at[i].text);
        text_addf(&all, "%s ", text + strspn(text, " "));
    }
    if (*words && !all.failed)
        at = strcasestr(text_string(&all), words);
    for (size_t i = 0, end = 0; at && row < 0; i++) {
        const char *text = text_string(&markdown->rows.at[i].text);
        end += strlen(text) - strspn(text, " ") + 1;
        if ((size_t)(at - all.at) < end)
            row = (int)i;
    }
    text_release(&all);
    return row;
}

char *markdown_plain(const struct markdown *markdown)
{
    struct text out = {0};

    for (size_t i = 0; i < markdown->rows.count; i++) {
        const struct text *text = &markdown->rows.at[i].text;
        size_t len = text->len;

        while (len > 0 && text->at[len - 1] == ' ')
            len--;
        text_add_n(&out, text_string(text), len);
        text_add_char(&out, '\n');
    }
    return text_take(&out);
}
