/*
 * Which articles are near to which: by the tags, categories and words that
 * they share, the rarer the more. Each article looks only at those closest to
 * it in time among the others that share something, so that the work grows
 * with the number of articles and not with its square.
 */
#include <string.h>

#include "base/mem.h"
#include "publish/graph.h"
#include "publish/language.h"

enum {
	tag_weight = 6,
	category_weight = 2,
	word_weight = 1,
	score_min = 6,
	neighbours_max = 8, /* looked at on each side, for each feature */
	looks_max = 160, /* for one article in all */
	features_max = 48, /* of one article */
	radix_bits = 8,
	radix_size = 1 << radix_bits,
	key_bits = 32,
};

/* One thing that an article has, and which. Rows of them are sorted by key;
 * slot is the place in the order in which they were found. */
struct feature {
	uint32_t key;
	uint32_t slot;
	uint32_t rank; /* of the article */
};

struct index {
	struct graph *graph;
	struct feature *sorted;
	uint32_t *place; /* in sorted, by slot */
	uint32_t *count; /* of the features with the same key, by slot */
	uint8_t *weight; /* by slot */
	uint32_t *start; /* the first slot of each article, and the end */
	size_t n;
	uint32_t *score; /* by rank; 0 between articles */
	uint32_t *language; /* by rank: a hash of it */
	bool *has_family; /* by rank: there are translations */
};

static void
add_feature(struct index *index, size_t rank, uint32_t key, int weight)
{
	if (index->n - index->start[rank] == features_max)
		return;
	index->sorted[index->n] =
	    (struct feature){key, (uint32_t)index->n, (uint32_t)rank};
	index->weight[index->n] = (uint8_t)weight;
	index->n++;
}

static void
add_terms(struct index *index, size_t rank, const struct page_terms *terms,
    int weight)
{
	uint64_t hash;

	for (size_t i = 0; i < terms->n; i++) {
		hash = str_hash(
		    STR_HASH_START + (uint64_t)weight, terms->items[i].path);
		add_feature(
		    index, rank, (uint32_t)(hash ^ hash >> key_bits), weight);
	}
}

static void
add_features(struct index *index)
{
	const struct page_list *articles = &index->graph->articles;
	const struct page *page;

	for (size_t i = 0; i < articles->n; i++) {
		page = articles->items[i];
		index->start[i] = (uint32_t)index->n;
		add_terms(index, i, &page->tags, tag_weight);
		add_terms(index, i, &page->categories, category_weight);
		for (size_t m = 0; m < page->mark_count; m++)
			add_feature(index, i, page->marks[m], word_weight);
	}
	index->start[articles->n] = (uint32_t)index->n;
}

/* Sort by key and keep the order of equal ones: digit by digit, from the
 * lowest. */
static void
sort_features(struct index *index)
{
	struct feature *from = index->sorted, *to, *swap;
	size_t counts[radix_size], sum, count;

	to = mem_alloc_array(index->n + 1, sizeof(*to));
	for (int shift = 0; shift < key_bits; shift += radix_bits) {
		memset(counts, 0, sizeof(counts));
		for (size_t i = 0; i < index->n; i++)
			counts[from[i].key >> shift & (radix_size - 1)]++;
		sum = 0;
		for (int digit = 0; digit < radix_size; digit++) {
			count = counts[digit];
			counts[digit] = sum;
			sum += count;
		}
		for (size_t i = 0; i < index->n; i++)
			to[counts[from[i].key >> shift & (radix_size - 1)]++] =
			    from[i];
		swap = from;
		from = to;
		to = swap;
	}
	index->sorted = from;
	mem_free(to);
}

/* Tell each slot where it is, and how many have its key. */
static void
find_runs(struct index *index)
{
	size_t first = 0, end;

	while (first < index->n) {
		end = first;
		while (end < index->n &&
		    index->sorted[end].key == index->sorted[first].key)
			end++;
		for (size_t i = first; i < end; i++) {
			index->place[index->sorted[i].slot] = (uint32_t)i;
			index->count[index->sorted[i].slot] =
			    (uint32_t)(end - first);
		}
		first = end;
	}
}

/* How much it says that two articles share what count of them have: the
 * binary logarithm of how many there are for each that has it, from 1. */
static uint32_t
rarity(const struct index *index, uint32_t count)
{
	size_t ratio = index->graph->articles.n / count;
	uint32_t bits = 1;

	while (ratio > 1) {
		ratio /= 2;
		bits++;
	}
	return bits;
}

/* The articles that one of them is being compared with. */
struct looks {
	uint32_t ranks[looks_max];
	size_t n;
	int left; /* looks that it may still take */
};

static void
look_at(struct index *index, struct looks *looks, size_t place, uint32_t points)
{
	uint32_t rank = index->sorted[place].rank;

	if (looks->left == 0)
		return;
	looks->left--;
	if (index->score[rank] == 0)
		looks->ranks[looks->n++] = rank;
	index->score[rank] += points;
}

static bool
has_same_key(const struct index *index, size_t a, size_t b)
{
	return index->sorted[a].key == index->sorted[b].key;
}

/* Look at those that share a feature, near in time on both sides. */
static void
look_around(struct index *index, struct looks *looks, uint32_t slot)
{
	uint32_t place = index->place[slot];
	uint32_t points =
	    rarity(index, index->count[slot]) * index->weight[slot];

	for (uint32_t step = 1; step <= neighbours_max && looks->left > 0;
	     step++) {
		if (place >= step && has_same_key(index, place, place - step))
			look_at(index, looks, place - step, points);
		if (place + step < index->n &&
		    has_same_key(index, place, place + step))
			look_at(index, looks, place + step, points);
	}
}

