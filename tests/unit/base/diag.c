/*
 * base/diag: messages for authors and operators.
 */
#include "base/diag.h"

#include "tap.h"

enum { line_max = 256 };

static void
test_print(void)
{
	static const struct {
		struct diag diag;
		struct str want;
	} cases[] = {
	    {{DIAG_ERROR, "x", {STR_INIT("a.gmi"), 3, 8},
		 STR_INIT("no such day"), STR_INIT("write another")},
		STR_INIT("a.gmi:3:8: no such day: write another")},
	    {{DIAG_ERROR, "x", {STR_INIT("a.gmi"), 3, 0}, STR_INIT("w"),
		 STR_INIT("h")},
		STR_INIT("a.gmi:3: w: h")},
	    {{DIAG_WARNING, "x", {STR_INIT("a.gmi"), 0, 0}, STR_INIT("w"),
		 STR_INIT("")},
		STR_INIT("a.gmi: w")},
	    {{DIAG_ERROR, "x", {STR_INIT("a\n.gmi"), 1, 1},
		 STR_INIT("w\x1b\xff"), STR_INIT("h")},
		STR_INIT("a\\x0a.gmi:1:1: w\\x1b\\xff: h")},
	};
	struct buf out;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_init(&out, line_max);
		diag_print(&cases[i].diag, &out);
		tap_str(buf_str(&out), cases[i].want, "case %zu", i);
		buf_fini(&out);
	}
	tap_str(
	    str_from_c(diag_severity_word(DIAG_ERROR)), STR("error"), "error");
	tap_str(str_from_c(diag_severity_word(DIAG_WARNING)), STR("warning"),
	    "warning");
}

static void
test_list(void)
{
	char file[] = "file";
	struct diag_place place = {str_from_c(file), 1, 2};
	struct diags d, copy;
	struct diag *diag;

	diags_init(&d);
	diags_init(&copy);
	diags_error(&d, place, "first", "do this", "wrong %d", 1);
	diags_warning(&d, place, "second", "do that", "odd %s", "thing");
	file[0] = 'x';
	tap_ok(d.errors == 1 && d.warnings == 1, "counted");
	diags_add_all(&copy, &d);
	diags_fini(&d);
	tap_int(d.list.n, 0, "given back");
	tap_int(copy.list.n, 2, "copied");
	diag = vec_get(&copy.list, 0);
	tap_str(diag->place.file, STR("file"), "a file name of its own");
	tap_str(diag->what, STR("wrong 1"), "text");
	tap_str(diag->hint, STR("do this"), "hint");
	tap_ok(diag->severity == DIAG_ERROR, "severity");
	diag = vec_get(&copy.list, 1);
	tap_str(diag->what, STR("odd thing"), "text of the second");
	tap_str(str_from_c(diag->code), STR("second"), "code");
	diags_fini(&copy);
}

static void
test_cap(void)
{
	struct diag_place place = {STR("f"), 0, 0};
	struct diags d;

	diags_init(&d);
	for (int i = 0; i < diags_max + 5; i++)
		diags_warning(&d, place, "x", "", "w");
	tap_int(d.list.n, diags_max, "kept up to the cap");
	tap_int(d.warnings, diags_max + 5, "counted behind it");
	diags_fini(&d);
}

int
main(void)
{
	test_print();
	test_list();
	test_cap();
	return tap_done();
}
