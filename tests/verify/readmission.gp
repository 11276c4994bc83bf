# People back in acute care by day since discharge from a crisis team: simulated
# in two arms, and published figures. `data`: the file that verify_readmission
# writes, whose blocks are the arms (usual, peer support), the points that the
# scenario was set to, and those that it was not.
# Usage: gnuplot -e "data='FILE'" tests/verify/readmission.gp >FIGURE.svg
# SPDX-License-Identifier: GPL-3.0-or-later
set terminal svg size 860, 500 font "sans-serif,14" noenhanced background rgb "white"
set label 1 "Back in acute care, people in 100" at screen 0.012, 0.95 left \
    font "sans-serif,18"
set label 2 "Modelled, not observed. Points: published, with 95% intervals; hollow ones were not used in setting the model." \
    at screen 0.012, 0.03 left font "sans-serif,12" textcolor rgb "#555555"
set tmargin at screen 0.86
set bmargin at screen 0.17
set lmargin at screen 0.075
set rmargin at screen 0.97
set xrange [0:385]
set yrange [0:60]
set xtics 0, 30, 360
set xlabel "days since discharge from the crisis team"
set ylabel "people in 100" offset 1, 0
set key left top Left reverse samplen 3
red = 0xb2182b
blue = 0x2166ac
# Points of one year stand side by side: usual care, peer support; then the rest.
beside(day, i) = day == 365 ? 365 + 4 * i : day
plot data index 0 using 1:(100 * $3):(100 * $4) with filledcurves \
        linecolor rgb red fillstyle transparent solid 0.3 noborder notitle, \
    data index 1 using 1:(100 * $3):(100 * $4) with filledcurves \
        linecolor rgb blue fillstyle transparent solid 0.3 noborder notitle, \
    data index 0 using 1:(100 * $2) with lines linecolor rgb red linewidth 2 \
        title "usual care", \
    data index 1 using 1:(100 * $2) with lines linecolor rgb blue linewidth 2 \
        dashtype 2 title "with ten peer sessions", \
    data index 2 every ::0::1 using 1:(100 * $2):(100 * $3):(100 * $4) \
        with yerrorbars linecolor rgb red linewidth 2 pointtype 7 pointsize 1 \
        title "South London 90 days (Tulloch 2016); CORE trial (2018), usual care", \
    data index 2 every ::2::2 using 1:(100 * $2):(100 * $3):(100 * $4) \
        with yerrorbars linecolor rgb blue linewidth 2 pointtype 7 pointsize 1 \
        title "CORE trial (2018), peer support", \
    data index 3 using (beside($1, $0 + 1)):(100 * $2):(100 * $3):(100 * $4) \
        with yerrorbars linecolor rgb "#666666" pointtype 6 pointsize 1 \
        title "Ireland; Camden and Islington; South London and Maudsley"
