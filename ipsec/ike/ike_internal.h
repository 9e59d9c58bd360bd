/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * What the files of IKE share. Control thread only.
 *
 * A peer has IKE SAs (phase 1, one preferred, more while rekeying or after both ends started at
 * once) and children (ESP pairs, likewise). Children belong to the peer, not to the IKE SA that
 * made them. Nothing that a callback may be standing in is freed at once: it goes to the graves and
 * is swept when the loop comes round.
 */

#include <osmocom/core/fsm.h>
#include <osmocom/core/linuxlist.h>
#include <osmocom/core/timer.h>

#include "core/log.h"
#include "ipsec/ike/cert.h"
#include "ipsec/ike/crypto_pool.h"
#include "ipsec/ike/ike.h"
#include "ipsec/ike/message.h"
#include "ipsec/ike/prf.h"
#include "ipsec/ike/proposal.h"

enum ike_times {
	IKE_OVERLAP_MS = 3000,		  /* old SAs live on after they were replaced */
	IKE_OVERLAP_RESPONDER_MS = 30000, /* ... when the far end should delete them */
	IKE_NEGOTIATION_S = 60,		  /* a responder's patience in phase 1 */
	IKE_NEGOTIATION_AGGR_S = 20,	  /* ... with who may have forged its address */
	IKE_LINGER_S = 60,		  /* a finished quick mode still answers duplicates */
	IKE_RESPONDER_GRACE_MS = 2000,	  /* the initiator of phase 1 makes phase 2, else we do */
	IKE_RETRY_MIN_MS = 1000,
	IKE_RETRY_MAX_MS = 30000,
	IKE_DPD_RETRY_MS = 2000,
	IKE_RETRANSMIT_MAX_MS = 30000,
	IKE_INIT_CONTACT_S = 30, /* later ones in Informational messages are replays */
};

enum ike_bounds {
	IKE_MSGIDS_KEPT = 64,
	IKE_QUICKS_MAX = 8,	/* answered at once under one IKE SA */
	IKE_SAS_MAX = 16,	/* established ones of a peer; more are refused */
	IKE_CHILDREN_MAX = 16,	/* of a peer, likewise */
	IKE_LINGERING_MAX = 16, /* finished quick modes of an IKE SA */
	IKE_PRIVATE_GROUPS = 4, /* of one IKE SA */
	IKE_EVENTS_MAX = 16,
	/* Octets of a message of ours: chains of certificates make long ones, UDP bounds them. */
	IKE_OUT_MAX = 65535 - 8,
	IKE_FRAGMENT_MAX = 2048, /* octets of a fragment of ours, with its header */
	/* Octets of message 3 in pieces: a key exchange and a request for each CA. */
	IKE_HALF_OPEN_MSG_MAX = 16384,
	IKE_WHY_MAX = 192,
	IKE_HINTS_PER_S = 5, /* unprotected or error messages and log lines a peer can provoke */
};

enum {
	IKE_COOKIE_BUCKETS = 4096,
	IKE_HALF_OPEN_BUCKETS = 256,
	IKE_PORT_NATT = 4500, /* RFC 3947 4 */
	IKE_PROTO_UDP = 17,
};

struct ike {
	struct ike_pool *pool;
	const struct ike_sadb_ops *sadb;
	void *sadb_priv;
	struct llist_head peers;
	/* struct ike_sa, by the cookie that we chose: nobody can choose the bucket for us. */
	struct llist_head by_cookie[IKE_COOKIE_BUCKETS];
	/* half_open.c */
	struct llist_head half_by_cookie[IKE_HALF_OPEN_BUCKETS];
	struct llist_head half_by_addr[IKE_HALF_OPEN_BUCKETS];
	uint64_t half_seed[4];
	/* struct ike_sa under spawned peers, the oldest first: of Main Mode, whose initiators have shown
	 * that they receive what we send, and of Aggressive Mode, where they have not. */
	struct llist_head unproven, unproven_aggr;
};

