/*
 * `capsuled check`: everything that the server would read, and nothing served.
 * What is wrong with an article is publish's to say, with a configuration
 * conf's; here it is put together and printed.
 */
#include "cli/commands.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "catalogue/reader.h"
#include "conf/conf.h"
#include "publish/publish.h"
#include "text/json.h"
#include "tls/certificate.h"
#include "tls/keypair.h"

enum {
	json_max = 64 * 1024 * 1024,
	ms_per_second = 1000,
};

static const struct opt options[] = {
    {.name = "config",
	.value = "FILE",
	.help = "check a configuration and all its capsules"},
    {.name = "format",
	.value = "text|json",
	.help = "lines on stderr (text), or an array on stdout"},
    {.name = "strict", .help = "exit with 1 on warnings, too"},
    {.name = NULL},
};

static struct diag_place
at_file(struct str path)
{
	return (struct diag_place){.file = path};
}

static void
check_folder(const struct publish_options *folder, struct diags *diags)
{
	struct publish_options o = *folder;
	char *path = str_to_c(o.root);

	o.now = clock_wall_ms() / ms_per_second;
	o.root_fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (o.root_fd < 0)
		diags_error(diags, at_file(o.root), "folder-unreadable",
		    "name a folder of articles that can be read", "%s",
		    strerror(errno));
	else
		publish_check(&o, diags);
	if (o.root_fd >= 0)
		close(o.root_fd);
	mem_free(path);
}

static void
check_catalogue(struct str catalogue, struct diags *diags)
{
	char *path = str_to_c(catalogue);
	struct reader *reader = reader_open(path, READER_BUILT, diags);

	reader_close(&reader);
	mem_free(path);
}

/* A reader's client compares names, so each host should be among them. */
static void
check_names(const struct conf_capsule *capsule, const struct keypair *keypair,
    struct diags *diags)
{
	struct certificate_facts facts;
	struct arena arena = {0};

	certificate_describe(keypair_certificate(keypair), &arena, &facts);
	VEC_EACH (struct str, host, &capsule->hosts)
		if (!certificate_names_cover(&facts.names, *host))
			diags_warning(diags, at_file(capsule->certificate),
			    "certificate-names",
			    "take a certificate for all hosts of the capsule",
			    "the certificate does not name %" STR_FMT,
			    STR_ARG(*host));
	certificate_facts_fini(&facts);
	arena_fini(&arena);
}

/* A certificate that is named; those that the server makes need no check. */
static void
check_certificate(const struct conf_capsule *capsule, struct diags *diags)
{
	char *certificate = str_to_c(capsule->certificate);
	char *key = str_to_c(capsule->key);
	struct keypair *keypair = keypair_load(certificate, key, diags);

	if (keypair != NULL)
		check_names(capsule, keypair, diags);
	keypair_free(&keypair);
	mem_free(certificate);
	mem_free(key);
}

static void
check_capsule(const struct conf_capsule *capsule, struct diags *diags)
{
	struct publish_options folder = {
	    .root = capsule->root,
	    .host = conf_capsule_name(capsule),
	    .language = capsule->language,
	};

	if (!str_is_empty(capsule->certificate))
		check_certificate(capsule, diags);
	if (!str_is_empty(capsule->root))
		check_folder(&folder, diags);
	if (!str_is_empty(capsule->catalogue))
		check_catalogue(capsule->catalogue, diags);
}

static void
check_config(struct str path, struct diags *diags)
{
	struct conf *conf = conf_new();

	if (conf_load(conf, path, diags) == 0)
		VEC_EACH (struct conf_capsule, capsule, &conf->capsules)
			check_capsule(capsule, diags);
	conf_free(&conf);
}

/* Add one row. */
static void
add_row(const struct diag *diag, struct buf *out)
{
	buf_add(out, STR("{\"file\":"));
	json_add_string(out, diag->place.file);
	buf_addf(out, ",\"line\":%u,\"col\":%u,\"severity\":\"%s\",\"code\":",
	    diag->place.line, diag->place.column,
	    diag_severity_word(diag->severity));
	json_add_string(out, str_from_c(diag->code));
	buf_add(out, STR(",\"message\":"));
	json_add_string(out, diag->what);
	buf_add(out, STR(",\"hint\":"));
	json_add_string(out, diag->hint);
	buf_add_char(out, '}');
}

static int
print_json(const struct diags *diags)
{
	struct buf out;
	size_t i = 0;

	buf_init(&out, json_max);
	buf_add_char(&out, '[');
	VEC_EACH (struct diag, diag, &diags->list) {
		buf_add(&out, i++ == 0 ? STR("\n") : STR(",\n"));
		add_row(diag, &out);
	}
	buf_add(&out, i == 0 ? STR("]\n") : STR("\n]\n"));
	fwrite(out.p, 1, out.n, stdout);
	buf_fini(&out);
	return fflush(stdout);
}

static int
print_text(const struct diags *diags)
{
	log_diags(diags);
	printf("errors: %zu, warnings: %zu\n", diags->errors, diags->warnings);
	return fflush(stdout);
}

/* What concerns a file as a whole is said of its beginning: programs that read
 * the list look for a line and a column in each row. */
static void
place_all(struct diags *diags)
{
	VEC_EACH (struct diag, diag, &diags->list) {
		if (diag->place.line == 0)
			diag->place.line = 1;
		if (diag->place.column == 0)
			diag->place.column = 1;
	}
}

static int
check_run(const struct opts *opts)
{
	struct str format = opts_get(opts, "format");
	bool is_json = str_eq(format, STR("json"));
	struct publish_options folder = {
	    .root = STR("."), .host = STR("localhost")};
	struct diags diags;
	bool is_bad;

	if (opts_has(opts, "format") && !is_json &&
	    !str_eq(format, STR("text")))
		return command_usage(&cmd_check, "--format is text or json");
	if (opts->words.n > 0 && opts_has(opts, "config"))
		return command_usage(&cmd_check, "give DIR or --config FILE");
	diags_init(&diags);
	if (opts->words.n > 0)
		folder.root = *(const struct str *)vec_get(&opts->words, 0);
	if (opts_has(opts, "config"))
		check_config(opts_get(opts, "config"), &diags);
	else
		check_folder(&folder, &diags);
	place_all(&diags);
	is_bad = diags.errors > 0 ||
	    (opts_has(opts, "strict") && diags.warnings > 0);
	if ((is_json ? print_json(&diags) : print_text(&diags)) != 0)
		is_bad = true;
	diags_fini(&diags);
	return is_bad ? CLI_FAILED : CLI_FINE;
}

const struct command cmd_check = {
    .name = "check",
    .synopsis = "[DIR | --config FILE] [--format text|json] [--strict]",
    .summary = "read everything, serve nothing, say what is wrong",
    .text =
	"Without DIR, the current folder is checked. Exit status 1 on errors,\n"
	"0 on warnings only.\n",
    .options = options,
    .words_max = 1,
    .run = check_run,
};
