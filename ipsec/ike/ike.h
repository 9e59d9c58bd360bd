/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The face of IKE. Control thread only. IKE knows paths (ipsec/path.h), not circuits; it tells the
 * room above what to install in the SA database and when a path is protected.
 *
 * A peer is the other end of one path: on a circuit, the circuit itself is the peer's address.
 * While its path can carry and it has no SA, a peer starts IKE by itself.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ipsec/path.h"
#include "ipsec/sa.h"

struct ike;
struct ike_peer;
struct ike_pki;

enum ike_limits {
	IKE_PROPOSALS_MAX = 8,
	IKE_PSK_MAX = 128,
	IKE_ID_MAX = 255, /* its length is kept in an octet */
	IKE_NEXT_HEADER_L2TP = 115,
	IKE_NEXT_HEADER_AUTO = 255, /* no protocol's number (IANA: reserved) */
	/* Phase-1 negotiations that are not authenticated yet: of one peer that await message 3, and
	 * as many that await message 5 */
	IKE_HALF_OPEN_PER_PEER = 4,
	IKE_HALF_OPEN_SPAWNING = 1024, /* ... of one that stands for many, awaiting message 3 */
	IKE_HALF_OPEN_PER_ADDR = 64,   /* ... of these, from one address, or IPv6 network of /64 */
	IKE_UNPROVEN_MAX = 512,	       /* ... under all spawned peers, awaiting message 5 */
};

/*! One phase-1 proposal, by the numbers of rows of the tables in ipsec/ike/prf.h and dh.h. As
 * configured: "aes256-sha256-ecp256". */
struct ike_p1_suite {
	uint16_t cipher;
	uint16_t key_bits; /*!< 0: the cipher has but one length */
	uint16_t hash;
	uint16_t group;
};

/*! NAT traversal on a path with IP (RFC 3947). */
enum ike_natt {
	IKE_NATT_AUTO,	/*!< where a NAT is found */
	IKE_NATT_FORCE, /*!< UDP encapsulation in any case: a firewall knows no protocol 50 */
	IKE_NATT_OFF,	/*!< not offered */
};

/*! Extended sequence numbers of ESP (RFC 4304): 2^64 packets in the life of an SA, not 2^32. */
enum ike_esn {
	IKE_ESN_ALLOW,	 /*!< when the peer offers them; we do not */
	IKE_ESN_PREFER,	 /*!< offered first, and the same without */
	IKE_ESN_REQUIRE, /*!< no SA without */
};

/*! What peers have in common (`ike profile NAME`). Times in seconds, sizes in octets. */
struct ike_profile {
	struct ike_p1_suite p1[IKE_PROPOSALS_MAX];
	unsigned int n_p1;
	const struct esp_suite *esp[IKE_PROPOSALS_MAX];
	unsigned int n_esp;
	uint16_t pfs_group; /*!< 0 = none */
	enum ike_esn esn;
	uint32_t p1_lifetime;	/*!< hard; rekeyed at 90 % less jitter */
	uint32_t p2_lifetime;	/*!< hard; rekeyed at 90 % less jitter */
	uint64_t p2_octets;	/*!< 0 = no limit; negotiated in kilobytes (RFC 2407 4.5) */
	uint64_t p2_packets;	/*!< 0 = no limit; local, IKEv1 does not negotiate it */
	uint32_t replay_window; /*!< 64..4096 */
	uint16_t dpd_interval;	/*!< idle seconds before R-U-THERE (RFC 3706 5.4), 0 = off */
	uint16_t dpd_retries;	/*!< unanswered ones until the peer is dead */
	uint16_t retransmit_ms; /*!< first retransmission; doubles */
	uint8_t retransmit_tries;
	enum ike_natt natt;
	uint16_t nat_keepalive; /*!< seconds of silence that a NAT on our side is spared; 0 = off */
};

void ike_profile_init(struct ike_profile *p);

