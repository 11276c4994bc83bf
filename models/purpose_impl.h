#ifndef MODELS_PURPOSE_IMPL_H
#define MODELS_PURPOSE_IMPL_H
/*
 * What the random numbers of a replication decide: part of their names, see
 * sim/chance.h. Private to models/.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a named random number decides. The numbers are part of what makes a run
 * repeatable: new ones go at the end. */
enum purpose {
    PURPOSE_REFERRAL = 1,
    PURPOSE_BEGIN,
    PURPOSE_VARIES,
    PURPOSE_CHANGE,
    PURPOSE_DISENGAGE_RATE,
    PURPOSE_DISENGAGE_MISS,
    PURPOSE_STAY,
    PURPOSE_CONTACT, /* word 0: place in the queue; words 2, 3: attendance */
    PURPOSE_TRAVEL,
    PURPOSE_LASTS,
    PURPOSE_NOTES,
    PURPOSE_NOT_THERE,
    PURPOSE_NOTICE,
    PURPOSE_SIGN_RENEWAL,
    PURPOSE_SIGN_RENEWED,
    PURPOSE_SIGN_STATE,
    PURPOSE_SIGN_CONTACT,
    PURPOSE_ACTS,
    PURPOSE_SUCCEEDS,
    PURPOSE_SETTLE,
    PURPOSE_OUTCOME,
    PURPOSE_HANDOVER,
    PURPOSE_ABSENCE,
    PURPOSE_BANK,
    PURPOSE_RULE,
    PURPOSE_PAIRS,
    PURPOSE_PREFERS,
    PURPOSE_SIGN_APPLIES,
    PURPOSE_CONCERN,
    PURPOSE_CONCERN_NOTICED,
    PURPOSE_CONCERN_DELAY,
    PURPOSE_CONCERN_CLOSES,
    PURPOSE_REACHES_OUT,
    PURPOSE_ROUTE,
    PURPOSE_DELAY,
    PURPOSE_PATIENCE,
    PURPOSE_REFERRAL_TIME, /* of a date without one */
    PURPOSE_CASELOAD       /* when on the day of entry someone came */
};
#endif
