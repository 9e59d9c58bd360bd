/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The face of L2TP's control plane (RFC 2661): peers, tunnels (control connections), sessions
 * (calls). Control thread only. The data plane is in data.h.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "l2tp/carrier.h"

struct l2tp;
struct l2tp_peer;
struct l2tp_tunnel;
struct l2tp_session;

enum l2tp_limits {
	L2TP_NAME_MAX = 64,
	L2TP_SECRET_MAX = 128,
	L2TP_MSG_MAX = 1500, /* largest control message we build or take */
};

/*! Result codes of StopCCN and CDN (RFC 2661 4.4.2); more in message.h. */
struct l2tp_result {
	uint16_t result;
	uint16_t error;
	char text[80];
};

struct l2tp_peer_cfg {
	char host_name[L2TP_NAME_MAX];	    /*!< ours, in SCCRQ and SCCRP */
	char peer_host_name[L2TP_NAME_MAX]; /*!< demanded of the peer; empty = any */
	const uint8_t *secret; /*!< tunnel authentication; NULL = none. Copied, wiped */
	size_t secret_len;
	bool hide_avps;		 /*!< hide what may be hidden (needs the secret) */
	uint16_t rx_window;	 /*!< 1..64, default 16 */
	uint16_t hello_interval; /*!< seconds, 0 = none, default 60 */
	uint8_t retries;	 /*!< default 5: RFC 2661 5.8 "at least 5" */
	uint8_t rto_cap;	 /*!< seconds, default 8: "no less than 8" */
	bool accept;		 /*!< take SCCRQ: be an LNS for this peer */
	char try_another
		[48]; /*!< answer SCCRQ with StopCCN, 2/7 and this address (RFC 3193 4.2.3) */
	bool data_sequencing;  /*!< ask for sequence numbers on data messages */
	bool data_length;      /*!< send the Length field in data messages */
	uint16_t data_offset;  /*!< send an offset of so many octets; 0 = no offset field */
	uint16_t max_sessions; /*!< per tunnel, default 1024 */
};

void l2tp_peer_cfg_init(struct l2tp_peer_cfg *cfg);

/*! Facts of an established session: what the data plane and PPP need. */
struct l2tp_session_info {
	uint16_t local_tunnel, peer_tunnel;
	uint16_t local_session, peer_session;
	uint32_t carrier_id;
	bool lns;      /*!< our role */
	bool send_seq; /*!< sequence numbers are to be sent (RFC 2661 5.4) */
	bool send_length;
	uint16_t offset;
	uint32_t call_serial;
	uint32_t tx_connect_bps;
};

/*! What l2tp tells the room above. */
struct l2tp_ops {
	void (*tunnel_up)(void *priv, struct l2tp_tunnel *t);
	void (*tunnel_down)(void *priv, struct l2tp_tunnel *t, const struct l2tp_result *why);
	/*! LNS: may this call come in? \returns true to accept; then session_down() follows sooner
	 * or later, whatever becomes of the call. The session's ids are settled: its first data
	 * may stand right behind the ICCN, so the data plane should know it from now on. */
	bool (*call_in)(void *priv, struct l2tp_session *s);
	/*! LAC: the call was answered, its ids are settled, the ICCN goes out next: the LNS's first
	 * data may come back at once, so the data plane should know the session from now on.
	 * \returns false if it cannot: the call ends, and session_down() follows. */
	bool (*call_answered)(void *priv, struct l2tp_session *s);
	/*! A session is established: start PPP. Its owner is what l2tp_call() was given, or what
	 * call_in() set with l2tp_session_set_owner(). */
	void (*session_up)(void *priv, struct l2tp_session *s);
	/*! An established session ended, or a call could not be made. s is freed afterwards. */
	void (*session_down)(void *priv, struct l2tp_session *s, const struct l2tp_result *why);
	/*! LAC: the peer wants to be tried at another address (RFC 3193 4.2.3): where, in text,
	 * unchecked. The call that was to be made goes down next. NULL = no way there. */
	void (*try_another)(void *priv, struct l2tp_peer *peer, const char *where);
};

