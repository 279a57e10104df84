#!/bin/bash
# grade.sh -- a class hands in: who is graded how, what is kept, what is passed over.
. "$(dirname "$0")/lib.bash"

mkdir -p class/ann/05-worker-pool class/ben class/cleo/braid/16-testing class/dan
cp "$root/solutions/05-worker-pool/basic_pool.lua" "$root/solutions/05-worker-pool/who_closes.c" class/ann/05-worker-pool
cp "$root/exercises/05-worker-pool/basic_pool.lua" class/ben
cp "$root/exercises/05-worker-pool/who_closes.c" class/ben
cp "$root/tests/submissions/16-testing/check_crew/only_the_sum.lua" class/cleo/braid/16-testing/check_crew.lua
echo 'int main(' >class/dan/basic_pool.c
echo 'print(1)' >class/dan/poem.lua
ln -s "$root/solutions/05-worker-pool/who_closes.c" class/dan/who_closes.c

check "grade: all are graded" 0 "^4 students, 6 submissions: 2 passed, 4 failed" "$BRAID" grade class
check "grade: a fault in a line" 0 "all goroutines are asleep, main is blocked receiving from results" "$BRAID" grade class
check "grade: a check by what it misses" 0 "wrong answer +16-testing/check_crew.lua" "$BRAID" grade class
check "grade: what does not compile" 0 "^ +basic_pool.c:1:[0-9]+: error" "$BRAID" grade class
check "grade: a file of another name is passed over" 0 "dan/poem.lua: passed over, no exercise" "$BRAID" grade class
check "grade: no link is followed" 0 "dan/who_closes.c: passed over, it is a link" "$BRAID" grade class
check "grade: what is missing" 0 "missing +05-worker-pool/who_closes" "$BRAID" grade class who_closes
check "grade: and how many" 0 "^4 students, 2 submissions: 1 passed, 1 failed, 2 missing" "$BRAID" grade class who_closes
check "grade: one student's folder alone" 0 "^1 student, 2 submissions: 2 passed" "$BRAID" grade class/ann
check "grade: nothing in it" 2 "no submission in it" "$BRAID" grade "$root/tests/unit"
check "grade: no such folder" 2 "nowhere: No such file" "$BRAID" grade nowhere
check "grade: no such exercise" 2 "no exercise 'poem'" "$BRAID" grade class poem
check "grade: which folder" 2 "grade which folder" "$BRAID" grade

"$BRAID" grade class --jobs 1 >one 2>/dev/null
"$BRAID" grade class --jobs 4 >four 2>/dev/null
cmp -s one four && ok "grade: four at once say the same as one" || fail "grade: four at once" "$(diff one four | head -3)"

check "grade: kept" 0 "2 passed" "$BRAID" grade class --out marks
check "grade: a table" 0 '^"ben","05-worker-pool","basic_pool","lua",0,"deadlock","all goroutines' cat marks/grades.csv
check "grade: for machines" 0 '"verdict": "deadlock"' cat marks/grades.json
check "grade: ann is told" 0 "^ann: 2 of 2 passed" cat marks/feedback/ann.txt
check "grade: ben is told the story" 0 "^ +1. main makes" cat marks/feedback/ben.txt
grep -q "$PWD\|class/" marks/feedback/*.txt && fail "grade: no path of ours in feedback" "$(grep -h "class/" marks/feedback/* | head -2)" || ok "grade: no path of ours in feedback"

# a grade that was tampered with shows what is graded again and what is not
sed -i 's/"verdict": "deadlock"/"verdict": "kept so"/; s/"verdict": "panic"/"verdict": "kept too"/' marks/grades.json
echo "-- again" >>class/ben/basic_pool.lua
"$BRAID" grade class --out marks >again 2>/dev/null
grep -q "deadlock  *05-worker-pool/basic_pool.lua" again && ok "grade: a changed file is graded again" || fail "grade: a changed file" "$(grep basic_pool.lua again)"
grep -q "kept too  *05-worker-pool/who_closes.c" again && ok "grade: the others are kept" || fail "grade: the others are kept" "$(grep who_closes.c again)"
check "grade: another budget grades anew" 0 "panic +05-worker-pool/who_closes.c" "$BRAID" grade class --out marks --budget 3000
echo '[{"student": 1}]' >marks/grades.json
check "grade: a broken book is not written over" 2 "marks/grades.json: grade 1 is none" "$BRAID" grade class --out marks
check "... nor one that is none at all" 2 "marks/grades.json:[0-9]+: " sh -c "echo '{' >marks/grades.json; exec '$BRAID' grade class --out marks"
mkdir -p '=1+1/x' && cp class/ben/basic_pool.lua '=1+1/x' && mkdir odd && mv '=1+1' odd
check "grade: no formula in the table" 0 "^\"'=1\+1\"," "$BRAID" grade odd --csv
bad=$(printf 'evil\033[2J')
mkdir -p "bad/$bad" && cp class/ben/basic_pool.lua "bad/$bad"
"$BRAID" grade bad >evil 2>&1
grep -q 'evil?\[2J' evil && ! grep -q "$(printf '\033')" evil && ok "grade: a name sends nothing to the terminal" || fail "grade: a name sends nothing to the terminal" "$(head -2 evil | cat -v)"
mkdir -p odder/fay odder/gus odder/hal
: >odder/fay/basic_pool.lua
mkfifo odder/gus/basic_pool.lua
check "grade: an empty file, without our path" 0 "^ +basic_pool.lua: is empty" "$BRAID" grade odder
check "grade: what is no file is passed over" 0 "gus/basic_pool.lua: passed over, it is no regular file" "$BRAID" grade odder
check "grade: who handed in nothing is told" 0 "odder/hal: no submission in it" "$BRAID" grade odder