static uint32_t
distance(uint32_t a, size_t b)
{
	return a > b ? a - (uint32_t)b : (uint32_t)b - a;
}

/* Whether article a is nearer to the one of rank than b is. What its readers
 * can read comes first. */
static bool
is_nearer(const struct index *index, size_t rank, uint32_t a, uint32_t b)
{
	bool a_is_foreign = index->language[a] != index->language[rank];
	bool b_is_foreign = index->language[b] != index->language[rank];

	if (a_is_foreign != b_is_foreign)
		return b_is_foreign;
	if (index->score[a] != index->score[b])
		return index->score[a] > index->score[b];
	if (distance(a, rank) != distance(b, rank))
		return distance(a, rank) < distance(b, rank);
	return a < b;
}

/* Whether other says the same as the page, or as another one that is in the
 * page's language. */
static bool
is_translation(
    const struct index *index, const struct page *page, uint32_t other)
{
	const struct page *candidate;
	size_t rank;

	if (!index->has_family[other])
		return false;
	candidate = index->graph->articles.items[other];
	if (candidate->family == page->family)
		return true;
	if (index->language[other] == index->language[page->rank])
		return false;
	for (size_t i = 0; i < candidate->family_count; i++) {
		rank = candidate->family[i]->rank;
		if (rank != SIZE_MAX &&
		    index->language[rank] == index->language[page->rank])
			return true;
	}
	return false;
}

/* Put the nearest of those looked at into the page, the nearest first. */
static void
choose(struct index *index, struct page *page, const struct looks *looks)
{
	const struct page *const *articles = index->graph->articles.items;
	uint32_t best[page_related_max];
	size_t n = 0, at;

	for (size_t i = 0; i < looks->n; i++) {
		uint32_t rank = looks->ranks[i];

		if (rank == page->rank || index->score[rank] < score_min ||
		    articles[rank] == page->series_previous ||
		    articles[rank] == page->series_next ||
		    is_translation(index, page, rank))
			continue;
		for (at = n;
		     at > 0 && is_nearer(index, page->rank, rank, best[at - 1]);
		     at--)
			if (at < page_related_max)
				best[at] = best[at - 1];
		if (at < page_related_max)
			best[at] = rank;
		if (n < page_related_max)
			n++;
	}
	page->related_count = n;
	for (size_t i = 0; i < n; i++)
		page->related[i] = articles[best[i]];
}

/* The slots of an article, the rarest feature first. */
static size_t
slots_by_rarity(const struct index *index, size_t rank, uint32_t *slots)
{
	uint32_t start = index->start[rank];
	size_t n = index->start[rank + 1] - start, at;

	for (size_t i = 0; i < n; i++) {
		uint32_t slot = start + (uint32_t)i;

		for (at = i;
		     at > 0 && index->count[slots[at - 1]] > index->count[slot];
		     at--)
			slots[at] = slots[at - 1];
		slots[at] = slot;
	}
	return n;
}

static void
relate(struct index *index, size_t rank)
{
	struct page *page =
	    (struct page *)(uintptr_t)index->graph->articles.items[rank];
	uint32_t slots[features_max];
	struct looks looks;
	size_t n;

	looks.n = 0;
	looks.left = looks_max;
	n = slots_by_rarity(index, rank, slots);
	for (size_t i = 0; i < n; i++)
		look_around(index, &looks, slots[i]);
	choose(index, page, &looks);
	for (size_t i = 0; i < looks.n; i++)
		index->score[looks.ranks[i]] = 0;
}

static void
find_languages(struct index *index)
{
	const struct graph *graph = index->graph;
	const struct page *page;
	uint64_t hash;

	for (size_t i = 0; i < graph->articles.n; i++) {
		page = graph->articles.items[i];
		hash = str_hash(STR_HASH_START,
		    language_main(str_is_empty(page->lang) ? graph->language
							   : page->lang));
		index->language[i] = (uint32_t)(hash ^ hash >> key_bits);
		index->has_family[i] = page->family != NULL;
	}
}

static size_t
count_features(const struct graph *graph)
{
	size_t count = 0;

	for (size_t i = 0; i < graph->articles.n; i++)
		count += graph->articles.items[i]->tags.n +
		    graph->articles.items[i]->categories.n +
		    graph->articles.items[i]->mark_count;
	return count;
}

void
graph_add_related(struct graph *graph)
{
	struct index index = {.graph = graph};
	size_t room = count_features(graph) + 1;

	index.sorted = mem_alloc_array(room, sizeof(*index.sorted));
	index.weight = mem_alloc_array(room, sizeof(*index.weight));
	index.start =
	    mem_alloc_array(graph->articles.n + 1, sizeof(*index.start));
	add_features(&index);
	sort_features(&index);
	index.place = mem_alloc_array(room, sizeof(*index.place));
	index.count = mem_alloc_array(room, sizeof(*index.count));
	find_runs(&index);
	index.score =
	    mem_alloc_array(graph->articles.n + 1, sizeof(*index.score));
	index.language =
	    mem_alloc_array(graph->articles.n + 1, sizeof(*index.language));
	index.has_family =
	    mem_alloc_array(graph->articles.n + 1, sizeof(*index.has_family));
	find_languages(&index);
	for (size_t i = 0; i < graph->articles.n; i++)
		relate(&index, i);
	mem_free(index.language);
	mem_free(index.has_family);
	mem_free(index.sorted);
	mem_free(index.weight);
	mem_free(index.start);
	mem_free(index.place);
	mem_free(index.count);
	mem_free(index.score);
}
