#!/bin/bash
# vocabulary.sh -- a program for each word of the vocabulary, in both faces: its verdict (first line of the
# file), the same twice, a schedule that replays it, and what a free run prints (NAME.out, both faces' own).
. "$(dirname "$0")/lib.bash"
cp -r "$root/tests/programs/vocabulary" . && cd vocabulary || exit 1

for file in *.lua *.c; do
    want=$(sed -n '1s/^\(--\|\/\/\) expect: //p' "$file")
    [ -n "$want" ] || { fail "$file" "no 'expect:' in its first line"; continue; }
    "$BRAID" check --plain "$file" >first 2>&1
    got=$(head -n 1 first)
    case $got in
    "$want"*) ok "$file: $want" ;;
    *) fail "$file: $want" "$got" ;;
    esac
    "$BRAID" check --plain "$file" >second 2>&1
    if cmp -s first second; then ok "$file twice"; else fail "$file twice" "differ"; fi
    case $want in passed*) continue ;; esac
    schedule=$(sed -n "s/^  replay: braid replay [^ ]* '\(.*\)'$/\1/p" first)
    "$BRAID" replay --plain "$file" "$schedule" >replayed 2>&1
    if grep -qFx -- "$got" replayed; then ok "$file replays"; else fail "$file replays" "$(tail -n 3 replayed | tr '\n' '|')"; fi
done
for file in *.out; do
    "$BRAID" run "${file%.out}" >printed 2>&1
    if cmp -s "$file" printed; then ok "${file%.out} prints"; else fail "${file%.out} prints" "$(diff "$file" printed | head -n 4 | tr '\n' '|')"; fi
done

# Go's names in C: the way to those of go.h, by each compiler
cat >words.c <<'C'
#include "go.h"
int main(void)
{
    struct wg w = {0};
    WaitGroup_Add(&w, 1);
    chan_send(0, 0);
    go_sleeep(1);
    frobnicate();
}
C
printf 'int main(void)\n{\n    go_sleep(1);\n}\n' >without.c
for compiler in gcc clang; do
    command -v $compiler >/dev/null || continue
    export BRAID_CC=$compiler
    for line in "5: go.h has no 'WaitGroup_Add'; did you mean 'wg_add'?" \
        "6: go.h has no 'chan_send'; did you mean 'go_send'?" \
        "7: go.h has no 'go_sleeep'; did you mean 'go_sleep'?"; do
        check "$compiler: ${line#*no }" 1 "words.c:${line//\?/\\?}" "$BRAID" check --plain words.c
    done
    if "$BRAID" check --plain words.c | grep -q "go.h has no 'frobnicate'"
    then fail "$compiler: nothing is like it"; else ok "$compiler: nothing is like it"; fi
    check "$compiler: go.h is missing" 1 "without.c:3: 'go_sleep' is of go.h: put #include \"go.h\"" \
        "$BRAID" check --plain without.c
done
unset BRAID_CC
