/* utf8.h -- UTF-8 one character at a time, whatever the bytes are.
 *
 * What a learner's program prints or names need not be text: bytes that are no UTF-8 read as
 * UTF8_BAD, one byte each, so nothing that follows is lost.
 */
#ifndef BRAID_BASE_UTF8_H
#define BRAID_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UTF8_BAD = 0xFFFD };

/* The character at *at, which moves on behind it; *at must be before end.  Overlong forms,
 * surrogates and what lies beyond U+10FFFF are bad. */
uint32_t utf8_next(const char **at, const char *end);

/* Writes a character's bytes, 1 to 4; returns how many. */
size_t utf8_put(char out[4], uint32_t rune);

/* Whether it would do something to a terminal other than show itself: control characters,
 * marks of direction, characters without width that are not accents. */
bool utf8_is_control(uint32_t rune);

#endif
