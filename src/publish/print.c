/*
 * Fingerprints from two chains of hashes that start apart.
 */
#include "publish/print.h"

/* Odd numbers with their bits well spread; any such pair would do. */
static const uint64_t factor_a = 0x9e3779b97f4a7c15u;
static const uint64_t factor_b = 0xd6e8feb86659fd93u;

enum { mix_bits = 32 };

void
print_start(struct print *p)
{
	*p = (struct print){STR_HASH_START, ~STR_HASH_START};
}

static uint64_t
mix(uint64_t h, uint64_t number, uint64_t factor)
{
	h = (h ^ number) * factor;
	h ^= h >> mix_bits;
	return h * factor;
}

void
print_add_number(struct print *p, uint64_t number)
{
	p->a = mix(p->a, number, factor_a);
	p->b = mix(p->b, number, factor_b);
}

void
print_add(struct print *p, struct str s)
{
	print_add_number(p, s.n);
	p->a = str_hash(p->a, s);
	p->b = str_hash(p->b, s);
}

void
print_add_fingerprint(struct print *p, struct fingerprint f)
{
	print_add_number(p, f.high);
	print_add_number(p, f.low);
}

struct fingerprint
print_end(const struct print *p)
{
	return (struct fingerprint){
	    mix(p->a, 1, factor_a), mix(p->b, 2, factor_b)};
}

bool
fingerprint_eq(struct fingerprint a, struct fingerprint b)
{
	return a.high == b.high && a.low == b.low;
}
