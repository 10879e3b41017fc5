# One plot of the benchmarks: for each row a group of bars, one a column, with
# the quartiles.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   gnuplot -e "data='FILE'; out='FILE'; heading='TEXT'; kind='svg'|'png';
#               logarithmic=0|1; fields=N" plot.gp
#
# The data has a line a row, of N fields: its name, and then median, low and
# high of each column; the first line has the columns' names, three times each.

if (kind eq 'svg') {
	set terminal svg size 1100,560 dynamic background rgb 'white' font 'sans-serif,13'
} else {
	set terminal pngcairo size 1100,560 font 'Sans,10'
}
set output out
set title heading noenhanced
set key outside right top noenhanced
set style data histogram
set style histogram errorbars gap 2 linewidth 1
set style fill solid 0.85 noborder
set boxwidth 0.95
set grid ytics lc rgb '#cccccc'
set xtics rotate by -30 noenhanced scale 0
set border 3
set tics nomirror
set ylabel 'ratio to stock'
set bars small

if (logarithmic) {
	set logscale y
	set format y '%g'
} else {
	set yrange [0:*]
}
set arrow from graph 0, first 1 to graph 1, first 1 nohead lc rgb '#555555' dt 2 front

plot for [i = 2 : fields : 3] data using i:i+1:i+2:xtic(1) \
	title columnheader(i)
