#ifndef PLOTS_LOAD_WORDS_H
#define PLOTS_LOAD_WORDS_H
/*
 * Sentences about what is offered before any run: overloads and gaps by name,
 * and the textbook's answer with why the simulation's may differ. Plain text,
 * names of the scenario and all; who prints it makes it safe.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/text.h"
#include "studies/load.h"

/* Add overload `number` of load->overload: levels first, then roles, weekdays
 * before weekends. */
void load_words_overload(const struct load *load, uint32_t number,
                         struct text *out);

/* Add what a formula says of a level, or that none fits, and why. */
void load_words_formula(const struct load *load, uint32_t level,
                        struct text *out);

/* The same of staff; and what all of it leaves out. Static. */
const char *load_words_staff(void);
const char *load_words_left_out(void);

/* Why load_make had no answer. Static. */
const char *load_words_none(int error);
#endif
