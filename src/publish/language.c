/*
 * Language tags, by their form and by the names of files.
 */
#include "publish/language.h"

#include "base/buf.h"

enum { tag_max = 35, subtag_max = 8, language_min = 2, language_max = 3 };

/* The two-letter codes of ISO 639-1, with a space behind each. */
static const struct str codes = STR_INIT(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce "
    "ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr "
    "fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is "
    "it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln "
    "lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv "
    "ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk "
    "sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw "
    "ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ");

static const struct {
	struct str tag;
	struct str name;
} names[] = {
#define LANGUAGE_NAME(tag, name) {STR_INIT(tag), STR_INIT(name)},
#include "publish/languages.def"
#undef LANGUAGE_NAME
};

bool
language_is_valid(struct str tag)
{
	struct str rest = tag, subtag;
	bool is_first = true, has_more = true;

	if (tag.n > tag_max)
		return false;
	while (has_more) {
		has_more = str_cut(&rest, '-', &subtag);
		if (subtag.n == 0 || subtag.n > subtag_max)
			return false;
		if (is_first &&
		    (subtag.n < language_min || subtag.n > language_max))
			return false;
		for (size_t i = 0; i < subtag.n; i++)
			if (is_first ? !ascii_is_alpha(subtag.p[i])
				     : !ascii_is_alnum(subtag.p[i]))
				return false;
		is_first = false;
	}
	return true;
}

bool
language_is_named(struct str piece)
{
	char code[] = "xx ";

	if (!language_is_valid(piece) ||
	    (piece.n > language_min && piece.p[language_min] != '-'))
		return false;
	code[0] = ascii_to_lower(piece.p[0]);
	code[1] = ascii_to_lower(piece.p[1]);
	return str_find_str(codes, str_from_c(code)) >= 0;
}

struct str
language_main(struct str tag)
{
	struct str main;

	str_cut(&tag, '-', &main);
	return main;
}

static void
add_name(struct buf *out, struct str tag)
{
	struct str main = language_main(tag), name = {0};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_eq_nocase(names[i].tag, main))
			name = names[i].name;
	if (str_is_empty(name)) {
		buf_add(out, tag);
		return;
	}
	buf_add(out, name);
	if (tag.n > main.n)
		buf_addf(out, " (%" STR_FMT ")",
		    STR_ARG(str_from_index(tag, main.n + 1)));
}

struct str
language_name(struct arena *arena, struct str tag)
{
	bool has_more = true;
	struct buf out;
	struct str one;

	buf_init(&out, SIZE_MAX);
	while (has_more) {
		has_more = str_cut(&tag, ',', &one);
		if (out.n > 0)
			buf_add(&out, STR(", "));
		add_name(&out, str_trim(one));
	}
	one = arena_str(arena, buf_str(&out));
	buf_fini(&out);
	return one;
}
