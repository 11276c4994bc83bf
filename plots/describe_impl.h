#ifndef PLOTS_DESCRIBE_IMPL_H
#define PLOTS_DESCRIBE_IMPL_H
/*
 * The sections of a service specification. Each is a function that adds its
 * heading and what stands under it, and nothing where the scenario has none of
 * it; describe.c has them in order.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/describe.h"
#include "plots/markdown.h"
#include "plots/say.h"

struct describe {
    const struct scenario *scenario;
    struct text *out;
    bool *noted; /* [note_count] stands already beside what it is about */
};

/* Add the note at "PART.NAME", if there is one, as a paragraph. */
void describe_note(struct describe *d, const char *part, const char *name);

/* The same behind "NAME: ", where several stand together. */
void describe_named_note(struct describe *d, const char *part,
                         const char *name);

/* The same for "PART.NAME.INNER", behind "INNER: ". */
void describe_inner_note(struct describe *d, const char *part, const char *name,
                         const char *inner);

/* The plan's rule in words: what must hold, and what is done otherwise. */
void describe_rule(const struct scenario *scenario, const struct plan *plan,
                   struct text *out);

/* "within 24 hours", "the same day"; nothing without a deadline. */
void describe_deadline(const struct action *action, struct text *out);

/* "crisis house, floating support": the levels that follow a plan. */
void describe_followers(const struct scenario *scenario, uint32_t plan,
                        struct text *out);

/* Hours on duty, on call only and without anybody, Monday to Sunday. */
void describe_cover_table(const struct scenario *scenario, struct text *out);

void describe_people(struct describe *d);
void describe_levels(struct describe *d);
void describe_plans(struct describe *d);
void describe_reviews(struct describe *d);
void describe_handovers(struct describe *d);
void describe_contacts(struct describe *d);
void describe_signs(struct describe *d);
void describe_concerns(struct describe *d);
void describe_responses(struct describe *d);
void describe_crisis(struct describe *d);
void describe_rota(struct describe *d);
void describe_cover(struct describe *d);
void describe_follow_up(struct describe *d);
#endif
