/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Distinguished names in words (RFC 4514 in spirit, but in the order of the certificate). */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/x509.h>

#include "ipsec/ike/cert.h"

enum { TYPE_MAX = 64, VALUE_MAX = 256 };

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* A value up to the next bare comma. A backslash stands before a character or two hex digits. */
static const char *value(const char *s, char *out, size_t *len)
{
	*len = 0;
	for (; *s && *s != ','; s++) {
		char c = *s;

		if (c == '+' || *len == VALUE_MAX)
			return NULL;
		if (c == '\\') {
			int hi = hex_digit(s[1]), lo = hi < 0 ? -1 : hex_digit(s[2]);

			if (!s[1])
				return NULL;
			c = lo < 0 ? s[1] : (char)(hi << 4 | lo);
			s += lo < 0 ? 1 : 2;
		}
		out[(*len)++] = c;
	}
	return s;
}

static bool parse_into(X509_NAME *name, const char *s)
{
	do {
		char type[TYPE_MAX], text[VALUE_MAX];
		const char *eq;
		size_t len;

		while (*s == ' ')
			s++;
		eq = strchr(s, '=');
		if (!eq || eq == s || (size_t)(eq - s) >= sizeof(type))
			return false;
		snprintf(type, sizeof(type), "%.*s", (int)(eq - s), s);
		s = value(eq + 1, text, &len);
		if (!s || !len ||
		    X509_NAME_add_entry_by_txt(name, type, MBSTRING_UTF8, (unsigned char *)text,
					       (int)len, -1, 0) != 1)
			return false;
	} while (*s++);
	return true;
}

int ike_dn_parse(const char *text, uint8_t *der, size_t size)
{
	X509_NAME *name = X509_NAME_new();
	int len = -EINVAL;

	if (name && parse_into(name, text))
		len = i2d_X509_NAME(name, NULL);
	if (len > 0 && (size_t)len > size)
		len = -EMSGSIZE;
	else if (len > 0)
		i2d_X509_NAME(name, &der);
	X509_NAME_free(name);
	ERR_clear_error();
	return len;
}

static X509_NAME *decode(const uint8_t *der, size_t len)
{
	const uint8_t *p = der;
	X509_NAME *name = len > IKE_CERT_DER_MAX ? NULL : d2i_X509_NAME(NULL, &p, (long)len);

	ERR_clear_error();
	if (name && p != der + len) {
		X509_NAME_free(name);
		name = NULL;
	}
	return name;
}

const char *ike_dn_text(const uint8_t *der, size_t len, char *buf, size_t size)
{
	X509_NAME *name = decode(der, len);
	BIO *bio = BIO_new(BIO_s_mem());
	int n = -1;

	if (name && bio &&
	    X509_NAME_print_ex(bio, name, 0, ASN1_STRFLGS_RFC2253 | XN_FLAG_SEP_COMMA_PLUS) >= 0)
		n = BIO_read(bio, buf, (int)size - 1);
	if (n < 0)
		n = snprintf(buf, size, "%s", name ? "" : "?");
	buf[n] = '\0';
	BIO_free(bio);
	X509_NAME_free(name);
	return buf;
}

bool ike_dn_same(const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len)
{
	X509_NAME *x = decode(a, a_len), *y = decode(b, b_len);
	bool same = x && y && X509_NAME_cmp(x, y) == 0;

	X509_NAME_free(x);
	X509_NAME_free(y);
	return same;
}
