#ifndef PLOTS_SIZE_WORDS_H
#define PLOTS_SIZE_WORDS_H
/*
 * A sizing in words, for the terminal, the report and results.json: plain text,
 * nothing escaped, names as the user wrote them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/text.h"
#include "studies/size_answer.h"

/* What a range is of: "support worker on weekend" for a place on the rota,
 * else its path. */
void size_words_range(const struct size_range *range, struct text *out);

/* A value of it: "2 support workers on weekend"; "PATH = 8". */
void size_words_value(const struct size_range *range, int32_t value,
                      struct text *out);

/* What a design is called: "rota" where only places on the rota are varied,
 * else "design". */
const char *size_words_thing(const struct size_answer *answer);

/* All values of a design, with commas and "and". */
void size_words_design(const struct size_answer *answer, uint32_t design,
                       struct text *out);

/* What a quantity is called in a table: a target's name, a measure's label. */
const char *size_words_quantity(const struct size_answer *answer,
                                uint32_t quantity);

/* What is minimised, for a figure that says itself that it is by the week. */
const char *size_words_minimised(const struct size_answer *answer);

/* The answer in a few sentences. */
void size_words_answer(const struct size_answer *answer, struct text *out);

/* One fewer or one more: "One support worker on weekend fewer: 19 in 100
 * (between ...), 310 a week less." */
void size_words_step(const struct size_answer *answer,
                     const struct size_step *step, struct text *out);

/* Where nothing meets, of each target what it could reach at best; one
 * sentence for target `number`. */
void size_words_reach(const struct size_answer *answer, uint32_t number,
                      struct text *out);

/* What is promised, with its delta and margin; or why nothing is. */
void size_words_promise(const struct size_answer *answer, struct text *out);

/* How many designs were looked at, and how hard. */
void size_words_effort(const struct size_answer *answer, struct text *out);

/* Why the textbook and the simulation need not agree; nothing without one. */
void size_words_differs(const struct size_answer *answer, struct text *out);

/* The textbook's number for a role on a type of day, or why there is none. */
void size_words_erlang(const struct size_answer *answer,
                       const struct size_erlang *erlang, struct text *out);

/* "yes", "no", "unsure". */
const char *size_words_meets(enum size_meets meets);

/* The same for a person: "seems so" where every figure is on the right side of
 * its limit by its own interval, though nothing was confirmed. */
const char *size_words_row(const struct size_row *row);
#endif
