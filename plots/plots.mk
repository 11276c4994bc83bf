# The gnuplot scripts, the style of the report and the tables and views of the
# event log, compiled into the program.
# SPDX-License-Identifier: GPL-3.0-or-later
GP_SCRIPTS := $(sort $(wildcard plots/*.gp plots/*.css plots/*.sql))
GENERATED_OBJS += $(BUILD)/plots/scripts.o

$(BUILD)/plots/scripts.c: $(GP_SCRIPTS) plots/scripts.awk
	@mkdir -p $(@D)
	LC_ALL=C awk -f plots/scripts.awk $(GP_SCRIPTS) > $@.part
	mv $@.part $@
$(BUILD)/plots/scripts.o: $(BUILD)/plots/scripts.c plots/scripts.h
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<

# Scenarios that `handrail init` writes: those of their own folder, and the
# example services as they are shipped, so that there is one text of each.
TEMPLATES := $(sort $(wildcard scenarios/templates/*.yaml)) \
             $(wildcard $(patsubst %,scenarios/%.yaml,\
               crisis-house dual-diagnosis after-assessment))
GENERATED_OBJS += $(BUILD)/plots/template_lines.o

$(BUILD)/plots/template_lines.c: $(TEMPLATES) plots/templates.awk
	@mkdir -p $(@D)
	LC_ALL=C awk -f plots/templates.awk $(TEMPLATES) > $@.part
	mv $@.part $@
$(BUILD)/plots/template_lines.o: $(BUILD)/plots/template_lines.c plots/templates.h
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<
