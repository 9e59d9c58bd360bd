/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The secrets file: who may read it, what it says, and that errors never say a value. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <osmocom/core/application.h>

#include "core/log.h"
#include "gateway/secrets.h"
#include "tests/unit/unit.h"

static char path[] = "/tmp/vcgw-secrets-XXXXXX";
static struct gw_why why;

static int load_mode(const char *text, mode_t mode, struct gw_secrets **s)
{
	int fd = open(path, O_WRONLY | O_TRUNC), rc;

	rc = fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text) ||
	     fchmod(fd, mode) < 0;
	if (rc)
		abort();
	close(fd);
	*s = NULL;
	memset(&why, 0, sizeof(why));
	rc = secrets_load(s, path, &why);
	chmod(path, 0600);
	return rc;
}

static int load(const char *text, struct gw_secrets **s)
{
	return load_mode(text, 0600, s);
}

static void has(const struct gw_secrets *s, enum secret_kind kind, const char *name,
		const void *value, size_t len)
{
	const uint8_t *got = NULL;

	CU_ASSERT_EQUAL(secrets_get(s, kind, name, &got), (int)len);
	CU_ASSERT_PTR_NOT_NULL_FATAL(got);
	CU_ASSERT_EQUAL(memcmp(got, value, len), 0);
}

static void kinds_and_forms_are_read(void)
{
	static const char text[] = "# a comment\n"
				   "\n"
				   "psk\ta0/0.100  \"eight oct\" # behind\n"
				   "  psk fr0/100 0x0001FFfe7f80aa55\r\n"
				   "tunnel a0/0.100 \"a \\\"b\\\\ # c\"\n"
				   "user alice@x \"\xc3\xa4\"\n"
				   "user bob 0x00";
	static const uint8_t hex[] = { 0, 1, 0xff, 0xfe, 0x7f, 0x80, 0xaa, 0x55 };
	struct gw_secrets *s;
	const uint8_t *got;

	CU_ASSERT_EQUAL_FATAL(load(text, &s), 0);
	has(s, SECRET_PSK, "a0/0.100", "eight oct", 9);
	has(s, SECRET_PSK, "fr0/100", hex, sizeof(hex));
	has(s, SECRET_TUNNEL, "a0/0.100", "a \"b\\ # c", 9);
	has(s, SECRET_USER, "alice@x", "\xc3\xa4", 2);
	has(s, SECRET_USER, "bob", "\0", 1);
	CU_ASSERT_EQUAL(secrets_get(s, SECRET_USER, "a0/0.100", &got), -ENOENT);
	CU_ASSERT_EQUAL(secrets_get(NULL, SECRET_USER, "bob", &got), -ENOENT);
	secrets_free(s);
	secrets_free(NULL);
	CU_ASSERT_EQUAL_FATAL(load("", &s), 0);
	CU_ASSERT_EQUAL(secrets_get(s, SECRET_USER, "bob", &got), -ENOENT);
	secrets_free(s);
}

static void bad(const char *text, const char *words)
{
	struct gw_secrets *s;

	CU_ASSERT(load(text, &s) < 0);
	CU_ASSERT_PTR_NULL(s);
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, words));
	if (!strstr(why.text, words))
		printf("\n  said: %s\n", why.text);
	/* Values in these tests begin so. */
	CU_ASSERT_PTR_NULL(strstr(why.text, "Hush"));
}