/*! Parse "aes256-sha256-ecp256". \returns 0 or -EINVAL. */
int ike_p1_suite_parse(const char *text, struct ike_p1_suite *out);

/*! Format into buf; \returns buf. */
const char *ike_p1_suite_name(const struct ike_p1_suite *s, char *buf, size_t size);

/*! What of it is weak: the operator must have allowed legacy algorithms before it may be used.
 * \returns its name ("md5", "modp1024"), or NULL. */
const char *ike_p1_suite_legacy(const struct ike_p1_suite *s);

/*! Group by name ("modp2048", "ecp256": dh.h). \returns its number or -EINVAL. */
int ike_group_by_name(const char *name);
bool ike_group_legacy(uint16_t group);
/*! IKEv1 has no number for it (31): it works where both ends take that of IKEv2. */
bool ike_group_unassigned(uint16_t group);
const char *ike_group_name(uint16_t group);

/*! Identification types (RFC 2407 4.6.2.1). */
enum ike_id_type {
	IKE_ID_IPV4_ADDR = 1,
	IKE_ID_FQDN = 2,
	IKE_ID_USER_FQDN = 3,
	IKE_ID_IPV4_ADDR_SUBNET = 4,
	IKE_ID_IPV6_ADDR = 5,
	IKE_ID_IPV6_ADDR_SUBNET = 6,
	IKE_ID_DER_ASN1_DN = 9,
	IKE_ID_KEY_ID = 11,
};

struct ike_id {
	uint8_t type; /*!< 0 = any (remote only) */
	uint8_t len;
	uint8_t data[IKE_ID_MAX];
};

struct ike_peer_cfg {
	const struct ike_profile *profile; /*!< copied */
	/*! Type 0: with a pki the subject of our certificate; else with IP beneath our address. */
	struct ike_id local;
	struct ike_id remote; /*!< type 0 accepts any identity that knows the key, or that a
			       * certificate proves */
	/*! Authenticate by certificates of this, and by nothing else; NULL = by psk. Referenced. */
	struct ike_pki *pki;
	const uint8_t *psk; /*!< copied, wiped when the peer goes; NULL or empty: no negotiation */
	size_t psk_len;
	/*! 115 or 0: what phase 2 negotiates and the SAs carry; IKE_NEXT_HEADER_AUTO: either, as
	 * the peer has it. With IP beneath it is UDP (17), whatever stands here. */
	uint8_t next_header;
	bool initiate; /*!< start by itself when the path comes up; else only answer */
	/*! With IP beneath: UDP ports of phase 2 (RFC 3193 4), ours and the peer's; 0 = any. */
	uint16_t local_port, peer_port;
	/*! With IP beneath, where this peer stands for many that are not known yet: make the one for
	 * this far end, its path up, called when it has shown that it receives what we send there
	 * (message 3). It may be one that is there already. When it comes to nothing, or ends, it is
	 * told IKE_PEER_EMPTY. This peer needs no key then. Its profile must be that of those that it
	 * makes, for it chooses the phase-1 proposal. NULL: this peer is one. \returns NULL when it is
	 * not to be, or no room. */
	struct ike_peer *(*spawn)(void *cb_priv, const struct ipsec_at *at);
};

/*! What IKE asks of the SA database. */
struct ike_sadb_ops {
	/*! A random SPI for an inbound SA that obeys the SPI rule (sad.h); 0 = none. */
	uint32_t (*spi_reserve)(void *priv);
	void (*spi_release)(void *priv, uint32_t spi);
	/*! Install. An outbound SA becomes the one its path sends through; older ones stay until
	 * deleted. params and its keymat are borrowed. \returns 0 or -errno. */
	int (*add)(void *priv, struct ipsec_path *path, const struct sa_params *params);
	void (*del)(void *priv, struct ipsec_path *path, enum sa_dir dir, uint32_t spi);
	/*! Packets that went through an SA so far: DPD asks it, traffic proves liveness. */
	uint64_t (*packets)(void *priv, struct ipsec_path *path, enum sa_dir dir, uint32_t spi);
	/*! An SA's far end, behind a NAT, is elsewhere now. */
	void (*move)(void *priv, struct ipsec_path *path, enum sa_dir dir, uint32_t spi,
		     const struct sa_ip *ip);
};

