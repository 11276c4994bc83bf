# What all figures share; put before each of them.
# ARG1 is the folder of the data, ARG2 the picture, ARG3 and on are numbers.
# Texts of a scenario are never in a script: data hold placeholders for them.
# Colours: Okabe and Ito 2008, told apart by colour-blind readers too.
# SPDX-License-Identifier: GPL-3.0-or-later
set encoding utf8
set locale "C"
set datafile separator whitespace
ink = "#222222"
faint = "#d9d9d9"
orange = "#E69F00"
sky = "#56B4E9"
green = "#009E73"
blue = "#0072B2"
red = "#D55E00"
set border 3 linecolor rgb "#666666"
set tics nomirror out scale 0.6 textcolor rgb ink
set grid ytics linetype 1 linewidth 1 linecolor rgb faint
set key noenhanced textcolor rgb ink
modelled = "Modelled, not observed"
chance = "95% interval of the mean: chance only, assuming the inputs are right"
# Steps between the marks of an axis from 0 to `top` of whole things.
marks(top) = top <= 5 ? 1 : top <= 12 ? 2 : top <= 30 ? 5 : \
    top <= 60 ? 10 : top <= 150 ? 25 : top <= 300 ? 50 : ceil(top / 6)
# About four marks on an axis `span` long, 1, 2 or 5 of a power of ten apart.
power(span) = 10.0 ** floor(log10(span / 4.0))
nice(span) = span / 4.0 > 5 * power(span) ? 10 * power(span) : \
    span / 4.0 > 2 * power(span) ? 5 * power(span) : \
    span / 4.0 > power(span) ? 2 * power(span) : power(span)
