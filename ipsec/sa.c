/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ipsec/sa.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>

#include "ipsec/engine.h"

enum { SPI_RESERVED_LAST = 255 }; /* RFC 4303 2.1 */

static bool params_valid(const struct sa_params *p)
{
	if (p->dir != SA_IN && p->dir != SA_OUT)
		return false;
	return p->spi > SPI_RESERVED_LAST && p->suite && p->keymat;
}

static int set_ip(struct sa *sa, const struct sa_ip *ip)
{
	struct sa_ip *copy = malloc(sizeof(*copy));

	if (!copy)
		return -ENOMEM;
	*copy = *ip;
	rcu_publish(sa->ip, copy);
	return 0;
}

static void ip_retired(struct rcu_retired *r)
{
	free(caa_container_of(r, struct sa_ip, retired));
}

int sa_move(struct sa *sa, const struct sa_ip *ip)
{
	struct sa_ip *old = sa->ip;
	int rc = set_ip(sa, ip);

	if (rc == 0 && old)
		rcu_retire(&old->retired, ip_retired);
	return rc;
}

int sa_new(struct sa **out, const struct sa_params *params)
{
	struct sa *sa;
	int rc;

	if (!params_valid(params))
		return -EINVAL;
	/* Neither the constant part nor the worker's part shares a cache line with a stranger. */
	sa = aligned_alloc(_Alignof(struct sa), sizeof(*sa));
	if (!sa)
		return -ENOMEM;
	memset(sa, 0, sizeof(*sa));
	sa->dir = params->dir;
	sa->spi = params->spi;
	sa->path_id = params->path_id;
	sa->suite = params->suite;
	sa->next_header = params->next_header;
	sa->esn = params->esn;
	sa->limits = params->limits;
	if (params->dir == SA_IN) {
		rc = replay_init(&sa->hot.replay, params->replay_window);
		if (rc < 0)
			goto err;
	}
	if (params->ip) {
		rc = set_ip(sa, params->ip);
		if (rc < 0)
			goto err;
	}
	/* Cipher key, salt, authentication key: RFC 4106 8.1. */
	memcpy(sa->salt, params->keymat + params->suite->key_len, params->suite->salt_len);
	rc = esp_engine->sa_init(sa, params->keymat);
	if (rc < 0)
		goto err;
	*out = sa;
	return 0;
err:
	free(sa->ip);
	OPENSSL_cleanse(sa, sizeof(*sa));
	free(sa);
	return rc;
}

void sa_free(struct sa *sa)
{
	if (!sa)
		return;
	esp_engine->sa_exit(sa);
	free(sa->ip);
	OPENSSL_cleanse(sa, sizeof(*sa));
	free(sa);
}
