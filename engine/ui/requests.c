/* requests.c -- from keys to requests, and how keys are written. */
#include "ui/requests.h"

#include <stddef.h>

static const struct {
    const char *label, *ascii;
    int keys[10]; /* ends with 0 */
} table[REQUEST_COUNT] = {
    [REQUEST_NONE] = {"", "", {0}},
#define X(name, label, ascii, ...) [REQUEST_##name] = {label, ascii, {__VA_ARGS__, 0}},
    REQUESTS(X)
#undef X
};

enum request request_of_key(int key)
{
    if (key == 0)
        return REQUEST_NONE;
    for (int r = 1; r < REQUEST_COUNT; r++)
        for (const int *k = table[r].keys; *k != 0; k++)
            if (*k == key)
                return r;
    return REQUEST_NONE;
}

const char *request_label(enum request request, bool ascii)
{
    return ascii ? table[request].ascii : table[request].label;
}
