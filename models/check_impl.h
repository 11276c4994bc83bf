#ifndef MODELS_CHECK_IMPL_H
#define MODELS_CHECK_IMPL_H
/*
 * What the files of the checks share.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/reader_impl.h"

/* Warn of triggers that never come, effects that mean nothing anywhere, and
 * states that nobody is found in. */
void check_effects(struct reading *reading);

/* Warn of concerns that nothing closes, and of calls that nobody answers. */
void check_concerns(struct reading *reading);

/* Whether anybody ever calls: some cohort has a rate for it. */
bool reaches_out(const struct scenario *scenario);
/* Report levels that divert in a circle. */
void check_diverts(struct reading *reading);

/* Warn of circles that nobody leaves as planned, and of what levels say that
 * means nothing. */
void check_moves(struct reading *reading);

/* Warn of planned contacts: empty schedules, a first contact that comes too
 * late, two at one time; and of a short warm-up. */
void check_schedules(struct reading *reading, const struct node *root);

/* Warn of hours when nobody is on duty who could do what falls due, of joint
 * contacts larger than any shift, and of deadlines shorter than the longest
 * gap. */
void check_cover(struct reading *reading);

/* Warn of shifts without breaks, team time that nobody comes to, minimums
 * never reached and roles without headroom. */
void check_rota(struct reading *reading, const struct node *root);

/* Report more roles than a pool holds; after a reading without errors. */
void check_pool_roles(struct reading *reading, const struct node *staff);

/* When a planned contact falls due: the schedule's own time, or its kind's;
 * where that is the person's preferred time, the earliest of any. */
sim_ms planned_at(const struct scenario *scenario,
                  const struct planned *planned);

/* Called with each planned line of each plan. */
typedef void line_visitor(void *context, uint32_t plan, const struct step *step,
                          const struct planned *planned);
void visit_lines(const struct scenario *scenario, line_visitor *visit,
                 void *context);

/* The node of a planned line, from its plan's. */
struct node *planned_node(const struct reading *reading, uint32_t plan,
                          const struct step *step,
                          const struct planned *planned);
#endif
