/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * vcgw: the shell tool. Speaks to vcgwd's VTY (telnet) or its CTRL interface, prints what comes back
 * and tells by its exit status whether it went well:
 *
 *	0  done		1  vcgwd answered with an error	2  wrong usage	3  no connection
 */

#include <arpa/inet.h>
#include <arpa/telnet.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <netdb.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	TIMEOUT_MS = 10000,
	EXIT_ANSWER = 1,
	EXIT_USAGE = 2,
	EXIT_CONNECTION = 3,
};

static void usage(FILE *to)
{
	fprintf(to,
		"Usage: vcgw [-s HOST:PORT] [-p FILE] show WORDS...\n"
		"       vcgw [-s HOST:PORT] [-p FILE] exec 'COMMAND; COMMAND...'\n"
		"       vcgw [-s HOST:PORT] ctrl get VARIABLE\n"
		"Ask or command a running vcgwd.\n\n"
		"  -s, --server HOST:PORT  VTY (default 127.0.0.1:4290) or CTRL (127.0.0.1:4291)\n"
		"  -p, --password FILE     first line: the VTY's password; else $VCGW_VTY_PASSWORD\n"
		"  -V, --version           print the version\n"
		"  -h, --help              print this\n\n"
		"exec enters 'enable' first; 'configure terminal' may be one of the commands.\n");
}

static void fail(int status, const char *what, const char *why)
{
	fprintf(stderr, "vcgw: %s%s%s\n", what, why ? ": " : "", why ? why : "");
	exit(status);
}

/* ---- connection ---- */

struct conn {
	int fd;
	char *text; /* received and not consumed; without telnet commands */
	size_t len, room;
	enum { TEXT, COMMAND, OPTION, SUB, SUB_IAC } telnet;
};

/* "host:port", "[::1]:port", "host", ":port" */
static void split_server(const char *server, const char *def_port, char *host, size_t host_size,
			 char *port, size_t port_size)
{
	const char *colon = strrchr(server, ':');
	const char *end = colon && strchr(server, ']') < colon ? colon : server + strlen(server);

	if (colon && server[0] != '[' && strchr(server, ':') != colon)
		end = server + strlen(server); /* a bare IPv6 address */
	snprintf(port, port_size, "%s", *end == ':' && end[1] ? end + 1 : def_port);
	if (server[0] == '[' && end > server + 1 && end[-1] == ']')
		snprintf(host, host_size, "%.*s", (int)(end - server - 2), server + 1);
	else
		snprintf(host, host_size, "%.*s", (int)(end - server), server);
	if (!host[0])
		snprintf(host, host_size, "127.0.0.1");
	/* RFC 6761 6.3: always a loopback address, whatever a resolver knows of it. */
	if (strcmp(host, "localhost") == 0)
		snprintf(host, host_size, "127.0.0.1");
}

static void conn_open(struct conn *c, const char *server, const char *def_port)
{
	static const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	struct addrinfo *list, *a;
	char host[256], port[16], where[300];
	int rc, last = 0;

	split_server(server, def_port, host, sizeof(host), port, sizeof(port));
	snprintf(where, sizeof(where), "%s port %s", host, port);
	rc = getaddrinfo(host, port, &hints, &list);
	if (rc)
		fail(EXIT_CONNECTION, where, gai_strerror(rc));
	for (a = list; a; a = a->ai_next) {
		c->fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
		if (c->fd >= 0 && connect(c->fd, a->ai_addr, a->ai_addrlen) == 0)
			break;
		last = errno;
		if (c->fd >= 0)
			close(c->fd);
	}
	freeaddrinfo(list);
	if (!a)
		fail(EXIT_CONNECTION, where, strerror(last));
}