struct ike_peer {
	struct llist_head entry;
	struct ike *ike;
	struct ike_profile profile;
	struct ike_id local, remote;
	uint8_t psk[IKE_PSK_MAX];
	size_t psk_len;
	struct ike_pki *pki; /* a reference; NULL = authenticate by psk */
	uint8_t next_header; /* as configured */
	/* With IKE_NEXT_HEADER_AUTO: what our next message 1 asks for, and what the last SA that
	 * came up has (IKE_NEXT_HEADER_AUTO: there was none). Else next_try is next_header. */
	uint8_t next_try, next_known;
	bool initiate;
	uint16_t local_port, peer_port;
	struct ipsec_path *path;
	ike_peer_cb cb;
	void *cb_priv;

	bool path_up;
	bool up; /* a child with both directions exists */
	/* UP was told and nothing cleared since: who is above may have state with the peer. */
	bool acquainted;
	struct llist_head sas;
	struct llist_head children;
	struct llist_head graves;	/* struct ike_sa */
	struct llist_head quick_graves; /* struct ike_quick */
	uint32_t seq;			/* order of things: starts and ends of negotiations */

	enum ike_peer_event events[IKE_EVENTS_MAX];
	unsigned int n_events;
	struct osmo_timer_list work; /* graves, events */

	struct osmo_timer_list retry;
	uint32_t backoff_ms;
	struct osmo_timer_list dpd;
	uint64_t dpd_packets;
	bool alive; /* an authentic message came since the last look */
	unsigned int dpd_unanswered;
	struct ike_peer *(*spawn)(void *cb_priv, const struct ipsec_at *at);
	bool spawned;
	struct llist_head half_open; /* the oldest first */
	unsigned int n_half_open, n_half_open_long;
	struct osmo_timer_list half_open_timer;
	int64_t aggr_ms; /* first messages of Aggressive Mode taken in the second that began here */
	unsigned int n_aggr;
	struct osmo_timer_list keepalive;
	uint64_t keepalive_sent; /* what had been sent at the last look */

	char failure[IKE_WHY_MAX]; /* of the last negotiation that came to nothing */
	int64_t hints_ms;
	unsigned int hints;
	uint64_t ctr[IKE_CTR_N];
};

/*! One message exchange's memory: what we sent last, what it answered. */
struct ike_exchange {
	struct ike_peer *peer;
	const struct ike_sa *sa; /* where to, and in pieces or not */
	struct osmo_timer_list timer;
	uint8_t *tx; /* talloc */
	size_t tx_len;
	int64_t sent_ms;
	bool expect; /* retransmit until something new comes */
	bool frozen;
	bool rx_seen;
	uint8_t rx_digest[32];
	unsigned int tries;
	void (*gave_up)(struct ike_exchange *x);
};

/*! What happens to an IKE SA, in whatever exchange it comes to be. */
enum ike_sa_event {
	IKE_EV_RX,	 /* struct ike_msg, opened */
	IKE_EV_DH,	 /* struct ike_job */
	IKE_EV_AUTH,	 /* struct ike_msg, sealed: message 5 or 6 */
	IKE_EV_SIGNED,	 /* struct ike_job: ike_auth_prove() is done */
	IKE_EV_VERIFIED, /* struct ike_job: see ike_auth_verified() */
};

enum ike_main_state {
	MAIN_IDLE,
	MAIN_I_SA_SENT,
	MAIN_I_KEYGEN,
	MAIN_I_KE_SENT,
	MAIN_I_DERIVE,
	MAIN_I_SIGN,
	MAIN_I_AUTH_SENT,
	MAIN_I_VERIFY,
	MAIN_R_DH,
	MAIN_R_KE_SENT,
	MAIN_R_VERIFY,
	MAIN_R_SIGN,
	MAIN_ESTABLISHED,
};

enum ike_aggr_state {
	AGGR_IDLE,
	AGGR_I_KEYGEN,
	AGGR_I_SENT,
	AGGR_I_DERIVE,
	AGGR_I_VERIFY,
	AGGR_I_SIGN,
	AGGR_R_DH,
	AGGR_R_SIGN,
	AGGR_R_SENT,
	AGGR_R_VERIFY,
	AGGR_ESTABLISHED,
};

