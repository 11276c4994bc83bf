#ifndef MODELS_HISTORY_IMPL_H
#define MODELS_HISTORY_IMPL_H
/*
 * How rows are added to a history, private to models/.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/history.h"

/* Room for one more of `size` bytes, zeroed; NULL, and the history fails. */
void *history_grow(struct history *h, void **array, uint32_t *count,
                   uint32_t *room, size_t size);

/* add_person(h), add_stay(h), ...: a new row, zeroed, or NULL. */
#define HISTORY_ADD(type, name)                                                \
    static inline struct history_##type *add_##type(struct history *h)         \
    {                                                                          \
        void *array = h->name;                                                 \
        struct history_##type *row = history_grow(                             \
            h, &array, &h->name##_count, &h->name##_room, sizeof *row);        \
        h->name = array;                                                       \
        return row;                                                            \
    }
HISTORY_ARRAYS(HISTORY_ADD)
#undef HISTORY_ADD

/* Take a record about responses, contacts or staff. */
void history_take_care(struct history *h, const struct journey_record *r);
/* After the last record: what is known of contacts only then. */
void history_finish_contacts(struct history *h);
#endif
