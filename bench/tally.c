/*
 * The outcomes of requests, and the line of JSON that tells them. Percentiles
 * are exact: every latency is kept.
 */
#include "tally.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	P50 = 50,
	P90 = 90,
	P99 = 99,
	PERCENT = 100,
};

static const double us_in_ms = 1e3;

static const char *const failure_names[] = {"none",
#define X(symbol, name) name,
    FAILURES(X)
#undef X
};

static int
compare_latencies(const void *one, const void *other)
{
	uint32_t a = *(const uint32_t *)one;
	uint32_t b = *(const uint32_t *)other;

	return (a > b) - (a < b);
}

/* The latency that percent of the sorted ones do not exceed. */
static double
tally_percentile_ms(const struct tally *tally, size_t percent)
{
	size_t rank = (tally->latency_count * percent + PERCENT - 1) / PERCENT;

	if (rank == 0)
		return 0;
	return tally->latencies_us[rank - 1] / us_in_ms;
}

void
tally_init(struct tally *tally, size_t requests)
{
	*tally = (struct tally){.latency_max = requests};
	tally->latencies_us = calloc(requests, sizeof *tally->latencies_us);
	if (tally->latencies_us == NULL)
		abort();
}

void
tally_fini(struct tally *tally)
{
	free(tally->latencies_us);
	tally->latencies_us = NULL;
}

void
tally_clear(struct tally *tally)
{
	tally->latency_count = 0;
	tally->offered = 0;
	tally->resumed = 0;
	memset(tally->outcomes, 0, sizeof tally->outcomes);
}

void
tally_add_offer(struct tally *tally)
{
	tally->offered++;
}

void
tally_add_success(struct tally *tally, const SSL *ssl, uint32_t us)
{
	assert(tally->latency_count < tally->latency_max);
	if (tally->latency_count == 0) {
		snprintf(tally->protocol, sizeof tally->protocol, "%s",
		    SSL_get_version(ssl));
		snprintf(tally->cipher, sizeof tally->cipher, "%s",
		    SSL_get_cipher_name(ssl));
	}
	tally->latencies_us[tally->latency_count++] = us;
	tally->resumed += SSL_session_reused(ssl);
	tally->outcomes[FAILURE_NONE]++;
}

void
tally_add_failure(struct tally *tally, enum failure failure)
{
	tally->outcomes[failure]++;
}

enum failure
tally_find_failure(const struct tally *tally)
{
	for (int i = FAILURE_NONE + 1; i < FAILURE_COUNT; i++)
		if (tally->outcomes[i] != 0)
			return (enum failure)i;
	return FAILURE_NONE;
}

const char *
failure_name(enum failure failure)
{
	return failure_names[failure];
}

void
tally_print(struct tally *tally, double seconds, size_t reply_bytes)
{
	long good = tally->outcomes[FAILURE_NONE];
	long bad = 0;

	qsort(tally->latencies_us, tally->latency_count,
	    sizeof *tally->latencies_us, compare_latencies);
	printf("{\"failed\": {");
	for (int i = FAILURE_NONE + 1; i < FAILURE_COUNT; i++) {
		bad += tally->outcomes[i];
		printf("%s\"%s\": %ld", i == FAILURE_NONE + 1 ? "" : ", ",
		    failure_names[i], tally->outcomes[i]);
	}
	printf("}, \"requests\": %ld, \"failures\": %ld, ", good + bad, bad);
	printf("\"seconds\": %.3f, \"requests_per_second\": %.1f, ", seconds,
	    (double)good / seconds);
	printf("\"p50_ms\": %.3f, \"p90_ms\": %.3f, \"p99_ms\": %.3f, ",
	    tally_percentile_ms(tally, P50), tally_percentile_ms(tally, P90),
	    tally_percentile_ms(tally, P99));
	printf("\"max_ms\": %.3f, \"offered\": %ld, \"resumed\": %ld, ",
	    tally_percentile_ms(tally, PERCENT), tally->offered,
	    tally->resumed);
	printf("\"reply_bytes\": %zu, ", reply_bytes);
	printf("\"tls\": \"%s\", \"cipher\": \"%s\"}\n", tally->protocol,
	    tally->cipher);
}