struct ike_sa {
	struct llist_head entry;
	struct llist_head by_cookie;
	struct llist_head unproven;
	struct ike_peer *peer;
	struct osmo_fsm_inst *fi;
	bool initiator;
	bool aggressive; /* the exchange, hence whose states; else Main Mode */
	bool dead;
	uint8_t icookie[IKE_COOKIE_LEN];
	uint8_t rcookie[IKE_COOKIE_LEN];
	struct ipsec_at at;
	bool natt;		  /* both ends know RFC 3947 */
	bool nat_here, nat_there; /* what NAT-D payloads said */
	bool encap;		  /* so ESP goes in UDP */
	struct ike_p1_suite suite;
	const struct ike_hash *hash;
	const struct ike_group *group;
	struct ike_exchange x;
	struct ike_iov sai; /* bodies, talloc under this */
	struct ike_iov ke_i, ke_r, ni, nr;
	struct ike_iov answer; /* aggressive responder: body of the SA payload to send */
	struct ike_dh *dh;
	struct ike_job *job;
	struct ike_keys keys;
	uint8_t iv[IKE_BLOCK]; /* of phase 1; once established its last block */
	/* Authentication (auth.c). */
	struct ike_pki *pki;		     /* the peer's when the SA began; a reference */
	const struct ike_sig_method *method; /* NULL = psk */
	int own;			     /* which of our certificates */
	uint32_t asked;			     /* which of them the peer's requests fit */
	struct ike_iov id_me;		     /* body of our identification payload */
	struct ike_iov id_peer;		     /* of the peer's, where it came before its proof */
	struct ike_iov proof;		     /* of our hash or signature payload */
	struct ike_msg *kept;		     /* under verification */
	const char *refused;		     /* why the peer's proof was, last time */
	struct ike_id remote_id;
	bool peer_dpd;	/* it sent the vendor ID */
	bool peer_frag; /* likewise: it takes fragments */
	struct ike_reassembly *reassembly;
	struct {
		uint16_t number, group;
	} private_groups[IKE_PRIVATE_GROUPS]; /* RFC 2409 5.6 */
	unsigned int n_private_groups;
	bool peer_contact;  /* INITIAL-CONTACT was seen; once is enough */
	bool replaced;	    /* a better one exists */
	bool rekey_pending; /* due while the path was down */
	uint32_t start_seq, up_seq;
	int64_t up_ms;
	uint32_t lifetime;
	struct osmo_timer_list rekey;
	struct osmo_timer_list expire; /* before: the responder's patience */
	struct osmo_timer_list retire;
	struct llist_head quicks;
	uint32_t msgids[IKE_MSGIDS_KEPT];
	unsigned int n_msgids;
	uint32_t dpd_tx_first, dpd_tx, dpd_rx;
	bool dpd_rx_seen;
};

enum ike_quick_state {
	QUICK_IDLE,
	QUICK_I_KEYGEN,
	QUICK_I_SENT,
	QUICK_I_DERIVE,
	QUICK_R_DH,
	QUICK_R_SENT,
	QUICK_DONE,
};

struct ike_quick {
	struct llist_head entry;
	struct ike_sa *sa;
	struct ike_peer *peer;
	struct osmo_fsm_inst *fi;
	bool initiator;
	uint32_t msgid;
	uint8_t iv[IKE_BLOCK];
	struct ike_exchange x;
	struct ike_iov ni, nr;
	struct ike_iov answer; /* responder: body of the SA payload to send */
	uint8_t next_header;   /* responder: once the identities have been looked at */
	uint32_t spi_in;       /* reserved; 0 once a child has it */
	struct ike_p2_choice choice;
	const struct ike_group *group; /* PFS */
	struct ike_dh *dh;
	struct ike_job *job;
	/* IDci, IDcr: responder: as they came; initiator: those of the SA to replace, else with IP
	 * beneath our own, else none. */
	struct ike_iov ids[2];
	struct ike_child *child;
	uint32_t start_seq;   /* message 1 was sent or came */
	uint32_t settled_seq; /* message 2 was sent or came */
	struct osmo_timer_list linger;
};

