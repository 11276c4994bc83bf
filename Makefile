# Handrail: build, test, demo. GNU make.
#   make         the program, at ./handrail
#   make demo    install what is missing, build, run the shipped service
#   make test    install what is missing, build, run every test
#   make asan    the tests again, under the address and UB sanitizers
#   make verify  the numbers against theory: docs/verification.md anew
#   make verify-battery  hours: tests of the random numbers, by dieharder
#   make bench   install what is missing, measure speed, write
#                docs/performance.md
#   make golden  rewrite the golden results (then read the diff)
#   make lint, make format, make install PREFIX=..., make clean
# SPDX-License-Identifier: GPL-3.0-or-later

VARIANT ?= release
WERROR  ?= -Werror
PREFIX  ?= /usr/local
BUILD   := build/$(VARIANT)

# ---- what has to be installed (Debian's names) ----

PACKAGES := gcc libc6-dev pkg-config libgsl-dev libyaml-dev \
            librandom123-dev libjansson-dev nettle-dev libsqlite3-dev \
            gnuplot-nox
TEST_PACKAGES := libcmocka-dev
BENCH_PACKAGES := python3 python3-simpy3 valgrind time
PKGS := gsl yaml-0.1 jansson nettle sqlite3

# ---- how things are compiled ----

CFLAGS.release := -O3 -g
CFLAGS.debug   := -O0 -g
CFLAGS.asan    := -O1 -g -fsanitize=address,undefined \
                  -fno-sanitize-recover=all -fno-omit-frame-pointer

# Asked for when something is compiled, so that a bare machine can still run
# the targets that install what is missing.
PKG_CFLAGS = $(shell pkg-config --cflags $(PKGS))
PKG_LIBS   = $(shell pkg-config --libs $(PKGS))
ALL_CPPFLAGS = -I. -D_POSIX_C_SOURCE=200809L -MMD -MP $(PKG_CFLAGS) $(CPPFLAGS)
ALL_CFLAGS   = -std=c11 -ffp-contract=off -pthread -Wall -Wextra -Wpedantic \
               -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
               -Wwrite-strings -Wvla $(WERROR) $(CFLAGS.$(VARIANT)) $(CFLAGS)
ALL_LDLIBS   = $(PKG_LIBS) -lm $(LDLIBS)

