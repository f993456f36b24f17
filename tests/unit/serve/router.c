/*
 * serve/router and its handlers: from a line to a reply, on a catalogue that
 * is written here, without a socket.
 */
#include "serve/router.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "catalogue/writer.h"
#include "tap.h"

enum {
	path_max = 4096,
	body_max = 256 * 1024,
	large_size = 200 * 1000,
	port = 4321,
	public_port = 5555,
	now_s = 1700000000,
	ms_per_s = 1000,
	certificate_days = 1000000,
	site_count = 2,
	named_none = -1,
};

#define LISTED "AAAA"
#define LISTED_KEY "BBBB"
#define OWNER "CCCC"

struct fixture {
	char folder[path_max / 2];
	struct conf_capsule capsules[site_count];
	struct site sites[site_count];
	struct router router;
	struct exchange x;
	char *large;
};

static const char *
path_in(const struct fixture *f, const char *name)
{
	static char path[path_max];

	snprintf(path, sizeof(path), "%s/%s", f->folder, name);
	return path;
}

static void
write_file(const struct fixture *f, const char *name, const char *text)
{
	FILE *file = fopen(path_in(f, name), "w");

	if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0)
		abort();
}

static void
put(struct writer *writer, struct writer_entry entry)
{
	if (writer_put_entry(writer, &entry) == 0)
		abort();
}

static void
put_page(struct writer *writer, const char *path, struct str body,
    const char *access)
{
	put(writer,
	    (struct writer_entry){.path = str_from_c(path),
		.kind = ENTRY_PAGE,
		.status = STATUS_SUCCESS,
		.meta = STR("text/gemini; lang=en"),
		.body = body,
		.access = str_from_c(access)});
}

static void
put_asset(struct writer *writer, const char *path, const char *file)
{
	put(writer,
	    (struct writer_entry){.path = str_from_c(path),
		.kind = ENTRY_ASSET,
		.status = STATUS_SUCCESS,
		.meta = STR("text/plain"),
		.file = str_from_c(file),
		.size = 1});
}

static void
put_meta(struct writer *writer, const char *path, enum entry_kind kind,
    enum status status, const char *meta)
{
	put(writer,
	    (struct writer_entry){.path = str_from_c(path),
		.kind = kind,
		.status = (int)status,
		.meta = str_from_c(meta)});
}

static void
write_catalogue(struct fixture *f, const char *name, struct str home)
{
	struct diags diags;
	struct writer *w;

	diags_init(&diags);
	w = writer_open(path_in(f, name), WRITER_BUILT, &diags);
	if (w == NULL || writer_begin(w, &diags) < 0)
		abort();
	put_page(w, "/", home, "");
	put_page(w, "/page.gmi", STR("# Page\n"), "");
	put_page(w, "/x/", STR("# Folder\n"), "");
	put_page(w, "/caf%C3%A9.gmi", STR("# Coffee\n"), "");
	put_page(w, "/large.gmi", str_from(f->large, large_size), "");
	put_page(w, "/listed.gmi", STR("listed"), LISTED " " LISTED_KEY);
	put_page(w, "/owners.gmi", STR("owners"), "owners");
	put_asset(w, "/asset.txt", "asset.txt");
	put_asset(w, "/empty.txt", "empty.txt");
	put_asset(w, "/missing.txt", "missing.txt");
	put_asset(w, "/fifo.txt", "fifo");
	put_asset(w, "/folder.txt", "folder");
	put_asset(w, "/outside.txt", "outside");
	put_asset(w, "/up.txt", "../up.txt");
	put_meta(
	    w, "/old", ENTRY_ALIAS, STATUS_REDIRECT_PERMANENT, "/page.gmi");
	put_meta(w, "/away", ENTRY_ALIAS, STATUS_REDIRECT_PERMANENT,
	    "gemini://example.org/");
	put_meta(w, "/gone.gmi", ENTRY_GONE, STATUS_GONE, "Gone");
	if (str_eq(home, STR("one")))
		writer_put_article(w,
		    &(struct writer_article){.path = STR("/page.gmi"),
			.title = STR("Page"),
			.date = STR("2026-01-01T12:00:00Z"),
			.source = STR("page.gmi")});
	if (writer_commit(w, &diags) < 0 || writer_close(&w, &diags) < 0)
		abort();
	diags_fini(&diags);
}

static void
open_site(struct fixture *f, size_t i, const char *name)
{
	struct diags diags;

	diags_init(&diags);
	site_init(&f->sites[i], &f->capsules[i],
	    reader_open(path_in(f, name), READER_BUILT, &diags));
	f->sites[i].mode = READER_BUILT;
	f->sites[i].root_fd = open(f->folder, O_PATH | O_DIRECTORY);
	f->sites[i].path = mem_dup(path_in(f, name));
	diags_fini(&diags);
}

