/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "transports/capture.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <pcap/pcap.h>

#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "core/ctr.h"
#include "core/log.h"

enum {
	WRITE_USEC = 20 * 1000,
	SNAP_MAX = 65535 + 40, /* the longest SDU or IPv6 payload and what stands before it */
	SNAP_DEFAULT = SNAP_MAX,
	/* Octets of the ring: 5 ms between two writes at more than 10 Gbit/s. */
	RING_BYTES = 8 << 20,
	SLOTS_MIN = 64,
	SLOTS_MAX = 8192,
};

struct record {
	struct timespec when;
	uint32_t caplen;
	uint32_t len;
	uint8_t octets[];
};

struct capture {
	struct rcu_retired retired;
	struct link *link;
	char path[256];
	pcap_t *pcap;
	pcap_dumper_t *dump;
	struct osmo_timer_list timer;
	uint64_t written;
	bool failed; /* and said so */
	uint32_t snaplen;
	uint32_t slots; /* a power of two */
	size_t slot_size;
	uint8_t *mem;
	_Alignas(64) _Atomic uint32_t head; /* next to write to the file: control thread */
	_Alignas(64) _Atomic uint32_t tail; /* next to fill: worker */
	ctr_t missed;
};

static struct record *slot(const struct capture *c, uint32_t i)
{
	return (struct record *)(void *)(c->mem + (size_t)(i & (c->slots - 1)) * c->slot_size);
}

/* ---- worker ---- */

void capture_put(struct capture *c, const uint8_t *head, uint32_t head_len, const uint8_t *body,
		 uint32_t body_len)
{
	uint32_t tail = atomic_load_explicit(&c->tail, memory_order_relaxed);
	struct record *r = slot(c, tail);
	uint32_t n;

	if (tail - atomic_load_explicit(&c->head, memory_order_acquire) == c->slots) {
		ctr_add(&c->missed, 1);
		return;
	}
	clock_gettime(CLOCK_REALTIME, &r->when);
	r->len = head_len + body_len;
	r->caplen = r->len < c->snaplen ? r->len : c->snaplen;
	n = head_len < r->caplen ? head_len : r->caplen;
	if (n)
		memcpy(r->octets, head, n);
	if (r->caplen > n)
		memcpy(r->octets + n, body, r->caplen - n);
	atomic_store_explicit(&c->tail, tail + 1, memory_order_release);
}

/* ---- control thread ---- */

static void write_waiting(struct capture *c)
{
	uint32_t head = atomic_load_explicit(&c->head, memory_order_relaxed);
	uint32_t tail = atomic_load_explicit(&c->tail, memory_order_acquire);

	if (head == tail)
		return;
	for (; head != tail; head++) {
		const struct record *r = slot(c, head);
		struct pcap_pkthdr h = {
			.ts = { .tv_sec = r->when.tv_sec, .tv_usec = r->when.tv_nsec / 1000 },
			.caplen = r->caplen,
			.len = r->len,
		};

		pcap_dump((u_char *)c->dump, &h, r->octets);
		c->written++;
		atomic_store_explicit(&c->head, head + 1, memory_order_release);
	}
	/* What is in the file can be read while the capture runs. */
	if (pcap_dump_flush(c->dump) < 0 && !c->failed) {
		c->failed = true;
		LOGP(DLINK, LOGL_NOTICE, "%s: capture: cannot write %s\n", c->link->name, c->path);
	}
}

static void timer_fired(void *data)
{
	struct capture *c = data;

	write_waiting(c);
	osmo_timer_schedule(&c->timer, 0, WRITE_USEC);
}

static void capture_free(struct capture *c)
{
	if (!c)
		return;
	free(c->mem);
	free(c);
}

static void retired_free(struct rcu_retired *r)
{
	capture_free(caa_container_of(r, struct capture, retired));
}

static struct capture *capture_new(struct link *l, const char *path, uint32_t snaplen)
{
	struct capture *c = aligned_alloc(64, (sizeof(*c) + 63) & ~(size_t)63);

	if (!c)
		return NULL;
	memset(c, 0, sizeof(*c));
	c->link = l;
	osmo_strlcpy(c->path, path, sizeof(c->path));
	c->snaplen = snaplen;
	c->slot_size = (sizeof(struct record) + snaplen + 63) & ~(size_t)63;
	for (c->slots = SLOTS_MAX; c->slots > SLOTS_MIN && c->slots * c->slot_size > RING_BYTES;)
		c->slots /= 2;
	c->mem = aligned_alloc(64, c->slots * c->slot_size);
	if (!c->mem) {
		capture_free(c);
		return NULL;
	}
	osmo_timer_setup(&c->timer, timer_fired, c);
	return c;
}

static int dlt_of(enum medium medium)
{
	switch (medium) {
	case MEDIUM_ATM:
		return DLT_SUNATM;
	case MEDIUM_FR:
		return DLT_FRELAY;
	case MEDIUM_IP:
		break;
	}
	return DLT_RAW;
}

/* A new file, or an old capture that is ours to replace, readable by the owner alone. */
static int file_open(struct capture *c, enum medium medium)
{
	int fd = open(c->path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	FILE *f = NULL;
	struct stat st;
	int rc;

	if (fd < 0)
		return -errno;
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		rc = -EINVAL;
		goto err;
	}
	if (fchmod(fd, 0600) < 0 || ftruncate(fd, 0) < 0 || !(f = fdopen(fd, "w"))) {
		rc = -errno;
		goto err;
	}
	rc = -ENOMEM;
	c->pcap = pcap_open_dead(dlt_of(medium), SNAP_MAX);
	if (!c->pcap)
		goto err;
	c->dump = pcap_dump_fopen(c->pcap, f);
	if (c->dump)
		return 0;
	rc = -EIO;
	pcap_close(c->pcap);
err:
	if (f)
		fclose(f);
	else
		close(fd);
	return rc;
}

int link_capture_start(struct link *l, const char *path, uint32_t snaplen)
{
	struct capture *c;
	int rc;

	if (l->capture)
		return -EBUSY;
	if (strlen(path) >= sizeof(c->path))
		return -ENAMETOOLONG;
	if (snaplen == 0 || snaplen > SNAP_MAX)
		snaplen = SNAP_DEFAULT;
	c = capture_new(l, path, snaplen);
	if (!c)
		return -ENOMEM;
	rc = file_open(c, l->cfg.medium);
	if (rc < 0) {
		capture_free(c);
		return rc;
	}
	osmo_timer_schedule(&c->timer, 0, WRITE_USEC);
	rcu_publish(l->capture, c);
	return 0;
}

int link_capture_stop(struct link *l)
{
	struct capture *c = l->capture;

	if (!c)
		return -ENOENT;
	rcu_publish(l->capture, (struct capture *)NULL);
	osmo_timer_del(&c->timer);
	write_waiting(c);
	pcap_dump_close(c->dump);
	pcap_close(c->pcap);
	/* A worker may still copy into the ring until its quiescent state; nobody reads that. */
	rcu_retire(&c->retired, retired_free);
	return 0;
}

void link_capture_info(struct link *l, struct capture_info *out)
{
	const struct capture *c = l->capture;

	memset(out, 0, sizeof(*out));
	if (!c)
		return;
	out->running = true;
	osmo_strlcpy(out->path, c->path, sizeof(out->path));
	out->written = c->written;
	out->missed = ctr_get(&c->missed);
}
