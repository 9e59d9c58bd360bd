/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* What the files of the running gateway (circuit.c, session.c, sadb.c, pool.c, link.c) have of one
 * another. Control thread only. */

#include "gateway/forward.h"
#include "gateway/gateway.h"

/* What cannot be started (a socket or a device in use) is tried again after so many seconds. */
enum { GW_RETRY_SEC = 10 };

/*! IKE's way into the SA database (sadb.c). */
extern const struct ike_sadb_ops gw_sadb_ops;
/*! Install an SA; an outbound one is sent through from now on. \returns 0 or -errno. */
int gw_sadb_add(struct gw_circuit *c, const struct sa_params *params);
/*! Delete what is left of a circuit's SAs. */
void gw_sadb_flush(struct gw_circuit *c);
/*! \returns the SPI of the outbound SA that the circuit sends through, 0 = none. */
uint32_t gw_sadb_sending(const struct gw_circuit *c);

/*! L2TP may be carried from now on, or may not. */
void gw_circuit_set_protected(struct gw_circuit *c, bool yes);
/*! A running circuit by its account, or NULL. */
struct gw_circuit *gw_circuit_by_id(uint32_t id);
/*! A running link by its account, or NULL. */
struct gw_link *gw_link_by_id(uint32_t id);
/*! Dial for the circuit's client after a while (0 = at once), unless a call is there. */
void gw_circuit_redial(struct gw_circuit *c, unsigned int ms);

/*! The name of a circuit's secrets: that of its template if it has one. */
const char *gw_circuit_secret_name(const struct gw_circuit *c);

/* ---- the uplink (uplink.c) ---- */

/*! Start: what an uplink peer has that a circuit has not, into c->path and like. */
void gw_uplink_path(struct gw_circuit *c, struct fwd_circuit *like);
void gw_uplink_ike_cfg(const struct gw_circuit *c, struct ike_peer_cfg *cfg);
/*! Send an IKE message (path.h). */
int gw_uplink_send_ike(struct gw_circuit *c, const struct ipsec_at *at, const uint8_t *msg,
		       size_t len);
/*! Keep a NAT's mapping (path.h). */
void gw_uplink_keepalive(struct gw_circuit *c, const struct ipsec_at *at);
/*! Largest L2TP message, given the suite in use or NULL. */
uint32_t gw_uplink_l2tp_mtu(struct gw_circuit *c, const struct esp_suite *suite);
/*! From the data plane: an IKE message, an L2TP control message's source port, a moved SA. */
void gw_uplink_rx_ike(struct gw_link *l, const struct pkt *p);
void gw_uplink_rx_l2tp(struct gw_circuit *c, const struct pkt *p);
void gw_uplink_moved(struct gw_circuit *c, const struct pkt *p);
/*! Take what is known of its path's MTU. */
void gw_uplink_mtu(struct gw_circuit *c);
/*! From the link: its way to far carries so much. */
void gw_uplink_path_mtu(struct gw_link *l, const struct endpoint *far, uint32_t mtu);
/*! IKE has brought SAs up with it there. */
void gw_uplink_is_at(struct gw_circuit *c, const struct sa_ip *ip);
/*! It is nowhere any more. */
void gw_uplink_leave(struct gw_circuit *c);
/*! One that was made of a template has no SA left: it goes. */
void gw_uplink_gone(struct gw_circuit *c);
/*! L2TP: the peer is to be tried at another address; a tunnel of it has gone. */
void gw_uplink_try_another(struct gw_circuit *c, const char *where);
void gw_uplink_tunnel_down(struct gw_circuit *c);
/*! Its far end has started anew and has new SAs. */
void gw_uplink_begun_anew(struct gw_circuit *c);
/*! The circuits made of a template go. */
void gw_uplink_forget(struct gw_circuit *model);
/*! Its path or its SA is another, and may carry more or less: so do its sessions. */
void gw_circuit_mtu_changed(struct gw_circuit *c);

/*! What l2tp tells us (session.c). */
extern const struct l2tp_ops gw_l2tp_ops;
/*! End a session at once with CDN, without PPP's word. session_down() is called meanwhile. */
void gw_session_drop(struct gw_session *s, const char *why);
/*! A circuit carries more or less now: so do its sessions. */
void gw_session_mtu(const struct gw_circuit *c);
/*! Dial now: make the session and the call. */
int gw_session_dial(struct gw_circuit *c);

/*! The TUN with this account was deleted by somebody else: make it anew (lns.c). */
void gw_tun_lost(uint32_t id);

/*! Addresses of an LNS group. */
struct gw_pool *gw_pool_new(struct in_addr first, struct in_addr last);
void gw_pool_free(struct gw_pool *p);
/*! The wanted address if it is free, else any. \returns 0 or -EADDRNOTAVAIL. */
int gw_pool_take(struct gw_pool *p, struct in_addr want, struct in_addr *out);
void gw_pool_release(struct gw_pool *p, struct in_addr a);
unsigned int gw_pool_in_use(const struct gw_pool *p);
