/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Cryptographic engines: one batch of jobs a call, over SAs whose key schedules the engine made.
 * The caller has built header, IV and padding; the engine encrypts or decrypts in place and makes
 * or verifies the ICV (in constant time).
 */

#include <stddef.h>
#include <stdint.h>

#include "ipsec/sa.h"

struct esp_job {
	struct sa *sa;
	uint8_t *hdr; /*!< SPI, sequence number: the AAD of AEAD, the start of what HMAC covers */
	uint8_t *iv;  /*!< on the wire, behind hdr */
	uint8_t *payload; /*!< behind the IV */
	uint32_t len;	  /*!< of the payload with padding and trailer */
	uint8_t *icv;	  /*!< behind the payload */
	uint64_t seq;	  /*!< whole number; of its upper half the ICV knows when sa->esn */
	int result;	  /*!< 0, -EBADMSG (integrity), -EIO (library) */
};

struct esp_engine {
	const char *name;
	/*! Make sa->engine from keymat. \returns 0, -EIO, -ENOMEM. Control thread. */
	int (*sa_init)(struct sa *sa, const uint8_t *keymat);
	/*! Wipe and free sa->engine. Control thread. */
	void (*sa_exit)(struct sa *sa);
	void (*encrypt)(struct esp_job *jobs, unsigned int n);
	void (*decrypt)(struct esp_job *jobs, unsigned int n);
};

extern const struct esp_engine esp_engine_openssl;

/*! The engine in use. */
extern const struct esp_engine *esp_engine;
