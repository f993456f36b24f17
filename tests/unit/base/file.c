/*
 * base/file: whole files, in a folder of the test's own.
 */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tap.h"

enum { cap = 100 };

static char folder[] = "/tmp/capsuled-file-XXXXXX";
static int dir = -1;

static void
test_read(void)
{
	struct file_stamp stamp, later;
	struct stat st;
	struct buf out;

	file_replace(dir, "plain", S_IRUSR | S_IWUSR, STR("some\0bytes"));
	buf_init(&out, cap);
	tap_int(file_read(dir, "plain", &out, &stamp), 0, "read");
	tap_str(buf_str(&out), STR("some\0bytes"), "its bytes");
	tap_ok(fstatat(dir, "plain", &st, 0) == 0 &&
		file_stamp_eq(stamp, file_stamp_from(&st)),
	    "its stamp");
	tap_int(stamp.size, 10, "the stamp's size");
	later = stamp;
	later.mtime_ns++;
	tap_ok(!file_stamp_eq(stamp, later), "another time, another stamp");
	buf_fini(&out);
	buf_init(&out, 10);
	tap_int(file_read(dir, "plain", &out, NULL), 0, "just the cap");
	buf_fini(&out);
	buf_init(&out, 9);
	tap_ok(file_read(dir, "plain", &out, NULL) == -1 && errno == EFBIG,
	    "one byte over the cap");
	buf_fini(&out);
	buf_init(&out, cap);
	tap_ok(file_read(dir, "none", &out, NULL) == -1 && errno == ENOENT,
	    "not there");
	tap_ok(file_read(dir, ".", &out, NULL) == -1 && errno == EINVAL,
	    "a folder");
	mkfifoat(dir, "fifo", S_IRUSR | S_IWUSR);
	tap_ok(file_read(dir, "fifo", &out, NULL) == -1 && errno == EINVAL,
	    "a FIFO, without waiting");
	tap_int(out.n, 0, "nothing was read");
	buf_fini(&out);
}

static void
test_read_large(void)
{
	enum { large = 300000 };
	struct buf in, out;

	buf_init(&in, large);
	buf_init(&out, large);
	for (int i = 0; i < large; i++)
		buf_add_char(&in, (char)(i % 253));
	tap_int(file_replace(dir, "large", S_IRUSR | S_IWUSR, buf_str(&in)), 0,
	    "a large file");
	tap_int(file_read(dir, "large", &out, NULL), 0, "read");
	tap_ok(str_eq(buf_str(&in), buf_str(&out)), "as it was written");
	buf_fini(&out);
	buf_fini(&in);
}

static int
count_files(void)
{
	DIR *d = fdopendir(openat(dir, ".", O_RDONLY | O_DIRECTORY));
	int n = 0;

	while (readdir(d) != NULL)
		n++;
	closedir(d);
	return n;
}

static void
test_replace(void)
{
	struct stat before, after;
	struct buf out;
	int files;

	umask(S_IRWXG | S_IRWXO);
	tap_int(file_replace(dir, "key", 0640, STR("old")), 0, "a new file");
	fstatat(dir, "key", &before, 0);
	tap_int(before.st_mode & 0777, 0640, "its mode, whatever the umask");
	files = count_files();
	tap_int(file_replace(dir, "key", 0600, STR("")), 0, "replaced");
	fstatat(dir, "key", &after, 0);
	tap_ok(after.st_ino != before.st_ino && after.st_size == 0 &&
		(after.st_mode & 0777) == 0600,
	    "another file of that name");
	tap_int(count_files(), files, "nothing left beside it");
	tap_int(file_replace(dir, "none/key", 0600, STR("x")), -1,
	    "no folder for it");
	mkdirat(dir, "taken", 0700);
	tap_int(file_replace(dir, "taken", 0600, STR("x")), -1,
	    "a folder of that name");
	tap_int(count_files(), files + 1, "nothing left beside that");
	tap_int(file_create(dir, "new", 0600, STR("new")), 0, "created");
	tap_ok(file_create(dir, "new", 0600, STR("x")) == -1 && errno == EEXIST,
	    "not created twice");
	buf_init(&out, cap);
	file_read(dir, "new", &out, NULL);
	tap_str(buf_str(&out), STR("new"), "as it was created");
	buf_fini(&out);
	tap_int(symlinkat("nowhere", dir, "dangling"), 0, "a link to nothing");
	tap_int(file_create(dir, "dangling", 0600, STR("x")), -1,
	    "not through a link");
}

static void
test_folders(void)
{
	struct buf path;
	struct stat st;

	buf_init(&path, FILENAME_MAX);
	buf_addf(&path, "%s/a/b//c/", folder);
	tap_int(file_make_dirs(buf_c(&path), 0700), 0, "folders");
	tap_ok(fstatat(dir, "a/b/c", &st, 0) == 0 && S_ISDIR(st.st_mode),
	    "are there");
	tap_int(file_make_dirs(buf_c(&path), 0700), 0, "again");
	buf_clear(&path);
	buf_addf(&path, "%s/plain", folder);
	tap_ok(file_make_dirs(buf_c(&path), 0700) == -1 && errno == ENOTDIR,
	    "a file in its place");
	buf_add(&path, STR("/x"));
	tap_ok(file_make_dirs(buf_c(&path), 0700) == -1 && errno == ENOTDIR,
	    "a file on the way");
	tap_int(file_make_dirs("", 0700), -1, "no name");
	buf_fini(&path);
}

static void
test_write(void)
{
	int ends[2];
	char bytes[4];

	tap_int(pipe(ends), 0, "a pipe");
	tap_int(file_write_all(ends[1], STR("abcd")), 0, "written");
	tap_ok(read(ends[0], bytes, sizeof(bytes)) == sizeof(bytes) &&
		str_eq(str_from(bytes, sizeof(bytes)), STR("abcd")),
	    "all of it");
	close(ends[0]);
	close(ends[1]);
	tap_ok(file_write_all(ends[1], STR("x")) == -1 && errno == EBADF,
	    "not to what is closed");
	tap_int(file_write_all(ends[1], STR("")), 0, "nothing, anywhere");
}

static void
clean_up(void)
{
	static const char *const files[] = {
	    "plain", "large", "fifo", "key", "new", "dangling"};
	static const char *const folders[] = {"taken", "a/b/c", "a/b", "a"};

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		unlinkat(dir, files[i], 0);
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		unlinkat(dir, folders[i], AT_REMOVEDIR);
	close(dir);
	tap_int(rmdir(folder), 0, "nothing else was left");
}

int
main(void)
{
	if (mkdtemp(folder) != NULL)
		dir = open(folder, O_RDONLY | O_DIRECTORY);
	if (!tap_ok(dir >= 0, "a folder to work in"))
		return tap_done();
	test_read();
	test_read_large();
	test_replace();
	test_folders();
	test_write();
	clean_up();
	return tap_done();
}