struct ike_child {
	struct llist_head entry;
	struct ike_peer *peer;
	struct ike_quick *quick; /* that makes it, until it is over */
	bool initiator;
	struct ike_iov ids[2]; /* ours, the peer's, where the peer chose them */
	struct sa_ip ip;       /* with IP beneath */
	bool nat_there;	       /* may move */
	const struct esp_suite *suite;
	uint16_t pfs_group;
	uint8_t next_header;
	bool esn;
	uint32_t spi_in, spi_out;
	bool out_installed;
	bool complete; /* its quick mode is over: not before it counts */
	bool replaced;
	bool rekeying;
	bool rekey_pending;
	uint8_t *keymat_out; /* until installed; talloc, wiped */
	struct sa_limits limits;
	uint8_t nonce[IKE_NONCE_MAX]; /* the lower of both: decides between rivals */
	size_t nonce_len;
	uint32_t start_seq, settled_seq, up_seq;
	int64_t up_ms;
	uint32_t lifetime;
	struct osmo_timer_list rekey, expire, retire;
};

#define LOGPEER(peer, level, fmt, args...) LOGP(DIKE, level, "%s: " fmt, (peer)->path->name, ##args)

/* ---- peer.c ---- */

int64_t ike_now_ms(void);
uint32_t ike_random(uint32_t below);
void ike_timer_ms(struct osmo_timer_list *t, uint64_t ms);
/*! May we say one more thing that the peer provoked? */
bool ike_hint_ok(struct ike_peer *peer);
void ike_peer_count(struct ike_peer *peer, enum ike_counter c);
/*! Tell the room above, when the loop comes round. */
void ike_peer_tell(struct ike_peer *peer, enum ike_peer_event ev);
/*! Have what is missing started: now, or after delay_ms. */
void ike_peer_maintain(struct ike_peer *peer, uint32_t delay_ms);
/*! A negotiation failed: try again later, and later each time. */
void ike_peer_backoff(struct ike_peer *peer);
/*! All SAs go; with tell the far end hears of it. */
void ike_peer_drop_all(struct ike_peer *peer, bool tell);
/*! For the operator: why a negotiation came to nothing. */
void ike_peer_failed(struct ike_peer *peer, int phase, const char *why);
/*! Copy into talloc memory under ctx. \returns 0 or -ENOMEM. */
int ike_blob_set(void *ctx, struct ike_iov *out, const void *p, size_t len);
void ike_blob_free(struct ike_iov *blob);

/* ---- exchange.c ---- */

/*! sa is borrowed. */
void ike_exchange_init(struct ike_exchange *x, const struct ike_sa *sa,
		       void (*gave_up)(struct ike_exchange *x));
/*! Keep and send a message; with expect it is sent again until ike_exchange_accept().
 * \returns 0, also when it is lost or waits for the path; -EMSGSIZE: the path never carries it;
 * -ENOMEM. */
int ike_exchange_send(struct ike_exchange *x, const uint8_t *msg, size_t len, bool expect);
/*! Is this the message that was accepted last? Then what answered it goes out once more. */
bool ike_exchange_duplicate(struct ike_exchange *x, const struct ike_msg *m);
/*! Send once more what waits for nothing, unless that was just now. */
void ike_exchange_repeat(struct ike_exchange *x);
/*! Something new was accepted. */
void ike_exchange_accept(struct ike_exchange *x, const struct ike_msg *m);
/*! The path went down, or came back: then a waiting message is sent at once. */
void ike_exchange_freeze(struct ike_exchange *x, bool frozen);
void ike_exchange_stop(struct ike_exchange *x);
void ike_digest(uint8_t out[32], const uint8_t *p, size_t len);
/*! Check a message against its rule, encrypt it if that says so.
 * \returns its length or -errno (then it was logged). */
int ike_out_finish(struct ike_peer *peer, struct ike_build *b, enum ike_step step,
		   const struct ike_keys *keys, uint8_t *iv);
/*! Why a negotiation ends whose next message gave rc: the path's length, or else as given. */
const char *ike_out_why(int rc, const char *otherwise);
/*! Send once, unkept. takes: the far end takes fragments. \returns as ike_exchange_send(). */
int ike_out_once(struct ike_peer *peer, const struct ipsec_at *at, bool takes, const uint8_t *msg,
		 size_t len);

