/* SPDX-License-Identifier: GPL-2.0-or-later */

/* vcgwd: options, order of start and end, signals. */

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <osmocom/core/application.h>
#include <osmocom/core/rate_ctr.h>
#include <osmocom/core/select.h>
#include <osmocom/core/stats.h>
#include <osmocom/core/talloc.h>
#include <osmocom/vty/logging.h>
#include <osmocom/vty/misc.h>
#include <osmocom/vty/stats.h>
#include <osmocom/vty/telnet_interface.h>

#include "core/acct.h"
#include "core/log.h"
#include "core/rcu.h"
#include "gateway/pki.h"
#include "gateway/report.h"
#include "gateway/secrets.h"
#include "gateway/vty.h"
#include "gateway/vty_write.h"

enum {
	SHUTDOWN_MS = 3000,
};

static void *tall_ctx;
static bool finished;
static struct osmo_fd signal_ofd, reap_ofd;

static struct options {
	const char *config;
	bool check;
	bool daemonize;
} options = {
	.config = "/etc/vcgw/vcgwd.conf",
};

static void usage(FILE *to)
{
	fprintf(to,
		"Usage: vcgwd [-c FILE] [-D]\n"
		"       vcgwd --check FILE\n"
		"L2TP protected by IPsec over virtual circuits.\n\n"
		"  -c, --config FILE  configuration (default /etc/vcgw/vcgwd.conf)\n"
		"      --check FILE   read a configuration and its secrets, say what is wrong, exit\n"
		"  -D, --daemonize    go into the background\n"
		"  -V, --version      print the version\n"
		"  -h, --help         print this\n");
}

static void parse_options(int argc, char **argv)
{
	static const struct option longs[] = { { "config", required_argument, NULL, 'c' },
					       { "check", required_argument, NULL, 'C' },
					       { "daemonize", no_argument, NULL, 'D' },
					       { "version", no_argument, NULL, 'V' },
					       { "help", no_argument, NULL, 'h' },
					       { NULL, 0, NULL, 0 } };
	int o;

	while ((o = getopt_long(argc, argv, "c:DVh", longs, NULL)) != -1) {
		switch (o) {
		case 'C':
			options.check = true;
			options.config = optarg;
			break;
		case 'c':
			options.config = optarg;
			break;
		case 'D':
			options.daemonize = true;
			break;
		case 'V':
			printf("vcgwd %s\n", PACKAGE_VERSION);
			exit(0);
		case 'h':
			usage(stdout);
			exit(0);
		default:
			usage(stderr);
			exit(2);
		}
	}
	if (optind < argc) {
		usage(stderr);
		exit(2);
	}
}

/* Keys are in this process: no core dumps, no ptrace by the same user, nothing gained by exec. */
static void harden(void)
{
	static const struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_DUMPABLE, 0);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

/* What is kept, where we have it: for TUN devices, for ESP as an IP protocol, for UDP port 500. */
static const struct {
	cap_value_t cap;
	const char *lack;
} kept[] = {
	{ CAP_NET_ADMIN, "CAP_NET_ADMIN: TUN devices cannot be made" },
	{ CAP_NET_RAW, "CAP_NET_RAW: IP links cannot start" },
	{ CAP_NET_BIND_SERVICE, "CAP_NET_BIND_SERVICE: IP links cannot have UDP port 500" },
};

static int keep_capability(cap_t have, cap_t want, unsigned int i)
{
	cap_flag_value_t have_it = CAP_CLEAR;

	if (cap_get_flag(have, kept[i].cap, CAP_PERMITTED, &have_it) < 0)
		return -1;
	if (have_it != CAP_SET) {
		LOGP(DGW, LOGL_NOTICE, "without %s; start vcgwd as root or grant it\n",
		     kept[i].lack);
		return 0;
	}
	if (cap_set_flag(want, CAP_PERMITTED, 1, &kept[i].cap, CAP_SET) < 0)
		return -1;
	return cap_set_flag(want, CAP_EFFECTIVE, 1, &kept[i].cap, CAP_SET);
}

/* Before the first thread: capabilities belong to threads, and new ones inherit. In a user namespace
 * or as a plain user with them, this is all there is. */
