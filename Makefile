# Handrail: build, test, demo. GNU make.
# make            the program, at ./handrail (release build)
# make demo       install what is missing, build, run the shipped service
# make test       install what is missing, build, run every test
# SPDX-License-Identifier: GPL-3.0-or-later

VARIANT ?= release
WERROR  ?= -Werror
PREFIX  ?= /usr/local
BUILD   := build/$(VARIANT)
PKGS    := gsl yaml-0.1 jansson nettle

CFLAGS.release := -O2 -g
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
TESTS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/test_*.c))
LIB   := $(BUILD)/libhandrail.a
BIN   := $(BUILD)/handrail

.PHONY: all
all: handrail
.SECONDARY:

handrail: $(BIN)
	cp $(BIN) $@
$(BIN): $(patsubst %.c,$(BUILD)/%.o,$(wildcard cli/*.c)) $(LIB)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(ALL_LDLIBS)
$(LIB): $(SRCS:%.c=$(BUILD)/%.o)
	$(RM) $@ && $(AR) rcs $@ $^
$(BUILD)/tests/test_%: $(BUILD)/tests/test_%.o $(BUILD)/tests/support.o $(LIB)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(ALL_LDLIBS) -lcmocka
$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

.PHONY: clean
clean:
	rm -rf build handrail
