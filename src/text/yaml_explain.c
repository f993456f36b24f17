/*
 * What authors get wrong in YAML, in plain words. libyaml tells where its rules
 * broke; here the text around is looked at for the cause. Nothing is parsed.
 */
#include "text/yaml_explain.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define HINT_QUOTE "quote the value"
#define HINT_INDENT "indent lines that belong together by the same spaces"
#define HINT_KEY "write \"key: value\""
#define HINT_INNER_QUOTE                               \
	"quote the whole value; a quote inside '…' " \
	"is doubled, one inside \"…\" is written \\\""

static bool
starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

/* The line around byte at of text, without its end. */
static struct str
line_around(struct str text, size_t at)
{
	size_t start = at, end = at;

	while (start > 0 && text.p[start - 1] != '\n')
		start--;
	while (end < text.n && text.p[end] != '\n')
		end++;
	return str_from(text.p + start, end - start);
}

static size_t
indent_of(struct str line)
{
	size_t n = 0;

	while (n < line.n && line.p[n] == ' ')
		n++;
	return n;
}

/* The byte of text at which s, a part of it, starts behind its spaces. */
static size_t
start_of(struct str text, struct str s)
{
	return (size_t)(s.p - text.p) + indent_of(s);
}

/* The last line before line, which is a part of text, that is neither blank
 * nor a comment; empty when there is none. */
static struct str
line_before(struct str text, struct str line)
{
	struct str before, trimmed;

	while (line.p > text.p) {
		before = line_around(text, (size_t)(line.p - text.p) - 1);
		trimmed = str_trim(before);
		if (trimmed.n > 0 && trimmed.p[0] != '#')
			return before;
		line = before;
	}
	return str_first(text, 0);
}

/* Whether s has a colon with a blank behind it. */
static bool
has_key(struct str s)
{
	for (size_t i = 0; i + 1 < s.n; i++)
		if (s.p[i] == ':' && (s.p[i + 1] == ' ' || s.p[i + 1] == '\t'))
			return true;
	return false;
}

/* The byte before at on its line that is no blank; NUL when there is none. */
static char
byte_before(struct str text, size_t at)
{
	while (at > 0 && (text.p[at - 1] == ' ' || text.p[at - 1] == '\t'))
		at--;
	return at == 0 ? '\0' : text.p[at - 1];
}

/* A line that should have been "key: value". */
static struct yaml_reason
explain_no_key(struct str text, struct str line)
{
	struct yaml_reason reason = {.at = start_of(text, line)};

	if (str_find_char(line, ':') >= 0) {
		reason.what = "there is no space behind the colon";
		reason.hint = HINT_KEY ", with a space";
		return reason;
	}
	reason.what = "this line is no \"key: value\"";
	reason.hint = HINT_KEY ", or indent the lines of a long value";
	return reason;
}

static struct yaml_reason
on_missing_colon(const struct yaml_fault *fault)
{
	return explain_no_key(
	    fault->text, line_around(fault->text, fault->context_at));
}

/* A colon where none can be: the second of its line, or that of a line which
 * continues the value above. */
static struct yaml_reason
on_second_colon(const struct yaml_fault *fault)
{
	struct yaml_reason reason = {.at = fault->problem_at};
	struct str line, above, before;

	line = line_around(fault->text, fault->problem_at);
	before = str_from(
	    line.p, (size_t)(fault->text.p + fault->problem_at - line.p));
	if (has_key(before)) {
		reason.what = "a second \": \" on one line";
		reason.hint = HINT_QUOTE ", as in title: \"One: two\"";
		return reason;
	}
	above = line_before(fault->text, line);
	if (indent_of(line) <= indent_of(above) && above.n > 0)
		return explain_no_key(fault->text, above);
	reason.at = start_of(fault->text, line);
	reason.what = "this line is indented deeper than the key above it";
	reason.hint = HINT_INDENT ", or quote a value of several lines";
	return reason;
}

static struct yaml_reason
on_bad_start(const struct yaml_fault *fault)
{
	struct yaml_reason reason = {
	    .at = fault->problem_at, .hint = HINT_QUOTE};

	switch (fault->problem_at < fault->text.n
		? fault->text.p[fault->problem_at]
		: '\0') {
	case '\t':
		reason.what = "a tab where spaces are expected";
		reason.hint = "indent with spaces";
		break;
	case '@':
		reason.what = "a value cannot start with \"@\"";
		break;
	case '`':
		reason.what = "a value cannot start with \"`\"";
		break;
	case '%':
		reason.what = "a value cannot start with \"%\"";
		break;
	case ',':
		reason.what = "a value cannot start with \",\"";
		break;
	case ']':
		reason.what = "a value cannot start with \"]\"";
		break;
	case '}':
		reason.what = "a value cannot start with \"}\"";
		break;
	default:
		reason.what = "a value is missing here";
		break;
	}
	return reason;
}