static void conn_send(struct conn *c, const void *data, size_t len)
{
	const char *p = data;

	while (len) {
		ssize_t n = send(c->fd, p, len, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			fail(EXIT_CONNECTION, "connection lost", strerror(errno));
		p += n;
		len -= (size_t)n;
	}
}

static void keep(struct conn *c, char ch)
{
	if (c->len + 1 >= c->room) {
		c->room = c->room ? 2 * c->room : 4096;
		c->text = realloc(c->text, c->room);
		if (!c->text)
			fail(EXIT_CONNECTION, "no memory", NULL);
	}
	c->text[c->len++] = ch;
	c->text[c->len] = '\0';
}

/* Telnet (RFC 854): commands are taken out; we neither offer nor refuse anything, which leaves every
 * option as it is, since the VTY does not insist. */
static void telnet_octet(struct conn *c, unsigned char ch)
{
	switch (c->telnet) {
	case TEXT:
		if (ch == IAC)
			c->telnet = COMMAND;
		else if (ch != '\r' && ch != '\0')
			keep(c, (char)ch);
		break;
	case COMMAND:
		c->telnet = ch == SB ? SUB : ch >= WILL && ch <= DONT ? OPTION : TEXT;
		break;
	case OPTION:
		c->telnet = TEXT;
		break;
	case SUB:
		if (ch == IAC)
			c->telnet = SUB_IAC;
		break;
	case SUB_IAC:
		c->telnet = ch == SE ? TEXT : SUB;
		break;
	}
}

/* Wait for more. \returns octets, 0 at the end. */
static size_t conn_fill(struct conn *c, bool telnet)
{
	struct pollfd p = { .fd = c->fd, .events = POLLIN };
	unsigned char buf[4096];
	ssize_t n;
	int rc;

	do
		rc = poll(&p, 1, TIMEOUT_MS);
	while (rc < 0 && errno == EINTR);
	if (rc == 0)
		fail(EXIT_CONNECTION, "no answer", NULL);
	n = recv(c->fd, buf, sizeof(buf), 0);
	if (n < 0)
		fail(EXIT_CONNECTION, "connection lost", strerror(errno));
	for (ssize_t i = 0; i < n; i++) {
		if (telnet)
			telnet_octet(c, buf[i]);
		else
			keep(c, (char)buf[i]);
	}
	return (size_t)n;
}

/* ---- VTY ---- */

/* The last line, still without its end, is a prompt: "vcgwd> ", "vcgwd# ", "vcgwd(config)# ". */
static bool at_prompt(const struct conn *c, const char *name, bool *password)
{
	const char *line = c->text ? c->text : "", *nl = strrchr(line, '\n');
	size_t n;

	if (nl)
		line = nl + 1;
	*password = strcmp(line, "Password: ") == 0;
	if (*password)
		return true;
	n = strlen(line);
	if (n < 3 || line[n - 1] != ' ' || (line[n - 2] != '>' && line[n - 2] != '#'))
		return false;
	/* A line of output may end like that; a prompt begins with the name and has no blanks. */
	if (strcspn(line, " ") != n - 1)
		return false;
	return !*name || strncmp(line, name, strlen(name)) == 0;
}

static char prompt_name[64];

/* Read up to the next prompt. *password tells which. */
static void wait_prompt(struct conn *c, bool *password)
{
	while (!at_prompt(c, prompt_name, password))
		if (conn_fill(c, true) == 0)
			fail(EXIT_CONNECTION, "vcgwd closed the connection", c->text);
}

/* The first prompt tells the host name that all others begin with. */
static void learn_prompt(const struct conn *c)
{
	const char *nl = strrchr(c->text, '\n'), *line = nl ? nl + 1 : c->text;

	snprintf(prompt_name, sizeof(prompt_name), "%.*s", (int)strcspn(line, ">#("), line);
}

/* What came before the prompt, without the echo of the command. */
static char *output(struct conn *c)
{
	char *start = strchr(c->text, '\n'), *end = strrchr(c->text, '\n');

	if (!start || start == end)
		return NULL;
	end[1] = '\0';
	return start + 1;
}

/* A single newline: the VTY would take CR LF for two lines. Give a command, print what it says. \returns false when the VTY answered with an error. */
static bool command(struct conn *c, const char *text, bool print)
{
	char line[1024];
	bool password, ok = true;
	char *out, *at;
	int n = snprintf(line, sizeof(line), "%s\n", text);

	if (n < 0 || (size_t)n >= sizeof(line) || n > 510)
		fail(EXIT_USAGE, "the command is too long", NULL);
	c->len = 0;
	if (c->text)
		c->text[0] = '\0';
	conn_send(c, line, (size_t)n);
	wait_prompt(c, &password);
	if (password)
		fail(EXIT_ANSWER, "vcgwd asks for an enable password, which vcgw does not give",
		     NULL);
	out = output(c);
	for (at = out; at && *at; at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL)
		ok &= *at != '%';
	if (out && (print || !ok))
		fputs(out, ok ? stdout : stderr);
	return ok;
}

static const char *read_password(const char *file)
{
	static char line[256];
	FILE *f;

	if (!file)
		return getenv("VCGW_VTY_PASSWORD");
	f = fopen(file, "re");
	if (!f || !fgets(line, sizeof(line), f))
		fail(EXIT_USAGE, file, f ? "is empty" : strerror(errno));
	fclose(f);
	line[strcspn(line, "\r\n")] = '\0';
	return line;
}

static void log_in(struct conn *c, const char *password_file)
{
	const char *secret;
	char line[300];
	bool password;

	wait_prompt(c, &password);
	if (password) {
		secret = read_password(password_file);
		if (!secret)
			fail(EXIT_USAGE,
			     "vcgwd asks for a password: give -p FILE or VCGW_VTY_PASSWORD", NULL);
		snprintf(line, sizeof(line), "%s\n", secret);
		c->len = 0;
		c->text[0] = '\0';
		conn_send(c, line, strlen(line));
		explicit_bzero(line, sizeof(line));
		wait_prompt(c, &password);
		if (password)
			fail(EXIT_ANSWER, "wrong password", NULL);
	}
	learn_prompt(c);
	if (!command(c, "terminal length 0", false) || !command(c, "enable", false))
		exit(EXIT_ANSWER);
}

static int run_show(struct conn *c, int argc, char **argv)
{
	char line[512] = "";
	size_t n = 0;

	for (int i = 0; i < argc; i++) {
		int w = snprintf(line + n, sizeof(line) - n, "%s%s", i ? " " : "", argv[i]);

		if (w < 0 || (size_t)w >= sizeof(line) - n)
			fail(EXIT_USAGE, "the command is too long", NULL);
		n += (size_t)w;
	}
	return command(c, line, true) ? 0 : EXIT_ANSWER;
}

/* Stops at the first error: what comes after may count on what came before. */
static int run_exec(struct conn *c, char *commands)
{
	char *save = NULL;

	for (char *one = strtok_r(commands, ";\n", &save); one;
	     one = strtok_r(NULL, ";\n", &save)) {
		one += strspn(one, " \t");
		if (*one && !command(c, one, true))
			return EXIT_ANSWER;
	}
	return 0;
}

/* ---- CTRL: IPA frames of "GET id variable" (length 2, stream 0xee, protocol 0x00) ---- */

static int run_ctrl(struct conn *c, const char *variable)
{
	char msg[300];
	size_t len;
	char *body, *value;
	int n = snprintf(msg + 4, sizeof(msg) - 4, "GET 1 %s", variable);

	if (n < 0 || (size_t)n >= sizeof(msg) - 4)
		fail(EXIT_USAGE, "the variable's name is too long", NULL);
	msg[0] = (char)((n + 1) >> 8);
	msg[1] = (char)(n + 1);
	msg[2] = (char)0xee;
	msg[3] = 0;
	conn_send(c, msg, (size_t)n + 4);
	do {
		if (conn_fill(c, false) == 0)
			fail(EXIT_CONNECTION, "vcgwd closed the connection", NULL);
		len = c->len < 2 ? 0
				 : (size_t)((unsigned char)c->text[0] << 8 |
					    (unsigned char)c->text[1]);
	} while (c->len < 4 || c->len < len + 3);
	c->text[len + 3] = '\0';
	body = c->text + 4;
	if (strncmp(body, "GET_REPLY 1 ", 12) != 0) {
		fprintf(stderr, "vcgw: %s\n", strncmp(body, "ERROR 1 ", 8) == 0 ? body + 8 : body);
		return EXIT_ANSWER;
	}
	value = strchr(body + 12, ' ');
	printf("%s\n", value ? value + 1 : "");
	return 0;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = { { "server", required_argument, NULL, 's' },
					       { "password", required_argument, NULL, 'p' },
					       { "version", no_argument, NULL, 'V' },
					       { "help", no_argument, NULL, 'h' },
					       { NULL, 0, NULL, 0 } };
	const char *server = "", *password = NULL;
	struct conn c = { .fd = -1 };
	int o, rc = EXIT_USAGE;

	while ((o = getopt_long(argc, argv, "+s:p:Vh", longs, NULL)) != -1) {
		switch (o) {
		case 's':
			server = optarg;
			break;
		case 'p':
			password = optarg;
			break;
		case 'V':
			printf("vcgw %s\n", PACKAGE_VERSION);
			return 0;
		case 'h':
			usage(stdout);
			return 0;
		default:
			usage(stderr);
			return EXIT_USAGE;
		}
	}
	argc -= optind;
	argv += optind;
	if (argc == 3 && strcmp(argv[0], "ctrl") == 0 && strcmp(argv[1], "get") == 0) {
		conn_open(&c, server, "4291");
		rc = run_ctrl(&c, argv[2]);
	} else if (argc >= 2 && strcmp(argv[0], "show") == 0) {
		conn_open(&c, server, "4290");
		log_in(&c, password);
		rc = run_show(&c, argc, argv);
	} else if (argc == 2 && strcmp(argv[0], "exec") == 0) {
		conn_open(&c, server, "4290");
		log_in(&c, password);
		rc = run_exec(&c, argv[1]);
	} else {
		usage(stderr);
	}
	if (c.fd >= 0)
		close(c.fd);
	free(c.text);
	return rc;
}
