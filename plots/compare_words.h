#ifndef PLOTS_COMPARE_WORDS_H
#define PLOTS_COMPARE_WORDS_H
/*
 * A comparison in words: numbers as a manager reads them (plots/words.h), and
 * sentences that say no more than the runs can tell. Texts from a user stand in
 * them as they are; whoever puts them into a document escapes them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/text.h"
#include "plots/words.h"
#include "studies/compare.h"

/* Add "Planned contacts not delivered: no staff came in time, weekend". */
void compare_words_measure(const struct compare_measure *measure,
                           struct text *out);

/* "in 100", "a week", "h a week": what the numbers of a measure count; money
 * has none. */
const char *compare_words_unit(const struct compare_measure *measure);

/* An option's own value, no unit: "3.1 (2.9 to 3.3)"; "no data". */
void compare_words_value(const struct compare_value *value,
                         const struct compare_measure *measure,
                         char out[WORDS_PHRASE_SIZE]);

/*
 * The difference from the base, no unit: "2.2 less (2.1 to 2.3)", where the
 * runs tell it apart; "0.2 less to 1.0 more", where they do not;
 * "the same in every run"; "no event in either"; "no data".
 */
void compare_words_difference(const struct compare_value *value,
                              const struct compare_measure *measure,
                              char out[WORDS_PHRASE_SIZE]);

/* "97%": the chance of being best; "" where there is none. Never 0% or 100%
 * but "<1%" and ">99%", for draws cannot tell them. */
void compare_words_chance(double chance, char out[WORDS_SIZE]);

/* "about 4,000": a number of replications, to two digits; "more than a million"
 * where it is beyond that. */
void compare_words_more(double more, char out[WORDS_SIZE]);

/* ---- sentences, each without a line's end ---- */

/* How many runs of how many options, by common random numbers. */
void compare_words_run(const struct compare_result *result, struct text *out);

/* Which method, over how many differences the 95% holds, and looks. */
void compare_words_method(const struct compare_result *result,
                          struct text *out);

/* How much the common luck bought: the least and the most of the reductions of
 * variance; nothing where none is known. */
void compare_words_pairing(const struct compare_result *result,
                           struct text *out);

/* What the runs cannot tell of an option in a world, and how many more would;
 * nothing where they can tell all. */
void compare_words_open(const struct compare_result *result,
                        enum compare_world world, size_t option,
                        struct text *out);

/* The selection; nothing where none was asked for. */
void compare_words_selection(const struct compare_result *result,
                             struct text *out);

/* What --until separated came to; nothing where it was not asked for. */
void compare_words_separated(const struct compare_result *result,
                             struct text *out);

/* Why the comparison without the contact effect stands there. */
const char *compare_words_no_effect(void);
#endif
