#ifndef MODELS_VERIFY_IMPL_H
#define MODELS_VERIFY_IMPL_H
/*
 * Conservation laws, checked at the end of every replication.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/world_impl.h"

/*
 * After count_finish: people referred = gone + present; people in a level =
 * its occupancy; contacts made = ended + still there; contacts due = completed
 * + not delivered + not attended + downgraded + cancelled + open; staff time
 * given <= time present + overtime, role by role. Returns SIM_OK, or
 * SIM_ERR_CONSERVATION with the world's trouble saying which and by how much.
 */
int world_verify(struct world *world) SIM_MUST_CHECK;
#endif
