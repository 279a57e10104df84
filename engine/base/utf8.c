/* utf8.c -- UTF-8 one character at a time, whatever the bytes are. */
#include "base/utf8.h"

uint32_t utf8_next(const char **at, const char *end)
{
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    const unsigned char *p = (const unsigned char *)*at;
    size_t left = (size_t)(end - *at);
    unsigned more = *p < 0x80 ? 0 : *p >= 0xF8 ? 9 : *p >= 0xF0 ? 3 : *p >= 0xE0 ? 2
                  : *p >= 0xC0 ? 1 : 9;
    uint32_t rune;

    if (more == 9 || more >= left) {
        *at += 1;
        return UTF8_BAD;
    }
    rune = more == 0 ? *p : *p & (0x3Fu >> more);
    for (unsigned i = 1; i <= more; i++) {
        if ((p[i] & 0xC0) != 0x80) {
            *at += 1;
            return UTF8_BAD;
        }
        rune = rune << 6 | (p[i] & 0x3F);
    }
    if (rune < least[more] || rune > 0x10FFFF || (rune >= 0xD800 && rune < 0xE000)) {
        *at += 1;
        return UTF8_BAD;
    }
    *at += more + 1;
    return rune;
}

size_t utf8_put(char out[4], uint32_t rune)
{
    if (rune < 0x80) {
        out[0] = (char)rune;
        return 1;
    }
    if (rune < 0x800) {
        out[0] = (char)(0xC0 | rune >> 6);
        out[1] = (char)(0x80 | (rune & 0x3F));
        return 2;
    }
    if (rune < 0x10000) {
        out[0] = (char)(0xE0 | rune >> 12);
        out[1] = (char)(0x80 | (rune >> 6 & 0x3F));
        out[2] = (char)(0x80 | (rune & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | rune >> 18);
    out[1] = (char)(0x80 | (rune >> 12 & 0x3F));
    out[2] = (char)(0x80 | (rune >> 6 & 0x3F));
    out[3] = (char)(0x80 | (rune & 0x3F));
    return 4;
}

bool utf8_is_control(uint32_t rune)
{
    return rune < 0x20 || (rune >= 0x7F && rune < 0xA0) || rune == 0xAD ||
           (rune >= 0x200B && rune <= 0x200F) || (rune >= 0x2028 && rune <= 0x202E) ||
           (rune >= 0x2060 && rune <= 0x206F) || rune == 0xFEFF ||
           (rune >= 0xFFF9 && rune <= 0xFFFB) || rune >= 0xE0000;
}
