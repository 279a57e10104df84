#!/bin/bash
# reviewed.sh -- nine shapes that reference texts print as good code: the engine names the fault of each by
# itself (first line: 'expect: VERDICT'), shows it again by its schedule, and the review raises a red flag.
. "$(dirname "$0")/lib.bash"
cp -r "$root/tests/programs/reviewed" . && cd reviewed || exit 1

for file in *.lua *.c; do
    want=$(sed -n '1s/^\(--\|\/\/\) expect: //p' "$file")
    [ -n "$want" ] || { fail "$file" "no 'expect:' in its first line"; continue; }
    check "$file: $want" 1 "^$want: .*\($file:[0-9]+\)" "$BRAID" check --plain "$file"
    title=$(head -n 1 "$work/out")
    schedule=$(sed -n "s/^  replay: braid replay [^ ]* '\(.*\)'$/\1/p" "$work/out")
    if [ -n "$schedule" ] && "$BRAID" replay --plain "$file" "$schedule" | grep -qFx -- "$title"; then ok "$file replays"
    else fail "$file replays" "not '$title'"; fi
    check "$file: red flag" 1 "^[1-8]\. [a-z ]+: red flag" "$BRAID" check --plain --review "$file"
done
