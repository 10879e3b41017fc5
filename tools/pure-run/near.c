/*
 * Which of several words was meant: the one with the smallest distance, which
 * is the number of characters that are left out, too many, others, or in the
 * wrong order with the next.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "pure-run.h"

/* Longer words aren't compared. */
#define WORD_MAX 63

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static size_t distance(const char *from, const char *to)
{
	/* Of FROM's first i characters to TO's first j: the rows of three i. */
	size_t rows[3][WORD_MAX + 1], *row = rows[0], i, j;
	const size_t columns = strlen(to);

	for (j = 0; j <= columns; j++)
		row[j] = j;
	for (i = 1; i <= strlen(from); i++) {
		const size_t *above = row, *second = rows[(i + 1) % 3];

		row = rows[i % 3];
		row[0] = i;
		for (j = 1; j <= columns; j++) {
			row[j] = least(least(row[j - 1], above[j]) + 1,
				       above[j - 1] +
					       (from[i - 1] != to[j - 1]));
			if (i > 1 && j > 1 && from[i - 1] == to[j - 2] &&
			    from[i - 2] == to[j - 1])
				row[j] = least(row[j], second[j - 2] + 1);
		}
	}
	return row[columns];
}

void near_try(struct near *near, const char *candidate)
{
	size_t far;

	if (strlen(near->word) > WORD_MAX || strlen(candidate) > WORD_MAX)
		return;
	far = distance(near->word, candidate);
	/* A third of a word may be wrong; of a short one, one character. */
	if (far > 1 && far > strlen(near->word) / 3)
		return;
	if (near->best && far >= near->distance)
		return;
	near->best = text("%s", candidate);
	near->distance = far;
}

const char *near_suggestion(const struct near *near)
{
	return near->best ? text("; did you mean `%s'?", near->best) : "";
}
