/* filesystem.c of the folder above, with go.h: 2^(N - 13), from 13 on. */
#include "go.h"

#ifndef N
#define N 14
#endif
enum { BLOCKS = 26, INODES = 32 };

static struct mu inode_lock[INODES], block_lock[BLOCKS];
static int inode[INODES], busy[BLOCKS];
static struct wg wg;

static void take_block(int i)
{
    for (int b = i * 2 % BLOCKS; inode[i] == 0; b = (b + 1) % BLOCKS) {
        mu_lock(&block_lock[b]);
        if (!busy[b]) {
            busy[b] = 1;
            inode[i] = b + 1;
        }
        mu_unlock(&block_lock[b]);
    }
}

static void worker(void *arg)
{
    int i = (int)(intptr_t)arg % INODES;

    mu_lock(&inode_lock[i]);
    take_block(i);
    mu_unlock(&inode_lock[i]);
    wg_done(&wg);
}

int main(void)
{
    wg_add(&wg, N);
    for (intptr_t i = 0; i < N; i++)
        go(worker, (void *)i);
    wg_wait(&wg);
}
