# One plot of the benchmarks: for each row a group of points, one a column, with
# the intervals that they are in.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   gnuplot -e "data='FILE'; out='FILE'; heading='TEXT'; kind='svg'|'png';
#               logarithmic=0|1; columns=N" plot.gp
#
# The data has a line a row: its name, and then median, low and high of each of
# N columns; the first line has the columns' names, three times each.

if (kind eq 'svg') {
	set terminal svg size 1100,560 dynamic background rgb 'white' \
		font 'sans-serif,13'
} else {
	set terminal pngcairo size 1100,560 font 'Sans,10'
}
set output out
set title heading noenhanced
set key outside right top noenhanced
set border 3
set tics nomirror
set bars small
set grid ytics lc rgb '#dddddd'
set xtics rotate by -30 noenhanced scale 0
set ylabel 'ratio to stock'
set offsets 0.5, 0.5
if (logarithmic) {
	set logscale y
	set format y '%g'
} else {
	set offsets 0.5, 0.5, graph 0.05, graph 0.05
}
# Stock.
set arrow from graph 0, first 1 to graph 1, first 1 nohead lc rgb '#555555' dt 2

array colours[14] = ['#1b7837', '#2166ac', '#67a9cf', '#762a83', '#c2a5cf', \
	'#000000', '#d6604d', '#b2182b', '#f4a582', '#8c510a', '#bf812d', \
	'#999999', '#e7298a', '#01665e']
colour(i) = colours[i % 14 + 1]
# Beside each other, about the row's place.
place(row, i) = row + (i - (columns - 1) / 2.0) * 0.75 / columns

plot data skip 1 using 0:(NaN):xtic(1) notitle, \
	for [i = 0 : columns - 1] data using \
	(place($0, i)):(column(3 * i + 2)):(column(3 * i + 3)):(column(3 * i + 4)) \
	with yerrorbars pt 5 + i % 5 * 2 ps 0.8 lw 1.5 lc rgb colour(i) \
	title columnheader(3 * i + 2)
