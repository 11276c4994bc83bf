# People in 100 who had a crisis, or stepped up again, by days since they
# stepped down. ARG3: what the spread is called, or "-". File "curves": day, then for
# each of the two: mean, lower, upper, p05, p95.
# SPDX-License-Identifier: GPL-3.0-or-later
set terminal svg size 860, 460 font "sans-serif,14" noenhanced \
    background rgb "white"
set output ARG2
set lmargin at screen 0.075
set rmargin at screen 0.97
set tmargin at screen 0.81
set bmargin at screen 0.215
set label 1 "People with a crisis, or back at a higher level, in 100" \
    at screen 0.012, 0.945 left font "sans-serif,18" textcolor rgb ink
set label 2 modelled at screen 0.985, 0.035 right \
    font "sans-serif,13" textcolor rgb ink
set xrange [0:90]
set yrange [0:*<100]
set xtics 0, 10, 90
set xlabel "days since stepping down" textcolor rgb ink offset 0, 0.4
set ylabel "people in 100" textcolor rgb ink offset 1, 0
set key at screen 0.985, 0.90 right top vertical maxrows 1 samplen 3 width 1
spread = ARG3 ne "-"
set label 3 (spread ? "Shaded: ".ARG3.". Darker: ".chance : "Shaded: ".chance) \
    at screen 0.012, 0.035 left font "sans-serif,12" textcolor rgb "#555555"
file = ARG1."/curves"
plot file using 1:(spread ? $5 : NaN):6 with filledcurves linecolor rgb red \
        fillstyle transparent solid 0.15 noborder \
        notitle, \
    "" using 1:(spread ? $10 : NaN):11 with filledcurves linecolor rgb blue \
        fillstyle transparent solid 0.15 noborder \
        notitle, \
    "" using 1:3:4 with filledcurves linecolor rgb red \
        fillstyle transparent solid 0.45 noborder notitle, \
    "" using 1:8:9 with filledcurves linecolor rgb blue \
        fillstyle transparent solid 0.45 noborder notitle, \
    "" using 1:2 with lines linecolor rgb red linewidth 2.5 \
        title "first crisis", \
    "" using 1:7 with lines linecolor rgb blue linewidth 2.5 dashtype 2 \
        title "back at a higher level, or gone in a crisis"