/* ---- fragment.c ---- */

struct ike_reassembly;
void ike_frag_put_vid(struct ike_build *b);
bool ike_frag_vid_in(const struct ike_msg *m);
/*! Send whole, or in pieces if the path wants that and the far end takes them. \returns 0, -EMSGSIZE
 * (counted, logged), or what the path says. */
int ike_frag_send(struct ike_peer *peer, const struct ipsec_at *at, bool takes, const uint8_t *msg,
		  size_t len);
/*! A piece came, for the owner of these cookies. max: octets of its message.
 * \returns the whole message once it is complete, talloc, the caller's; else NULL. */
uint8_t *ike_frag_rx(struct ike_reassembly **owner, struct ike_peer *peer, struct ike_msg *m,
		     size_t max, size_t *len);
/*! Forget what came so far. */
void ike_reassembly_drop(struct ike_reassembly **owner);

/* ---- ike_sa.c ---- */

/*! rcookie: what we answer to a first message; NULL: we begin. */
struct ike_sa *ike_sa_new(struct ike_peer *peer, const struct ipsec_at *at, const uint8_t *rcookie,
			  bool aggressive);
struct ike_sa *ike_sa_find(const struct ike *ike, const uint8_t cookies[2 * IKE_COOKIE_LEN]);
void ike_sa_kill(struct ike_sa *sa);
void ike_sa_free(struct ike_sa *sa);
/*! Authenticated: choose between rivals, start timers, have phase 2 started. */
void ike_sa_up(struct ike_sa *sa);
bool ike_sa_established(const struct ike_sa *sa);
/*! An initiator's first message is out, and nothing that is of use came back. */
bool ike_sa_unanswered(const struct ike_sa *sa);
/*! The established one to use, or NULL. */
struct ike_sa *ike_sa_best(const struct ike_peer *peer);
/*! Is a phase 1 of our own under way? */
bool ike_sa_starting(const struct ike_peer *peer);
/*! Evict until one more unauthenticated negotiation in this mode fits. */
void ike_sa_make_room(struct ike_peer *peer, bool aggressive);
/*! Tell the far end and kill. */
void ike_sa_delete(struct ike_sa *sa);
/*! True when the message ID was used before under this SA; remembers it otherwise. */
bool ike_sa_msgid_used(struct ike_sa *sa, uint32_t msgid);
uint32_t ike_sa_new_msgid(struct ike_sa *sa);
void ike_sa_rekey_now(struct ike_sa *sa);
void ike_sa_freeze(struct ike_sa *sa, bool frozen);
struct ike_hdr ike_sa_hdr(const struct ike_sa *sa, uint8_t exchange, uint32_t msgid);

/* ---- v1_phase1.c: what both exchanges of phase 1 share ---- */

extern const struct value_string ike_p1_event_names[];
/*! Begin a phase 1 of our own, in the mode that is configured. */
void ike_p1_start(struct ike_peer *peer);
/*! Phase 1 ended without an SA; says why, whose side. */
void ike_p1_fail(struct ike_sa *sa, const char *why);
/*! A message that cannot be used: counted, logged, no more. */
void ike_p1_unusable(struct ike_sa *sa, enum ike_counter c, const char *what);
void ike_p1_put_vids(const struct ike_peer *peer, struct ike_build *b);
bool ike_p1_dpd_vid_in(const struct ike_msg *m);
void ike_p1_take_choice(struct ike_sa *sa, const struct ike_p1_choice *choice);
void ike_p1_log_no_proposal(struct ike_peer *peer, const struct ike_methods *methods,
			    const struct ike_offer *theirs, const char *differs);
/*! Have a thread make a key pair if sa->dh is NULL, then the secret if peer_ke is not; IKE_EV_DH tells
 * the end. sa->dh is the job's meanwhile. \returns 0 or -ENOMEM. */
