/*
 * The list of the files that an export has written.
 */
#include "publish/tree_list.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/vec.h"

enum {
	list_max = 512 * 1024 * 1024,
	list_mode = 0644,
	half_digits = 16,
	print_digits = 2 * half_digits,
	hex_bits = 4,
};

static const struct str head = STR_INIT("capsuled export 1\n");

bool
fingerprint_is_zero(struct fingerprint f)
{
	return f.high == 0 && f.low == 0;
}

static bool
parse_half(struct str digits, uint64_t *out)
{
	int value;

	*out = 0;
	for (size_t i = 0; i < digits.n; i++) {
		value = ascii_hex_value(digits.p[i]);
		if (value < 0)
			return false;
		*out = *out << hex_bits | (uint64_t)value;
	}
	return true;
}

static bool
parse_print(struct str *line, struct fingerprint *print)
{
	struct str word;

	*print = (struct fingerprint){0, 0};
	if (!str_cut(line, ' ', &word))
		return false;
	if (str_eq(word, STR("-")))
		return true;
	return word.n == print_digits &&
	    parse_half(str_first(word, half_digits), &print->high) &&
	    parse_half(str_from_index(word, half_digits), &print->low);
}

static bool
parse_line(struct str line, struct tree_entry *entry)
{
	struct str size;
	uint64_t number;

	*entry = (struct tree_entry){.size = 0};
	if (!parse_print(&line, &entry->hash) ||
	    !parse_print(&line, &entry->print) || !str_cut(&line, ' ', &size) ||
	    !str_to_u64(size, INT64_MAX, &number))
		return false;
	entry->size = (int64_t)number;
	entry->name = line;
	return line.n > 0;
}

enum tree_list_result
tree_list_read(int fd,
    void (*tell)(void *context, const struct tree_entry *entry), void *context)
{
	enum tree_list_result result = TREE_LIST_BROKEN;
	struct tree_entry entry;
	struct str rest, line;
	struct buf text;

	buf_init(&text, list_max);
	if (file_read(fd, tree_list_name, &text, NULL) < 0) {
		if (errno == ENOENT)
			result = TREE_LIST_ABSENT;
	} else if (str_starts(buf_str(&text), head)) {
		result = TREE_LIST_READ;
		rest = str_from_index(buf_str(&text), head.n);
		while (str_next_line(&rest, &line))
			if (parse_line(line, &entry))
				tell(context, &entry);
	}
	buf_fini(&text);
	return result;
}

static int
compare_entry(const void *a, const void *b)
{
	const struct tree_entry *const *left = a, *const *right = b;

	return str_cmp((*left)->name, (*right)->name);
}

static void
add_print(struct buf *out, struct fingerprint print)
{
	if (fingerprint_is_zero(print))
		buf_add(out, STR("- "));
	else
		buf_addf(out, "%016" PRIx64 "%016" PRIx64 " ", print.high,
		    print.low);
}

int
tree_list_write(int fd, const struct map *files)
{
	struct vec sorted = VEC_INIT(const struct tree_entry *);
	const struct tree_entry *file;
	struct buf text;
	int result;

	MAP_EACH(entry, files)
	{
		file = entry->value;
		if (file->is_wanted)
			*(const struct tree_entry **)vec_add(&sorted) = file;
	}
	vec_sort(&sorted, compare_entry);
	buf_init(&text, list_max);
	buf_add(&text, head);
	VEC_EACH (const struct tree_entry *, one, &sorted) {
		add_print(&text, (*one)->hash);
		add_print(&text, (*one)->print);
		buf_addf(&text, "%" PRId64 " ", (*one)->size);
		buf_add(&text, (*one)->name);
		buf_add_char(&text, '\n');
	}
	errno = EFBIG;
	result = text.full
	    ? -1
	    : file_replace(fd, tree_list_name, list_mode, buf_str(&text));
	buf_fini(&text);
	vec_fini(&sorted);
	return result;
}

int
tree_folder_is_empty(int fd, const char *ignored, bool *is_empty)
{
	int copy = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	const struct dirent *entry;
	DIR *folder;

	if (copy < 0)
		return -1;
	folder = fdopendir(copy);
	if (folder == NULL) {
		close(copy);
		return -1;
	}
	*is_empty = true;
	while (*is_empty && (entry = readdir(folder)) != NULL)
		*is_empty = strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0 ||
		    strcmp(entry->d_name, ignored) == 0;
	closedir(folder);
	return 0;
}
