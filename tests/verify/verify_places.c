/* Places as queues.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/verify/verify.h"

int main(void)
{
    struct verify *verify = verify_begin(
        &(struct verify_family){"places", 10, "Places as queues", "People."});

    verify_case(verify, &(struct verify_case){.name = "M/M/3, load 2/3",
                                              .file = "places.yaml",
                                              .quick = 100,
                                              .full = 2000});
    verify_near(verify, "share who wait", WHOLE("waited"), 4.0 / 9,
                "Erlang's C formula");
    verify_near(verify, "days of wait", WHOLE("wait_days"), 4.0 / 9,
                "Erlang's C formula");
    verify_control(verify, "days of wait", WHOLE("wait_days"), 4.4 / 9,
                   "10% more");
    return verify_finish(verify);
}
