#!/bin/sh
# play.sh [SCRIPT...] -- plays the scripts (default: all) to the app in a terminal of libvterm.
# B names the build folder.  A script sees an empty HOME and data folder of its own.
cd "$(dirname "$0")/../.." || exit 2
B=${B:-build}
case $B in /*) ;; *) B=$PWD/$B ;; esac
export BRAID="${BRAID:-$B/braid}"
mkdir -p "$B/ui" &&
${CC:-cc} -std=gnu17 -D_GNU_SOURCE -O1 -g -Wall -Wextra -Wshadow -o "$B/ui/drive" \
    tests/ui/drive.c -lvterm -lutil || exit 2

# A course of two lessons: what comes to the others does not touch the scripts.
make_root() {
    mkdir "$T/root" && ln -s "$PWD/engine" "$T/root/engine" || return
    for part in lessons exercises solutions; do
        mkdir "$T/root/$part" || return
        for topic in 03-channels 05-worker-pool; do
            [ ! -d "$part/$topic" ] || cp -r "$part/$topic" "$T/root/$part" || return
        done
    done
    cp lessons/glossary.md "$T/root/lessons" || return
    rm -rf "$T/root/exercises/03-channels" "$T/root/solutions/03-channels"
    sed -i '/^\[exercise\]/d' "$T/root/lessons/03-channels/lesson.md"
}

[ $# -gt 0 ] || set -- tests/ui/*.keys
failed=0 played=0
for script; do
    [ -f "$script" ] || { echo "$script: no such script"; exit 2; }
    T=$(mktemp -d) && mkdir "$T/home" "$T/tmp" && make_root || exit 2
    if (unset VISUAL EDITOR NO_COLOR BRAID_ASCII LINES COLUMNS
        export T HOME="$T/home" BRAID_DATA="$T/data" TMPDIR="$T/tmp" TERM=xterm-256color LC_ALL=C.UTF-8
        export BRAID_ROOT="$T/root" EDITOR=true
        timeout 60 "$B/ui/drive" "$script" "$BRAID") > "$T/out" 2>&1
    then
        echo "ok    $script"
    else
        cat "$T/out"
        echo "FAIL  $script"
        failed=$((failed + 1))
    fi
    rm -rf "$T"
    played=$((played + 1))
done
echo "$played scripts, $failed failed"
[ "$failed" -eq 0 ] && [ "$played" -gt 0 ]
