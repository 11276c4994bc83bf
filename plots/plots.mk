# The gnuplot scripts and the style of the report, compiled into the program.
# SPDX-License-Identifier: GPL-3.0-or-later
GP_SCRIPTS := $(sort $(wildcard plots/*.gp plots/*.css))
GENERATED_OBJS += $(BUILD)/plots/scripts.o

$(BUILD)/plots/scripts.c: $(GP_SCRIPTS) plots/scripts.awk
	@mkdir -p $(@D)
	LC_ALL=C awk -f plots/scripts.awk $(GP_SCRIPTS) > $@.part
	mv $@.part $@
$(BUILD)/plots/scripts.o: $(BUILD)/plots/scripts.c plots/scripts.h
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<

# Tests of what is printed and drawn share a result made by hand.
FAKE_TESTS := $(patsubst %,$(BUILD)/tests/test_%,html results_csv \
              results_json figure table report)
$(FAKE_TESTS): $(BUILD)/tests/fake.o $(BUILD)/tests/markup.o
# Once more after these, which make puts behind the library.
$(FAKE_TESTS): ALL_LDLIBS = $(LIB) $(PKG_LIBS) -lm $(LDLIBS)
$(BUILD)/tests/test_table: $(BUILD)/cli/table.o
