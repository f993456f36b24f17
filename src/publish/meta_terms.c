/*
 * What a page is counted under: tags, categories, authors, series.
 */
#include "publish/meta_field.h"

#include "publish/language.h"
#include "text/fold.h"

enum { terms_max = 100, year_digits = 4 };

/* Terms being gathered in a row of their own. */
struct gather {
	struct meta *meta;
	struct vec items; /* struct page_term */
};

static void
gather_init(struct gather *gather, struct meta *meta)
{
	gather->meta = meta;
	vec_init(&gather->items, sizeof(struct page_term));
}

/* Add a term unless it is there already or leaves no name for its page. */
static void
gather_add(struct gather *gather, struct page_term term)
{
	struct arena *arena = gather->meta->arena;

	if (str_is_empty(term.path))
		term.path = fold_term_path(arena, term.name);
	if (str_is_empty(term.path) || gather->items.n >= terms_max)
		return;
	VEC_EACH (struct page_term, other, &gather->items)
		if (str_eq(other->path, term.path))
			return;
	*(struct page_term *)vec_add(&gather->items) = term;
}

/* Move what was gathered into the page's arena. */
static struct page_terms
gather_end(struct gather *gather)
{
	struct page_terms terms = {.n = gather->items.n};

	terms.items = arena_alloc(
	    gather->meta->arena, (terms.n + 1) * sizeof(*terms.items));
	for (size_t i = 0; i < terms.n; i++)
		terms.items[i] =
		    *(struct page_term *)vec_get(&gather->items, i);
	vec_fini(&gather->items);
	return terms;
}

static void
gather_word(struct gather *gather, struct str word)
{
	word = str_trim(word);
	while (str_starts(word, STR("#")))
		word = str_from_index(word, 1);
	gather_add(gather, (struct page_term){.name = str_trim(word)});
}

/* Whether each word of text has a '#' at its front, as in Obsidian, and there
 * are no commas to part them by. */
static bool
is_hash_words(struct str text)
{
	struct str rest = str_trim(text), word;
	bool has_more = true;

	while (has_more) {
		has_more = str_cut(&rest, ' ', &word);
		if (!str_is_empty(word) && word.p[0] != '#')
			return false;
	}
	return str_find_char(text, ' ') > 0 && str_find_char(text, ',') < 0;
}

/* The words of one scalar, with commas between them. */
static void
gather_scalar(struct gather *gather, const struct yaml_node *node)
{
	struct str rest = meta_node_line(gather->meta, node), word;
	char separator = is_hash_words(rest) ? ' ' : ',';
	bool has_more = true;

	while (has_more) {
		has_more = str_cut(&rest, separator, &word);
		gather_word(gather, word);
	}
}

/* A list of words, or one scalar with commas between them. An item may be a
 * list again, or a map with a name. */
static void
gather_words(struct gather *gather, const struct meta_value *value)
{
	const struct yaml_node *node = value->node;

	if (node->kind == YAML_MAP) {
		if (str_is_empty(meta_node_name(gather->meta, node)))
			meta_warn(gather->meta, value,
			    "write a list: [one, two], or one, two",
			    "is a map");
		else
			gather_word(gather, meta_node_name(gather->meta, node));
		return;
	}
	if (node->kind == YAML_SCALAR) {
		if (!meta_node_is_bool(node))
			gather_scalar(gather, node);
		return;
	}
	for (node = node->first; node != NULL; node = node->next) {
		if (node->kind != YAML_LIST) {
			gather_word(gather, meta_node_name(gather->meta, node));
			continue;
		}
		for (const struct yaml_node *inner = node->first; inner != NULL;
		     inner = inner->next)
			gather_word(
			    gather, meta_node_name(gather->meta, inner));
	}
}

/* The line of a text; empty behind its end. */
static struct str
line_at(struct str text, unsigned number)
{
	struct str line = {0};

	while (number-- > 0)
		if (!str_next_line(&text, &line))
			return (struct str){0};
	return line;
}

