#ifndef NET_ASK_H
#define NET_ASK_H

#include "base/buf.h"
#include "base/str.h"

enum {
	ask_silence_seconds = 10, /* to connect, and for each silence */
	ask_redirects_max = 5,
	ask_why_max = 4096,
};

struct ask_options {
	struct str url; /* gemini: */
	const char *known_hosts; /* servers are trusted on first use by this
				    file, which the messages call known_as */
	const char *known_as;
};

/* Ask for a URL, and follow redirects; waits, so only for processes that serve
 * nobody. The status of the last answer, whose meta is added to why; its body
 * is not read. 0 when there was no answer, and why says what is wrong; -1 when
 * there can be none, whenever one asks. */
int ask(const struct ask_options *options, struct buf *why);

#endif
