/* sides.c -- pairs the lines of two programs, and draws them.
 *
 * The longest common subsequence by dynamic programming (Cormen et al., Introduction to Algorithms,
 * section 15.4), with a weight for each line.  What both begin and end with is paired beforehand.
 * Texts too long for a table of MOST_CELLS are shown as all different in their middle.
 */
#include "view/sides.h"

#include "view/highlight.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_CELLS = 4 * 1000 * 1000,
    NUMBER = 4,  /* columns of a line number and the blank after it */
    MARK = 2,    /* of a mark and the blank after it */
};

/* Line numbers from 1; 0: there is none on this side. */
struct pair {
    uint32_t left, right;
    bool same;
};

/* What stands in a row: a piece of a line of each side. */
struct piece {
    uint32_t line;      /* 0: nothing */
    size_t from, len;   /* its bytes */
    bool begins;        /* the line's first */
};

struct row {
    char mark;          /* ' ' the same, '|', '<', '>' */
    struct piece left, right;
};

struct sides {
    const struct program *program[2];
    uint8_t *styles[2]; /* of all bytes of the text */
    struct pair *pairs;
    size_t npairs;
    struct row *rows;
    size_t nrows, cap;
    enum sides_mode mode;
    int cols;
};

/* --- lines --------------------------------------------------------------- */

static const char *trimmed(const struct program *program, uint32_t line, size_t *len)
{
    const char *text = program_line(program, line, len);

    while (*len > 0 && isspace((unsigned char)*text))
        text++, --*len;
    while (*len > 0 && isspace((unsigned char)text[*len - 1]))
        --*len;
    return text;
}

static bool same_line(const struct sides *sides, uint32_t left, uint32_t right)
{
    size_t n, m;
    const char *a = trimmed(sides->program[0], left, &n);
    const char *b = trimmed(sides->program[1], right, &m);

    return n == m && memcmp(a, b, n) == 0;
}

/* A lone bracket or `end` is no reason to pair what stands around it. */
static uint32_t weight(const struct sides *sides, uint32_t left)
{
    size_t len;

    trimmed(sides->program[0], left, &len);
    return len == 0 ? 1 : len < 5 ? 2 : 8;
}

/* --- pairs --------------------------------------------------------------- */

static void add_pair(struct sides *sides, uint32_t left, uint32_t right, bool same)
{
    sides->pairs[sides->npairs++] = (struct pair){left, right, same};
}

/* Lines `left` up to `left_end` and `right` up to `right_end`, none of them shared. */
static void add_others(struct sides *sides, uint32_t left, uint32_t left_end, uint32_t right,
                       uint32_t right_end)
{
    while (left < left_end || right < right_end)
        add_pair(sides, left < left_end ? left++ : 0, right < right_end ? right++ : 0, false);
}

/* Best weight of what lines i.. of the left and j.. of the right share, for the n and m lines from
 * left and right on. */
static uint32_t *common_table(const struct sides *sides, uint32_t left, uint32_t n, uint32_t right,
                              uint32_t m)
{
    size_t width = m + 1;
    uint32_t *best = calloc((n + 1) * width, sizeof *best);

    for (uint32_t i = n; best && i-- > 0;)
        for (uint32_t j = m; j-- > 0;) {
            uint32_t down = best[(i + 1) * width + j], across = best[i * width + j + 1];
            uint32_t most = down > across ? down : across, both = 0;

            if (same_line(sides, left + i, right + j))
                both = best[(i + 1) * width + j + 1] + weight(sides, left + i);
            best[i * width + j] = both > most ? both : most;
        }
    return best;
}

/* Pairs the n and m lines from left and right on. */
static bool pair_middle(struct sides *sides, uint32_t left, uint32_t n, uint32_t right, uint32_t m)
{
    uint32_t i = 0, j = 0, from_i = 0, from_j = 0, *best;
    size_t width = m + 1;

    if ((n + 1) * width > MOST_CELLS) {
        add_others(sides, left, left + n, right, right + m);
        return true;
    }
    best = common_table(sides, left, n, right, m);
    if (!best)
        return false;
    while (i < n && j < m) {
        uint32_t here = best[i * width + j];

        if (same_line(sides, left + i, right + j)
            && here == best[(i + 1) * width + j + 1] + weight(sides, left + i)) {
            add_others(sides, left + from_i, left + i, right + from_j, right + j);
            add_pair(sides, left + i++, right + j++, true);
            from_i = i;
            from_j = j;
        } else if (here == best[(i + 1) * width + j]) {
            i++;
        } else {
            j++;
        }
    }
    add_others(sides, left + from_i, left + n, right + from_j, right + m);
    free(best);
    return true;
}