/* `tags: #one` has no value to YAML, as the '#' begins a remark. */
static void
warn_of_remark(const struct meta *meta, enum field field)
{
	const struct yaml_node *map = meta->layers[META_FRONT].map, *node;
	struct meta_value value = {.file = meta->input->file};
	struct str line;

	node = yaml_find(map, meta_field_key(field, 0));
	if (node == NULL || node->kind != YAML_SCALAR || node->text.n > 0 ||
	    !node->plain)
		return;
	line = line_at(meta->input->text, node->key_line);
	str_cut(&line, ':', &(struct str){0});
	line = str_trim(line);
	value.node = node;
	if (line.n > 1 && line.p[0] == '#' && !ascii_is_space(line.p[1]) &&
	    line.p[1] != '#')
		meta_warn(meta, &value, "quote the value",
		    "is empty, as a # begins a remark");
}

static struct page_terms
take_words(struct meta *meta, enum field field)
{
	struct meta_value value;
	struct gather gather;

	gather_init(&gather, meta);
	if (meta_find(meta, field, &value))
		gather_words(&gather, &value);
	else
		warn_of_remark(meta, field);
	return gather_end(&gather);
}

static bool
is_year(struct str s)
{
	uint64_t year;

	return s.n == year_digits && str_to_u64(s, UINT32_MAX, &year);
}

/* The first folder as a category, where it is not merely a place to keep
 * articles in. */
static struct page_terms
default_category(struct meta *meta)
{
	static const struct str plain[] = {STR_INIT("articles"),
	    STR_INIT("posts"), STR_INIT("_posts"), STR_INIT("_drafts"),
	    STR_INIT("blog"), STR_INIT("content")};
	struct str rest = meta->input->name.folder, first;
	struct gather gather;
	bool has_more;

	has_more = str_cut(&rest, '/', &first);
	if (language_is_named(first)) {
		first = STR("");
		if (has_more)
			str_cut(&rest, '/', &first);
	}
	gather_init(&gather, meta);
	for (size_t i = 0; i < sizeof(plain) / sizeof(*plain); i++)
		if (str_eq_nocase(first, plain[i]))
			return gather_end(&gather);
	/* A folder that is all of a page's own is no category of it. */
	if (is_year(first) || str_is_empty(first) ||
	    (meta->input->name.is_index &&
		str_eq(first, meta->input->name.folder)))
		return gather_end(&gather);
	gather_add(
	    &gather, (struct page_term){.name = fold_nfc(meta->arena, first)});
	return gather_end(&gather);
}

/* Authors being gathered, and how to reach each of them. */
struct gather_authors {
	struct gather names;
	struct vec contacts; /* struct page_term, as in struct page */
	bool has_contact;
};

/* Ann <ann@example.org> as a name and an email. */
static void
cut_email(struct str *name, struct str *email)
{
	ptrdiff_t open = str_find_last_char(*name, '<');
	struct str inner;

	if (open <= 0 || !str_ends(*name, STR(">")))
		return;
	inner = str_from_index(*name, (size_t)open + 1);
	inner = str_first(inner, inner.n - 1);
	if (str_find_char(inner, '@') <= 0)
		return;
	*email = inner;
	*name = str_trim(str_first(*name, (size_t)open));
}

/* What a node says of an author: key, name and contact. */
static void
read_author(const struct meta *meta, const struct yaml_node *node,
    struct page_term *term, struct page_term *contact)
{
	term->name = meta_node_name(meta, node);
	node = meta_node_single(node);
	if (node->kind == YAML_MAP) {
		contact->name =
		    meta_node_line(meta, yaml_find(node, STR("email")));
		contact->path =
		    meta_node_line(meta, yaml_find(node, STR("url")));
		if (str_is_empty(term->name))
			term->name = contact->name;
	} else {
		cut_email(&term->name, &contact->name);
	}
}