static void
add_text(struct vec *list, struct str text)
{
	*(struct str *)vec_add(list) = text;
}

static struct fixture *
fixture_new(void)
{
	struct fixture *f = mem_alloc(sizeof(*f));

	snprintf(f->folder, sizeof(f->folder), "/tmp/capsuled-router.XXXXXX");
	f->large = mem_alloc(large_size);
	memset(f->large, 'l', large_size);
	if (mkdtemp(f->folder) == NULL || mkfifo(path_in(f, "fifo"), S_IRWXU) ||
	    mkdir(path_in(f, "folder"), S_IRWXU) ||
	    symlink("/etc/passwd", path_in(f, "outside")))
		abort();
	write_file(f, "asset.txt", "asset\n");
	write_file(f, "empty.txt", "");
	write_catalogue(f, "one", STR("one"));
	write_catalogue(f, "two", STR("two"));
	for (size_t i = 0; i < site_count; i++) {
		vec_init(&f->capsules[i].hosts, sizeof(struct str));
		vec_init(&f->capsules[i].owners, sizeof(struct str));
	}
	add_text(&f->capsules[0].hosts, STR("one.test"));
	add_text(&f->capsules[0].hosts, STR("*.wild.test"));
	add_text(&f->capsules[0].owners, STR(OWNER));
	add_text(&f->capsules[1].hosts, STR("two.test"));
	open_site(f, 0, "one");
	open_site(f, 1, "two");
	router_init(&f->router, f->sites, site_count);
	exchange_init(&f->x);
	return f;
}

static void
fixture_free(struct fixture **fixture)
{
	static const char *const files[] = {
	    "asset.txt", "empty.txt", "fifo", "outside", "one", "two"};
	struct fixture *f = *fixture;

	exchange_fini(&f->x);
	router_fini(&f->router);
	for (size_t i = 0; i < site_count; i++) {
		site_fini(&f->sites[i]);
		close(f->sites[i].root_fd);
		mem_free((void *)(uintptr_t)f->sites[i].path);
		vec_fini(&f->capsules[i].hosts);
		vec_fini(&f->capsules[i].owners);
	}
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		unlink(path_in(f, files[i]));
	rmdir(path_in(f, "folder"));
	rmdir(f->folder);
	mem_free(f->large);
	mem_free(f);
	*fixture = NULL;
}

static const struct peer *
on_find_peer(void *ctx)
{
	return ctx;
}

/* Have a line answered, for a client that named a site and has a
 * certificate. */
static void
ask(struct fixture *f, struct str line, int named, const struct peer *peer)
{
	exchange_clear(&f->x);
	f->x.line = line;
	f->x.port = port;
	f->x.public_port = public_port;
	f->x.named_site = named;
	f->x.now_ms = 1;
	f->x.wall_ms = (int64_t)now_s * ms_per_s;
	f->x.find_peer = on_find_peer;
	f->x.peer_ctx = (void *)(uintptr_t)peer;
	router_answer(&f->router, &f->x);
}

/* Pull the body of the answer to out, which is initialised. */
static void
pull(struct fixture *f, struct buf *out)
{
	enum source_result result = SOURCE_MORE;
	size_t n;

	buf_init(out, body_max);
	buf_reserve(out, body_max);
	while (result == SOURCE_MORE) {
		result = source_pull(
		    &f->x.body, out->p + out->n, out->max - out->n, &n);
		out->n += n;
	}
	tap_int(result, SOURCE_END, "its body ends");
}

static void
test_statuses(struct fixture *f)
{
	static const struct {
		struct str line;
		int named;
		enum status status;
		struct str meta; /* empty: any */
	} cases[] = {
#define CASE(line, named, status, meta) \
	{STR_INIT(line), named, STATUS_##status, STR_INIT(meta)},
#include "serve/router.def"
#undef CASE
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		ask(f, cases[i].line, cases[i].named, NULL);
		tap_int(f->x.status, cases[i].status, "%" STR_FMT " (named %d)",
		    STR_ARG(cases[i].line), cases[i].named);
		if (cases[i].meta.n > 0)
			tap_str(buf_str(&f->x.meta), cases[i].meta, "its meta");
	}
}

static void
test_bodies(struct fixture *f)
{
	static const struct {
		struct str line;
		struct str body;
	} cases[] = {
	    {STR_INIT("gemini://one.test/"), STR_INIT("one")},
	    {STR_INIT("gemini://two.test/"), STR_INIT("two")},
	    {STR_INIT("gemini://a.wild.test/"), STR_INIT("one")},
	    {STR_INIT("gemini://one.test/page.gmi?x"), STR_INIT("# Page\n")},
	    {STR_INIT("gemini://one.test/asset.txt"), STR_INIT("asset\n")},
	    {STR_INIT("gemini://one.test/empty.txt"), STR_INIT("")},
	    {STR_INIT("gemini://one.test/gone.gmi"), STR_INIT("")},
	};
	struct buf body;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		ask(f, cases[i].line, named_none, NULL);
		pull(f, &body);
		tap_str(buf_str(&body), cases[i].body, "body of %" STR_FMT,
		    STR_ARG(cases[i].line));
		buf_fini(&body);
	}
	ask(f, STR("gemini://one.test/large.gmi"), named_none, NULL);
	ask(f, STR("gemini://one.test/large.gmi"), named_none, NULL);
	pull(f, &body);
	tap_ok(body.n == large_size && memcmp(body.p, f->large, body.n) == 0,
	    "a large page comes whole");
	buf_fini(&body);
	exchange_clear(&f->x);
	tap_ok(f->router.bodies.first == NULL, "and leaves nothing behind");
}

