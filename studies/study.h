#ifndef STUDIES_STUDY_H
#define STUDIES_STUDY_H
/*
 * A study is a state machine over records (design, decision 5): it says which
 * job comes next and is given every record, always in job order, whoever ran
 * the jobs. It opens no files, starts no threads and reads no clock.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stdint.h>

#include "sim/error.h"

/* One replication of one design (design 0 where there is only one). */
struct job {
    uint64_t number; /* 0, 1, 2, ... in the order they were asked for */
    uint32_t design;
    uint32_t replication;
};

/* What an executor needs to know of a study. */
struct study {
    void *self;
    /* The next job; false when none can be named before more records are in
     * (or ever). Which jobs there are must not depend on how soon records come:
     * what is decided by records is decided at a job number fixed beforehand,
     * with false until the records before it are in. */
    bool (*next)(void *self, struct job *out);
    /* Take the record of job `job`, as long as its design's layout says;
     * called in order of job numbers. Returns SIM_OK or an error, which ends
     * the study. */
    int (*accept)(void *self, const struct job *job, const double *record);
    /* How many jobs there will be at most, for progress; of a study that has
     * all it needs, how many there were. */
    uint64_t (*jobs_expected)(const void *self);
};
#endif
