#ifndef SIM_QUEUE_ADD_IMPL_H
#define SIM_QUEUE_ADD_IMPL_H
/*
 * How requests come to their line: part of sim/queue_impl.h, which includes it
 * and has the types.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Among requests of one order: how many go before each, by the ties alone.
 * Counted, of four at a time, for every one of them anew: that is n^2/4 steps,
 * and none of them a branch that nobody can foretell, as sorting is made of.
 * Returns false where two have one tie, of which the numbers have to decide.
 * Mostly they are about ten: unrolled for 32, the loops would be half of the
 * function that all contacts come through, and not fit the cache beside it.
 */
typedef int32_t sim_four __attribute__((vector_size(16)));
union sim_fours {
    sim_four four[SIM_QUEUE_FEW / 4];
    int32_t one[SIM_QUEUE_FEW];
};
static inline bool sim_queue_places(const uint32_t tie[], uint32_t count,
                                    union sim_fours *place)
{
    union sim_fours all; /* in the order of numbers with a sign */
    uint32_t fours = (count + 3) / 4, left = 4 * fours - count;
    sim_four sum = {0, 0, 0, 0};

#pragma GCC unroll 1
    for (uint32_t i = 0; i < count; i++)
        all.one[i] = (int32_t)(tie[i] ^ (uint32_t)1 << 31);
#pragma GCC unroll 1
    for (uint32_t i = count; i < 4 * fours; i++)
        all.one[i] = INT32_MAX; /* goes before nobody */
#pragma GCC unroll 1
    for (uint32_t i = 0; i < fours; i++) {
        sim_four own = all.four[i], before = {0, 0, 0, 0};

#pragma GCC unroll 1
        for (uint32_t j = 0; j < fours; j++) {
            sim_four other = all.four[j];

            before -= __builtin_shufflevector(other, other, 0, 0, 0, 0) < own;
            before -= __builtin_shufflevector(other, other, 1, 1, 1, 1) < own;
            before -= __builtin_shufflevector(other, other, 2, 2, 2, 2) < own;
            before -= __builtin_shufflevector(other, other, 3, 3, 3, 3) < own;
        }
        place->four[i] = before; /* true is -1 */
        sum += before;
    }
    /* Before each that fills up go all. */
    return (uint32_t)(sum[0] + sum[1] + sum[2] + sum[3]) ==
           count * (count - 1) / 2 + left * count;
}

/* The same by ties and numbers. */
static inline void sim_queue_places_exact(const uint32_t tie[],
                                          const uint32_t id[], uint32_t count,
                                          union sim_fours *place)
{
    for (uint32_t i = 0; i < count; i++) {
        place->one[i] = 0;
        for (uint32_t j = 0; j < count; j++)
            place->one[i] +=
                tie[j] < tie[i] || (tie[j] == tie[i] && id[j] < id[i]);
    }
}

/* Room for `count` more in `line` and for requests up to `highest`. */
static inline int sim_queue_room(struct sim_queue *queue,
                                 struct sim_queue_line *line, uint32_t count,
                                 uint32_t highest)
{
    int err = SIM_OK;

    if (line->first + line->count + count > line->room)
        err = sim_queue_grow_line(line, count);
    if (err == SIM_OK && highest >= queue->waiting_room)
        err = sim_queue_grow(queue, highest);
    return err;
}

static inline int sim_queue_add_alike(struct sim_queue *queue, uint32_t count,
                                      const uint32_t id[], const uint32_t tie[],
                                      uint32_t highest,
                                      const struct sim_request *request)
{
    struct sim_queue_line *line = &queue->line[request->line];
    struct sim_waiting waiting = {.entry = {.order = request->order},
                                  .hold_from = request->hold_from,
                                  .line = request->line};
    union sim_fours place;
    struct sim_queue_entry *back;

    SIM_REQUIRE(request->line < queue->line_count && count <= SIM_QUEUE_FEW);
    if (count == 0)
        return SIM_OK;
    if (sim_queue_room(queue, line, count, highest) != SIM_OK)
        return SIM_ERR_NO_MEMORY;
    if (!sim_queue_places(tie, count, &place))
        sim_queue_places_exact(tie, id, count, &place);
    back = line->entry + line->first + line->count;
    for (uint32_t i = 0; i < count; i++) {
        SIM_REQUIRE(id[i] <= highest &&
                    queue->waiting[id[i]].line == SIM_NOT_WAITING);
        waiting.entry.rank = (uint64_t)tie[i] << 32 | id[i];
        back[place.one[i]] = waiting.entry;
        queue->waiting[id[i]] = waiting;
    }
    /* Mostly they all come after whoever waits already. */
    if (line->ordered == line->count &&
        (line->count == 0 || back[-1].order < request->order))
        line->ordered += count;
    queue->length += count;
    line->count += count;
    if (line->count == count)
        sim_queue_fill(queue, line);
    return SIM_OK;
}

static inline int sim_queue_add(struct sim_queue *queue, uint32_t id,
                                const struct sim_request *request)
{
    return sim_queue_add_alike(queue, 1, &id, &request->tie, id, request);
}
#endif
