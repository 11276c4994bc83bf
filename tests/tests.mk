# Tests that run the model from a scenario's text.
# SPDX-License-Identifier: GPL-3.0-or-later
MODEL_TESTS := $(patsubst %,$(BUILD)/tests/test_%,theory theory_care rules \
               rules_care neutral conservation reference)
$(MODEL_TESTS): $(BUILD)/tests/model.o
# Once more after model.o, which make puts behind the library.
$(MODEL_TESTS): ALL_LDLIBS = $(LIB) $(PKG_LIBS) -lm $(LDLIBS)
