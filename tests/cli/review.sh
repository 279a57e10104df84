#!/bin/bash
# review.sh -- the eight questions: each program's first line names a question, the gravest sign among its
# answers, and words of one of them, "QUESTION: SIGN: PATTERN"; as text and as JSON, the same twice.
. "$(dirname "$0")/lib.bash"
cp -r "$root/tests/programs/questions" . && cd questions || exit 1

unfolded() { # joins the lines of an answer
    awk '/^     [^ ]/ && was { printf " %s", substr($0, 6); next }
         { if (NR > 1) print ""; was = /^   [!-] / || /^     /; printf "%s", $0 } END { print "" }'
}

for file in *.lua *.c; do
    line=$(sed -n '1s/^\(--\|\/\/\) review: //p' "$file")
    [ -n "$line" ] || { fail "$file" "no 'review:' in its first line"; continue; }
    question=${line%%: *} rest=${line#*: }
    sign=${rest%%: *} pattern=${rest#*: }
    "$BRAID" check --plain --review "$file" >first 2>&1
    if grep -Eq "^[1-8]\. $question: $sign( |$)" first; then ok "$file: $question: $sign"
    else fail "$file: $question: $sign" "$(grep -E "^[1-8]\. $question" first)"; fi
    if unfolded <first | grep -Eq -- "$pattern"; then ok "$file says why"
    else fail "$file says why" "no '$pattern' in: $(tail -n +4 first | head -c 600 | tr '\n' '|')"; fi
    "$BRAID" check --plain --review "$file" >second 2>&1
    if cmp -s first second; then ok "$file twice"; else fail "$file twice" "differ"; fi
    if "$BRAID" check --json --review "$file" | grep -Eq "\"question\":\"$question\",\"sign\":\"$sign\""
    then ok "$file, JSON"; else fail "$file, JSON" "no $question with $sign"; fi
done

# nothing is told without being asked for
if "$BRAID" check --plain exit_stuck.lua | grep -q "The review"; then fail "only on request" "a review"; else ok "only on request"; fi
# no right solution gets a red flag
for file in "$root"/solutions/*/*.lua; do
    if "$BRAID" check --plain --review "$file" 2>&1 | grep -q "red flag"; then fail "${file##*/} is clean" "a red flag"
    else ok "${file##*/} is clean"; fi
done
