/* touch.c -- see touch.h. */
#include "rt/touch.h"

enum until { ALWAYS, IF_OPEN, IF_ZERO, IF_SOME, IF_ROOM, IF_ITEM };
enum then { SAME, SHUT, OPEN };

#define BIT(mode) (1u << TOUCH_##mode)

const uint32_t touch_conflicts[TOUCH_MODE_COUNT] = {
#define X(mode, what, until, level, shut, conflicts) (conflicts) & ((1u << TOUCH_MODE_COUNT) - 1),
    TOUCH_MODES(X)
#undef X
};

/* who opens conflicts with who waits for that */
const uint32_t touch_lets[TOUCH_MODE_COUNT] = {
#define X(mode, what, until, level, shut, conflicts)                                             \
    ((level) > 0 ? BIT(TAKE) : 0) |                                                              \
    (TOUCH_##mode == TOUCH_RECV || TOUCH_##mode == TOUCH_CLOSE ? BIT(SEND) : 0) |                \
    (TOUCH_##mode == TOUCH_SEND || TOUCH_##mode == TOUCH_CLOSE ? BIT(RECV) : 0),
    TOUCH_MODES(X)
#undef X
};

static const struct {
    enum until until;
    int32_t level;
    enum then shut;
} rules[TOUCH_MODE_COUNT] = {
#define X(mode, what, until, level, shut, conflicts) {until, level, shut},
    TOUCH_MODES(X)
#undef X
};

bool touch_possible(const struct touch *touch, struct touch_state state)
{
    switch (rules[touch->mode].until) {
    case IF_OPEN: return !state.shut;
    case IF_ZERO: return state.level == 0;
    case IF_SOME: return state.level > 0;
    case IF_ROOM: return state.shut || state.level < (int64_t)touch->cap;
    case IF_ITEM: return state.shut || state.level > 0;
    case ALWAYS: break;
    }
    return true;
}

void touch_effect(const struct touch *touch, struct touch_state *state)
{
    bool by = (touch->mode == TOUCH_RAISE || touch->mode == TOUCH_LOWER) && touch->cap > 0;

    state->level += rules[touch->mode].level * (by ? (int32_t)touch->cap : 1);
    if (rules[touch->mode].shut != SAME)
        state->shut = rules[touch->mode].shut == SHUT;
    state->sent += touch->mode == TOUCH_SEND;
    state->received += touch->mode == TOUCH_RECV;
}

bool touch_sets_shut(enum touch_mode mode)
{
    return rules[mode].shut != SAME;
}

bool touch_waits(enum touch_mode mode)
{
    return rules[mode].until != ALWAYS;
}
