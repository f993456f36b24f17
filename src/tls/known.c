/*
 * The file of known hosts. Who asks for a server, and what becomes of an
 * answer, is the caller's.
 */
#include "tls/known.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/file.h"
#include "base/mem.h"

enum {
	line_max = 4096,
	folder_mode = 0700,
	file_mode = 0600,
	port_max = 65535,
};

static const struct str hash_prefix = STR_INIT("SHA256:");

/* The next field of a line; empty at its end. */
static struct str
next_field(struct str *line)
{
	struct str field;

	str_cut(line, ' ', &field);
	return field;
}

static bool
parse_address(struct str field, struct str *host, uint16_t *port)
{
	ptrdiff_t colon = str_find_last_char(field, ':');
	uint64_t number;

	if (colon <= 0 ||
	    !str_to_u64(
		str_from_index(field, (size_t)colon + 1), port_max, &number))
		return false;
	*host = str_first(field, (size_t)colon);
	*port = (uint16_t)number;
	return true;
}

static bool
parse_fingerprint(struct str field, char out[fingerprint_size])
{
	if (!str_starts(field, hash_prefix) ||
	    field.n - hash_prefix.n != fingerprint_size - 1)
		return false;
	field = str_from_index(field, hash_prefix.n);
	for (size_t i = 0; i < field.n; i++)
		if (ascii_hex_value(field.p[i]) < 0)
			return false;
	memcpy(out, field.p, field.n);
	out[fingerprint_size - 1] = '\0';
	return true;
}

static bool
parse_line(struct str line, struct known_host *host)
{
	struct date date;

	if (!parse_address(next_field(&line), &host->host, &host->port) ||
	    !parse_fingerprint(next_field(&line), host->fingerprint) ||
	    !parse_fingerprint(next_field(&line), host->key_fingerprint) ||
	    date_parse(next_field(&line), NULL, &date) != DATE_OK)
		return false;
	host->not_after = date.seconds;
	return true;
}

bool
known_find(struct str text, struct known_host *known)
{
	struct known_host host;
	bool is_found = false;
	struct str line;

	while (str_next_line(&text, &line)) {
		if (!parse_line(line, &host) || host.port != known->port ||
		    !str_eq_nocase(host.host, known->host))
			continue;
		*known = host;
		is_found = true;
	}
	return is_found;
}

enum known_result
known_judge(struct str text, const struct known_host *presented, int64_t now,
    struct known_host *old)
{
	*old = (struct known_host){
	    .host = presented->host, .port = presented->port};
	if (!known_find(text, old))
		return KNOWN_NEW;
	if (strcmp(old->key_fingerprint, presented->key_fingerprint) == 0)
		return strcmp(old->fingerprint, presented->fingerprint) == 0
		    ? KNOWN_SAME
		    : KNOWN_RENEWED;
	return old->not_after < now ? KNOWN_EXPIRED : KNOWN_CHANGED;
}

int
known_read(const char *path, struct buf *out)
{
	if (file_read(AT_FDCWD, path, out, NULL) == 0 || errno == ENOENT)
		return 0;
	return -1;
}

static int
make_folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder;
	int result;

	if (slash == NULL || slash == path)
		return 0;
	folder = str_to_c(str_from(path, (size_t)(slash - path)));
	result = file_make_dirs(folder, folder_mode);
	mem_free(folder);
	return result;
}

int
known_add(const char *path, const struct known_host *host)
{
	struct date expiry = {.seconds = host->not_after, .has_time = true};
	struct buf line;
	int fd, result;

	if (make_folder_of(path) < 0)
		return -1;
	fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, file_mode);
	if (fd < 0)
		return -1;
	buf_init(&line, line_max);
	buf_addf(&line, "%" STR_FMT ":%" PRIu16 " SHA256:%s SHA256:%s ",
	    STR_ARG(host->host), host->port, host->fingerprint,
	    host->key_fingerprint);
	date_add_rfc3339(&line, expiry);
	buf_add_char(&line, '\n');
	result = file_write_all(fd, buf_str(&line));
	close(fd);
	buf_fini(&line);
	return result;
}
