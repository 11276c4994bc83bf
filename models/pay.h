#ifndef MODELS_PAY_H
#define MODELS_PAY_H
/*
 * Pay that is known before anything is simulated.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/scenario.h"

/* Pay of the measured part of [from, until) at `rate` an hour, with the premium
 * of each hour for `role`. */
double pay_of(const struct scenario *scenario, uint32_t role, sim_ms from,
              sim_ms until, double rate);

/*
 * What the rota as planned costs a week over the measured period, with premiums
 * and standby. Everyone rostered is paid, absent or not; bank staff, overtime
 * and call-outs come on top, so no replication costs less.
 */
double pay_rostered(const struct scenario *scenario);
#endif