static void errors_name_the_place_never_the_value(void)
{
	static char longer[400];

	bad("Hush a/0.100 \"x\"\n", ":1: word 1: a line begins with");
	bad("\npsk\n", ":2: word 2: the name is missing");
	bad("psk a/0.100\n", ":1: word 3: the value is missing");
	bad("psk a/0.100 # x\n", ":1: word 3: the value is missing");
	bad("psk a/0.100 Hush-Hush\n", "word 3: put the value between quotation marks");
	bad("psk a/0.100 \"Hush-Hush\n", "closing quotation mark is missing");
	bad("psk a/0.100 \"Hush\\nHush\"\n", "after a backslash");
	bad("psk a/0.100 \"Hush-Hush\\", "after a backslash");
	bad("psk a/0.100 \"Hush-Hush\"x\n", "without a blank");
	bad("psk a/0.100 \"Hush\tHush\"\n", "control character");
	bad("psk a/0.100 \"Hush-Hush\" Hush\n", "word 4: too many words");
	bad("psk a/0.100 0x0\n", "even number of hexadecimal digits");
	bad("psk a/0.100 0x0123456789abcdeg\n", "even number of hexadecimal digits");
	bad("psk a/0.100 \"Hush\"\n", "the value of 'psk' has 8 to 128 octets, not 4");
	bad("tunnel a/0.100 \"\"\n", "the value of 'tunnel' has 1 to 128 octets, not 0");
	bad("user x 0x\n", "the value of 'user' has 1 to 128 octets, not 0");
	bad("psk a \"Hush-Hush\"\n", "word 2: give the circuit as LINK/VC");
	bad("psk a/ \"Hush-Hush\"\n", "LINK/VC");
	bad("psk /100 \"Hush-Hush\"\n", "LINK/VC");
	bad("psk a/1/2 \"Hush-Hush\"\n", "LINK/VC");
	bad("user \"x\" \"Hush\"\n", "without quotation marks");
	bad("psk a/1 \"Hush-Hush1\"\nuser u \"Hush\"\npsk a/1 \"Hush-Hush2\"\n",
	    ":3: 'psk a/1' stands in line 1 already");
	memset(longer, 'x', sizeof(longer) - 1);
	memcpy(longer, "user ", 5);
	bad(longer, "the value is missing");
	longer[100] = ' ';
	bad(longer, "longer than 63 characters");
	memcpy(longer, "user u \"", 8);
	longer[100] = 'x';
	longer[7 + 130] = '"';
	longer[7 + 131] = '\0';
	bad(longer, "has 1 to 128 octets, not 129");
}

static void others_must_not_read_it(void)
{
	struct gw_secrets *s;

	CU_ASSERT_EQUAL(load_mode("", 0640, &s), -EACCES);
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "mode 640 lets others in"));
	CU_ASSERT_EQUAL(load_mode("", 0604, &s), -EACCES);
	CU_ASSERT_EQUAL(load_mode("", 0602, &s), -EACCES);
	CU_ASSERT_EQUAL(load_mode("", 0400, &s), 0);
	secrets_free(s);
	s = NULL;
	CU_ASSERT_EQUAL(secrets_load(&s, "/nonexistent/x", &why), -ENOENT);
	CU_ASSERT_EQUAL(secrets_load(&s, "/dev/null", &why), -EINVAL);
	CU_ASSERT_EQUAL(secrets_load(&s, "/", &why), -EINVAL);
	CU_ASSERT_PTR_NULL(s);
	if (geteuid() == 0) {
		CU_ASSERT_EQUAL(chown(path, 12345, 12345), 0);
		CU_ASSERT_EQUAL(secrets_load(&s, path, &why), -EACCES);
		CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "belongs to uid 12345"));
		CU_ASSERT_EQUAL(chown(path, 0, 0), 0);
	}
}

static void a_truncated_file_is_refused_or_shorter(void)
{
	static const char text[] =
		"psk a/0.100 \"0123456789\"\ntunnel f/17 0xabcdef\nuser u \"x\\\\y\"\n";
	char part[sizeof(text)];
	struct gw_secrets *s;

	for (size_t n = 0; n < sizeof(text); n++) {
		memcpy(part, text, n);
		part[n] = '\0';
		if (load(part, &s) == 0)
			secrets_free(s);
		else
			CU_ASSERT_PTR_NULL(s);
	}
}

static const struct unit_case cases[] = {
	{ "kinds and forms are read", kinds_and_forms_are_read },
	{ "errors name the place, never the value", errors_name_the_place_never_the_value },
	{ "others must not read it", others_must_not_read_it },
	{ "a truncated file is refused or shorter", a_truncated_file_is_refused_or_shorter },
};

int main(void)
{
	int fd = mkstemp(path), rc;

	if (fd < 0)
		return 2;
	close(fd);
	osmo_init_logging2(NULL, &vcgw_log_info);
	rc = unit_main("secrets", cases, sizeof(cases) / sizeof(cases[0]));
	unlink(path);
	return rc;
}