int l2tp_new(struct l2tp **out, const struct l2tp_ops *ops, void *priv);
void l2tp_free(struct l2tp *l2tp);

/*! \param[in] carrier borrowed for the peer's life. owner: the room above's. */
int l2tp_peer_new(struct l2tp_peer **out, struct l2tp *l2tp, const struct l2tp_peer_cfg *cfg,
		  struct l2tp_carrier *carrier, void *owner);
/*! Drop all tunnels of the peer, with StopCCN if the carrier is up, and free. */
void l2tp_peer_free(struct l2tp_peer *peer);
int l2tp_peer_reconfigure(struct l2tp_peer *peer, const struct l2tp_peer_cfg *cfg);
void *l2tp_peer_owner(const struct l2tp_peer *peer);

/*! The carrier can carry (and is protected), or cannot: timers freeze meanwhile. */
void l2tp_peer_carrier_state(struct l2tp_peer *peer, bool up);

/*! The peer lost its state (IKE INITIAL-CONTACT): drop tunnels and sessions without a word. */
void l2tp_peer_reset(struct l2tp_peer *peer);

/*! One control message (T bit set) from the carrier, from the flags on. Borrowed. */
void l2tp_peer_rx(struct l2tp_peer *peer, const uint8_t *msg, size_t len);

/*! LAC: open a tunnel to the peer if there is none, and a session in it (ICRQ).
 * session_up() or session_down() follows. \returns 0 or -errno. */
int l2tp_call(struct l2tp_peer *peer, void *owner, struct l2tp_session **out);

/*! End a session with CDN. session_down() is called before this returns. */
void l2tp_session_close(struct l2tp_session *s, const struct l2tp_result *why);

/*! End a tunnel with StopCCN. tunnel_down() and session_down() follow before this returns; the
 * control connection lingers to answer retransmissions (RFC 2661 5.7). */
void l2tp_tunnel_close(struct l2tp_tunnel *t, const struct l2tp_result *why);

/*! Tunnels that still wait for the acknowledgement of a StopCCN, of all peers: shutdown waits. */
unsigned int l2tp_closing(const struct l2tp *l2tp);

void l2tp_session_info(const struct l2tp_session *s, struct l2tp_session_info *out);
void l2tp_session_set_owner(struct l2tp_session *s, void *owner);
void *l2tp_session_owner(const struct l2tp_session *s);
struct l2tp_tunnel *l2tp_session_tunnel(const struct l2tp_session *s);
struct l2tp_peer *l2tp_tunnel_peer(const struct l2tp_tunnel *t);

/* ---- for show ---- */

struct l2tp_tunnel_info {
	uint16_t local_id, peer_id;
	const char *state;
	bool lns;
	char peer_host[L2TP_NAME_MAX];
	char peer_vendor[L2TP_NAME_MAX];
	const char *carrier;
	unsigned int sessions;
	uint16_t ns, nr, cwnd, ssthresh, peer_window;
	unsigned int queued; /*!< unacknowledged and waiting messages */
	uint64_t retransmits, duplicates, out_of_order, zlb_tx, zlb_rx, rx, tx, malformed;
	uint32_t age; /*!< seconds since established */
};

struct l2tp_session_show {
	struct l2tp_session_info info;
	const char *state;
	uint32_t age;
};

void l2tp_each_tunnel(const struct l2tp *l2tp,
		      void (*fn)(void *priv, struct l2tp_tunnel *t,
				 const struct l2tp_tunnel_info *info),
		      void *priv);
void l2tp_each_session(const struct l2tp_tunnel *t,
		       void (*fn)(void *priv, struct l2tp_session *s,
				  const struct l2tp_session_show *show),
		       void *priv);
