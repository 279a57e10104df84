// A look into the letterbox, without standing beside it.
#include "go.h"

static struct chan *box;

static void look(void)
{
    const char *letter;

    if (go_select_default(RECV(box, &letter)) == 0)
        printf("a letter: %s\n", letter);
    else
        printf("nothing yet\n");
}

static void drop(const char *letter)
{
    if (go_select_default(SEND(box, &letter)) == 0)
        printf("put in: %s\n", letter);
    else
        printf("no room: %s\n", letter);
}

int main(void)
{
    box = go_chan(const char *, 1);
    look();
    drop("from Ida");
    drop("from Ferdinand");
    look();
    look();
}