int ike_p1_start_dh(struct ike_sa *sa, const struct ike_iov *peer_ke);
/*! Then phase 1 has ended. */
bool ike_p1_job_failed(struct ike_sa *sa, const struct ike_job *job);
/*! INITIAL-CONTACT in a message that was authentic and encrypted. */
void ike_p1_take_notifies(struct ike_sa *sa, const struct ike_msg *m);
/*! Shall the peer hear INITIAL-CONTACT? Before this SA is established. */
bool ike_p1_first_contact(const struct ike_sa *sa);
void ike_p1_put_initial_contact(struct ike_build *b, const struct ike_sa *sa);
/*! Does the peer repeat what a thread is looking at? */
bool ike_p1_is_kept(const struct ike_sa *sa, const struct ike_msg *m);
/*! Is there a key, and room? Else it was counted and logged. */
bool ike_p1_may_answer(struct ike_peer *peer);

/* ---- v1_main.c ---- */

extern struct osmo_fsm ike_main_fsm;
void ike_main_start(struct ike_peer *peer);
void ike_main_rx(struct ike_sa *sa, struct ike_msg *m);

/* ---- v1_aggressive.c ---- */

extern struct osmo_fsm ike_aggr_fsm;
void ike_aggr_start(struct ike_peer *peer);
/*! A first message: no responder cookie. */
void ike_aggr_rx_first(struct ike_peer *peer, struct ike_msg *m);
void ike_aggr_rx(struct ike_sa *sa, struct ike_msg *m);
/*! Something else came while message 3 is waited for: it may have been lost. */
void ike_aggr_rx_early(struct ike_sa *sa);

/* ---- half_open.c: the responder before message 3 ---- */

struct ike_half_open;
/*! \returns 0 or -EIO. */
int ike_half_open_init(struct ike *ike);
/*! A first message: no responder cookie. */
void ike_half_open_rx_first(struct ike_peer *peer, struct ike_msg *m);
struct ike_half_open *ike_half_open_find(const struct ike *ike,
					 const uint8_t cookies[2 * IKE_COOKIE_LEN]);
struct ike_peer *ike_half_open_peer(const struct ike_half_open *h);
/*! Message 3: the record becomes an IKE SA, or stays when this is none. */
void ike_half_open_rx(struct ike_half_open *h, struct ike_msg *m);
/*! A fragment of it. \returns as ike_frag_rx(). */
uint8_t *ike_half_open_rx_fragment(struct ike_half_open *h, struct ike_msg *m, size_t *len);
void ike_half_open_drop_all(struct ike_peer *peer);
void ike_half_open_timer_cb(void *data);
/*! Evict until one more fits into a list of struct ike_sa under spawned peers (`unproven`), which may
 * have max, and IKE_HALF_OPEN_PER_ADDR from one address. */
void ike_half_open_room_unproven(struct llist_head *list, unsigned int max,
				 const struct endpoint *from);
/*! The peer for who is at `at`, made if need be, or NULL. */
struct ike_peer *ike_half_open_spawn(struct ike_peer *model, const struct ipsec_at *at,
				     bool aggressive);

/* ---- v1_auth.c: messages 5 and 6 ---- */

int ike_main_send_auth(struct ike_sa *sa);
/*! Decrypt message 5 or 6 and check its proof. \returns as ike_auth_check(). */
int ike_main_check_auth(struct ike_sa *sa, struct ike_msg *m);

/* ---- auth.c: who we are, who the peer is, and the proofs; of no exchange in particular ---- */

/*! Has the peer what its method needs? *why says what lacks. */
bool ike_auth_ready(const struct ike_peer *peer, const char **why);
/*! What can be offered and accepted: with a pki (or NULL) the methods of our certificates. */
void ike_auth_methods(const struct ike_pki *pki, struct ike_methods *out);
/*! Keys of phase 1 from g^xy. \returns 0, -EIO, -ENOKEY. */
int ike_auth_keys(struct ike_sa *sa, struct ike_iov secret);
/*! The peer's certificate requests, in any message before our proof. */
void ike_auth_take_requests(struct ike_sa *sa, const struct ike_msg *m);
/*! Ours: one for each CA that we trust; none unless signatures were agreed on. */
void ike_auth_put_requests(const struct ike_sa *sa, struct ike_build *b);
/*! Choose our certificate and identity: sa->id_me. \returns 0, -ENOENT (no certificate for the
 * method), -EINVAL, -ENOMEM. */
