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
