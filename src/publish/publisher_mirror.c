/*
 * The web mirror that follows what is published: its folder and the catalogue
 * that it is made from. When it is written is the caller's.
 */
#include "publish/publish.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "catalogue/reader.h"
#include "publish/export.h"
#include "publish/publisher.h"
#include "publish/tree_place.h"

int
publisher_mirror_open(
    struct publisher *p, const char *folder, bool *is_own, struct diags *diags)
{
	int fd = tree_place_open(folder, p->options.root_fd, diags);

	*is_own = fd >= 0 && tree_place_is_own(fd);
	if (p->reader == NULL)
		p->reader =
		    reader_open(p->options.catalogue, READER_LIVE, diags);
	return fd;
}

/* A descriptor of the folder: the one that is open, or, when that was deleted,
 * whatever is at its path now. */
static int
open_mirror(
    const struct publisher *p, const char *folder, int fd, struct diags *diags)
{
	struct stat st;

	if (fd >= 0 && fstat(fd, &st) == 0 && st.st_nlink > 0)
		return openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return tree_place_open(folder, p->options.root_fd, diags);
}

int
publisher_mirror_start(
    struct publisher *p, const char *folder, int fd, struct diags *diags)
{
	struct export_input input = {
	    .publisher = p,
	    .reader = p->reader,
	    .kind = EXPORT_HTML,
	    .is_live = true,
	};

	export_free(&p->mirror);
	if (p->reader == NULL) {
		diags_error(diags,
		    (struct diag_place){
			.file = str_from_c(p->options.catalogue)},
		    "catalogue", "see the lines before this one",
		    "cannot be read for the mirror");
		return -1;
	}
	fd = open_mirror(p, folder, fd, diags);
	if (fd < 0)
		return -1;
	input.tree = tree_open(folder, fd, diags);
	if (input.tree == NULL)
		return -1;
	p->mirror = export_new(&input, diags);
	return p->mirror == NULL ? -1 : 0;
}

int
publisher_mirror_step(struct publisher *p, int64_t until_ms,
    struct diags *diags, struct export_counts *counts)
{
	enum export_step step;

	if (p->mirror == NULL)
		return 0;
	step = export_step(p->mirror, until_ms, diags);
	if (step == EXPORT_MORE)
		return 1;
	*counts = export_get_counts(p->mirror);
	export_free(&p->mirror);
	return step == EXPORT_DONE ? 0 : -1;
}
