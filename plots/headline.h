#ifndef PLOTS_HEADLINE_H
#define PLOTS_HEADLINE_H
/*
 * Headlines: the few measures that the terminal and the first page of the
 * report show, in the order and the words in which a manager asks for them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/answer.h"

#define HEADLINE_LABEL_SIZE (ANSWER_NAME_SIZE + 64)

/* Called for each headline that this scenario has figures for. `label` is
 * plain text: "Not delivered, weekends", "Busy: support worker". */
typedef void headline_row(void *context, const char *label,
                          const struct result_row *row);

/* Call `each` with every headline, in order. */
void headline_each(const struct answer *answer, headline_row *each,
                   void *context);
#endif
