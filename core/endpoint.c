/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/endpoint.h"

#include <errno.h>
#include <stdio.h>

#include <arpa/inet.h>

/* RFC 4291 2.5.5.2 */
static const uint8_t v4_mapped[12] = { [10] = 0xff, [11] = 0xff };

bool endpoint_is_v4(const struct endpoint *e)
{
	return memcmp(e->addr, v4_mapped, sizeof(v4_mapped)) == 0;
}

int endpoint_parse(const char *text, struct endpoint *out)
{
	*out = (struct endpoint){ .port = 0 };
	if (inet_pton(AF_INET, text, out->addr + sizeof(v4_mapped)) == 1) {
		memcpy(out->addr, v4_mapped, sizeof(v4_mapped));
		return 0;
	}
	return inet_pton(AF_INET6, text, out->addr) == 1 ? 0 : -EINVAL;
}

int endpoint_from_octets(const uint8_t *octets, size_t len, struct endpoint *out)
{
	*out = (struct endpoint){ .port = 0 };
	if (len == sizeof(out->addr)) {
		memcpy(out->addr, octets, len);
		return 0;
	}
	if (len != sizeof(out->addr) - sizeof(v4_mapped))
		return -EINVAL;
	memcpy(out->addr, v4_mapped, sizeof(v4_mapped));
	memcpy(out->addr + sizeof(v4_mapped), octets, len);
	return 0;
}

const uint8_t *endpoint_octets(const struct endpoint *e, size_t *len)
{
	size_t skip = endpoint_is_v4(e) ? sizeof(v4_mapped) : 0;

	*len = sizeof(e->addr) - skip;
	return e->addr + skip;
}

const char *endpoint_text(const struct endpoint *e, char *buf, size_t size)
{
	bool v4 = endpoint_is_v4(e);
	char addr[INET6_ADDRSTRLEN] = "?";

	inet_ntop(v4 ? AF_INET : AF_INET6, v4 ? e->addr + sizeof(v4_mapped) : e->addr, addr,
		  sizeof(addr));
	if (!e->port)
		snprintf(buf, size, "%s", addr);
	else
		snprintf(buf, size, v4 ? "%s:%u" : "[%s]:%u", addr, e->port);
	return buf;
}
