#ifndef MODELS_MOVES_IMPL_H
#define MODELS_MOVES_IMPL_H
/*
 * What happens in a world between levels, file by file: the part of
 * models/handlers_impl.h, whose rules hold here too, about waiting, entering,
 * leaving and handing over.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/person_impl.h"
#include "sim/error.h"

struct world;

/* ---- claims.c: waiting lists ---- */

void claims_begin(struct person *person);
/* Whether the person waits for a place. */
static inline bool claims_any(const struct person *person)
{
    return person->claim[CLAIM_NEXT].level != NONE ||
           person->claim[CLAIM_WANTED].level != NONE;
}
/* Put the person, who asked at `since`, on the list of `level`, in place of an
 * earlier claim for the same kind of reason. */
void claims_make(struct world *world, struct person *person, uint32_t level,
                 enum move_cause cause, sim_ms since);
/* Take the claim on `level` off its list, the wait going on elsewhere. */
void claims_pass_on(struct world *world, struct person *person, uint32_t level);
/* A place was had without a list, for who asked at `since`. */
void claims_count_served(struct world *world, const struct person *person,
                         uint32_t level, sim_ms since);
/* CLOCK_GIVES_UP. */
void claims_gives_up_due(struct world *world, struct person *person);
/* The claim of `person` on `level`, or NULL. */
struct claim *claims_on(struct person *person, uint32_t level);
/* Who waits enters `level`: that claim is granted; a wish for a higher rank
 * stands, all else is given up. */
void claims_entered(struct world *world, struct person *person, uint32_t level);
/* Who waits leaves the model. */
void claims_end(struct world *world, struct person *person);
/* At the end of the run: count the waits that go on. */
void claims_finish(struct world *world, const struct person *person);

/* ---- places.c: entering and leaving levels ---- */

/* Ask for a place in `level`, or NONE: leave the model. */
void places_ask(struct world *world, struct person *person, uint32_t level,
                enum move_cause cause);
/* The same for someone who asked at `since` and was diverted. */
void places_ask_since(struct world *world, struct person *person,
                      uint32_t level, enum move_cause cause, sim_ms since);
/* Enter `level`, where there is a place; or give up the present one, the claims
 * standing; or leave the model. */
void places_enter(struct world *world, struct person *person, uint32_t level,
                  enum move_cause cause);
void places_step_outside(struct world *world, struct person *person);
void places_leave(struct world *world, struct person *person,
                  enum move_cause cause);
/* The route's delay is over. */
void places_end_delay(struct world *world, struct person *person);
/* A completed contact with the person: first contact, longest gap. */
void places_first_contact(struct world *world, struct person *person);
/* At the end of the run: close what is open, in the counts only. */
void places_finish(struct world *world);

/* ---- allot.c: who gets a place ---- */

/* Scratch of the search for rings. SIM_OK or SIM_ERR_NO_MEMORY. */
int allot_init(struct world *world) SIM_MUST_CHECK;
/* Phase (b), first half: free places go to who waits. Returns whether anyone
 * moved. */
bool places_allot(struct world *world);
/* Whether `level` lets the person in. */
bool places_accept(const struct level *level, const struct person *person);

/* ---- moves.c: when a stay is over ---- */

/* Draw the route out of the level just entered, and set its clocks. */
void moves_begin(struct world *world, struct person *person);
/* The plan or the stay is over: move on by the route, when its delay and
 * `leaves` allow. */
void places_move_on(struct world *world, struct person *person,
                    enum move_cause cause);
void places_stay_due(struct world *world, struct person *person);
void places_leaves_due(struct world *world, struct person *person);
void places_longest_due(struct world *world, struct person *person);

/* ---- entry.c: contacts that come with a move ---- */

/* The step of a plan that is being left, and where the person is in it. */
struct past_step {
    uint32_t plan, step; /* plan NONE: there is none */
    const struct due_line *line;
    int32_t day, position;
};
/* What goes on from the level that is about to be left. */
struct past_step entry_past(const struct person *person);
/* The contacts of `past` until the overlap ends; before the new plan begins.
 * Returns how many are with the person. */
uint32_t entry_overlap(struct world *world, struct person *person,
                       const struct past_step *past);
/* Contacts due on entry. When the plan has begun. */
void entry_contacts(struct world *world, struct person *person);

/* ---- handover.c ---- */

/* A level was entered: post its task, or none is asked. */
void handover_begin(struct world *world, struct person *person);
/* The stay ends, or the run: nothing of the handover goes on. */
void handover_end(struct world *world, struct person *person);
/* The task is done. */
void handover_done(struct world *world, struct person *person);
/* The first review: from now on staff know the person. */
void handover_reviewed(struct world *world, struct person *person);
/* CLOCK_HANDOVER: not done by its limit. CLOCK_BLUR: `until` after entry. */
void handover_late_due(struct world *world, struct person *person);
void handover_blur_due(struct world *world, struct person *person);
#endif