int ike_auth_identify(struct ike_sa *sa);
/*! Make sa->proof over sa->id_me. \returns 0, -EINPROGRESS (a thread signs, IKE_EV_SIGNED tells the
 * end: check its job's rc), -EIO, -ENOMEM. */
int ike_auth_prove(struct ike_sa *sa);
/*! The payloads of the proof: certificates and signature, or the hash. */
void ike_auth_put_proof(const struct ike_sa *sa, struct ike_build *b);
/*! Check the proof in an opened message, and who the peer is. id is the body of its identification
 * payload, in this message or an earlier one; after 0 sa->remote_id has it.
 * \returns 0; -EBADMSG, -EIO: not proven (counted, logged, nothing changed); -EACCES: proven, but not
 * whom we want (the peer was told); -EINPROGRESS: a thread verifies, m is now sa->kept, and
 * IKE_EV_VERIFIED comes. */
int ike_auth_check(struct ike_sa *sa, struct ike_msg *m, struct ike_iov id);
/*! What the thread found. id as before. \returns 0, -EBADMSG, -EACCES. */
int ike_auth_verified(struct ike_sa *sa, const struct ike_job *job, struct ike_iov id);
/*! Is that, not proven yet, an identity that the peer may have? */
bool ike_auth_id_wanted(const struct ike_peer *peer, struct ike_iov body);
/*! A message that proves nothing: count, say so, tell a peer that began. \returns -EBADMSG. */
int ike_auth_not_authentic(struct ike_sa *sa, const struct ike_msg *m, const char *what);

/* ---- v1_quick.c ---- */

extern struct osmo_fsm ike_quick_fsm;
/*! \returns 0 or -errno. */
int ike_quick_start(struct ike_sa *sa);
void ike_quick_rx(struct ike_sa *sa, struct ike_msg *m);
void ike_quick_fail(struct ike_quick *q, const char *why);
void ike_quick_kill(struct ike_quick *q);
void ike_quick_free(struct ike_quick *q);
/*! Is a phase 2 of our own under way? */
bool ike_quick_starting(const struct ike_peer *peer);
bool ike_quick_busy(const struct ike_sa *sa);

static inline uint32_t ike_quick_encap(const struct ike_quick *q)
{
	return q->sa->encap ? IKE_ENCAP_UDP_TRANSPORT : IKE_ENCAP_TRANSPORT;
}

/*! Tunnel mode: what a responder takes of who offers nothing else (RFC 3193 2.1: MAY). */
static inline uint32_t ike_quick_tunnel(const struct ike_quick *q)
{
	return q->sa->encap ? IKE_ENCAP_UDP_TUNNEL : IKE_ENCAP_TUNNEL;
}

/* ---- v1_quick_msg.c: its messages ---- */

/*! \returns length or -errno. */
int ike_quick_build(struct ike_quick *q, enum ike_step step, uint8_t *buf, size_t size);
/*! What messages 1 and 2 have in common: SA and nonce. \returns NULL, or why not (with the notify type). */
const char *ike_quick_take_sa(struct ike_quick *q, const struct ike_msg *m, uint16_t *notify);
/*! Initiator: the responder keeps the SA less long than was offered. */
void ike_quick_take_lifetime(struct ike_quick *q, const struct ike_msg *m);
/*! Check HASH(1), (2) or (3) of an opened message. */
bool ike_quick_hash_ok(const struct ike_sa *sa, const struct ike_msg *m, enum ike_step step,
		       struct ike_iov ni, struct ike_iov nr);

/* ---- v1_quick_ids.c: what traffic a phase 2 is for ---- */

/*! An initiator's identities. \returns 0 or -ENOMEM. */
int ike_quick_ids_init(struct ike_quick *q);
void ike_quick_ids_put(struct ike_build *b, const struct ike_quick *q);
/*! Both identities are what we want, or absent where that is allowed. A responder keeps them. */
bool ike_quick_ids_ok(struct ike_quick *q, const struct ike_msg *m);
/*! With IP beneath: the way and the ports of the SAs that a phase 2 makes. */
struct sa_ip ike_quick_ip(const struct ike_quick *q);

