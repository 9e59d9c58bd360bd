/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>

#include "gateway/runtime.h"

struct gw_pool {
	uint32_t first;
	uint32_t size;
	uint32_t next; /* go round, so that an address rests before it is given out again */
	uint32_t in_use;
	bool taken[];
};

struct gw_pool *gw_pool_new(struct in_addr first, struct in_addr last)
{
	uint32_t size = ntohl(last.s_addr) - ntohl(first.s_addr) + 1;
	struct gw_pool *p = calloc(1, sizeof(*p) + size * sizeof(p->taken[0]));

	if (!p)
		return NULL;
	p->first = ntohl(first.s_addr);
	p->size = size;
	return p;
}

void gw_pool_free(struct gw_pool *p)
{
	free(p);
}

static void take(struct gw_pool *p, uint32_t i, struct in_addr *out)
{
	p->taken[i] = true;
	p->in_use++;
	out->s_addr = htonl(p->first + i);
}

int gw_pool_take(struct gw_pool *p, struct in_addr want, struct in_addr *out)
{
	uint32_t i = ntohl(want.s_addr) - p->first;

	if (want.s_addr && i < p->size && !p->taken[i]) {
		take(p, i, out);
		return 0;
	}
	for (uint32_t n = 0; n < p->size; n++) {
		i = p->next;
		p->next = (p->next + 1) % p->size;
		if (p->taken[i])
			continue;
		take(p, i, out);
		return 0;
	}
	return -EADDRNOTAVAIL;
}

void gw_pool_release(struct gw_pool *p, struct in_addr a)
{
	uint32_t i = ntohl(a.s_addr) - p->first;

	if (!a.s_addr || i >= p->size || !p->taken[i])
		return;
	p->taken[i] = false;
	p->in_use--;
}

unsigned int gw_pool_in_use(const struct gw_pool *p)
{
	return p->in_use;
}
