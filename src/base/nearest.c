/*
 * Edit distance for "did you mean". Bytes only: option and key names are
 * ASCII.
 */
#include "base/nearest.h"

enum {
	word_max = 64,
	letters_per_slip = 5, /* beside the one slip that any word may have */
};

struct nearest
nearest_to(struct str word)
{
	return (struct nearest){
	    .word = word,
	    .best = STR(""),
	    .distance = word.n / letters_per_slip + 2,
	};
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static bool
same(struct str a, size_t i, struct str b, size_t j)
{
	return ascii_to_lower(a.p[i]) == ascii_to_lower(b.p[j]);
}

/* Three rows of the table of optimal string alignment: row i holds the
 * distance between the first i bytes of a and each beginning of b. */
static size_t
distance(struct str a, struct str b)
{
	size_t rows[3][word_max + 1], *row, *above, *above2;
	enum { row_count = sizeof(rows) / sizeof(rows[0]) };

	for (size_t j = 0; j <= b.n; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		row = rows[i % row_count];
		above = rows[(i - 1) % row_count];
		above2 = rows[(i + 1) % row_count];
		row[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			row[j] = least(above[j], row[j - 1]) + 1;
			row[j] = least(row[j],
			    above[j - 1] + (same(a, i - 1, b, j - 1) ? 0 : 1));
			if (i > 1 && j > 1 && same(a, i - 1, b, j - 2) &&
			    same(a, i - 2, b, j - 1))
				row[j] = least(row[j], above2[j - 2] + 1);
		}
	}
	return rows[a.n % row_count][b.n];
}

void
nearest_try(struct nearest *nearest, struct str known)
{
	size_t far;

	if (nearest->word.n > word_max || known.n > word_max)
		return;
	far = distance(nearest->word, known);
	if (far >= nearest->distance)
		return;
	nearest->distance = far;
	nearest->best = known;
}
