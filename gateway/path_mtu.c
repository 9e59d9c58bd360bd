/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "gateway/path_mtu.h"

#include <string.h>

#include "core/clock.h"
#include "core/rcu.h"

enum {
	SLOTS = 4096, /* two ways in one slot: the older is forgotten, and learned again */
};

struct way {
	struct endpoint local, far;
	uint32_t mtu;
	int64_t until;
};

static struct way ways[SLOTS];

static uint32_t hash(uint32_t h, const struct endpoint *e)
{
	uint32_t word;

	for (unsigned int i = 0; i < sizeof(e->addr); i += sizeof(word)) {
		memcpy(&word, e->addr + i, sizeof(word));
		h = hash_u32(h ^ word);
	}
	return h;
}

static struct way *slot(const struct endpoint *local, const struct endpoint *far)
{
	return &ways[hash(hash(0, local), far) % SLOTS];
}

static bool is(const struct way *w, const struct endpoint *local, const struct endpoint *far,
	       int64_t now)
{
	return w->until > now && endpoint_same_addr(&w->local, local) &&
	       endpoint_same_addr(&w->far, far);
}

void path_mtu_learn(const struct endpoint *local, const struct endpoint *far, uint32_t mtu,
		    int64_t now)
{
	struct way *w = slot(local, far);

	if (mtu >= PATH_MTU_DEFAULT || (is(w, local, far, now) && mtu > w->mtu))
		return;
	*w = (struct way){ .local = *local,
			   .far = *far,
			   .mtu = mtu,
			   .until = now + PATH_MTU_AGE_S * NSEC_PER_SEC };
}

uint32_t path_mtu_of(const struct endpoint *local, const struct endpoint *far, int64_t now,
		     int64_t *until)
{
	const struct way *w = slot(local, far);
	bool known = is(w, local, far, now);

	*until = known ? w->until : 0;
	return known ? w->mtu : PATH_MTU_DEFAULT;
}
