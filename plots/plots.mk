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
