#ifndef STUDIES_SIZE_ANSWER_H
#define STUDIES_SIZE_ANSWER_H
/*
 * What a sizing says, as every output needs it: the choice, its neighbours,
 * every design that was looked at, and what each target could reach.
 *
 * Figures of a design come from its search replications, but those of the
 * chosen (or nearest) from fresh ones that nothing was chosen by: those alone
 * are free of the luck that makes a winner look better than it is. Differences
 * are of search replications, in pairs.
 * Quantities are numbered as in struct size_watch: 0 is what is minimised, then
 * one for each target, in the order of the scenario, then what is only shown.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/result.h"
#include "studies/size.h"
#include "studies/size_erlang.h"
#include "studies/size_watch.h"

enum size_meets { SIZE_MEETS_NO, SIZE_MEETS_UNSURE, SIZE_MEETS_YES };

/* One design that was looked at. */
struct size_row {
    uint32_t design;
    uint32_t count;        /* replications behind its figures */
    bool fresh;            /* they are fresh ones */
    enum size_meets meets; /* yes: the chosen; no: shown to fail, and to miss a
                              limit itself; else unsure, as only the chosen is
                              confirmed */
    uint32_t limit;        /* shown to fail by the margin: by which target; else
                              SIZE_NONE */
    bool seems; /* every target's interval is on the right side of its limit */
    uint32_t worst; /* target that it misses most, or keeps least */
    double excess;  /* by so many margins; below 0: keeps it */
    bool frontier;  /* no design that was looked at seems both cheaper and
                       better by its `excess` */
    const struct estimate *value; /* [watch_count] */
};

/* One fewer, or one more, in one range. */
struct size_step {
    uint32_t range;
    int by;                            /* -1 or 1 */
    uint32_t design;                   /* SIZE_NONE: outside the range */
    bool barred;                       /* below `at_least`, or refused */
    uint32_t count;                    /* pairs behind it */
    const struct size_row *row;        /* NULL where not looked at */
    const struct estimate *difference; /* [watch_count] it minus the chosen, by
                                          the same replications; NAN where not
                                          known */
};

/* What one target could reach. */
struct size_reach {
    uint32_t best;            /* design that comes nearest to it, or beats it
                                 by most */
    struct estimate estimate; /* its value there */
    bool fails_everywhere; /* every design looked at was shown to fail by this
                              target, or left out by one that was */
};

struct size_answer {
    const struct size *size;
    const struct size_question *question;
    const struct size_watch *watch;
    const struct scenario *base; /* as the file has it, with its targets */
    const struct result *result; /* of the chosen or nearest, from fresh
                                    replications; NULL where there are none */
    enum size_end end;
    bool stopped;     /* by the user, before it was done */
    uint32_t chosen;  /* SIZE_NONE unless SIZE_CHOSEN */
    uint32_t nearest; /* where nothing was chosen: what comes nearest, or seems
                         to meet; SIZE_NONE where nothing was looked at */
    uint32_t risk;    /* quantity that the frontier is about: of the target with
                         least room at the chosen (nearest) */
    uint32_t base_design; /* the file's own rota, where it is one of the
                             designs; else SIZE_NONE. Set by the caller */
    double margin;        /* part of each limit */
    struct size_row *row; /* [row_count] looked at, by what they cost; owned */
    uint32_t row_count;
    struct size_step *step; /* [2 * range_count]: fewer, more, of each range;
                               only where one is chosen */
    uint32_t step_count;
    struct size_reach *reach; /* [limit_count] */
    /* How many and how hard. */
    uint32_t designs, barred, left_out, unseen;
    uint64_t replications;      /* in all */
    uint64_t confirming;        /* of these, fresh */
    struct size_erlang *erlang; /* [erlang_count] the textbook's; set by the
                                   caller, owned */
    uint32_t erlang_count;
    struct estimate *estimate; /* behind rows and steps; owned */
};

/*
 * Make the answer of what `size` has seen so far; a study that was stopped has
 * one too. Keeps its arguments. Release with size_answer_clear. Returns SIM_OK
 * or SIM_ERR_NO_MEMORY (then `out` is zeroed).
 */
int size_answer_make(const struct size *size, const struct size_watch *watch,
                     const struct scenario *base,
                     struct size_answer *out) SIM_MUST_CHECK;
void size_answer_clear(struct size_answer *answer);

/* The row of a design, or NULL where it was not looked at. */
const struct size_row *size_answer_row(const struct size_answer *answer,
                                       uint32_t design);

/* The design that the answer is about: chosen, else nearest. */
uint32_t size_answer_about(const struct size_answer *answer);
#endif
