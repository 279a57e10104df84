/* generate.h -- programs made from a seed. */
#ifndef BRAID_TESTS_LUA_GENERATE_H
#define BRAID_TESTS_LUA_GENERATE_H

#include "base/text.h"

/* A Lua program that compiles, ends, and prints; the same for the same seed. */
void generate(struct text *out, unsigned long seed);

#endif