static bool pair_lines(struct sides *sides)
{
    uint32_t n = sides->program[0]->nlines, m = sides->program[1]->nlines, head = 0, tail = 0;

    sides->pairs = calloc((size_t)n + m + 1, sizeof *sides->pairs);
    if (!sides->pairs)
        return false;
    while (head < n && head < m && same_line(sides, head + 1, head + 1)) {
        head++;
        add_pair(sides, head, head, true);
    }
    while (tail < n - head && tail < m - head && same_line(sides, n - tail, m - tail))
        tail++;
    if (!pair_middle(sides, head + 1, n - head - tail, head + 1, m - head - tail))
        return false;
    for (; tail > 0; tail--)
        add_pair(sides, n - tail + 1, m - tail + 1, true);
    return true;
}

/* --- making -------------------------------------------------------------- */

/* Heap; NULL: out of memory. */
static uint8_t *styles_of(const struct program *program)
{
    uint8_t *styles = calloc(program->length + 1, 1);
    uint32_t state = HIGHLIGHT_START;

    for (uint32_t line = 1; styles && line <= program->nlines; line++) {
        size_t len;
        const char *text = program_line(program, line, &len);
        state = highlight_line(program->language, state, text, len,
                               styles + (text - program->text));
    }
    return styles;
}

struct sides *sides_new(const struct program *left, const struct program *right)
{
    struct sides *sides = calloc(1, sizeof *sides);

    if (!sides)
        return NULL;
    sides->program[0] = left;
    sides->program[1] = right;
    sides->styles[0] = styles_of(left);
    sides->styles[1] = styles_of(right);
    if (sides->styles[0] && sides->styles[1] && pair_lines(sides))
        return sides;
    sides_free(sides);
    return NULL;
}

void sides_free(struct sides *sides)
{
    if (!sides)
        return;
    free(sides->styles[0]);
    free(sides->styles[1]);
    free(sides->pairs);
    free(sides->rows);
    free(sides);
}

bool sides_same(const struct sides *sides)
{
    for (size_t i = 0; i < sides->npairs; i++)
        if (!sides->pairs[i].same)
            return false;
    return true;
}

/* --- rows ---------------------------------------------------------------- */

static struct row *add_row(struct sides *sides, char mark)
{
    if (sides->nrows == sides->cap) {
        size_t cap = sides->cap ? 2 * sides->cap : 256;
        struct row *rows = realloc(sides->rows, cap * sizeof *rows);

        if (!rows)
            return NULL;
        sides->rows = rows;
        sides->cap = cap;
    }
    sides->rows[sides->nrows] = (struct row){.mark = mark};
    return &sides->rows[sides->nrows++];
}

/* Where the piece of a line ends that fits into so many columns, tabs being four wide: behind a blank
 * where there is one in its second half. */
static size_t piece_end(const char *text, size_t from, size_t len, int cols)
{
    size_t end = from, blank = 0;
    int used = 0;

    while (end < len) {
        size_t next = end + 1;
        int width;

        while (next < len && ((unsigned char)text[next] & 0xC0) == 0x80)
            next++;
        width = text[end] == '\t' ? 4 - used % 4 : grid_width_n(text + end, next - end);
        if (used + width > cols && end > from)
            return blank ? blank : end;
        used += width;
        end = next;
        if (text[end - 1] == ' ' && used > cols / 2)
            blank = end;
    }
    return end;
}

static bool next_piece(const struct program *program, uint32_t line, int cols, struct piece *piece)
{
    const char *text;
    size_t len;

    if (line == 0)
        return false;
    text = program_line(program, line, &len);
    piece->begins = piece->line == 0;
    piece->from += piece->len;
    piece->line = line;
    piece->len = piece_end(text, piece->from, len, cols) - piece->from;
    return piece->begins || piece->len > 0;
}

/* As many rows as the longer of two lines takes; a line 0 takes none. */
static bool add_lines(struct sides *sides, uint32_t left, uint32_t right, char mark, int cols)
{
    struct piece a = {0}, b = {0};

    for (;;) {
        bool more_a = next_piece(sides->program[0], left, cols, &a);
        bool more_b = next_piece(sides->program[1], right, cols, &b);
        struct row *row;

        if (!more_a && !more_b)
            return true;
        row = add_row(sides, mark);
        if (!row)
            return false;
        if (more_a)
            row->left = a;
        if (more_b)
            row->right = b;
    }
}

