/* What every test program shares.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support.h"

void support_near(double actual, double expected, double tolerance,
                  const char *what, const char *file, int line)
{
    if (!(fabs(actual - expected) <= tolerance)) {
        print_error("%s is %.12g, expected %.12g +- %.3g\n", what, actual,
                    expected, tolerance);
        _fail(file, line);
    }
}
