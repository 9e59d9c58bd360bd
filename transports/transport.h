/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The face of the transports: links, circuits on them, and what a driver is.
 *
 * A link lives in two threads. The control thread creates it, configures it, brings its carrier up
 * and down and runs its link management (LMI). One worker, the link's owner, calls link_rx(),
 * link_tx(), link_flush() and link_poll() while the link is attached, and nobody else does.
 *
 * What travels up and down is the payload of the L2TP service of a circuit (docs/mapping.md): ESP,
 * a headerless UDP datagram or, where permitted, L2TP. Transports does not look into it.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <osmocom/core/linuxlist.h>

#include "core/pkt.h"
#include "core/rcu.h"

enum medium {
	MEDIUM_ATM,
	MEDIUM_FR,
	MEDIUM_IP,
};

/*! On an IP link a payload comes and goes by one of these. */
enum ip_service {
	IP_IKE, /*!< UDP 500 */
	IP_IKE_NATT, /*!< UDP 4500 behind the non-ESP marker, which is not in the packet (RFC 3948 2.2) */
	IP_ESP,	    /*!< protocol 50 */
	IP_ESP_UDP, /*!< UDP 4500 (RFC 3948 2.1) */
	IP_L2TP,    /*!< UDP 1701 in the clear: where configured */
};

enum encap {
	ENCAP_LLC_SNAP,	  /*!< ATM: AA-AA-03 00-00-5E 0x0007 (RFC 3355 5) */
	ENCAP_NULL,	  /*!< ATM: the circuit is the L2TP service (RFC 3355 4, VC multiplexing) */
	ENCAP_NLPID_SNAP, /*!< FR: 03 00 80 00-00-5E 0x0007 (RFC 3070 4) */
	ENCAP_IP,	  /*!< IP: the packet says which of enum ip_service */
};

struct link;
struct circuit;
struct link_driver;
struct capture;

/*! What a test rig does to a link's transmit side. Probabilities in parts per million of units
 * (cells or frames); all zero = a perfect line. */
struct impair_cfg {
	uint32_t loss_ppm;
	uint32_t bit_error_ppm; /*!< units that get one bit inverted */
	uint32_t delay_us;
	uint64_t rate_bps; /*!< of the line, framing included; 0 = unlimited */
	uint32_t seed;	   /*!< same seed, same losses */
};

enum lmi_type {
	LMI_NONE,
	LMI_Q933A,
};

/*! Q.933 Annex A: role and system parameters (Tables A.1 and A.2), times in seconds. */
struct lmi_cfg {
	enum lmi_type type;
	bool network; /*!< role: network side, else user side */
	uint8_t n391; /*!< full status every n391 polls, 1..255, default 6 */
	uint8_t n392; /*!< error threshold, 1..10, default 3 */
	uint8_t n393; /*!< monitored events, n392..10, default 4 */
	uint8_t t391; /*!< user: poll interval, 5..30 by the standard; 1..30 accepted, default 10 */
	uint8_t t392; /*!< network: poll verification, 5..30; 1..30 accepted, default 15 */
};

struct link_cfg {
	enum medium medium;
	char driver[16];       /*!< name in the registry: "loop", "udp" (IP) */
	char socket_path[108]; /*!< loop: the UNIX socket */
	bool listen;	       /*!< loop: make the socket, else connect to it */
	uint16_t mtu;	    /*!< FR: whole frame with 2-octet address, without FCS; default 1600 */
	struct lmi_cfg lmi; /*!< FR */
	struct endpoint local; /*!< IP: this end's address */
	bool clear_l2tp;       /*!< IP: serve UDP 1701 without protection */
	struct impair_cfg impair;
};

/*! Defaults of a medium. */
void link_cfg_init(struct link_cfg *cfg, enum medium medium);

/*! Does it say what the link is made of? Before that it need not work. */
bool link_cfg_complete(const struct link_cfg *cfg);

/*! \returns NULL when the configuration can work, else what is wrong with it and how to mend it,
 * in a static buffer. */
const char *link_cfg_check(const struct link_cfg *cfg);