static int drop_capabilities(void)
{
	cap_t have = cap_get_proc(), want = cap_init();
	int rc = have && want ? 0 : -1;

	for (unsigned int i = 0; i < sizeof(kept) / sizeof(kept[0]) && rc == 0; i++)
		rc = keep_capability(have, want, i);
	if (rc == 0)
		rc = cap_set_proc(want);
	if (rc < 0)
		LOGP(DGW, LOGL_ERROR, "capabilities cannot be dropped: %s\n", strerror(errno));
	cap_free(have);
	cap_free(want);
	return rc;
}

/* ---- signals ---- */

static void shut_down_done(void)
{
	finished = true;
}

static void on_terminate(void)
{
	static bool asked;

	if (asked)
		finished = true;
	asked = true;
	LOGP(DGW, LOGL_NOTICE, "shutting down\n");
	gateway_shutdown(SHUTDOWN_MS, shut_down_done);
}

static void on_hangup(void)
{
	struct gw_why why;

	log_targets_reopen();
	if (gateway_reload_secrets(&why) < 0)
		LOGP(DGW, LOGL_ERROR, "secrets not reloaded, the old ones stay: %s\n", why.text);
	else
		LOGP(DGW, LOGL_NOTICE, "log files opened anew, secrets reloaded\n");
	gw_pki_load_all();
}

static int signal_cb(struct osmo_fd *ofd, unsigned int what)
{
	struct signalfd_siginfo si;

	(void)what;
	if (read(ofd->fd, &si, sizeof(si)) != (ssize_t)sizeof(si))
		return 0;
	switch (si.ssi_signo) {
	case SIGTERM:
	case SIGINT:
		on_terminate();
		break;
	case SIGHUP:
		on_hangup();
		break;
	case SIGUSR1:
		talloc_report(NULL, stderr);
		break;
	}
	return 0;
}

/* Blocked before the first thread starts, so that all threads inherit it and none is interrupted. */
static int signals_init(void)
{
	sigset_t set;
	int fd;

	osmo_init_ignore_signals();
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGUSR1);
	if (sigprocmask(SIG_BLOCK, &set, NULL) < 0)
		return -errno;
	fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	if (fd < 0)
		return -errno;
	osmo_fd_setup(&signal_ofd, fd, OSMO_FD_READ, signal_cb, NULL, 0);
	return osmo_fd_register(&signal_ofd);
}

static int reap_cb(struct osmo_fd *ofd, unsigned int what)
{
	(void)ofd;
	(void)what;
	rcu_reap();
	return 0;
}

/* ---- into the background ---- */

/* Where the starter waits for the word that all is well; -1 = nobody does. */
static int starter_fd = -1;

/* Before the first thread, and before anything is opened that a fork would double. The starter goes
 * when the daemon runs, with status 0, or ends, with status 1: whoever starts it learns which. Until
 * then what is wrong goes to the starter's standard error. The directory stays: `write` and SIGHUP
 * come back to paths that may be relative to it. */
static int into_background(void)
{
	int fds[2], rc;
	char word;
	ssize_t n;

	if (pipe2(fds, O_CLOEXEC) < 0)
		return -errno;
	rc = fork();
	if (rc < 0)
		return -errno;
	if (rc > 0) {
		close(fds[1]);
		do
			n = read(fds[0], &word, 1);
		while (n < 0 && errno == EINTR);
		_exit(n == 1 ? 0 : 1);
	}
	close(fds[0]);
	starter_fd = fds[1];
	return setsid() < 0 ? -errno : 0;
}

/* It runs: leave the starter's terminal, and tell it. */
static void in_background(void)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (starter_fd < 0)
		return;
	for (int fd = 0; null >= 0 && fd <= STDERR_FILENO; fd++)
		dup2(null, fd);
	if (null > STDERR_FILENO)
		close(null);
	if (write(starter_fd, "", 1) != 1)
		LOGP(DGW, LOGL_NOTICE, "who started vcgwd has gone: %s\n", strerror(errno));
	close(starter_fd);
	starter_fd = -1;
}

/* ---- start ---- */

static void init_base(void)
{
	talloc_enable_null_tracking(); /* for SIGUSR1: all of the control plane's contexts */
	tall_ctx = talloc_named_const(NULL, 0, "vcgwd");
	osmo_init_logging2(tall_ctx, &vcgw_log_info);
	log_set_use_color(osmo_stderr_target, isatty(STDERR_FILENO));
	log_set_print_category(osmo_stderr_target, 1);
	log_set_print_category_hex(osmo_stderr_target, 0);
	log_set_print_level(osmo_stderr_target, 1);
	log_set_print_filename2(osmo_stderr_target, LOG_FILENAME_NONE);
	osmo_stats_init(tall_ctx);
	rate_ctr_init(tall_ctx);
}

