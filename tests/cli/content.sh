#!/bin/bash
# content.sh -- the content linter on all content: starters, solutions, wrong submissions, demos.
. "$(dirname "$0")/lib.bash"
"$BRAID" verify --all 2>&1 | grep -Ev '^[0-9]+ passed'
check "a check is told what it misses" 1 "not caught: one_too_many: it lets one too many" \
    "$BRAID" check "$root/exercises/16-testing/check_crew.lua"
check "and what it catches" 0 "caught: as_they_come: .*\(panic\)" \
    "$BRAID" check "$root/solutions/16-testing/check_crew.lua"
check "the same for machines" 0 '"mutants":\[\{"name":"done_too_soon".*"verdict":"panic","caught":true\}' \
    "$BRAID" check --json "$root/solutions/16-testing/check_crew.lua"
mkdir 16-testing
cp "$root/tests/submissions/16-testing/check_crew/another_crew.lua" 16-testing/check_crew.lua
check "another program under test is refused" 1 "line 11: the program under test was changed" \
    "$BRAID" check 16-testing/check_crew.lua
sed '/of subject/d' "$root/solutions/16-testing/check_crew.c" >16-testing/check_crew.c
check "none is refused" 1 "there is no '\[subject\]'" "$BRAID" check 16-testing/check_crew.c
