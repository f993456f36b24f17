#ifndef PROC_SOCKETS_H
#define PROC_SOCKETS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/vec.h"
#include "conf/conf.h"

/*
 * The listening sockets: for each address one a worker, which share its port
 * (SO_REUSEPORT). They are held for as long as the address is served, whatever
 * becomes of the workers: closing one would drop the connections that wait in
 * it. decisions.md, 13.
 */
struct socket_group {
	char *address;
	uint16_t wanted; /* port, 0: any */
	size_t ordinal; /* among those of the same address and wanted port */
	uint16_t port; /* the port that it is */
	bool is_inherited; /* one socket, for all workers, not ours to end */
	struct vec fds; /* int */
};

struct sockets {
	struct vec groups; /* struct socket_group * */
	bool are_inherited; /* no others are made */
};

void sockets_init(struct sockets *sockets);
void sockets_fini(struct sockets *sockets);

/* Take a socket that listens already: from now on such ones stand in place of
 * all that a configuration names. */
void sockets_add_inherited(
    struct sockets *sockets, int fd, const char *address, uint16_t port);

/* Put the addresses of inherited sockets, if there are any, in place of those
 * in conf. */
void sockets_replace_listens(const struct sockets *sockets, struct conf *conf);

/* Have at least count sockets for each of listens (struct conf_listen); what
 * is held already stays. -1 with an error in diags when one cannot be had;
 * those that were added go with the next sockets_release(). */
int sockets_hold(struct sockets *sockets, const struct vec *listens,
    size_t count, struct diags *diags);

/* The sockets of number index of listens, which is held. */
const struct socket_group *sockets_get(
    const struct sockets *sockets, const struct vec *listens, size_t index);

/* Close what is in none of listens. */
void sockets_release(struct sockets *sockets, const struct vec *listens);

/* Refuse connections from now on, those that wait included; the sockets stay
 * until sockets_fini(). Inherited ones are left alone. */
void sockets_refuse(struct sockets *sockets);

#endif
