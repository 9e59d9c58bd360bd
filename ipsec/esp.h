/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * ESP in transport mode without an IP header (RFC 4303; draft-ietf-pppext-l2tp-security-05 2.3),
 * over batches, in place. Worker threads; each has a struct esp of its own.
 */

#include "core/pkt.h"
#include "ipsec/sa.h"

struct esp;

/*! Called on the worker, at most once for each SA and event: tell the control thread. */
typedef void (*esp_event_cb)(void *priv, struct sa *sa, enum sa_event ev);

struct esp *esp_new(esp_event_cb cb, void *priv);
void esp_free(struct esp *esp);

/*! Decapsulate. Each packet begins with the SPI and has obj = its inbound struct sa. The batch
 * keeps, in order, what is authentic and new, with the payload as data, next_header and spi set
 * and obj untouched; the rest is discarded and counted, on the packet's account and the SA. */
void esp_in(struct esp *esp, struct pkt_batch *b);

/*! Encapsulate. Each packet is a payload with obj = its outbound struct sa. The batch keeps, in
 * order, ESP packets; what cannot be sent (hard lifetime, sequence numbers, room) is discarded. */
void esp_out(struct esp *esp, struct pkt_batch *b);
