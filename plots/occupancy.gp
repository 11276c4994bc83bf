# People in each level over the weeks, one panel a level.
# ARG3: panels. ARG4: what the spread is called, or "-". ARG5: weeks between dates.
# File "panels": name, highest value, places (0: no limit). File "panelN": day
# as seconds since 1970, mean, lower, upper, p05, p95.
# SPDX-License-Identifier: GPL-3.0-or-later
panels = int(ARG3)
spread = ARG4 ne "-"
array name[panels]
array top[panels]
array places[panels]
do for [i = 1:panels] {
    stats ARG1."/panels" using (name[i] = strcol(1), top[i] = $2, \
        places[i] = $3, 0) every ::(i - 1)::(i - 1) nooutput
}
head = 98.0
each = 168.0
plot_height = 122.0
height = head + each * panels + 34
set terminal svg size 860, int(height) font "sans-serif,14" noenhanced \
    background rgb "white"
set output ARG2
set multiplot
set lmargin at screen 0.075
set rmargin at screen 0.97
set xdata time
set timefmt "%s"
set xtics 604800 * int(ARG5)
set ylabel "people" textcolor rgb ink offset 1, 0
set label 1 "People in each level, week by week" \
    at screen 0.012, 1 - 24 / height left font "sans-serif,18" textcolor rgb ink
set label 2 modelled at screen 0.985, 14 / height right \
    font "sans-serif,13" textcolor rgb ink
set key at screen 0.985, 1 - 44 / height right top vertical maxrows 1 \
    samplen 2 width 1
set autoscale xfix
do for [i = 1:panels] {
    set tmargin at screen 1 - (head + each * (i - 1)) / height
    set bmargin at screen 1 - (head + each * (i - 1) + plot_height) / height
    set yrange [0:top[i]]
    set format x (i < panels ? "" : int(ARG5) > 4 ? "%b %Y" : "%d %b")
    set ytics marks(top[i])
    set label 3 name[i] at graph 0, graph 1 left offset 0, 0.9 \
        font "sans-serif,15" textcolor rgb ink noenhanced
    set label 4 (places[i] > 0 ? sprintf("%d places", places[i]) : \
            "no limit of places") at graph 1, graph 1 right offset 0, 0.8 \
        font "sans-serif,12" textcolor rgb "#555555"
    plot ARG1."/panel".i using 1:(spread ? $5 : NaN):6 with filledcurves \
            linecolor rgb sky fillstyle transparent solid 0.35 noborder \
            title (spread && i == 1 ? ARG4 : ""), \
        "" using 1:2 with lines linecolor rgb blue linewidth 2.5 \
            title (i == 1 ? "on average" : ""), \
        "" using 1:(places[i] > 0 ? places[i] : NaN) with lines \
            linecolor rgb red linewidth 1.5 dashtype 2 \
            title (i == 1 ? "places" : "")
    unset key
    unset label 1
    unset label 2
}
unset multiplot
