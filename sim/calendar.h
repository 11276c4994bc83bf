#ifndef SIM_CALENDAR_H
#define SIM_CALENDAR_H
/*
 * Calendar: the pending moments of one replication, at most one per slot.
 * A slot is owned by one clock (a person, a task, a shift), which sets, moves
 * or clears it in place, so nothing in the calendar is ever stale.
 * Order: earlier time first, then lower phase, then lower slot. The order is
 * total and part of the contract: it makes runs repeatable.
 * It is a winner tree: the least of two leaves climbs, the root is next.
 * Threads: a calendar belongs to one replication, so it takes no locks.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/error.h"

typedef int64_t sim_ms; /* milliseconds since 00:00 of the start date */

#define SIM_SECOND ((sim_ms)1000)
#define SIM_MINUTE (60 * SIM_SECOND)
#define SIM_HOUR (60 * SIM_MINUTE)
#define SIM_DAY (24 * SIM_HOUR)
#define SIM_WEEK (7 * SIM_DAY)

/* Later than any moment: 2^40 ms is 34.8 years. Times are 0 to SIM_NEVER - 1.
 */
#define SIM_NEVER ((sim_ms)1 << 40)
#define SIM_PHASE_BITS 4
#define SIM_PHASES (1u << SIM_PHASE_BITS)

/* All numbers of 20 bits but the last, whose latest key means "empty". */
#define SIM_SLOTS_MAX (((uint32_t)1 << 20) - 1)

struct sim_calendar;

struct sim_moment {
    sim_ms time;
    unsigned phase; /* 0 to 15, see the design's rule 1 */
    uint32_t slot;
};

/*
 * Make a calendar with `slot_count` (1 to SIM_SLOTS_MAX) empty slots.
 * `*out` is NULL on error; the caller releases it with sim_calendar_free.
 * Returns SIM_OK or SIM_ERR_NO_MEMORY.
 */
int sim_calendar_new(uint32_t slot_count,
                     struct sim_calendar **out) SIM_MUST_CHECK;

/* Release `cal` and its moments. NULL is allowed. */
void sim_calendar_free(struct sim_calendar *cal);

/*
 * Make room for at least `slot_count` slots; what is set stays set.
 * Returns SIM_OK, SIM_ERR_NO_MEMORY or, above SIM_SLOTS_MAX, SIM_ERR_LIMIT;
 * on error the calendar is unchanged.
 */
int sim_calendar_grow(struct sim_calendar *cal,
                      uint32_t slot_count) SIM_MUST_CHECK;

/*
 * Empty every slot and go back to `slot_count` of them, as if made anew; the
 * memory is kept, so that growing to what was reached before cannot fail.
 * `slot_count` is at most that of sim_calendar_new.
 */
void sim_calendar_reset(struct sim_calendar *cal, uint32_t slot_count);

/*
 * Set the moment of `slot`, or move it. O(log slot_count); cannot fail.
 * `time` is 0 to SIM_NEVER - 1, `phase` below SIM_PHASES and `slot` below the
 * slot count. Times before the last one taken are the caller's fault.
 */
static inline void sim_calendar_set(struct sim_calendar *cal, uint32_t slot,
                                    sim_ms time, unsigned phase);

/* The same with time and phase as one number: `time << SIM_PHASE_BITS | phase`,
 * the order of moments. For who compares moments before setting one. */
static inline void sim_calendar_set_key(struct sim_calendar *cal, uint32_t slot,
                                        uint64_t key);

/* Empty `slot`; an empty slot may be cleared again. O(log slot_count). */
static inline void sim_calendar_clear(struct sim_calendar *cal, uint32_t slot);

/* The moment of `slot` as sim_calendar_set_key takes it. The slot is not empty.
 */
static inline uint64_t sim_calendar_key(const struct sim_calendar *cal,
                                        uint32_t slot);

/*
 * Read the next moment into `*out` and leave it where it is: its owner sets or
 * clears the slot. Returns false, with `*out` unchanged, when all are empty.
 */
static inline bool sim_calendar_peek(const struct sim_calendar *cal,
                                     struct sim_moment *out);

/*
 * The same as one number, for who keeps several calendars: numbers compare as
 * moments do, by time, phase, slot (the low 20 bits). SIM_KEY_EMPTY, more than
 * any moment's, when all slots are empty: it would be of slot 2^20 - 1, which
 * SIM_SLOTS_MAX leaves out.
 */
#define SIM_KEY_EMPTY UINT64_MAX
static inline uint64_t sim_calendar_first(const struct sim_calendar *cal);
static inline struct sim_moment sim_moment_of(uint64_t key);

/* Check the tree's invariant; aborts where it is broken. For tests. O(n). */
void sim_calendar_verify(const struct sim_calendar *cal);

#include "sim/calendar_impl.h"
#endif