static void
test_access(struct fixture *f)
{
	static const struct peer listed = {
	    LISTED, "0000", 0, (int64_t)certificate_days * 86400};
	static const struct peer listed_key = {
	    "0000", LISTED_KEY, 0, (int64_t)certificate_days * 86400};
	static const struct peer owner = {
	    OWNER, "0000", 0, (int64_t)certificate_days * 86400};
	static const struct peer stranger = {
	    "0000", "1111", 0, (int64_t)certificate_days * 86400};
	static const struct peer expired = {LISTED, OWNER, 0, now_s - 1};
	static const struct peer early = {
	    LISTED, OWNER, now_s + 1, (int64_t)certificate_days * 86400};
	static const struct {
		const char *who;
		const struct peer *peer;
		enum status listed, owners;
	} cases[] = {
	    {"nobody", NULL, STATUS_CERTIFICATE_REQUIRED,
		STATUS_CERTIFICATE_REQUIRED},
	    {"listed", &listed, STATUS_SUCCESS,
		STATUS_CERTIFICATE_NOT_AUTHORISED},
	    {"listed by key", &listed_key, STATUS_SUCCESS,
		STATUS_CERTIFICATE_NOT_AUTHORISED},
	    {"owner", &owner, STATUS_CERTIFICATE_NOT_AUTHORISED,
		STATUS_SUCCESS},
	    {"stranger", &stranger, STATUS_CERTIFICATE_NOT_AUTHORISED,
		STATUS_CERTIFICATE_NOT_AUTHORISED},
	    {"expired", &expired, STATUS_CERTIFICATE_NOT_VALID,
		STATUS_CERTIFICATE_NOT_VALID},
	    {"early", &early, STATUS_CERTIFICATE_NOT_VALID,
		STATUS_CERTIFICATE_NOT_VALID},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		ask(f, STR("gemini://one.test/listed.gmi"), named_none,
		    cases[i].peer);
		tap_int(f->x.status, cases[i].listed, "%s on a listed page",
		    cases[i].who);
		ask(f, STR("gemini://one.test/owners.gmi"), named_none,
		    cases[i].peer);
		tap_int(f->x.status, cases[i].owners, "%s on an owners' page",
		    cases[i].who);
		ask(f, STR("gemini://one.test/page.gmi"), named_none,
		    cases[i].peer);
		tap_int(f->x.status, STATUS_SUCCESS, "%s on a public page",
		    cases[i].who);
	}
}

/* A query that does not fit behind the target is left out. */
static void
test_long_redirect(struct fixture *f)
{
	struct buf line;

	buf_init(&line, url_max);
	buf_add(&line, STR("gemini://one.test/old?"));
	while (line.n < url_max)
		buf_add_char(&line, 'q');
	ask(f, buf_str(&line), named_none, NULL);
	tap_int(f->x.status, STATUS_REDIRECT_PERMANENT, "a long query");
	tap_ok(f->x.meta.n <= reply_meta_max &&
		str_starts(buf_str(&f->x.meta), STR("/page.gmi?qqq")),
	    "fits behind a short path");
	buf_fini(&line);
}

static void
test_replaced(struct fixture *f)
{
	struct buf body;

	write_catalogue(f, "new", STR("newer"));
	if (rename(path_in(f, "new"), f->sites[1].path) != 0)
		abort();
	ask(f, STR("gemini://two.test/"), named_none, NULL);
	pull(f, &body);
	tap_str(buf_str(&body), STR("newer"), "a new catalogue is picked up");
	buf_fini(&body);
	write_file(f, "new", "no catalogue");
	if (rename(path_in(f, "new"), f->sites[1].path) != 0)
		abort();
	ask(f, STR("gemini://two.test/"), named_none, NULL);
	pull(f, &body);
	tap_str(buf_str(&body), STR("newer"), "what is none is not");
	buf_fini(&body);
}

int
main(void)
{
	struct fixture *f = fixture_new();

	test_statuses(f);
	test_bodies(f);
	test_access(f);
	test_long_redirect(f);
	test_replaced(f);
	fixture_free(&f);
	return tap_done();
}
