/*
 * Putting those in order who have come to a line since it was last looked at.
 * Where they are many (a national service has thousands of contacts at 18:00)
 * to insert each among the others would take the square of that.
 *
 * Mostly they fell due together, so that only their ties tell them apart: then
 * it is these that are sorted (sim/ties.h). Others, or not so many, by merging
 * from the bottom up (section 5.2.4): runs of SIM_QUEUE_FEW are put in order by
 * insertion, then merged two by two through the line's spare room. No two
 * entries are equal. SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/queue.h"

/* Put `count` entries in order, of which the first `ordered` are, each by
 * insertion. */
static void insert_all(struct sim_queue_entry *entry, size_t ordered,
                       size_t count)
{
    for (size_t i = ordered; i < count; i++) {
        struct sim_queue_entry next = entry[i];
        size_t at = i;

        for (; at > 0 && sim_entry_before(&next, &entry[at - 1]); at--)
            entry[at] = entry[at - 1];
        entry[at] = next;
    }
}

/* Merge entries [0, middle) and [middle, count), both in order, in place: the
 * second run goes to `spare`, and the merged one is filled in from its end. */
static void merge(struct sim_queue_entry *entry, size_t middle, size_t count,
                  struct sim_queue_entry *spare)
{
    size_t second = count - middle;

    memcpy(spare, entry + middle, second * sizeof *spare);
    while (second > 0) {
        bool last = middle == 0 ||
                    sim_entry_before(&entry[middle - 1], &spare[second - 1]);

        entry[--count] = last ? spare[--second] : entry[--middle];
    }
}

static void order_by_merging(struct sim_queue_entry *entry, size_t count,
                             struct sim_queue_entry *spare)
{
    for (size_t i = 0; i < count; i += SIM_QUEUE_FEW)
        insert_all(entry + i, 1,
                   count - i < SIM_QUEUE_FEW ? count - i : SIM_QUEUE_FEW);
    for (size_t run = SIM_QUEUE_FEW; run < count; run *= 2)
        for (size_t i = 0; i + run < count; i += 2 * run)
            merge(entry + i, run, count - i < 2 * run ? count - i : 2 * run,
                  spare);
}

/* So many are sorted by their ties: fewer are merged sooner. */
#define TIES_FROM 256u

static bool are_alike(const struct sim_queue_entry *entry, size_t count)
{
    bool alike = true;

    for (size_t i = 1; i < count; i++)
        alike &= entry[i].order == entry[0].order;
    return alike;
}

static void order_by_ties(struct sim_queue_entry *entry, size_t count,
                          struct sim_queue_entry *spare)
{
    uint64_t *rank = (uint64_t *)(void *)spare;

    for (size_t i = 0; i < count; i++)
        rank[i] = entry[i].rank;
    sim_ties_sort(rank, count, rank + count);
    for (size_t i = 0; i < count; i++)
        entry[i].rank = rank[i];
    /* The few that have one tie are yet to go by their numbers. */
    insert_all(entry, 1, count);
}

static void order_many(struct sim_queue_line *line)
{
    struct sim_queue_entry *all = line->entry + line->first;
    struct sim_queue_entry *came = all + line->ordered;
    size_t count = line->count - line->ordered;

    if (count >= TIES_FROM && are_alike(came, count))
        order_by_ties(came, count, line->spare);
    else
        order_by_merging(came, count, line->spare);
    merge(all, line->ordered, line->count, line->spare);
}

void sim_queue_order(struct sim_queue_line *line)
{
    if (line->count - line->ordered > SIM_QUEUE_FEW)
        order_many(line);
    else
        insert_all(line->entry + line->first, line->ordered, line->count);
    line->ordered = line->count;
}