/* Something that no key, or no item, starts with. */
static struct yaml_reason
on_no_entry(const struct yaml_fault *fault)
{
	struct yaml_reason reason = {.at = fault->problem_at,
	    .what = "the indentation fits no line above",
	    .hint = HINT_INDENT};
	struct str rest = str_from_index(fault->text, fault->problem_at);
	char before = byte_before(fault->text, fault->problem_at);

	if (starts(fault->problem, "did not find expected '-'"))
		reason.what = "this line is neither a list item nor indented "
			      "like the one above";
	if (before == '"' || before == '\'') {
		reason.what = "text behind the closing quote";
		reason.hint = HINT_INNER_QUOTE;
	} else if (before == ']' || before == '}') {
		reason.what = "text behind the closing bracket";
		reason.hint = "quote the whole value";
	} else if (str_starts(rest, STR("- "))) {
		reason.what = "a list item where a key is expected";
	} else if (str_starts(rest, STR(":"))) {
		reason.what = "a colon without a key";
		reason.hint = HINT_KEY;
	}
	return reason;
}

/* An opening bracket whose partner does not come where it could. */
static struct yaml_reason
on_open_bracket(const struct yaml_fault *fault)
{
	struct yaml_reason reason = {.at = fault->context_at,
	    .what = "the \"[\" that opens here is not closed",
	    .hint = "close it with \"]\", or " HINT_QUOTE};
	size_t from = fault->context_at, n = fault->problem_at - from;

	if (str_starts(str_from_index(fault->text, from), STR("{"))) {
		reason.what = "the \"{\" that opens here is not closed";
		reason.hint = "close it with \"}\", or " HINT_QUOTE;
	}
	if (fault->problem_at >= fault->text.n || fault->problem_at < from ||
	    str_find_char(str_from(fault->text.p + from, n), '\n') >= 0)
		return reason;
	reason.at = fault->problem_at;
	reason.what = "a comma or the closing bracket is expected here";
	reason.hint = "quote items that hold \": \" or quotes";
	return reason;
}

/* What is found in a problem or its context, in the order in which it is
 * tried; explain, or else what and hint at the place of the context. */
static const struct {
	const char *context;
	const char *problem;
	struct yaml_reason (*explain)(const struct yaml_fault *);
	const char *what;
	const char *hint;
} reasons[] = {
    {"", "mapping values are not allowed", on_second_colon, NULL, NULL},
    {"", "could not find expected ':'", on_missing_colon, NULL, NULL},
    {"", "found character that cannot start", on_bad_start, NULL, NULL},
    {"", "found a tab character", on_bad_start, NULL, NULL},
    {"", "did not find expected node content", on_bad_start, NULL, NULL},
    {"", "did not find expected key", on_no_entry, NULL, NULL},
    {"", "did not find expected '-' indicator", on_no_entry, NULL, NULL},
    {"", "did not find expected ',' or", on_open_bracket, NULL, NULL},
    {"while scanning a quoted scalar", "", NULL,
	"the quote that opens here is not closed", HINT_INNER_QUOTE},
    {"while parsing a quoted scalar", "found invalid Unicode", NULL,
	"an escape in this value stands for no character",
	"write the character itself"},
    {"while parsing a quoted scalar", "", NULL,
	"an unknown escape in this value",
	"write \\\\ for a backslash, or use single quotes"},
    {"while scanning an alias", "", NULL, "a value cannot start with \"*\"",
	HINT_QUOTE},
    {"while scanning an anchor", "", NULL, "a value cannot start with \"&\"",
	HINT_QUOTE},
    {"while scanning a block scalar", "", NULL,
	"text behind the \"|\" or \">\" that starts a block",
	HINT_QUOTE ", or put the block on the next line, indented"},
    {"", "block sequence entries", NULL,
	"a value cannot start with \"- \", and a list not on the line of its "
	"key",
	HINT_QUOTE ", or put the list on the next line"},
    {"", "mapping keys are not allowed", NULL,
	"a value cannot start with \"? \"", HINT_QUOTE},
    {"while scanning a tag", "", NULL, "a value cannot start with \"!\"",
	HINT_QUOTE},
    {"while parsing a tag", "", NULL, "a value cannot start with \"!\"",
	HINT_QUOTE},
    {"", "found undefined tag handle", NULL, "a value cannot start with \"!\"",
	HINT_QUOTE},
    {"while scanning a directive", "", NULL, "a line cannot start with \"%\"",
	"quote it"},
    {"while scanning a %YAML directive", "", NULL,
	"a line cannot start with \"%\"", "take the line out"},
    {"", "did not find expected <document start>", NULL,
	"text behind the end of the document",
	"write one document of \"key: value\" lines"},
};

struct yaml_reason
yaml_explain(const struct yaml_fault *fault)
{
	struct yaml_reason reason = {.at = fault->problem_at};

	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
		if (!starts(fault->context, reasons[i].context) ||
		    !starts(fault->problem, reasons[i].problem))
			continue;
		if (reasons[i].explain != NULL)
			return reasons[i].explain(fault);
		if (fault->context[0] != '\0' &&
		    !starts(fault->context, "while parsing a block"))
			reason.at = fault->context_at;
		reason.what = reasons[i].what;
		reason.hint = reasons[i].hint;
		return reason;
	}
	return reason;
}
