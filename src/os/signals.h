#ifndef OS_SIGNALS_H
#define OS_SIGNALS_H

/* Block the signals that a server is steered by (HUP, INT, TERM, USR1, USR2,
 * CHLD) in this process and those it forks, and ignore PIPE. The descriptor
 * returned is readable when one came; the caller closes it. -1 with errno. */
int signals_open(void);

/* The number of a signal that came, which is then forgotten; 0 when none is
 * left. Several of one kind may come as one. */
int signals_next(int fd);

#endif
