#ifndef TESTS_PROGRAM_H
#define TESTS_PROGRAM_H
/*
 * Running the built program as a user runs it, in a folder of the test's own.
 * Its path comes in the environment variable HANDRAIL (else ./handrail); the
 * working folder is the repository's root. Texts returned are the caller's.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <sys/resource.h>

#include "tests/support.h"

#define FAST "scenarios/reference.yaml"
#define SLOW "scenarios/crisis-house.yaml"
#define ARGUMENTS_MAX 48
#define PATH_SIZE 256

/* A folder of the test's own. */
struct room {
    char path[64];
};

/* How to run the program, beyond its arguments. */
struct how {
    const char *path;      /* PATH, or NULL: as it is */
    const char *output;    /* standard output, or NULL: kept */
    rlim_t file_limit;     /* bytes a file may have; 0: any */
    rlim_t memory_limit;   /* and the program; 0: any */
    unsigned signal_after; /* ms of its own work after which SIGINT is sent;
                              0: never */
};

/* What a run left. */
struct ran {
    int status;   /* as it exited; -1: by a signal */
    char *output; /* both ended, owned */
    char *errors;
};

char *in_room(const struct room *room, const char *name);
char *contents(const char *path);
char *contents_in(const struct room *room, const char *name);
bool is_there(const struct room *room, const char *name);
void put_file(const struct room *room, const char *name, const char *bytes);
int entries_of(const struct room *room, const char *name);
void remove_all(const char *path);
int make_room(void **state);
int remove_room(void **state);
struct ran run_how(const struct room *room, const struct how *how,
                   const char *const *argument);
void ran_clear(struct ran *ran);

#define ARGUMENTS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define run_in(room, ...)                                                      \
    run_how((room), &(struct how){0}, ARGUMENTS(__VA_ARGS__))

/* Run, and expect a status; what it said is dropped. */
#define expect(status_, room, ...)                                             \
    do {                                                                       \
        struct ran ran_ = run_in((room), __VA_ARGS__);                         \
        if (ran_.status != (status_))                                          \
            print_error("%s", ran_.errors);                                    \
        assert_int_equal(ran_.status, (status_));                              \
        ran_clear(&ran_);                                                      \
    } while (0)
#endif
