/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* What forward.c (the graph) and forward_ip.c (its part on the uplink) share. Worker. */

#include "gateway/forward.h"

/*! A published circuit by its account, or NULL. */
struct fwd_circuit *fwd_circuit_of(uint32_t id);

/*! To the control thread, as far as the account of each packet allows. Consumes the batch. */
void fwd_punt(struct worker *w, struct pkt_batch *b);

/*! L2TP messages, out of their protection: to sessions and to the control thread. */
void fwd_l2tp_in(struct worker *w, struct pkt_batch *b);

/* ---- forward_ip.c ---- */

/*! Control thread: set up and free. */
int fwd_ip_init(void);
void fwd_ip_exit(void);

/*! Control thread: an uplink peer without security is to be found by its address, or no longer. */
void fwd_ip_add(struct fwd_circuit *fc);
void fwd_ip_del(struct fwd_circuit *fc);

/*! What came from a link of medium IP. */
void fwd_from_uplink(struct worker *w, struct link *l, struct pkt_batch *b);

/*! An L2TP message for a peer with IP beneath: put the UDP header before it that ESP is to cover, or
 * say where it goes in clear. \returns false when there is no room (nothing changed). */
bool fwd_ip_wrap(const struct fwd_circuit *fc, struct pkt *p);

/*! An ESP packet of an SA (obj) with IP beneath: say where it goes. Nothing on a circuit. */
void fwd_ip_address(struct pkt *p);
