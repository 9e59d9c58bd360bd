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
	/* The upper half of an extended sequence number is taken from the window. */
	if (p->dir == SA_IN && p->esn && !p->replay_window)
		return false;
	return p->spi > SPI_RESERVED_LAST && p->suite && p->keymat;
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
	sa->hot.iv_counter = params->iv_start;
	if (params->dir == SA_IN && params->replay_window) {
		rc = replay_init(&sa->hot.replay, params->replay_window);
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
	OPENSSL_cleanse(sa, sizeof(*sa));
	free(sa);
	return rc;
}

void sa_free(struct sa *sa)
{
	if (!sa)
		return;
	esp_engine->sa_exit(sa);
	OPENSSL_cleanse(sa, sizeof(*sa));
	free(sa);
}