/* ---- v1_newgroup.c ---- */

void ike_newgroup_rx(struct ike_sa *sa, struct ike_msg *m);
/*! What private group numbers in a phase-2 offer stand for. */
void ike_newgroup_translate(const struct ike_sa *sa, struct ike_offer *offer);

/* ---- natt.c ---- */

/*! The vendor ID, where NAT traversal is wanted. */
void ike_natt_put_vid(const struct ike_peer *peer, struct ike_build *b);
bool ike_natt_vid_in(const struct ike_peer *peer, const struct ike_msg *m);
/*! NAT-D payloads of messages 3 and 4. \returns 0 or -EIO. */
int ike_natt_put_natd(const struct ike_sa *sa, struct ike_build *b);
/*! \returns 0, or -EBADMSG when they are not what RFC 3947 3.2 asks for. */
int ike_natt_take_natd(struct ike_sa *sa, const struct ike_msg *m);
/*! An initiator that found a NAT goes on from and to port 4500. */
void ike_natt_float(struct ike_sa *sa);
/*! NAT-OA payloads of quick mode, where they are needed. */
void ike_natt_put_oa(const struct ike_quick *q, struct ike_build *b);
bool ike_natt_oa_ok(const struct ike_quick *q, const struct ike_msg *m);
/*! A message was authentic: does its peer send from elsewhere now? */
void ike_natt_heard(struct ike_sa *sa, const struct ike_msg *m);
/*! Keep a NAT before us open as long as there is an IKE SA through it. */
void ike_natt_keepalive_start(struct ike_peer *peer);
void ike_natt_keepalive_cb(void *data);

/* ---- v1_info.c ---- */

void ike_info_rx(struct ike_sa *sa, struct ike_msg *m);
/*! A protected one before the peer has proven who it is: whoever shares the Diffie-Hellman secret can
 * have sent it. A hint for the log. */
void ike_info_rx_early(struct ike_sa *sa, struct ike_msg *m);
void ike_info_rx_clear(struct ike_peer *peer, struct ike_sa *sa, struct ike_msg *m);
void ike_info_notify(struct ike_sa *sa, uint16_t type, uint8_t proto, uint32_t spi);
/*! about: the message that it answers. */
void ike_info_notify_clear(struct ike_peer *peer, const struct ike_msg *about, uint16_t type);
void ike_info_dpd(struct ike_sa *sa, uint16_t type, uint32_t seq);
void ike_info_delete_esp(struct ike_sa *sa, uint32_t spi);
void ike_info_delete_sa(struct ike_sa *sa);
/*! INITIAL-CONTACT to the peer, under the first SA with it. */
void ike_info_contact(struct ike_sa *sa);
void ike_info_initial_contact(struct ike_sa *sa, const struct ike_notify_body *n);

/* ---- child.c ---- */

struct ike_child *ike_child_new(struct ike_quick *q, struct ike_iov secret);
/*! Message 1 of ours was refused or not answered: with next header auto the next one asks for the
 * other, unless an SA shows that it was not that. */
void ike_child_refused(struct ike_peer *peer);
/*! Install what is still to be installed and choose between rivals. */
int ike_child_up(struct ike_child *c);
/*! Remove from the SA database and free; with tell the far end hears of it. */
void ike_child_delete(struct ike_child *c, bool tell);
/*! A child that can send and was not replaced, or NULL. */
struct ike_child *ike_child_live(const struct ike_peer *peer);
struct ike_child *ike_child_by_spi(const struct ike_peer *peer, enum sa_dir dir, uint32_t spi);
void ike_child_rekey_now(struct ike_child *c);

/* ---- dpd.c ---- */

void ike_dpd_start(struct ike_peer *peer);
void ike_dpd_stop(struct ike_peer *peer);
void ike_dpd_timer_cb(void *data);
/*! An authentic message of the peer came. */
void ike_dpd_alive(struct ike_peer *peer);
/*! No answer at all: drop everything and begin anew. */
void ike_dpd_dead(struct ike_peer *peer);