static void
gather_author(struct gather_authors *authors, const struct yaml_node *node)
{
	const struct meta *meta = authors->names.meta;
	size_t before = authors->names.items.n;
	const struct site_author *known;
	struct page_term term = {0}, contact = {0};

	read_author(meta, node, &term, &contact);
	known = site_find_author(meta->input->site, term.name);
	if (known != NULL) {
		term.name = known->name;
		term.path = known->path;
		if (str_is_empty(contact.name))
			contact.name = known->email;
		if (str_is_empty(contact.path))
			contact.path = known->url;
	}
	gather_add(&authors->names, term);
	if (authors->names.items.n == before)
		return;
	*(struct page_term *)vec_add(&authors->contacts) = contact;
	authors->has_contact |=
	    !str_is_empty(contact.name) || !str_is_empty(contact.path);
}

/* Whether a map holds authors by their keys: {ann: {name: Ann Lee}}. */
static bool
is_map_of_authors(const struct yaml_node *node)
{
	return node->kind == YAML_MAP && node->first != NULL &&
	    node->first->kind == YAML_MAP;
}

static void
take_authors(struct meta *meta)
{
	struct gather_authors authors = {0};
	struct gather contacts;
	struct meta_value value;

	gather_init(&authors.names, meta);
	gather_init(&contacts, meta);
	vec_init(&authors.contacts, sizeof(struct page_term));
	if (meta_find(meta, FIELD_AUTHORS, &value) &&
	    !meta_node_is_bool(value.node)) {
		if (value.node->kind == YAML_LIST ||
		    is_map_of_authors(value.node))
			for (const struct yaml_node *n = value.node->first;
			     n != NULL; n = n->next)
				gather_author(&authors, n);
		else
			gather_author(&authors, value.node);
	}
	contacts.items = authors.contacts;
	if (!authors.has_contact)
		vec_clear(&contacts.items);
	meta->page.authors = gather_end(&authors.names);
	meta->page.contacts = gather_end(&contacts);
}

/* A whole number with an optional sign. False with a warning otherwise. */
static bool
take_number(const struct meta *meta, enum field field, int64_t *number)
{
	struct meta_value value;
	uint64_t digits;
	struct str text;
	bool is_negative;

	if (!meta_find(meta, field, &value))
		return false;
	text = value.node->kind == YAML_SCALAR ? str_trim(value.node->text)
					       : STR("");
	is_negative = str_starts(text, STR("-"));
	if (!str_to_u64(str_from_index(text, is_negative ? 1 : 0), INT32_MAX,
		&digits)) {
		meta_warn(
		    meta, &value, "write a whole number", "is no whole number");
		return false;
	}
	*number = is_negative ? -(int64_t)digits : (int64_t)digits;
	return true;
}

static struct page_terms
take_series(struct meta *meta)
{
	struct meta_value value;
	struct gather gather;

	gather_init(&gather, meta);
	if (meta_find(meta, FIELD_SERIES, &value) &&
	    !meta_node_is_bool(value.node)) {
		if (value.node->kind == YAML_LIST)
			value.node = value.node->first;
		gather_add(&gather,
		    (struct page_term){
			.name = meta_node_name(meta, value.node)});
	}
	return gather_end(&gather);
}

void
meta_take_terms(struct meta *meta)
{
	struct page *page = &meta->page;

	page->tags = take_words(meta, FIELD_TAGS);
	page->categories = take_words(meta, FIELD_CATEGORIES);
	if (page->categories.n == 0)
		page->categories = default_category(meta);
	take_authors(meta);
	page->series = take_series(meta);
	page->has_weight = take_number(meta, FIELD_WEIGHT, &page->weight);
	page->series_order = INT64_MAX;
	if (!take_number(meta, FIELD_SERIES_ORDER, &page->series_order) &&
	    page->has_weight)
		page->series_order = page->weight;
}
