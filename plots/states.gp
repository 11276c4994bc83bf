# How people are, by days since they stepped down: areas that add to 100.
# ARG3: areas, from the bottom up. ARG4: their colours. File "states": first
# line names, then day and the upper edge of each area.
# SPDX-License-Identifier: GPL-3.0-or-later
areas = int(ARG3)
set terminal svg size 860, 460 font "sans-serif,14" noenhanced \
    background rgb "white"
set output ARG2
set lmargin at screen 0.085
set rmargin at screen 0.72
set tmargin at screen 0.87
set bmargin at screen 0.2
set label 1 "How people are, by days since they stepped down" \
    at screen 0.012, 0.945 left font "sans-serif,18" textcolor rgb ink
set label 2 modelled at screen 0.985, 0.035 right \
    font "sans-serif,13" textcolor rgb ink
set xrange [0:90]
set yrange [0:100]
set xtics 0, 10, 90
set xlabel "days since stepping down" textcolor rgb ink offset 0, 0.4
set ylabel "people in 100" textcolor rgb ink offset 1.5, 0
set key at screen 0.735, 0.87 left top vertical Left reverse samplen 1.5 \
    spacing 1.2
set grid front
plot for [i = areas:1:-1] ARG1."/states" using 1:(column(i + 1)) \
    with filledcurves x1 fillstyle solid 1 noborder \
    linecolor rgb word(ARG4, i) title columnheader(i + 1)
