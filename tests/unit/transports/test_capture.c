/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "transports/capture.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <pcap/pcap.h>

#include "tests/unit/transports/rig.h"

static char dir[] = "/tmp/vcgw-test-XXXXXX", path[sizeof(dir) + 16];
static struct link link_;

static void begin(enum medium medium)
{
	rig_init(1, 0);
	strcpy(dir + sizeof(dir) - 7, "XXXXXX");
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/x.pcap", dir);
	memset(&link_, 0, sizeof(link_));
	link_.cfg.medium = medium;
}

static void end(void)
{
	unlink(path);
	CU_ASSERT_EQUAL(rmdir(dir), 0);
	rig_exit();
}

static void pdus_can_be_read_back(void)
{
	static const uint8_t head[] = { 0x82, 0x01, 0x00, 0x64 };
	static uint8_t body[65535];
	static const uint32_t sizes[] = { 0, 1, 40, 1500, 65535 };
	struct capture_info info;
	struct pcap_pkthdr h;
	char err[PCAP_ERRBUF_SIZE];
	const u_char *p;
	struct stat st;
	pcap_t *f;

	begin(MEDIUM_ATM);
	memset(body, 0xa5, sizeof(body));
	CU_ASSERT_PTR_NULL(capture_of(&link_));
	CU_ASSERT_EQUAL_FATAL(link_capture_start(&link_, path, 0), 0);
	CU_ASSERT_EQUAL(link_capture_start(&link_, path, 0), -EBUSY);
	for (unsigned int i = 0; i < 5; i++)
		capture_put(capture_of(&link_), head, 4, body, sizes[i]);
	link_capture_info(&link_, &info);
	CU_ASSERT(info.running && strcmp(info.path, path) == 0);
	CU_ASSERT_EQUAL(link_capture_stop(&link_), 0);
	CU_ASSERT_EQUAL(link_capture_stop(&link_), -ENOENT);
	CU_ASSERT_PTR_NULL(capture_of(&link_));
	CU_ASSERT_EQUAL(stat(path, &st), 0);
	CU_ASSERT_EQUAL(st.st_mode & 07777, 0600);
	f = pcap_open_offline(path, err);
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	CU_ASSERT_EQUAL(pcap_datalink(f), DLT_SUNATM);
	for (unsigned int i = 0; i < 5; i++) {
		p = pcap_next(f, &h);
		CU_ASSERT_PTR_NOT_NULL_FATAL(p);
		CU_ASSERT(h.len == sizes[i] + 4 && h.caplen == h.len);
		CU_ASSERT(memcmp(p, head, 4) == 0 && memcmp(p + 4, body, sizes[i]) == 0);
		CU_ASSERT(labs(time(NULL) - h.ts.tv_sec) < 60 && h.ts.tv_usec < 1000000);
	}
	CU_ASSERT_PTR_NULL(pcap_next(f, &h));
	pcap_close(f);
	end();
}

static void snaplen_cuts_and_the_length_stays(void)
{
	static const uint8_t frame[300] = { 0x18, 0x41, 0x03 };
	struct pcap_pkthdr h;
	char err[PCAP_ERRBUF_SIZE];
	const u_char *p;
	pcap_t *f;

	begin(MEDIUM_FR);
	CU_ASSERT_EQUAL_FATAL(link_capture_start(&link_, path, 2), 0);
	capture_put(capture_of(&link_), NULL, 0, frame, sizeof(frame));
	capture_put(capture_of(&link_), frame, 3, frame, sizeof(frame));
	CU_ASSERT_EQUAL(link_capture_stop(&link_), 0);
	f = pcap_open_offline(path, err);
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	CU_ASSERT_EQUAL(pcap_datalink(f), DLT_FRELAY);
	p = pcap_next(f, &h);
	CU_ASSERT(p && h.caplen == 2 && h.len == 300 && memcmp(p, frame, 2) == 0);
	p = pcap_next(f, &h);
	CU_ASSERT(p && h.caplen == 2 && h.len == 303 && memcmp(p, frame, 2) == 0);
	pcap_close(f);
	end();
}

static void a_full_ring_counts_what_it_misses(void)
{
	static uint8_t body[65535];
	struct capture_info info;
	struct pcap_pkthdr h;
	char err[PCAP_ERRBUF_SIZE];
	unsigned int n = 0;
	pcap_t *f;

	begin(MEDIUM_ATM);
	CU_ASSERT_EQUAL_FATAL(link_capture_start(&link_, path, 65535), 0);
	for (int i = 0; i < 1000; i++)
		capture_put(capture_of(&link_), body, 4, body, sizeof(body));
	link_capture_info(&link_, &info);
	CU_ASSERT(info.missed > 0 && info.missed < 1000);
	CU_ASSERT_EQUAL(link_capture_stop(&link_), 0);
	f = pcap_open_offline(path, err);
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	while (pcap_next(f, &h))
		n++;
	CU_ASSERT_EQUAL(n + info.missed, 1000);
	pcap_close(f);
	end();
}

static void what_cannot_be_written_is_refused(void)
{
	char name[300];

	begin(MEDIUM_ATM);
	CU_ASSERT_EQUAL(link_capture_start(&link_, "/nonexistent/x.pcap", 0), -ENOENT);
	CU_ASSERT(link_capture_start(&link_, dir, 0) < 0);
	CU_ASSERT(link_capture_start(&link_, "/dev/null", 0) < 0);
	CU_ASSERT_EQUAL(symlink("/tmp/elsewhere", path), 0);
	CU_ASSERT(link_capture_start(&link_, path, 0) < 0);
	memset(name, 'x', sizeof(name));
	name[299] = '\0';
	CU_ASSERT_EQUAL(link_capture_start(&link_, name, 0), -ENAMETOOLONG);
	CU_ASSERT_PTR_NULL(link_.capture);
	end();
}

static void an_old_capture_is_replaced(void)
{
	struct pcap_pkthdr h;
	char err[PCAP_ERRBUF_SIZE];
	pcap_t *f;

	begin(MEDIUM_ATM);
	for (int i = 0; i < 2; i++) {
		CU_ASSERT_EQUAL_FATAL(link_capture_start(&link_, path, 0), 0);
		capture_put(capture_of(&link_), (const uint8_t *)path, 8, NULL, 0);
		CU_ASSERT_EQUAL(link_capture_stop(&link_), 0);
	}
	f = pcap_open_offline(path, err);
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	CU_ASSERT_PTR_NOT_NULL(pcap_next(f, &h));
	CU_ASSERT_PTR_NULL(pcap_next(f, &h));
	pcap_close(f);
	end();
}

static const struct unit_case cases[] = {
	{ "PDUs can be read back", pdus_can_be_read_back },
	{ "snaplen cuts and the length stays", snaplen_cuts_and_the_length_stays },
	{ "a full ring counts what it misses", a_full_ring_counts_what_it_misses },
	{ "what cannot be written is refused", what_cannot_be_written_is_refused },
	{ "an old capture is replaced", an_old_capture_is_replaced },
};
UNIT_MAIN("transports/capture", cases)
