/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* What worker.c (a worker's round, its sources, its life) and crossing.c (the ways between threads)
 * share. */

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "core/ctr.h"
#include "core/limits.h"
#include "core/ring.h"
#include "gateway/worker.h"

/* Packets between two threads. */
enum { RING_SLOTS = 4096 };

struct source;

/* A function that the control thread wants run, and waits for. */
struct call {
	void (*fn)(struct worker *w, void *arg);
	void *arg;
	sem_t done;
};

struct worker {
	unsigned int index;
	pthread_t thread;
	int epoll_fd;
	int kick_fd;
	_Atomic int sleeping;
	_Atomic bool stop;
	struct ring *calls;
	struct ring *in[WORKERS_MAX + 1]; /* by sending thread; the last is the control thread */
	struct ring *punt;
	struct pkt_pool *pool;
	struct esp *esp;
	struct source *sources; /* the worker's own */
	ctr_t rounds, batches, packets, sleeps, n_links, n_tuns;
};

extern struct worker *workers[WORKERS_MAX];
extern unsigned int n_workers;

/* Crossing's part of starting and stopping. */
int crossing_start(void);
void crossing_stop(void);
/* Free a pool when no thread runs any more; says so when not all of it came back. */
void crossing_pool_free(struct pkt_pool *pool, const char *whose);

/* Worker: run what worker_call() asks for. \returns whether there was anything. */
bool crossing_run_calls(struct worker *w);

/* After a push to one of w's rings. */
void crossing_wake(struct worker *w);