enum ike_peer_event {
	IKE_PEER_UP,	       /*!< the first SA pair is installed: the path is protected */
	IKE_PEER_DOWN,	       /*!< the last SA pair went: nothing may be sent */
	IKE_PEER_INIT_CONTACT, /*!< authenticated INITIAL-CONTACT: the peer lost all its state */
	/*! A peer that was spawned has no SA left, nor one in the making: it can go. */
	IKE_PEER_EMPTY,
};

/*! Called from the loop, never from within a call of this face: the peer may be cleared or freed in
 * it. */
typedef void (*ike_peer_cb)(void *priv, struct ike_peer *peer, enum ike_peer_event ev);

/*! Start IKE with n crypto threads. \returns 0 or -errno. */
int ike_new(struct ike **out, unsigned int crypto_threads, const struct ike_sadb_ops *sadb,
	    void *sadb_priv);

/*! All peers must be gone. */
void ike_free(struct ike *ike);

/*! \param[in] path borrowed for the peer's life. */
int ike_peer_new(struct ike_peer **out, struct ike *ike, const struct ike_peer_cfg *cfg,
		 struct ipsec_path *path, ike_peer_cb cb, void *cb_priv);

/*! Delete all SAs, telling the far end (Informational with Delete), and free. */
void ike_peer_free(struct ike_peer *peer);

/*! Take a changed configuration: new negotiations use it, running SAs stay. */
int ike_peer_reconfigure(struct ike_peer *peer, const struct ike_peer_cfg *cfg);

/*! The path can carry now, or cannot: SAs stay, timers and retransmission freeze meanwhile. */
void ike_peer_path_state(struct ike_peer *peer, bool up);

/*! The peer that has an IKE SA of these cookies, or a negotiation that may become one, among all with IP beneath: which of them a message
 * from a new address is for. The first 16 octets of the message. \returns NULL if there is none. */
struct ike_peer *ike_find(struct ike *ike, const uint8_t cookies[16]);

/*! The room above's, as given to ike_peer_new(). */
void *ike_peer_priv(const struct ike_peer *peer);

/*! One ISAKMP message from the path; at: where it came in and from (path.h), NULL on a
 * path without IP. Borrowed. */
void ike_peer_rx(struct ike_peer *peer, const struct ipsec_at *at, const uint8_t *msg, size_t len);

/*! Authentic ESP of the SA spi (inbound) came from elsewhere than the SA says: if the peer is behind
 * a NAT, that made another mapping, and all its SAs move there (RFC 3947 5.2.1, 6). */
void ike_peer_esp_moved(struct ike_peer *peer, uint32_t spi, const struct ipsec_at *at);

/*! An SA's limit was reached in the data plane (sa.h). */
void ike_peer_sa_event(struct ike_peer *peer, enum sa_dir dir, uint32_t spi, enum sa_event ev);

/*! Operator: renegotiate both phases or phase 2 only, now. \returns 0 or -ENOENT. */
int ike_peer_rekey(struct ike_peer *peer, bool phase1);

/*! Operator or L2TP: delete all SAs and tell the peer. With initiate set it then starts anew. */
void ike_peer_clear(struct ike_peer *peer, const char *why);

/* ---- for show ---- */

/*! The crypto threads, and the key pairs that they make when they have nothing else to do. */
struct ike_crypto_info {
	unsigned int threads;
	unsigned int waiting, waiting_most, working; /*!< jobs; the most that ever waited */
	uint64_t done;
};
void ike_crypto_info(const struct ike *ike, struct ike_crypto_info *out);

