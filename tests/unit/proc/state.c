/*
 * proc/state, proc/logfile: what is made on disk, and who may have it.
 */
#include "proc/state.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "proc/logfile.h"
#include "tap.h"

enum {
	permissions = 0777,
	private_folder = 0700,
	some_id = 12345,
};

static char folder[] = "/tmp/capsuled-state.XXXXXX";

static struct str
inside(struct arena *arena, const char *name)
{
	return arena_printf(arena, "%s/%s", folder, name);
}

static void
test_lock(struct arena *arena)
{
	struct str path = inside(arena, "a/b/state");
	struct state first, second;
	struct diags diags;
	struct stat st;

	diags_init(&diags);
	tap_int(state_open(&first, path, &diags), 0, "a state is made");
	tap_ok(stat(path.p, &st) == 0 &&
		(st.st_mode & permissions) == private_folder,
	    "for its owner only");
	tap_int(state_open(&second, path, &diags), -1, "one server has it");
	tap_int(diags.errors, 1, "which the other says");
	state_close(&first);
	tap_int(state_open(&second, path, &diags), 0, "it is free again");
	state_close(&second);
	tap_int(state_open(&second, STR("/dev/null/x"), &diags), -1,
	    "no folder can be made there");
	diags_fini(&diags);
}

/* The digest of "/srv/capsule" begins with what sha256sum(1) says. */
static void
test_names(struct arena *arena)
{
	struct conf *conf = conf_new();
	struct conf_capsule *capsule = conf_add_capsule(conf);
	struct diags diags;
	struct state state;
	char *path;

	diags_init(&diags);
	state_open(&state, inside(arena, "state"), &diags);
	path = state_make_catalogue(&state, "/srv/capsule", NULL, &diags);
	tap_str(str_from_c(path),
	    inside(arena, "state/capsules/e29c05e83998fb50/catalogue-2.db"),
	    "a catalogue by the digest of its root");
	tap_int(access(inside(arena, "state/capsules").p, X_OK), 0,
	    "its folder is there");
	mem_free(path);
	*(struct str *)vec_add(&capsule->hosts) = STR("*.wild.test");
	*(struct str *)vec_add(&capsule->hosts) = STR("first.test");
	path = state_certificates(STR("/var/s"), capsule);
	tap_str(str_from_c(path), STR("/var/s/certificates/first.test"),
	    "certificates by the first host that is no wildcard");
	mem_free(path);
	state_close(&state);
	conf_free(&conf);
	diags_fini(&diags);
}

/* Only root gives files away. */
static void
test_owner(struct arena *arena)
{
	struct priv_user owner = {.uid = some_id, .gid = some_id};
	struct diags diags;
	struct state state;
	struct stat st;
	char *path, *again;

	if (!priv_is_root())
		return;
	diags_init(&diags);
	state_open(&state, inside(arena, "owned"), &diags);
	path = state_make_catalogue(&state, "/srv/owned", &owner, &diags);
	tap_ok(path != NULL && stat(path, &st) == 0 && st.st_uid == some_id,
	    "a catalogue is its owner's");
	unlink(path);
	tap_int(symlink("/etc/passwd", path), 0, "a link in its place");
	again = state_make_catalogue(&state, "/srv/owned", &owner, &diags);
	tap_ok(again == NULL, "is refused");
	tap_ok(stat("/etc/passwd", &st) == 0 && st.st_uid == 0,
	    "and what it leads to stays root's");
	mem_free(path);
	state_close(&state);
	diags_fini(&diags);
}

static void
test_log(struct arena *arena)
{
	struct conf *conf = conf_new();
	struct diags diags;

	diags_init(&diags);
	conf->log.access = inside(arena, "access.log");
	tap_int(logfile_make(conf, NULL, &diags), 0, "a log file");
	tap_int(access(conf->log.access.p, W_OK), 0, "is made");
	conf->log.access = inside(arena, "no/access.log");
	tap_int(logfile_make(conf, NULL, &diags), -1, "where it can be");
	conf->log.access = STR("off");
	tap_int(logfile_make(conf, NULL, &diags), 0, "or none at all");
	tap_int(diags.errors, 1, "one error");
	tap_ok(access("off", F_OK) < 0, "off is no file");
	diags_fini(&diags);
	conf_free(&conf);
}

int
main(void)
{
	struct arena arena = {0};
	struct str command;

	if (!tap_ok(mkdtemp(folder) != NULL, "a folder"))
		return tap_done();
	test_lock(&arena);
	test_names(&arena);
	test_owner(&arena);
	test_log(&arena);
	command = arena_printf(&arena, "rm -r %s", folder);
	tap_int(system(command.p), 0, "it is removed");
	arena_fini(&arena);
	return tap_done();
}
