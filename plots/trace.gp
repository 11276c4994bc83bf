# What each target's average was after so many replications, with its interval,
# one panel a target.
# ARG3: panels. ARG4: replications. ARG5: from where all were narrow enough, or
# 0. File "panels": name, unit, lowest and highest value shown, and the band that
# is narrow enough round the last average. File "panelN": replications, mean,
# lower, upper.
# SPDX-License-Identifier: GPL-3.0-or-later
panels = int(ARG3)
array name[panels]
array unit[panels]
array low[panels]
array high[panels]
array least[panels]
array most[panels]
do for [i = 1:panels] {
    stats ARG1."/panels" using (name[i] = strcol(1), unit[i] = strcol(2), \
        low[i] = $3, high[i] = $4, least[i] = $5, most[i] = $6, 0) \
        every ::(i - 1)::(i - 1) nooutput
}
head = 98.0
each = 168.0
plot_height = 118.0
height = head + each * panels + 46
set terminal svg size 860, int(height) font "sans-serif,14" noenhanced \
    background rgb "white"
set output ARG2
set multiplot
set lmargin at screen 0.085
set rmargin at screen 0.97
set xrange [0:int(ARG4)]
set label 1 "What was known after so many replications" \
    at screen 0.012, 1 - 24 / height left font "sans-serif,18" textcolor rgb ink
set label 2 modelled at screen 0.985, 14 / height right \
    font "sans-serif,13" textcolor rgb ink
set label 5 "Shaded: ".chance at screen 0.012, 14 / height left \
    font "sans-serif,12" textcolor rgb "#555555"
set key at screen 0.985, 1 - 44 / height right top vertical maxrows 1 \
    samplen 2 width 1
if (int(ARG5) > 0) {
    set arrow 1 from first int(ARG5), graph 0 to first int(ARG5), graph 1 \
        nohead linecolor rgb "#666666" linewidth 1.5 dashtype 3 front
}
do for [i = 1:panels] {
    set tmargin at screen 1 - (head + each * (i - 1)) / height
    set bmargin at screen 1 - (head + each * (i - 1) + plot_height) / height
    set yrange [low[i]:high[i]]
    set format x (i < panels ? "" : "%g")
    set xlabel (i == panels ? "replications" : "") textcolor rgb ink \
        offset 0, 0.4
    set label 3 name[i] at graph 0, graph 1 left offset 0, 0.9 \
        font "sans-serif,15" textcolor rgb ink noenhanced
    set label 4 unit[i] at graph 1, graph 1 right offset 0, 0.8 \
        font "sans-serif,12" textcolor rgb "#555555" noenhanced
    plot ARG1."/panel".i using 1:3:4 with filledcurves \
            linecolor rgb blue fillstyle transparent solid 0.25 noborder \
            notitle, \
        "" using 1:2 with lines linecolor rgb blue linewidth 2.5 \
            title (i == 1 ? "average so far" : ""), \
        least[i] with lines linecolor rgb red linewidth 1.5 dashtype 2 \
            title (i == 1 ? "narrow enough" : ""), \
        most[i] with lines linecolor rgb red linewidth 1.5 dashtype 2 notitle, \
        NaN with lines linecolor rgb "#666666" linewidth 1.5 dashtype 3 \
            title (i == 1 && int(ARG5) > 0 ? "all narrow enough from here" : "")
    unset key
    unset label 1
    unset label 2
    unset label 5
}
unset multiplot
