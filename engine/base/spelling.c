/* spelling.c -- how far a name is from the one that was meant. */
#include "base/spelling.h"

#include <ctype.h>

enum { MOST = 48 }; /* letters */

/* Its letters in lower case, without underscores; returns how many, or MOST + 1. */
static size_t fold(const char *name, size_t n, char *out)
{
    size_t used = 0;

    for (size_t i = 0; i < n; i++) {
        if (name[i] == '_')
            continue;
        if (used == MOST)
            return MOST + 1;
        out[used++] = (char)tolower((unsigned char)name[i]);
    }
    return used;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

unsigned spelling_distance(const char *a, size_t na, const char *b, size_t nb)
{
    char x[MOST], y[MOST];
    unsigned rows[3][MOST + 1], *before = rows[0], *last = rows[1], *now = rows[2], *spare, far;

    na = fold(a, na, x);
    nb = fold(b, nb, y);
    if (na > MOST || nb > MOST)
        return SPELLING_FAR;
    for (size_t k = 0; k <= nb; k++)
        last[k] = (unsigned)k;
    for (size_t i = 1; i <= na; i++) {
        now[0] = (unsigned)i;
        for (size_t k = 1; k <= nb; k++) {
            now[k] = least(least(last[k], now[k - 1]) + 1, last[k - 1] + (x[i - 1] != y[k - 1]));
            if (i > 1 && k > 1 && x[i - 1] == y[k - 2] && x[i - 2] == y[k - 1])
                now[k] = least(now[k], before[k - 2] + 1);
        }
        spare = before;
        before = last;
        last = now;
        now = spare;
    }
    far = last[nb];
    return far > (na > nb ? na : nb) / 3 ? SPELLING_FAR : far;
}
