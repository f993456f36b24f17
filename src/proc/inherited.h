#ifndef PROC_INHERITED_H
#define PROC_INHERITED_H

#include "base/diag.h"
#include "proc/sockets.h"

/* Take the listening sockets that the service manager gives to this process
 * ($LISTEN_FDS, $LISTEN_PID), and forget that it did. They stand in place of
 * all addresses that are configured. -1 with an error in diags when one of
 * them is no TCP socket that listens. sd_listen_fds(3). */
int inherited_take(struct sockets *sockets, struct diags *diags);

#endif