static void init_vty(void)
{
	gw_vty_init();
	logging_vty_add_cmds();
	osmo_stats_vty_add_cmds();
	gw_vty_lib_init();
	osmo_fsm_vty_add_cmds();
}

static void print_problem(void *config, const char *line)
{
	printf("%s: %s\n", (const char *)config, line);
}

static void log_problem(void *priv, const char *line)
{
	(void)priv;
	LOGP(DGW, LOGL_NOTICE, "%s\n", line);
}

/* --check: nothing is bound, made or started. */
static int check(void)
{
	struct gw_why why;
	unsigned int problems;

	if (gw_config_read(options.config, stderr) < 0)
		return 1;
	/* On another machine than the gateway there may be none. */
	if (access(gw->cfg.secrets_file, F_OK) < 0) {
		printf("%s: note: secrets not checked: %s: %s\n", options.config,
		       gw->cfg.secrets_file, strerror(errno));
	} else if (secrets_load(&gw->secrets, gw->cfg.secrets_file, &why) < 0) {
		fprintf(stderr, "%s\n", why.text);
		return 1;
	}
	problems = gw_check(print_problem, (void *)(uintptr_t)options.config);
	secrets_free(gw->secrets);
	gw->secrets = NULL;
	if (!problems)
		printf("%s: ok\n", options.config);
	return problems ? 1 : 0;
}

static int start(void)
{
	struct gw_why why;
	int rc;

	if (gw_config_read(options.config, stderr) < 0)
		return -1;
	host_config_set(options.config);
	if (telnet_init_default(tall_ctx, NULL, VTY_PORT) < 0) {
		LOGP(DGW, LOGL_FATAL,
		     "VTY: cannot listen on %s port %d; 'line vty' 'bind ADDRESS PORT' chooses another\n",
		     vty_get_bind_addr(), vty_get_bind_port(VTY_PORT));
		return -1;
	}
	rc = gateway_start(&why);
	if (rc == 0)
		rc = gw_ctrl_start(&why);
	if (rc < 0) {
		LOGP(DGW, LOGL_FATAL, "%s\n", why.text);
		return -1;
	}
	gw_check(log_problem, NULL);
	if (gw->cfg.legacy_reason[0])
		LOGP(DGW, LOGL_NOTICE,
		     "weak algorithms (DES, 3DES, MD5, groups below modp2048) are allowed by 'legacy-algorithms %s'\n",
		     gw->cfg.legacy_reason);
	gw_stats_start();
	gw_drop_log_start();
	osmo_fd_setup(&reap_ofd, rcu_reap_fd(), OSMO_FD_READ, reap_cb, NULL, 0);
	return osmo_fd_register(&reap_ofd);
}

int main(int argc, char **argv)
{
	int rc;

	parse_options(argc, argv);
	harden();
	init_base();
	init_vty();
	if (acct_init() < 0 || acct_thread_init() < 0) {
		fprintf(stderr, "vcgwd: no memory\n");
		return 1;
	}
	if (options.daemonize && !options.check && into_background() < 0) {
		fprintf(stderr, "vcgwd: cannot go into the background: %s\n", strerror(errno));
		return 1;
	}
	if (!options.check && (drop_capabilities() < 0 || signals_init() < 0))
		return 1;
	if (rcu_init() < 0 || gateway_init() < 0) {
		fprintf(stderr, "vcgwd: no memory\n");
		return 1;
	}
	if (options.check) {
		gw->checking = true;
		rc = check();
		gateway_exit();
		return rc;
	}
	if (start() < 0) {
		/* Threads may run and links may have begun. */
		gateway_exit();
		return 1;
	}
	LOGP(DGW, LOGL_NOTICE, "vcgwd %s: running as %s\n", PACKAGE_VERSION, gw->cfg.hostname);
	in_background();
	while (!finished)
		osmo_select_main(0);

	telnet_exit();
	gw_ctrl_stop();
	gw_drop_log_stop();
	gw_stats_stop();
	osmo_fd_unregister(&reap_ofd);
	gateway_exit(); /* and rcu_exit(), at its place among the others */
	LOGP(DGW, LOGL_NOTICE, "ended\n");
	log_fini();
	talloc_free(tall_ctx);
	return 0;
}
