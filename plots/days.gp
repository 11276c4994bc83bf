# Planned contacts missed, by day of the week they fell due, in 100.
# ARG3: what the spread is called, or "-". File "days": day 0 to 6, then for not
# delivered and not attended: mean, lower, upper, p05, p95.
# SPDX-License-Identifier: GPL-3.0-or-later
set terminal svg size 860, 430 font "sans-serif,14" noenhanced \
    background rgb "white"
set output ARG2
set lmargin at screen 0.075
set rmargin at screen 0.985
set tmargin at screen 0.74
set bmargin at screen 0.16
set label 1 "Planned contacts missed, by the day they fell due" \
    at screen 0.012, 0.945 left font "sans-serif,18" textcolor rgb ink
set label 2 modelled at screen 0.985, 0.035 right \
    font "sans-serif,13" textcolor rgb ink
set label 3 chance at screen 0.012, 0.035 left \
    font "sans-serif,12" textcolor rgb "#555555"
set xrange [-0.55:6.55]
set yrange [0:*<100]
set xtics ("Mon" 0, "Tue" 1, "Wed" 2, "Thu" 3, "Fri" 4, "Sat" 5, "Sun" 6) \
    scale 0
set ylabel "in 100 contacts due" textcolor rgb ink offset 1, 0
set style fill solid 1 noborder
set key at screen 0.985, 0.90 right top vertical maxrows 2 samplen 2 width 1
spread = ARG3 ne "-"
file = ARG1."/days"
plot file using ($1 - 0.19):2:(0.34) with boxes linecolor rgb red \
        title "not delivered: no staff in time", \
    "" using ($1 + 0.19):7:(0.34) with boxes linecolor rgb sky \
        title "not attended: the person was not there", \
    "" using ($1 - 0.19):(spread ? $5 : NaN):(0):($6 - $5) with vectors \
        nohead linecolor rgb "#666666" linewidth 1.5 \
        title (spread ? ARG3 : ""), \
    "" using ($1 + 0.19):(spread ? $10 : NaN):(0):($11 - $10) with vectors \
        nohead linecolor rgb "#666666" linewidth 1.5 notitle, \
    "" using ($1 - 0.19):3:(0):($4 - $3) with vectors nohead \
        linecolor rgb "#000000" linewidth 5 title "95% interval of the mean", \
    "" using ($1 + 0.19):8:(0):($9 - $8) with vectors nohead \
        linecolor rgb "#000000" linewidth 5 notitle
