#!/bin/bash
# counts.sh: every row of counts.tsv has the number of interleavings, deadlocked and failed runs
# that are known for it: by dpor, no run begun in vain, with threads created in order and last first;
# the smaller ones by sleep sets, too; and what is said of them.  BRAID_SLOW=1 adds the rows of more than 100,000 runs.
. "$(dirname "${BASH_SOURCE[0]}")/../cli/lib.bash"
here=$root/tests/litmus

count() { # name strategy file expected define...   expected: runs deadlocked failed begun-in-vain
    local name=$1 strategy=$2 file=$3 want=$4 got flags=()
    shift 4
    case $file in *.c) flags=(-I "$here" "${@/#/-D}") ;; esac
    got=$(timeout 200 "$BRAID" check --json --keep-going --strategy "$strategy" "$file" \
          "${flags[@]}" 2>&1 |
          sed 's/.*"interleavings":\([0-9a-z]*\),"blocked_runs":\([0-9]*\),"deadlocked":\([0-9]*\),"failed":\([0-9]*\),.*/\1 \3 \4 \2/')
    # shellcheck disable=SC2053 # what is expected may be a pattern
    if [[ $got = $want ]]; then ok "$name"; else fail "$name" "got $got, not $want"; fi
}

# Without sleep sets' way out (source sets) commuting threads cost runs cut short, 2^threads.
fits_sleep_sets() { # program runs
    [ "$2" -le 600 ] && case $1 in filesystem | indexer) false ;; esac
}

while IFS=$'\t' read -r program defines runs deadlocked failed; do
    [ "$program" = program ] && continue
    [ "$runs" -gt 100000 ] && [ -z "${BRAID_SLOW:-}" ] && continue
    read -r -a define <<<"$defines"
    row=$program-${defines// /,}
    printf '#include "reversed.h"\n#include "%s.c"\n' "$program" >"$work/$program-reversed.c"
    want="$runs $deadlocked $failed"
    count "$row" dpor "$here/$program.c" "$want 0" "${define[@]}"
    count "$row-reversed" dpor "$work/$program-reversed.c" "$want 0" "${define[@]}"
    if fits_sleep_sets "$program" "$runs"; then
        count "$row-sleep" sleep "$here/$program.c" "$want *" "${define[@]}"
    fi
done <"$here/counts.tsv"

# The same programs with go.h and in Lua; there main waits by a WaitGroup, whose Dones commute.
in_lua() { # program define...: the program with its constants set, on standard output
    local script='' define
    for define in "${@:2}"; do
        script+="s/^local ${define%%=*} = .*/local ${define%%=*} = ${define#*=}/;"
    done
    sed "${script//= ORDERED/= true}" "$here/lua/$1.lua"
}

while IFS=$'\t' read -r program defines runs deadlocked failed; do
    [ -e "$here/go/$program.c" ] || continue
    [ "$runs" -gt 600 ] && continue
    read -r -a define <<<"$defines"
    row=$program-${defines// /,}
    want="$runs $deadlocked $failed 0"
    case $defines in *BUG=2*) want='88 0 32 0' ;; esac # go/buffer.c says why
    count "go-$row" dpor "$here/go/$program.c" "$want" "${define[@]}"
    in_lua "$program" "${define[@]}" >"$work/$program.lua"
    count "lua-$row" dpor "$work/$program.lua" "$want"
done <"$here/counts.tsv"

# Programs of channels and the rest of Go's vocabulary: derived in the comment of each.
while IFS=$'\t' read -r program defines runs deadlocked failed; do
    [ "$program" = program ] && continue
    read -r -a define <<<"$defines"
    row=$program-${defines// /,}
    count "$row" dpor "$here/channels/$program.c" "$runs $deadlocked $failed 0" "${define[@]}"
    count "$row-sleep" sleep "$here/channels/$program.c" "$runs $deadlocked $failed *" "${define[@]}"
done <"$here/channels.tsv"

# What is said of them.
check philo-words 1 'main is waiting for phil 1 to end' "$BRAID" check --plain "$here/philo.c"
check buffer-words 1 'of 80 runs \(all interleavings\), 8 end in a deadlock and 0 fail otherwise' \
    "$BRAID" check --plain --keep-going --strategy dpor -DBUG=1 "$here/buffer.c"
check buffer-replayed 1 'producer [12] to end' \
    "$BRAID" replay --plain "$here/buffer.c" '4x2 5x2 2 2@4 2 3x2 4 4@5 4 5x2' -DBUG=1
check buffer-asserts 1 'assertion failed: cnt' "$BRAID" check --plain -DBUG=2 "$here/buffer.c"
check ainc-loses 1 'wrong answer: assertion failed' "$BRAID" check --plain -DCHECK "$here/ainc.c"
check replay-has-flags 1 "replay: braid replay .*philo.c '.*' '-DN=4'\$" \
    "$BRAID" check --plain -DN=4 "$here/philo.c"