/*! What transports wants of the room above. All in the control thread. */
struct link_owner_ops {
	/*! The carrier is there: have the owning worker poll fd for reading and serve the link. */
	void (*attach)(struct link *l, int fd);
	/*! Take the link from its worker. When this returns no worker uses it or fd any more. */
	void (*detach)(struct link *l);
	/*! Carrier of a link, after attach() or detach(). */
	void (*carrier)(struct link *l, bool up);
	/*! A circuit became able to carry packets, or unable: carrier and, on FR, LMI together. */
	void (*circuit_state)(struct circuit *c, bool active);
	/*! Send a link management frame (the frame from its address field to before the FCS). The
	 * octets are borrowed: copy them into a packet with circuit 0 and control set, and have the
	 * worker pass it to link_tx(). */
	int (*send_mgmt)(struct link *l, const uint8_t *frame, size_t len);
	/*! IP: the way to far carries packets of at most mtu octets, IP header included (ICMP said
	 * so, or the device). Of far the address alone: its port is 0. Not authentic: bounded below
	 * by what IP guarantees (576 octets, IPv6 1280), and never believed to have grown. */
	void (*path_mtu)(struct link *l, const struct endpoint *far, uint32_t mtu);
};

/*! One circuit. Read by both threads; what is not const after circuit_add() says so. */
struct circuit {
	struct rcu_ht_node node;
	struct rcu_retired retired;
	struct llist_head list; /*!< of the link; control thread */
	struct link *link;
	uint32_t id;   /*!< its account */
	uint32_t vc;   /*!< ATM: VPI << 16 | VCI; FR: DLCI; IP: any number */
	char name[80]; /*!< "atm0/0.100" or "fr0/100" */
	enum encap encap;
	uint32_t mtu; /*!< largest payload of the L2TP service, octets */
	bool active;  /*!< control thread */
	bool tx_ok;   /*!< the same for the worker; relaxed atomic */
	void *owner;  /*!< the room above; control thread */
	void *medium; /*!< the medium's own state; the owning worker's */
};

struct link {
	struct llist_head list;
	char name[32];
	uint32_t id; /*!< its account */
	struct link_cfg cfg;
	const struct link_driver *drv;
	const struct link_owner_ops *ops;
	void *owner;		    /*!< the room above */
	void *worker_priv;	    /*!< the owning worker's, while attached */
	bool carrier;		    /*!< control thread */
	struct llist_head circuits; /*!< control thread */
	struct rcu_ht *by_vc;	    /*!< VC to struct circuit, for the worker */
	struct capture *capture;    /*!< RCU: NULL = nobody listens */
	void *port;		    /*!< the medium's part: struct atm_port, struct fr_port */
	void *io;		    /*!< the driver's part */
};

/*! Create a link. It does nothing before link_start(). Control thread.
 * \returns 0 or -EINVAL (link_cfg_check() says why), -ENOSPC, -ENOMEM. */
int link_create(struct link **out, const char *name, const struct link_cfg *cfg,
		const struct link_owner_ops *ops, void *owner);

/*! Begin: the driver tries for carrier, now and again for ever. */
int link_start(struct link *l);

/*! Stop: carrier down, circuits inactive. May be started again. */
void link_stop(struct link *l);

/*! Stop and free, with all circuits. */
void link_destroy(struct link *l);

/*! Change the impairment of a running link. */
int link_set_impair(struct link *l, const struct impair_cfg *cfg);

/*! Add a circuit. max_sdu: ATM, largest AAL5 SDU (1..65535, 0 = 9188: RFC 3355 3.1 recommends 9180 and LLC/SNAP is 8); FR, IP: 0.
 * \returns 0, -EEXIST, -EINVAL (vc or encap not of the medium), -ENOSPC (no account). */
int circuit_add(struct link *l, uint32_t vc, enum encap encap, uint32_t max_sdu, void *owner,
		struct circuit **out);

/*! Unpublish a circuit; it is freed after a grace period. */
void circuit_del(struct circuit *c);

struct circuit *circuit_by_vc(struct link *l, uint32_t vc);

/*! A link management frame that link_rx() gave up with circuit 0, now in the control thread. */
void link_mgmt_rx(struct link *l, const uint8_t *frame, size_t len);

/*! The worker found the far end gone (link_rx() or link_tx() set lost): control thread's part. */
void link_lost(struct link *l);

