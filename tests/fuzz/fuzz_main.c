/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Runs a fuzz target without libFuzzer: every file of its corpus as it is, then truncated at every
 * length, then with deterministic mutations (one and two octets changed, runs duplicated and cut).
 * So that every build, with any compiler and sanitizer, replays what fuzzing once found.
 */

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 70000, MUTATIONS = 400 };

static uint64_t rnd_state = 88172645463325252u;
static unsigned long runs;

static uint32_t rnd(uint32_t below)
{
	rnd_state ^= rnd_state << 13;
	rnd_state ^= rnd_state >> 7;
	rnd_state ^= rnd_state << 17;
	return below ? (uint32_t)(rnd_state >> 16) % below : 0;
}

/* From the heap and exactly as long as it says, so that a sanitizer sees one octet too far. */
static void run(const uint8_t *data, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1);

	if (!copy)
		abort();
	if (size)
		memcpy(copy, data, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
	runs++;
}

static size_t mutate(uint8_t *buf, size_t size)
{
	for (uint32_t k = 1 + rnd(3); k > 0 && size > 0; k--) {
		uint32_t at = rnd((uint32_t)size), n = 1 + rnd(8);

		switch (rnd(4)) {
		case 0:
			buf[at] ^= (uint8_t)(1u << rnd(8));
			break;
		case 1:
			buf[at] = (uint8_t)rnd(256);
			break;
		case 2: /* cut a run out */
			if (at + n < size) {
				memmove(buf + at, buf + at + n, size - at - n);
				size -= n;
			}
			break;
		default: /* say a run twice */
			if (at + n <= size && size + n <= INPUT_MAX) {
				memmove(buf + at + n, buf + at, size - at);
				size += n;
			}
		}
	}
	return size;
}

static void run_file(const char *path)
{
	static uint8_t in[INPUT_MAX], work[INPUT_MAX];
	FILE *f = fopen(path, "rb");
	size_t size;

	if (!f)
		return;
	size = fread(in, 1, sizeof(in), f);
	fclose(f);
	run(in, size);
	for (size_t n = 0; n < size && n < 2048; n++)
		run(in, n);
	for (int i = 0; i < MUTATIONS; i++) {
		memcpy(work, in, size);
		run(work, mutate(work, size));
	}
}

static void run_dir(const char *dir)
{
	struct dirent **names;
	int n = scandir(dir, &names, NULL, alphasort);

	for (int i = 0; i < n; i++) {
		char path[4096 + 256];

		if (names[i]->d_name[0] != '.') {
			snprintf(path, sizeof(path), "%s/%s", dir, names[i]->d_name);
			run_file(path);
		}
		free(names[i]);
	}
	if (n >= 0)
		free(names);
}

int main(int argc, char **argv)
{
	const char *corpus = getenv("FUZZ_CORPUS");
	const char *name = strrchr(argv[0], '/');
	char dir[4096];
	uint8_t noise[512];

	(void)argc;
	name = name ? name + 1 : argv[0];
	if (strncmp(name, "fuzz_", 5) == 0)
		name += 5;
	snprintf(dir, sizeof(dir), "%s/%s", corpus ? corpus : "corpus", name);
	run_dir(dir);
	for (int i = 0; i < 2000; i++) {
		size_t size = rnd(sizeof(noise));

		for (size_t j = 0; j < size; j++)
			noise[j] = (uint8_t)rnd(256);
		run(noise, size);
	}
	printf("%s: %lu inputs\n", name, runs);
	return 0;
}
