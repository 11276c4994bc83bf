# What costs how much against what it brings: numbered options, one or two
# panels side by side, the frontier joined.
# ARG3: panels. ARG4: lines of the legend. ARG5: what the intervals are. ARG6: what
# is ringed. ARG7: what crosses are, or "-". ARG8: columns of the legend.
# File "axes", a line a panel: labels of x and y, lowest and highest x, lowest and
# highest y, and a limit of y or NaN. Files of panel N: "allN" points without number (x y); "pointsN" (x y
# and their lower and upper ends, frontier, ring and cross, each 0 or 1); "numbersN" (x y
# number); "frontierN" (x y, in order). File "legend": number, frontier, name.
# SPDX-License-Identifier: GPL-3.0-or-later
panels = int(ARG3)
lines = int(ARG4)
array across[panels]
array up[panels]
array left[panels]
array right[panels]
array low[panels]
array high[panels]
array limit[panels]
do for [i = 1:panels] {
    stats ARG1."/axes" using (across[i] = strcol(1), up[i] = strcol(2), \
        left[i] = $3, right[i] = $4, low[i] = $5, high[i] = $6, \
        limit[i] = $7, 0) \
        every ::(i - 1)::(i - 1) nooutput
}
columns = int(ARG8)
rows = (lines + columns - 1) / columns
height = 524.0 + 20 * rows
set terminal svg size 860, int(height) font "sans-serif,14" noenhanced \
    background rgb "white"
set output ARG2
set multiplot
set label 1 "What it costs, and what it brings" at screen 0.012, 1 - 24 / height \
    left font "sans-serif,18" textcolor rgb ink
set label 2 modelled at screen 0.985, 14 / height right \
    font "sans-serif,13" textcolor rgb ink
set label 3 "Lines: ".ARG5 at screen 0.012, 14 / height left \
    font "sans-serif,12" textcolor rgb "#555555"
do for [i = 1:lines] {
    line = ""
    stats ARG1."/legend" using (line = strcol(1)."  ".strcol(3), \
        front = $2, 0) every ::(i - 1)::(i - 1) nooutput
    set label 10 + i line at screen \
        (i > rows ? 0.515 : 0.05), \
        1 - (488.0 + 20 * ((i - 1) % rows)) / height left noenhanced \
        font "sans-serif,13" textcolor rgb (front > 0 ? blue : "#555555")
}
set bmargin at screen 1 - 416 / height
set tmargin at screen 1 - 114 / height
set key at screen 0.985, 1 - 50 / height right top vertical maxrows 2 \
    samplen 2 width 1
set grid xtics ytics linetype 1 linewidth 1 linecolor rgb faint
do for [i = 1:panels] {
    set lmargin at screen (i == 1 ? 0.09 : 0.59)
    set rmargin at screen (i == panels ? 0.97 : 0.47)
    set xrange [left[i]:right[i]]
    set yrange [low[i]:high[i]]
    set format x "%.10g"
    set xtics nice((right[i] - left[i]) / (panels > 1 ? 1 : 2))
    set xlabel across[i] textcolor rgb ink offset 0, 0.3 noenhanced
    unset ylabel
    set label 4 up[i] at graph 0, graph 1 left offset (i == 1 ? -5 : -5), 0.9 \
        font "sans-serif,14" textcolor rgb ink noenhanced
    plot ARG1."/all".i using 1:2 with points pointtype 7 pointsize 0.35 \
            linecolor rgb "#b0b0b0" notitle, \
        ARG1."/frontier".i using 1:2 with lines linecolor rgb blue \
            linewidth 1.5 dashtype 2 notitle, \
        ARG1."/points".i using 1:2:3:4:5:6 with xyerrorbars pointtype 0 \
            linecolor rgb "#8c8c8c" linewidth 1.2 notitle, \
        "" using 1:($9 == 1 ? $2 : NaN) with points pointtype 2 pointsize 0.9 \
            linewidth 2 linecolor rgb red notitle, \
        "" using 1:($7 == 0 && $9 == 0 ? $2 : NaN) with points pointtype 7 pointsize 0.8 \
            linecolor rgb "#767676" notitle, \
        "" using 1:($7 == 1 && $9 == 0 ? $2 : NaN) with points pointtype 7 pointsize 0.9 \
            linecolor rgb blue notitle, \
        "" using 1:($8 == 1 ? $2 : NaN) with points pointtype 6 pointsize 1.8 \
            linewidth 2 linecolor rgb orange notitle, \
        ARG1."/numbers".i using 1:2:(sprintf("%d", $3)) with labels \
            font "sans-serif,13" textcolor rgb ink notitle, \
        limit[i] with lines linecolor rgb red linewidth 1.5 dashtype 3 \
            title (i == 1 && limit[i] == limit[i] ? "the limit" : ""), \
        NaN with linespoints pointtype 7 pointsize 0.9 linecolor rgb blue \
            linewidth 1.5 dashtype 2 \
            title (i == 1 ? "nothing is both cheaper and better" : ""), \
        NaN with points pointtype 2 pointsize 0.9 linewidth 2 \
            linecolor rgb red title (i == 1 && ARG7 ne "-" ? ARG7 : ""), \
        NaN with points pointtype 6 pointsize 1.8 linewidth 2 \
            linecolor rgb orange title (i == 1 ? ARG6 : "")
    unset key
    unset label 1
    unset label 2
    unset label 3
    do for [j = 1:lines] {
        unset label 10 + j
    }
}
unset multiplot
