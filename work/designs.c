/*
 * Designs: a short list under one lock. It is searched from its start: some
 * dozens of entries against a replication of milliseconds.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "work/designs.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct entry {
    struct entry *next;
    uint32_t number;
    uint32_t users;  /* taken and not given back */
    uint64_t rested; /* when it was last given back, in turns of the set */
    struct scenario *scenario;
    struct layout layout;
};

struct designs {
    design_make *make;
    void *context;
    uint32_t resting_most;
    pthread_mutex_t lock;
    struct entry *first;
    uint64_t turn;
};

int designs_new(design_make *make, void *context, uint32_t resting,
                struct designs **out)
{
    struct designs *designs = calloc(1, sizeof *designs);

    *out = NULL;
    if (!designs)
        return SIM_ERR_NO_MEMORY;
    if (pthread_mutex_init(&designs->lock, NULL) != 0) {
        free(designs);
        return SIM_ERR_NO_MEMORY;
    }
    designs->make = make;
    designs->context = context;
    designs->resting_most = resting;
    *out = designs;
    return SIM_OK;
}

static void entry_free(struct entry *entry)
{
    scenario_free(entry->scenario);
    free(entry);
}

void designs_free(struct designs *designs)
{
    if (!designs)
        return;
    while (designs->first) {
        struct entry *entry = designs->first;

        SIM_REQUIRE(entry->users == 0);
        designs->first = entry->next;
        entry_free(entry);
    }
    pthread_mutex_destroy(&designs->lock);
    free(designs);
}

static struct entry *find(const struct designs *designs, uint32_t number)
{
    struct entry *entry = designs->first;

    while (entry && entry->number != number)
        entry = entry->next;
    return entry;
}

/* Make a design and put it before the others. */
static int add(struct designs *designs, uint32_t number, struct entry **out,
               char *trouble, size_t size)
{
    struct entry *entry = calloc(1, sizeof *entry);
    int err;

    if (!entry)
        return SIM_ERR_NO_MEMORY;
    entry->number = number;
    err = designs->make(designs->context, number, &entry->scenario, trouble,
                        size);
    if (err == SIM_OK)
        err = layout_init(&entry->layout, entry->scenario);
    if (err != SIM_OK) {
        entry_free(entry);
        return err;
    }
    entry->next = designs->first;
    designs->first = entry;
    *out = entry;
    return SIM_OK;
}

int designs_take(struct designs *designs, uint32_t number, struct design *out,
                 char *trouble, size_t size)
{
    struct entry *entry;
    int err = SIM_OK;

    *out = (struct design){0};
    if (size)
        trouble[0] = '\0';
    pthread_mutex_lock(&designs->lock);
    entry = find(designs, number);
    if (!entry)
        err = add(designs, number, &entry, trouble, size);
    if (err == SIM_OK) {
        entry->users++;
        *out = (struct design){entry->scenario, &entry->layout};
    }
    pthread_mutex_unlock(&designs->lock);
    return err;
}

/* Release those that rested longest while too many rest. */
static void drop_rested(struct designs *designs)
{
    for (;;) {
        struct entry **oldest = NULL, *gone;
        size_t resting = 0;

        for (struct entry **at = &designs->first; *at; at = &(*at)->next) {
            if ((*at)->users > 0)
                continue;
            if (!oldest || (*at)->rested < (*oldest)->rested)
                oldest = at;
            resting++;
        }
        if (!oldest || resting <= designs->resting_most)
            return;
        gone = *oldest;
        *oldest = gone->next;
        entry_free(gone);
    }
}

void designs_give_back(struct designs *designs, uint32_t number)
{
    struct entry *entry;

    pthread_mutex_lock(&designs->lock);
    entry = find(designs, number);
    SIM_REQUIRE(entry != NULL && entry->users > 0);
    entry->rested = ++designs->turn;
    if (--entry->users == 0)
        drop_rested(designs);
    pthread_mutex_unlock(&designs->lock);
}

size_t designs_held(struct designs *designs)
{
    size_t count = 0;

    pthread_mutex_lock(&designs->lock);
    for (const struct entry *at = designs->first; at; at = at->next)
        count++;
    pthread_mutex_unlock(&designs->lock);
    return count;
}
