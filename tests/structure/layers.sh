#!/bin/bash
# layers.sh -- includes point down the list of layers, never up; each header compiles alone;
# curses and Lua stay in their folders.
set -u
cd "$(dirname "$0")/../../engine" || exit 1
layers="base rt sync check explore lua c course grade view ui cli"
rank() { local i=0 l; for l in $layers; do [ "$l" = "$1" ] && echo $i && return; i=$((i + 1)); done; echo 99; }

for layer in $layers; do
    bad=
    mine=$(rank "$layer")
    while IFS=: read -r file _ include; do
        to=${include#*\"} to=${to%%/*}
        [ "$(rank "$to")" -gt "$mine" ] && bad="$bad $file->$to"
        case $layer/$to in
        sync/check | sync/explore | check/sync | check/explore | explore/sync | explore/check)
            bad="$bad $file->$to" ;;
        esac
    done < <(grep -nE '^#include "[a-z]+/' "$layer"/*.[ch] 2>/dev/null)
    [ "$layer" != ui ] && grep -lE '<(ncurses|curses)' "$layer"/*.[ch] 2>/dev/null | grep -q . && bad="$bad curses"
    [ "$layer" != lua ] && grep -lE '<(lua|lauxlib|lualib)\.h>' "$layer"/*.[ch] 2>/dev/null | grep -q . && bad="$bad lua.h"
    [ "$layer" = rt ] && grep -lE 'stdout|printf\(' rt/*.c | grep -q . && bad="$bad prints"
    if [ -n "$bad" ]; then echo "FAIL $layer includes downward:$bad"; else echo "ok $layer includes downward"; fi
done

lua=$(pkg-config --cflags lua5.4 2>/dev/null)
for header in go.h */*.h; do
    if gcc -std=gnu17 -D_GNU_SOURCE -fsyntax-only -Wall -I. $lua -x c "$header" 2>/tmp/braid-header.$$; then
        echo "ok $header compiles alone"
    else
        echo "FAIL $header compiles alone: $(head -n 2 /tmp/braid-header.$$ | tr '\n' ' ')"
    fi
done
rm -f /tmp/braid-header.$$
