# Differences of options from a base, one panel a measure, one row an option.
# ARG3: panels. ARG4: options. ARG5: 1, or 2 where each row has a second
# difference, without the contact effect. ARG6: what the intervals are.
# File "panels": title, unit, lowest and highest value. File "names": the options.
# File "panelN": row, world (0, 1), difference, lower, upper, and what can be said
# (0 cannot tell, 1 better than the base, 2 worse, 3 different, 4 the same).
# SPDX-License-Identifier: GPL-3.0-or-later
panels = int(ARG3)
options = int(ARG4)
worlds = int(ARG5)
array name[panels]
array unit[panels]
array low[panels]
array high[panels]
do for [i = 1:panels] {
    stats ARG1."/panels" using (name[i] = strcol(1), unit[i] = strcol(2), \
        low[i] = $3, high[i] = $4, 0) every ::(i - 1)::(i - 1) nooutput
}
row = worlds > 1 ? 30.0 : 24.0
head = 112.0
plot_height = row * options
each = plot_height + 78
height = head + each * panels + 20
set terminal svg size 860, int(height) font "sans-serif,14" noenhanced \
    background rgb "white"
set output ARG2
set multiplot
set rmargin at screen 0.97
set yrange [options + 0.5:0.5]
set label 1 "How the options differ from the base" \
    at screen 0.012, 1 - 24 / height left font "sans-serif,18" textcolor rgb ink
set label 2 modelled at screen 0.985, 14 / height right \
    font "sans-serif,13" textcolor rgb ink
set label 3 "Lines: ".ARG6 at screen 0.012, 14 / height left \
    font "sans-serif,12" textcolor rgb "#555555"
set key at screen 0.985, 1 - 46 / height right top vertical maxrows 2 \
    samplen 2 width 1
unset grid
set grid xtics linetype 1 linewidth 1 linecolor rgb faint
set border 1 linecolor rgb "#666666"
set ytics scale 0 ("" 0)
widest = 10
do for [j = 1:options] {
    text = ""
    stats ARG1."/names" using (text = sprintf("%d  ", j + 1).strcol(1), 0) every ::(j - 1)::(j - 1) \
        nooutput
    set ytics add (text j)
    widest = strlen(text) > widest ? strlen(text) : widest
}
set lmargin at screen (34 + 8.2 * widest) / 860
colour(said) = said == 1 ? 0x0072B2 : said == 2 ? 0xD55E00 : \
    said == 3 ? 0x333333 : 0x8C8C8C
at(y, world) = worlds > 1 ? y - 0.17 + 0.34 * world : y
do for [i = 1:panels] {
    set tmargin at screen 1 - (head + each * (i - 1)) / height
    set bmargin at screen 1 - (head + each * (i - 1) + plot_height) / height
    set xrange [low[i]:high[i]]
    set xlabel unit[i] textcolor rgb ink offset 0, 0.4 noenhanced
    set label 4 name[i] at screen 0.012, \
        1 - (head + each * (i - 1) - 13) / height left \
        font "sans-serif,15" textcolor rgb ink noenhanced
    set arrow 1 from first 0, graph 0 to first 0, graph 1 nohead \
        linecolor rgb "#333333" linewidth 1.2
    plot ARG1."/panel".i using 4:(at($1, $2)):($5 - $4):(0):(colour($6)) \
            with vectors nohead linewidth 2.5 linecolor rgb variable notitle, \
        "" using ($2 == 0 ? $3 : NaN):(at($1, $2)):(colour($6)) with points \
            pointtype 7 pointsize 0.9 linecolor rgb variable notitle, \
        "" using ($2 == 1 ? $3 : NaN):(at($1, $2)):(colour($6)) with points \
            pointtype 6 pointsize 0.9 linewidth 2 linecolor rgb variable \
            notitle, \
        NaN with points pointtype 7 linecolor rgb blue \
            title (i == 1 ? "better than the base" : ""), \
        NaN with points pointtype 7 linecolor rgb red \
            title (i == 1 ? "worse" : ""), \
        NaN with points pointtype 7 linecolor rgb "#8c8c8c" \
            title (i == 1 ? "the runs cannot tell" : ""), \
        NaN with points pointtype 6 linewidth 2 linecolor rgb "#333333" \
            title (i == 1 && worlds > 1 ? \
                "if contacts had no protective effect" : "")
    unset key
    unset label 1
    unset label 2
    unset label 3
}
unset multiplot
