#ifndef PROC_LOGFILE_H
#define PROC_LOGFILE_H

#include "base/diag.h"
#include "conf/conf.h"
#include "os/priv.h"

/* Have the file of the access log, when it goes to one, so that workers that
 * became owner can open it: made when missing, and given to owner unless that
 * is NULL. -1 with an error in diags. */
int logfile_make(const struct conf *conf, const struct priv_user *owner,
    struct diags *diags);

#endif