/*! Key pairs of one group. */
struct ike_crypto_group {
	const char *name;
	unsigned int ready, ready_max;
	uint64_t taken, missed; /*!< used: made in advance; made while the peer waited */
};
/*! \returns how many groups were used since the start; fills at most n. */
unsigned int ike_crypto_groups(const struct ike *ike, struct ike_crypto_group *out, unsigned int n);

enum ike_counter {
	IKE_CTR_RX,
	IKE_CTR_TX,
	IKE_CTR_RETRANSMIT,
	IKE_CTR_P1_UP,
	IKE_CTR_P2_UP,
	IKE_CTR_P1_FAIL,
	IKE_CTR_P2_FAIL,
	IKE_CTR_REKEY_P1, /*!< of IKE_CTR_P1_UP: begun by us to replace one that was up */
	IKE_CTR_REKEY_P2,
	IKE_CTR_P1_REDUNDANT, /*!< of IKE_CTR_P1_UP: both ends had begun at once, one will go */
	IKE_CTR_P2_REDUNDANT,
	IKE_CTR_RX_MALFORMED,
	IKE_CTR_RX_UNEXPECTED,
	IKE_CTR_RX_AUTH_FAIL,
	IKE_CTR_CERT_NONE, /*!< a peer's proof by certificate refused, by reason (cert.h) */
	IKE_CTR_CERT_MALFORMED,
	IKE_CTR_CERT_WRONG_KEY,
	IKE_CTR_CERT_SIGNATURE,
	IKE_CTR_CERT_WRONG_CA,
	IKE_CTR_CERT_EXPIRED,
	IKE_CTR_CERT_REVOKED,
	IKE_CTR_CERT_NO_CRL,
	IKE_CTR_CERT_UNFIT,
	IKE_CTR_CERT_IDENTITY,
	IKE_CTR_RX_NO_PROPOSAL,
	IKE_CTR_RX_ID_MISMATCH,
	IKE_CTR_RX_DUPLICATE,
	IKE_CTR_HALF_OPEN, /*!< first messages answered */
	IKE_CTR_HALF_OPEN_LIMIT,
	IKE_CTR_HALF_OPEN_REFUSED,
	IKE_CTR_DPD_SENT,
	IKE_CTR_DPD_DEAD,
	IKE_CTR_KEEPALIVE,
	IKE_CTR_MOVED,
	IKE_CTR_N,
};
extern const char *const ike_counter_names[IKE_CTR_N];

struct ike_sa_info {
	uint8_t icookie[8], rcookie[8];
	const char *state;
	bool initiator;
	struct ike_p1_suite suite;
	const char *method; /*!< of authentication: "psk", "rsa", ... */
	char remote_id[IKE_ID_MAX + 32];
	uint32_t age, lifetime; /*!< seconds */
	struct ipsec_at at;
	bool nat_here, nat_there; /*!< a NAT in front of us, of the peer */
};

struct ike_child_info {
	uint32_t spi_in, spi_out;
	const struct esp_suite *suite;
	uint16_t pfs_group;
	uint8_t next_header;
	bool sending; /*!< its outbound SA is the one in use */
	bool esn;
	uint32_t age, lifetime;
};

/*! \returns how many there are; fills at most n. */
unsigned int ike_peer_sas(const struct ike_peer *peer, struct ike_sa_info *out, unsigned int n);
unsigned int ike_peer_children(const struct ike_peer *peer, struct ike_child_info *out,
			       unsigned int n);
/*! Negotiations of which only the first message came. */
unsigned int ike_peer_half_open(const struct ike_peer *peer);
uint64_t ike_peer_counter(const struct ike_peer *peer, enum ike_counter c);

#ifdef VCGW_KEY_EXPORT
/*! Test builds only (--enable-key-export): called with Wireshark's table rows as keys come up.
 * kind "ikev1": icookie hex, key hex; the ESP rows are made where SAs are installed. */
extern void (*ike_key_export)(const char *kind, const char *row);
#endif
