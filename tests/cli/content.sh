#!/bin/bash
# content.sh -- the content linter on all content: starters, solutions, wrong submissions, demos.
. "$(dirname "$0")/lib.bash"
"$BRAID" verify --all 2>&1 | grep -Ev '^[0-9]+ passed'
