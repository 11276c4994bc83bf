#ifndef PLOTS_DESCRIBE_H
#define PLOTS_DESCRIBE_H
/*
 * Describe: a scenario as a service specification in plain language, in
 * Markdown. It is made from what is simulated, so that the two cannot drift
 * apart; what the simulation does not know it leaves to people, in boxes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/scenario.h"
#include "plots/text.h"

/* Add the specification of the service to `out`. */
void describe_service(const struct scenario *scenario, struct text *out);

/*
 * Add a blank step-down plan for one person to `out`, to be filled in by hand
 * with them; with a scenario its steps, signs and responses are there already.
 * `scenario` may be NULL. It asks for no score and holds no number of risk.
 */
void describe_form(const struct scenario *scenario, struct text *out);
#endif