static char mark_of(const struct pair *pair)
{
    return pair->same ? ' ' : !pair->left ? '>' : !pair->right ? '<' : '|';
}

/* A place in which they differ: the left lines, then the right ones. */
static bool stack(struct sides *sides, size_t from, size_t to, int cols)
{
    bool added = true;

    for (size_t i = from; added && i < to; i++)
        added = add_lines(sides, sides->pairs[i].left, 0, '<', cols);
    for (size_t i = from; added && i < to; i++)
        added = add_lines(sides, 0, sides->pairs[i].right, '>', cols);
    return added;
}

static bool lay_stacked(struct sides *sides, int cols)
{
    bool added = true;

    for (size_t i = 0, end; added && i < sides->npairs; i = end) {
        for (end = i; end < sides->npairs && !sides->pairs[end].same; end++)
            ;
        if (end > i)
            added = stack(sides, i, end, cols);
        else
            added = add_lines(sides, sides->pairs[i].left, 0, ' ', cols), end++;
    }
    return added;
}

static int half(int cols)
{
    return (cols - MARK - 1) / 2;
}

bool sides_lay_out(struct sides *sides, enum sides_mode mode, int cols)
{
    struct sides made = *sides;
    bool added = true;

    made.rows = NULL;
    made.nrows = made.cap = 0;
    made.mode = mode;
    made.cols = cols;
    if (mode == SIDES_STACKED)
        added = lay_stacked(&made, cols - MARK - NUMBER);
    for (size_t i = 0; mode != SIDES_STACKED && added && i < made.npairs; i++) {
        const struct pair *pair = &made.pairs[i];
        int width = mode == SIDES_BESIDE ? half(cols) - NUMBER : cols - MARK - NUMBER;

        added = add_lines(&made, mode == SIDES_RIGHT ? 0 : pair->left,
                          mode == SIDES_LEFT ? 0 : pair->right, mark_of(pair), width);
    }
    if (!added) {
        free(made.rows);
        return false;
    }
    free(sides->rows);
    *sides = made;
    return true;
}

int sides_rows(const struct sides *sides)
{
    return (int)sides->nrows;
}

int sides_seek(const struct sides *sides, int row, int direction)
{
    for (int at = row + direction; at >= 0 && at < (int)sides->nrows; at += direction)
        if (sides->rows[at].mark != ' ' && (at == 0 || sides->rows[at - 1].mark == ' '))
            return at;
    return -1;
}

/* --- drawing ------------------------------------------------------------- */

static void draw_piece(const struct sides *sides, struct grid *grid, int row, int col, int cols,
                       int side, const struct piece *piece, bool same)
{
    const struct program *program = sides->program[side];
    const char *line;
    size_t len;

    if (piece->line == 0)
        return;
    if (piece->begins)
        grid_putf(grid, row, col, NUMBER, STYLE_DIM, "%*u", NUMBER - 1, piece->line);
    line = program_line(program, piece->line, &len) + piece->from;
    highlight_draw(grid, row, col + NUMBER, cols - NUMBER, line, piece->len,
                   sides->styles[side] + (line - program->text));
    if (same)
        grid_style(grid, (struct rect){row, col, 1, cols}, STYLE_DIM);
}

void sides_draw(const struct sides *sides, struct grid *grid, struct rect area, int first)
{
    bool beside = sides->mode == SIDES_BESIDE;
    int width = beside ? half(sides->cols) : sides->cols - MARK;
    int mark = beside ? area.col + width + 1 : area.col;
    int left = beside ? area.col : area.col + MARK;
    int right = beside ? mark + MARK : left;

    for (int i = 0; i < area.rows && first + i < (int)sides->nrows; i++) {
        const struct row *row = &sides->rows[first + i];
        char text[2] = {row->mark, '\0'};

        draw_piece(sides, grid, area.row + i, left, width, 0, &row->left, row->mark == ' ');
        draw_piece(sides, grid, area.row + i, right, width, 1, &row->right, row->mark == ' ');
        grid_put(grid, area.row + i, mark, 1, row->mark == '<'   ? STYLE_BAD
                                              : row->mark == '>' ? STYLE_GOOD
                                                                 : STYLE_NOTE, text);
    }
}
