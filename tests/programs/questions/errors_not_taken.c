// review: error handling: advice: the error that save returns is thrown away .errors_not_taken.c:16
#include "go.h"

static const char *const ErrEmpty = "nothing to save";

static const char *save(const char *text)
{
    if (!*text)
        return ErrEmpty;
    puts(text);
    return NULL;
}

int main(void)
{
    save("a line");
}
