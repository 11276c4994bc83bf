# Staff hours needed, given and rostered by hour of the week, one panel a role.
# ARG3: panels. File "panels": name, highest value, first and last hour shown.
# File "panelN": hours into the week as shown, needed, given, rostered.
# SPDX-License-Identifier: GPL-3.0-or-later
panels = int(ARG3)
array name[panels]
array top[panels]
array first[panels]
array last[panels]
do for [i = 1:panels] {
    stats ARG1."/panels" using (name[i] = strcol(1), top[i] = $2, \
        first[i] = $3, last[i] = $4, 0) every ::(i - 1)::(i - 1) nooutput
}
head = 98.0
each = 188.0
plot_height = 122.0
height = head + each * panels + 14
set terminal svg size 860, int(height) font "sans-serif,14" noenhanced \
    background rgb "white"
set output ARG2
set multiplot
set lmargin at screen 0.075
set rmargin at screen 0.985
set xrange [0:7]
set xtics ("Mon" 0.5, "Tue" 1.5, "Wed" 2.5, "Thu" 3.5, "Fri" 4.5, \
    "Sat" 5.5, "Sun" 6.5) scale 0
do for [day = 1:6] {
    set arrow day from day, graph 0 to day, graph 1 nohead \
        linecolor rgb faint linewidth 1 back
}
set ylabel "staff" textcolor rgb ink offset 1, 0
set label 1 "Staff needed, busy and on the rota, by hour of the week" \
    at screen 0.012, 1 - 24 / height left font "sans-serif,18" textcolor rgb ink
set label 2 modelled at screen 0.985, 14 / height right \
    font "sans-serif,13" textcolor rgb ink
set key at screen 0.985, 1 - 44 / height right top vertical maxrows 1 \
    samplen 2 width 1
set style fill solid 1 noborder
do for [i = 1:panels] {
    set tmargin at screen 1 - (head + each * (i - 1)) / height
    set bmargin at screen 1 - (head + each * (i - 1) + plot_height) / height
    set yrange [0:top[i]]
    set ytics marks(top[i])
    set label 3 name[i] at graph 0, graph 1 left offset 0, 0.9 \
        font "sans-serif,15" textcolor rgb ink noenhanced
    set label 4 sprintf("each day from %02d:00 to %02d:00", first[i], last[i]) \
        at graph 1, graph 1 right offset 0, 0.8 \
        font "sans-serif,12" textcolor rgb "#555555"
    plot ARG1."/panel".i using 1:4 with fillsteps linecolor rgb "#e3e3e3" \
            title (i == 1 ? "on the rota" : ""), \
        "" using 1:4 with steps linecolor rgb "#999999" linewidth 1 notitle, \
        "" using 1:2 with steps linecolor rgb red linewidth 2 \
            title (i == 1 ? "needed, as it falls due" : ""), \
        "" using 1:3 with steps linecolor rgb blue linewidth 2 \
            title (i == 1 ? "busy" : "")
    unset key
    unset label 1
    unset label 2
}
unset multiplot
