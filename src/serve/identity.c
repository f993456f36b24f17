/*
 * Who asks, as far as handlers want to know.
 */
#include "serve/identity.h"

enum status
identity_find(const struct exchange *x, const struct peer **peer)
{
	*peer = exchange_peer(x);
	if (*peer == NULL)
		return STATUS_CERTIFICATE_REQUIRED;
	if (!peer_is_valid(*peer, x->wall_ms))
		return STATUS_CERTIFICATE_NOT_VALID;
	return STATUS_SUCCESS;
}

bool
identity_is_among(const struct peer *peer, const struct vec *list)
{
	VEC_EACH (const struct str, fingerprint, list)
		if (peer_is_listed(peer, *fingerprint))
			return true;
	return false;
}