SRCS  := $(wildcard sim/*.c models/*.c studies/*.c work/*.c plots/*.c)
# Families of verification, and what they share.
VERIFIES := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/verify/verify_*.c))
RECORDER := $(patsubst %,$(BUILD)/tests/verify/%.o,recorder blocks neighbours)
VERIFY_OBJS := $(filter-out $(RECORDER) $(BUILD)/tests/verify/verify_% \
               $(patsubst %,$(BUILD)/tests/verify/%.o,page brute stream),\
               $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/verify/*.c)))
# What tests share, and the commands but for main(), which they may call.
TEST_OBJS := $(VERIFY_OBJS) $(patsubst %.c,$(BUILD)/%.o,\
             $(filter-out tests/test_%.c,$(wildcard tests/*.c)) \
             $(filter-out cli/main.c,$(wildcard cli/*.c)))
TESTS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/test_*.c))
LIB   := $(BUILD)/libhandrail.a
BIN   := $(BUILD)/handrail

.PHONY: all
all: handrail
.SECONDARY:

include plots/plots.mk

handrail: $(BIN)
	cp $(BIN) $@
$(BIN): $(patsubst %.c,$(BUILD)/%.o,$(wildcard cli/*.c)) $(LIB)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(ALL_LDLIBS)
$(LIB): $(SRCS:%.c=$(BUILD)/%.o) $(GENERATED_OBJS)
	$(RM) $@ && $(AR) rcs $@ $^
$(BUILD)/tests/test_%: $(BUILD)/tests/test_%.o $(TEST_OBJS) $(LIB)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(ALL_LDLIBS) -lcmocka
$(BUILD)/tests/verify/verify_%: $(BUILD)/tests/verify/verify_%.o $(TEST_OBJS) \
                                $(LIB)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(ALL_LDLIBS) -lcmocka
$(BUILD)/tests/verify/page: $(BUILD)/tests/verify/page.o \
                            $(BUILD)/tests/verify/rows.o
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(ALL_LDLIBS)
$(BUILD)/tests/test_verify: | $(BUILD)/tests/verify/page
# They are told of every random number that is drawn.
RECORDED := $(patsubst %,$(BUILD)/tests/verify/%,verify_machine stream)
$(RECORDED): override LDFLAGS += \
    -Wl,--wrap=sim_points_next
$(RECORDED): %: %.o $(RECORDER) $(TEST_OBJS) $(LIB)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(ALL_LDLIBS) -lcmocka
$(BUILD)/tests/verify/brute: $(BUILD)/tests/verify/brute.o $(TEST_OBJS) $(LIB)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(ALL_LDLIBS) -lcmocka
# Their allocations fail when they say so.
$(patsubst %,$(BUILD)/tests/%,test_log_memory test_run_memory): \
    override LDFLAGS += \
    -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

# ---- demo and tests ----

.PHONY: demo test run-tests asan golden
demo:
	@$(call install,$(PACKAGES))
	@$(MAKE) --no-print-directory -j"$$(nproc)" handrail
	./handrail run scenarios/crisis-house.yaml -o out/demo --force
	@echo "Open out/demo/report.html in a browser."

test:
	@$(call install,$(PACKAGES) $(TEST_PACKAGES))
	@$(MAKE) --no-print-directory -j"$$(nproc)" run-tests

asan:
	@$(call install,$(PACKAGES) $(TEST_PACKAGES))
	@$(MAKE) --no-print-directory -j"$$(nproc)" VARIANT=asan run-tests

# The quick form of verification is no part of `make asan`, where it would take
# most of the time: its scenarios are small, and other tests go their ways.
QUICK := $(if $(filter asan,$(VARIANT)),,$(VERIFIES))
run-tests: $(TESTS) $(QUICK) $(BIN)
	@BUILD=$(BUILD) HANDRAIL=$(BIN) sh tests/run.sh $(TESTS) $(QUICK)

# ---- verification ----

.PHONY: verify run-verify
verify:
	@$(call install,$(PACKAGES) $(TEST_PACKAGES))
	@$(MAKE) --no-print-directory -j"$$(nproc)" run-verify
run-verify: $(VERIFIES) $(BUILD)/tests/verify/page $(BIN) other-builds
	@BUILD=$(BUILD) HANDRAIL=$(BIN) CC="$(CC)" \
	    sh tests/verify/run.sh docs/verification.md $(VERIFIES)

# Some hours: a battery of tests of the random words as the model draws them.
.PHONY: verify-battery run-battery
verify-battery:
	@$(call install,$(PACKAGES) $(TEST_PACKAGES) dieharder)
	@$(MAKE) --no-print-directory -j"$$(nproc)" run-battery
run-battery: $(BUILD)/tests/verify/stream
	@BUILD=$(BUILD) sh tests/verify/battery.sh

# What must give the same bytes.
.PHONY: other-builds
other-builds:
	@$(MAKE) --no-print-directory VARIANT=debug build/debug/handrail
	@$(MAKE) --no-print-directory VARIANT=asan build/asan/handrail

golden: $(BIN)
	HANDRAIL=$(BIN) sh tests/golden/run.sh rewrite

# Install those of the packages $(1) that are missing: says which, uses sudo
# where not root; on a system without apt lists them and stops.
install = set -e; \
	if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then \
	    echo "This system has no apt. Install what these Debian packages hold:"; \
	    echo "  $(1)"; \
	    echo "and then run: make"; exit 1; \
	fi; \
	missing=; \
	for p in $(1); do \
	    dpkg-query -W -f '$${Status}' $$p 2>/dev/null | \
	        grep -q 'ok installed' || missing="$$missing $$p"; \
	done; \
	if [ -n "$$missing" ]; then \
	    echo "Installing:$$missing"; \
	    sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	    $$sudo apt-get update -q; \
	    $$sudo env DEBIAN_FRONTEND=noninteractive \
	        apt-get install -q -y --no-install-recommends $$missing; \
	fi

# ---- keeping ----

.PHONY: bench lint format install clean
# Debian's python3, which has Debian's SimPy.
PYTHON ?= /usr/bin/python3
bench:
	@$(call install,$(PACKAGES) $(BENCH_PACKAGES))
	@$(MAKE) --no-print-directory -j"$$(nproc)" $(BIN)
	HANDRAIL=$(BIN) CC="$(CC)" $(PYTHON) tests/bench/run.py

STYLED := $(wildcard $(foreach d,sim models studies work plots cli tests tests/verify,$d/*.c $d/*.h))
format:
	clang-format -i $(STYLED)
lint:
	clang-format --dry-run -Werror $(STYLED)
	@for f in $(SRCS) $(wildcard cli/*.c); do \
	    clang-tidy --quiet --warnings-as-errors='*' $$f -- -I. \
	        -D_POSIX_C_SOURCE=200809L $(PKG_CFLAGS) -std=c11 || exit 1; \
	done

SCENARIO_FOLDERS := scenarios $(patsubst %/,%,$(wildcard scenarios/*/))
install: handrail
	install -d $(DESTDIR)$(PREFIX)/bin \
	    $(addprefix $(DESTDIR)$(PREFIX)/share/handrail/,$(SCENARIO_FOLDERS))
	install -m 755 handrail $(DESTDIR)$(PREFIX)/bin/handrail
	for d in $(SCENARIO_FOLDERS); do install -m 644 $$d/*.yaml \
	    $$(find $$d -maxdepth 1 -name '*.csv') \
	    $(DESTDIR)$(PREFIX)/share/handrail/$$d || exit 1; done

clean:
	rm -rf build handrail
