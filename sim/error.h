#ifndef SIM_ERROR_H
#define SIM_ERROR_H
/*
 * Error codes shared by every layer, and the check for our own faults.
 * A function that can fail returns SIM_OK or one of the negative codes; its
 * outputs are written only on success unless its comment says otherwise.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define SIM_ERRORS(X)                                                          \
    X(SIM_OK, 0, "done")                                                       \
    X(SIM_ERR_NO_MEMORY, -1, "out of memory")                                  \
    X(SIM_ERR_LOOP, -2, "more than 1000 rounds at one instant")                \
    X(SIM_ERR_INPUT, -3, "the input has faults")                               \
    X(SIM_ERR_IO, -4, "a file could not be read or written")                   \
    X(SIM_ERR_LIMIT, -5, "a limit of the program was reached")                 \
    X(SIM_ERR_STOPPED, -6, "stopped before the end")                           \
    X(SIM_ERR_CONSERVATION, -7, "a conservation law was broken")               \
    X(SIM_ERR_TOOL, -8, "a program it needs is missing or failed")

#define SIM_ERROR_CODE(name, value, text) name = (value),
enum sim_error { SIM_ERRORS(SIM_ERROR_CODE) };
#undef SIM_ERROR_CODE

/* Make the compiler object when a returned code is ignored. */
#define SIM_MUST_CHECK __attribute__((warn_unused_result))

/* The text of an error code; never NULL, static storage. */
const char *sim_error_text(int error);

/*
 * Cheap precondition, always on: prints where it failed and aborts. For faults
 * of the program itself, never for bad input.
 */
#define SIM_REQUIRE(x)                                                         \
    ((x) ? (void)0 : sim_require_failed(#x, __FILE__, __LINE__))

/* Called by SIM_REQUIRE only. Does not return. */
void sim_require_failed(const char *what, const char *file, int line)
    __attribute__((noreturn, cold));
#endif