/* ---- the owning worker's part ---- */

/*! What a driver call found, beside packets. */
struct link_io {
	bool more;	 /*!< link_rx: call again before polling */
	bool lost;	 /*!< the far end is gone: stop polling, tell the control thread */
	bool want_write; /*!< wait for the fd to become writable, then link_poll() */
};

/*! Receive up to a batch of payloads. Each packet has circuit and acct set to its circuit's id and
 * obj to the struct circuit; link management comes with circuit 0, acct of the link and control
 * set. Discards are counted and gone. out is empty on entry.
 *
 * An IP link cannot tell circuits apart (by SPI or cookies: that is for the room above): its packets
 * have service and far set, acct of the link and circuit 0; link management has control set. */
void link_rx(struct link *l, struct pkt_batch *out, struct link_io *io);

/*! Send payloads (obj = struct circuit, NULL for link management). On an IP link service and far
 * say how and where to. Consumes all packets. */
void link_tx(struct link *l, struct pkt_batch *b, struct link_io *io);

/*! Hand what link_tx() gathered to the driver: at the end of each round of the worker. */
void link_flush(struct link *l, struct link_io *io);

/*! Time or writability: send what delay, rate or a full socket held back.
 * \returns when to call again (clock_ns()), or INT64_MAX. */
int64_t link_poll(struct link *l, int64_t now, struct link_io *io);

/* ---- drivers ---- */

/*! One medium on one kind of hardware or emulation. The functions mean what the link_ functions of
 * the same name mean. */
struct link_driver {
	const char *name;
	enum medium medium;
	int (*start)(struct link *l);
	void (*stop)(struct link *l);
	void (*lost)(struct link *l);
	int (*set_impair)(struct link *l, const struct impair_cfg *cfg);
	int (*circuit_add)(struct circuit *c, uint32_t max_sdu);
	void (*circuit_free)(struct circuit *c); /*!< after the grace period */
	bool (*usable)(const struct circuit *c); /*!< given carrier: can it carry (LMI)? */
	/*! Carrier came (after attach(); circuits that are usable() are active) or went (after
	 * detach()): begin and end link management. NULL: the medium has none. */
	void (*carrier)(struct link *l, bool up);
	void (*mgmt_rx)(struct link *l, const uint8_t *frame, size_t len);
	void (*rx)(struct link *l, struct pkt_batch *out, struct link_io *io);
	void (*tx)(struct link *l, struct pkt_batch *b, struct link_io *io);
	void (*flush)(struct link *l, struct link_io *io);
	int64_t (*poll)(struct link *l, int64_t now, struct link_io *io);
	/*! Make port and io. circuit_add() sets medium and mtu of a circuit, refuses what the medium
	 * does not have. link_tx() has taken out what cannot go: inactive circuit, longer than mtu. */
	int (*create)(struct link *l);
	void (*destroy)(struct link *l);
};

/*! All drivers, NULL at the end: the registry. */
extern const struct link_driver *const link_drivers[];

/*! For drivers: carrier came (fd to poll) or went. Control thread. Calls attach() or detach(),
 * then carrier() and the circuits' states. */
void link_carrier_up(struct link *l, int fd);
void link_carrier_down(struct link *l);

/*! For media: a circuit's state changed (LMI), or may have (carrier). Tells the owner if so. */
void circuit_set_active(struct circuit *c, bool active);

/* ---- capture ---- */

/*! Start writing a link's PDUs to a pcap file: DLT_SUNATM with the AAL5 SDUs, DLT_FRELAY with the
 * frames without FCS, DLT_RAW with IP packets whose headers are
 * made for it. The worker copies into a ring, the control thread writes.
 * \param[in] snaplen octets kept of each. \returns 0 or -errno (-EBUSY: one is running). */
int link_capture_start(struct link *l, const char *path, uint32_t snaplen);

/*! Stop, write what is waiting, close. \returns -ENOENT when none runs. */
int link_capture_stop(struct link *l);

struct capture_info {
	bool running;
	char path[256];
	uint64_t written;
	uint64_t missed; /*!< not captured because the ring was full */
};
void link_capture_info(struct link *l, struct capture_info *out);
