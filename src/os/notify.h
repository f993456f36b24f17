#ifndef OS_NOTIFY_H
#define OS_NOTIFY_H

/* Tell the service manager one line, such as "READY=1", when it wants to hear
 * ($NOTIFY_SOCKET is set). sd_notify(3). */
void notify_send(const char *line);

#endif
