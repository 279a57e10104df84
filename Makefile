# make run    set up what is missing, build, open the app
# make test   build and run all tests          make asan   the same under ASan and UBSan
# make bench  print the speed table            make clean  remove build/
B      ?= build
CC     ?= cc
CFLAGS ?= -O2 -fno-tree-slp-vectorize -g

ARCH  := $(shell uname -m)
FIBER := $(or $(wildcard engine/rt/fiber_$(ARCH).S),engine/rt/fiber_ucontext.c)
SRC   := $(filter-out engine/rt/fiber_ucontext.c,$(wildcard engine/*/*.c)) $(FIBER)
OBJ   := $(patsubst %,$(B)/%.o,$(filter-out engine/cli/main.c,$(SRC)))
TESTS := $(patsubst %.c,$(B)/%,$(wildcard tests/unit/*/test_*.c tests/*/test_*.c))

LUA_CFLAGS := $(shell pkg-config --cflags lua5.4 2>/dev/null || echo -I/usr/include/lua5.4)
ALL_CPPFLAGS = -Iengine $(LUA_CFLAGS) -D_GNU_SOURCE -MMD -MP $(CPPFLAGS)
ALL_CFLAGS = -std=gnu17 -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
             -pthread -fno-strict-aliasing -fno-plt $(CFLAGS)
LIBS = -lncursesw -llua5.4 -lmd4c -ljansson -lseccomp -lm -ldl

all: $(B)/braid

run: ; @./.ci/setup && $(MAKE) --no-print-directory all && exec $(B)/braid

$(B)/braid: $(B)/engine/cli/main.c.o $(B)/libbraid.a
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -rdynamic -o $@ $< -Wl,--whole-archive $(B)/libbraid.a -Wl,--no-whole-archive $(LIBS)

$(B)/libbraid.a: $(OBJ)
	@rm -f $@
	ar rcs $@ $(OBJ)

$(B)/%.c.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<

$(B)/%.S.o: %.S
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) -c -o $@ $<

$(B)/tests/%: tests/%.c $(B)/libbraid.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) -Itests $(ALL_CFLAGS) $(LDFLAGS) -MF $@.d -rdynamic -o $@ $< \
	    -Wl,--whole-archive $(B)/libbraid.a -Wl,--no-whole-archive -lcmocka -lvterm -lutil $(LIBS)

tests: $(TESTS)

test: ; @./.ci/setup test && $(MAKE) --no-print-directory all tests && B=$(B) tests/run

asan: ; $(MAKE) B=$(B)/asan CFLAGS="-O1 -g -fsanitize=address,undefined -fno-omit-frame-pointer -Wno-builtin-declaration-mismatch" test

bench: all $(addprefix $(B)/tests/bench/,bench explore first view)
	B=$(B) tests/bench/run && B=$(B) tests/bench/search && $(B)/tests/bench/view

conformance-go: all ; B=$(B) tests/conformance/go.sh

clean: ; rm -rf $(B)

-include $(OBJ:.o=.d) $(B)/engine/cli/main.c.d $(TESTS:=.d)

.PHONY: all run tests test asan bench conformance-go clean
